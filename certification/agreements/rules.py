"""``divide_costs``: an amount over the parties of a distribution key, to the cent. Pure.

Exact fractions throughout: no amount of money is ever a float.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from jbn_oversight.calculations.rules import (
    CalculationInput,
    Code,
    Fault,
    Money,
    Weight,
    refuse,
)


@dataclass(frozen=True, slots=True)
class DistributionKey(CalculationInput):
    """Who bears which part, from a day on."""

    from_: date
    weights: dict[Code, Weight]


@dataclass(frozen=True, slots=True)
class SharedCosts(CalculationInput):
    """An amount for a period, both days included, and the keys that held in it."""

    amount: Money
    from_: date
    until: date
    keys: list[DistributionKey]

    def __post_init__(self) -> None:
        faults = []
        if self.until < self.from_:
            faults.append(Fault("until", f"{self.until} is before from, {self.from_}"))
        if not self.keys:
            faults.append(Fault("keys", "is empty"))
        elif self.keys[0].from_ > self.from_:
            faults.append(Fault("keys[0].from", f"{self.keys[0].from_} is after {self.from_}"))
        for at, (earlier, later) in enumerate(pairwise(self.keys), start=1):
            if later.from_ <= earlier.from_:
                reason = f"{later.from_} is not after the key before it, {earlier.from_}"
                faults.append(Fault(f"keys[{at}].from", reason))
        for at, key in enumerate(self.keys):
            if not any(map(Fraction, key.weights.values())):
                faults.append(Fault(f"keys[{at}].weights", "hold no weight above 0"))
        refuse(faults)


@dataclass(frozen=True, slots=True)
class SharedPeriod:
    """The part of one key's days."""

    from_: date
    until: date
    days: int
    amount: str
    shares: dict[str, str]


@dataclass(frozen=True, slots=True)
class CostShares:
    """Euros with two decimals; the shares of each period add up to its amount."""

    periods: list[SharedPeriod]
    shares: dict[str, str]
    total: str


def divide_costs(given: SharedCosts) -> CostShares:
    """By days over the keys' periods, then by weight over the codes, by largest remainder."""
    cents = int(Decimal(given.amount) * 100)
    codes = sorted({code for key in given.keys for code in key.weights})
    spans = _spans(given)
    amounts = largest_remainder(abs(cents), [Fraction(_days(span)) for span in spans])
    periods, totals = [], dict.fromkeys(codes, 0)
    for (key, first, last), amount in zip(spans, amounts, strict=True):
        weights = [Fraction(key.weights.get(code, "0")) for code in codes]
        shares = dict(zip(codes, largest_remainder(amount, weights), strict=True))
        for code, share in shares.items():
            totals[code] += share
        periods.append(
            SharedPeriod(
                first,
                last,
                _days((key, first, last)),
                _money(amount, cents),
                {code: _money(share, cents) for code, share in shares.items()},
            )
        )
    return CostShares(
        periods,
        {code: _money(share, cents) for code, share in totals.items()},
        _money(abs(cents), cents),
    )


def largest_remainder(whole: int, weights: Sequence[Fraction]) -> list[int]:
    """A whole number of cents divided by weight, so that the parts add up to it.

    What rounding down leaves goes to the largest remainders; of equal ones to the larger weight,
    then to the earlier.
    """
    in_all = sum(weights)
    exact = [whole * weight / in_all for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    order = sorted(range(len(weights)), key=lambda at: (parts[at] - exact[at], -weights[at], at))
    for at in order[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def _spans(given: SharedCosts) -> list[tuple[DistributionKey, date, date]]:
    """Each key with its first and last day in the period; keys without a day in it are left out."""
    ends = [*(key.from_ - timedelta(days=1) for key in given.keys[1:]), given.until]
    spans = [
        (key, max(key.from_, given.from_), min(end, given.until))
        for key, end in zip(given.keys, ends, strict=True)
    ]
    return [span for span in spans if span[1] <= span[2]]


def _days(span: tuple[DistributionKey, date, date]) -> int:
    return (span[2] - span[1]).days + 1


def _money(cents: int, sign: int) -> str:
    """Cents as euros, with the sign of the whole amount."""
    euros = f"{cents // 100}.{cents % 100:02d}"
    return f"-{euros}" if sign < 0 and cents else euros
