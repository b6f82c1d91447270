"""The rules for small numbers where figures are shown. Pure.

What is hidden is decided by ``cases.disclosure``; here stand the words around it: for whom a
figure is meant, what the rules call small, and what rounded sums allow to be said. Products for
councils are rounded to fives, after hiding, and their percentages come from the rounded sums.

Who enters and leaves a waiting list in a month is protected by the same means
(``protected_flow``). Only the selectors of this room call this, so that page, chart, PDF and
CSV cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from cases.disclosure import CHEAP, Cell, Line, Relation, Settings, protect
from certification.compliance.rules.judging import Verdict
from certification.indicators.rules.shapes import Unit
from reports.figures.rules.figures import Figure, FigureState

RULES: Final = Settings()
"""Counts of 1 to 4 and percentages over fewer than 10 are hidden, and can be told no closer."""
ROUND_TO: Final = 5
INTERVAL_UNDER: Final = 30
"""Under this many cases an interval is shown beside a percentage."""
_COUNTED_WITH: Final = ("counted with who left",)
"""The key of what the medians' bases say of who left a waiting list in all."""


class Audience(StrEnum):
    """For whom a figure is meant."""

    EXACT = "exact"
    """Contract managers for their own place, and the institution itself."""
    PROTECTED = "protected"
    """Aldermen and their advisers."""
    COUNCIL = "council"
    """Everything that goes to a council, and everything that may become public."""


def few_for_a_percentage(unit: Unit, cases: Decimal | None) -> bool:
    """Whether it would be a percentage of too few cases to be one."""
    return unit is Unit.PERCENT and RULES.is_few(cases)


def protected_flow(
    came: int,
    went: Mapping[str, int],
    audience: Audience,
    *,
    came_a_year_later: int | None = None,
) -> tuple[int | None, dict[str, int | None]]:
    """How many came and how many went by each way out, of one place and month; None is hidden.

    Stocks and the medians' bases tell, sooner or later, how many left in all, so that sum is
    taken as known. A hidden number that came would follow from all the ways out, so that one
    of these goes with it. Cover is taken in the order of ``went``, least missed first.

    A median's base counts the spells of twelve months: it grows by who came, and shrinks by who
    left a year before. So a hidden number that came a year later would follow too: then who
    left in all is as little known as that number, and one way out goes with it. Leave it out
    where that month was not counted.
    """
    if audience is Audience.EXACT:
        return came, dict(went)
    hide_came = RULES.is_small(came)
    cells = [Cell((reason,), number) for reason, number in went.items()]
    lines = [
        Line(cell.key, (cell.key,), cost=CHEAP + place, hide=hide_came and place == 0)
        for place, cell in enumerate(cells)
    ]
    if came_a_year_later is not None and RULES.is_small(came_a_year_later):
        # The two bases say by how many it differs from who left; it is hidden in its own month.
        other = Cell(_COUNTED_WITH, came_a_year_later)
        lines.append(Line(other.key, (other.key,)))
    else:
        other = Cell(_COUNTED_WITH, sum(went.values()), known=True)
    sums = [Relation.total(other.key, [cell.key for cell in cells])]
    # Hidden as if all were exact: the total is.
    found = protect([other, *cells], sums, lines, RULES)
    # Where too few left in all to hide one among the others, no way out is shown.
    hiding = {line.key for line in lines} if found.exposed else set(found.hidden)
    seen = None if hide_came else came
    left = {name: None if (name,) in hiding else number for name, number in went.items()}
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


def share(unit: Unit, numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """The value that the two sums make: 0 to 100 for a percentage; None for nothing over zero."""
    if numerator is None or not denominator:
        return None
    ratio = numerator / denominator
    return ratio * 100 if unit is Unit.PERCENT else ratio


def verdict_from_rounded(fives: Figure, *, higher_is_better: bool) -> Verdict:
    """What the rounded sums of a figure allow to be said about the norm; it has the exact verdict.

    A verdict is given only where every pair of numbers that rounds to these would get it;
    else rounded and verdict together would tell more than the rounded numbers do.
    """
    numerator, denominator, norm = fives.numerator, fives.denominator, fives.norm
    if fives.verdict not in {Verdict.MET, Verdict.NOT_MET} or norm is None:
        return fives.verdict
    if numerator is None or not denominator:
        return Verdict.FEW_CASES
    factor = 100 if fives.unit is Unit.PERCENT else 1
    slack = Decimal(ROUND_TO) / 2
    low = max(numerator - slack, Decimal(0)) / (denominator + slack) * factor
    high = (numerator + slack) / max(denominator - slack, Decimal(1)) * factor
    if fives.unit is Unit.PERCENT:
        high = min(high, Decimal(100))
    met_low, met_high = (
        (low >= norm, high >= norm) if higher_is_better else (low <= norm, high <= norm)
    )
    if met_low and met_high:
        return Verdict.MET
    return Verdict.FEW_CASES if met_low or met_high else Verdict.NOT_MET


def interval_of(figure: Figure) -> tuple[float, float] | None:
    """The Wilson 95% interval beside a percentage of fewer than thirty cases."""
    part, whole = figure.numerator, figure.denominator
    if figure.unit is not Unit.PERCENT or figure.state is not FigureState.KNOWN:
        return None
    if part is None or not whole or whole >= INTERVAL_UNDER or part > whole:
        return None
    return wilson(part, whole)


def wilson(numerator: Decimal, denominator: Decimal) -> tuple[float, float]:
    """The Wilson 95% interval of a percentage, as percentages 0 to 100.

    Raises ValueError when the denominator is not above zero.
    """
    if denominator <= 0:
        raise ValueError("an interval needs cases")
    z, n, p = 1.959964, float(denominator), float(numerator / denominator)
    centre = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 100 / (1 + z * z / n)
    return max(0.0, (centre - half) * scale), min(100.0, (centre + half) * scale)
