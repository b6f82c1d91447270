"""Which figures must not be shown, by the rules for small numbers. Pure.

Primary: a count of 1 to 4 is hidden, and so is a percentage or median over fewer than 10;
what stands in the same row (both sums, the value) goes with it, as each of them gives the
other away. Complementary: where the institution is the sum of its regions and one of these
is hidden, at least one other is hidden too, as the sum would give it back. Products for
councils are rounded to fives, after hiding, and their percentages come from the rounded sums.

Who enters and leaves a waiting list in a month follows the same two rules (``protected_flow``).

Only ``reports.figures`` calls this, so that page, chart, PDF and CSV cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from reports.documents import Unit, Verdict

SMALLEST_COUNT: Final = 5
"""Counts above nought and under this are hidden."""
SMALLEST_BASE: Final = 10
"""Percentages and medians over fewer than this are hidden; nobody gets the percentage."""
ROUND_TO: Final = 5
INTERVAL_UNDER: Final = 30
"""Under this many cases an interval is shown beside a percentage."""


class Audience(StrEnum):
    """For whom a figure is meant."""

    EXACT = "exact"
    """Contract managers for their own place, and the institution itself."""
    PROTECTED = "protected"
    """Aldermen and their advisers."""
    COUNCIL = "council"
    """Everything that goes to a council, and everything that may become public."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The exact numbers of one figure; None where there is none.

    Of a count ``numerator`` is the count; of a median ``denominator`` is the number of
    spells and ``value`` the days.
    """

    unit: Unit
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None = None


def is_small(count: Decimal | int | None) -> bool:
    """Whether a count lies above nought and under the smallest that may be shown."""
    return count is not None and 0 < count < SMALLEST_COUNT


def has_few(sums: Sums) -> bool:
    """Whether a percentage or median stands on too few cases to be one."""
    based = sums.unit in {Unit.PERCENT, Unit.DAYS}
    return based and sums.denominator is not None and 0 < sums.denominator < SMALLEST_BASE


def must_hide(sums: Sums) -> bool:
    """The primary rule for one figure."""
    return has_few(sums) or is_small(sums.numerator) or is_small(sums.denominator)


def also_hide(
    hidden: Iterable[str],
    *,
    total: str | None,
    parts: Iterable[str],
    known_to_reader: Iterable[str] = (),
) -> frozenset[str]:
    """The complementary rule: what to hide beside ``hidden`` so that no sum gives it back.

    ``total`` and ``parts`` are the cells that have numbers; cells that the reader knows
    exactly are never hidden and cannot serve as cover. The choice depends on names alone,
    not on numbers, so that two figures that share a sum hide the same cells.
    """
    known = set(known_to_reader)
    group = [*sorted(parts), *([] if total is None else [total])]
    hiding = set(hidden) & set(group) - known
    while len(hiding) == 1:
        cover = next((cell for cell in group if cell not in hiding | known), None)
        if cover is None:
            break
        hiding.add(cover)
    return frozenset(hiding)


def protected_flow(
    came: int, went: Mapping[str, int], audience: Audience
) -> tuple[int | None, dict[str, int | None]]:
    """How many came and how many went by each way out, of one place and month; None is hidden.

    Stocks and the medians' bases tell, sooner or later, how many left in all: one hidden way
    out would be the rest of that sum, and a hidden number that came would follow from all the
    ways out. So where anything is hidden at least two ways out are. The cover is taken in the
    order of ``went``, by name alone, as in ``also_hide``.
    """
    if audience is Audience.EXACT:
        return came, dict(went)
    hiding = {reason for reason, number in went.items() if is_small(number)}
    if hiding or is_small(came):
        others = [reason for reason in went if reason not in hiding]
        hiding.update(others[: max(0, 2 - len(hiding))])
    seen = None if is_small(came) else came
    left = {reason: None if reason in hiding else number for reason, number in went.items()}
    if audience is not Audience.COUNCIL:
        return seen, left
    return in_fives(seen), {reason: in_fives(number) for reason, number in left.items()}


def rounded(number: Decimal | None) -> Decimal | None:
    """The nearest multiple of five, halves upward."""
    if number is None:
        return None
    return (number / ROUND_TO).quantize(Decimal(1), rounding=ROUND_HALF_UP) * ROUND_TO


def in_fives(count: int | None) -> int | None:
    """A count as ``rounded`` gives it."""
    fives = rounded(None if count is None else Decimal(count))
    return None if fives is None else int(fives)


def share(sums: Sums) -> Decimal | None:
    """The value that the two sums make: 0 to 100 for a percentage; None for nothing over nought."""
    if sums.numerator is None or not sums.denominator:
        return None
    ratio = sums.numerator / sums.denominator
    return ratio * 100 if sums.unit is Unit.PERCENT else ratio


def verdict_from_rounded(
    sums: Sums, norm: Decimal | None, exact: Verdict, *, higher_is_better: bool
) -> Verdict:
    """What rounded sums allow to be said about the norm.

    A verdict is given only where every pair of numbers that rounds to these would get it;
    else rounded and verdict together would tell more than the rounded numbers do.
    """
    if exact not in {Verdict.MET, Verdict.NOT_MET} or norm is None:
        return exact
    if sums.numerator is None or not sums.denominator:
        return Verdict.FEW_CASES
    factor = 100 if sums.unit is Unit.PERCENT else 1
    slack = Decimal(ROUND_TO) / 2
    low = max(sums.numerator - slack, Decimal(0)) / (sums.denominator + slack) * factor
    high = (sums.numerator + slack) / max(sums.denominator - slack, Decimal(1)) * factor
    if sums.unit is Unit.PERCENT:
        high = min(high, Decimal(100))
    met_low, met_high = (
        (low >= norm, high >= norm) if higher_is_better else (low <= norm, high <= norm)
    )
    if met_low and met_high:
        return Verdict.MET
    return Verdict.FEW_CASES if met_low or met_high else Verdict.NOT_MET


def wilson(numerator: Decimal, denominator: Decimal) -> tuple[float, float]:
    """The Wilson 95% interval of a percentage, as percentages 0 to 100.

    Raises ValueError when the denominator is not above nought.
    """
    if denominator <= 0:
        raise ValueError("an interval needs cases")
    z, n, p = 1.959964, float(denominator), float(numerator / denominator)
    centre = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 100 / (1 + z * z / n)
    return max(0.0, (centre - half) * scale), min(100.0, (centre + half) * scale)
