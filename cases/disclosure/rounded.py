"""Reading tables that were rounded by somebody else: what may be off, and what may not.

A published table of multiples of five may miss its own total, as each of its numbers is off by
as much as two and a half.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cases.disclosure.table import Number


def tolerance(terms: int, base: int = 5) -> float:
    """How much a sum of so many rounded numbers, its total among them, may be off."""
    return terms * base / 2


def adds_up(total: Number, parts: Iterable[Number], base: int = 5) -> bool:
    """Whether rounded parts may be those of a rounded total."""
    every = list(parts)
    return abs(float(sum(every) - total)) <= tolerance(len(every) + 1, base)


@dataclass(frozen=True, slots=True)
class RoundedPeriod:
    """Rounded: the stock at the begin of a period, what came, what went, the stock at its end."""

    begin: Number
    came: Number
    went: Number
    end: Number


def balances(period: RoundedPeriod, base: int = 5) -> bool:
    """Whether begin + in - out = end, but for the rounding of its four terms."""
    missing = period.begin + period.came - period.went - period.end
    return abs(float(missing)) <= tolerance(4, base)


def revised(periods: Sequence[RoundedPeriod]) -> tuple[int, ...]:
    """Positions of periods that begin with another stock than the one before ended with.

    Both print one and the same number, so any difference is a revision, shown as a break.
    """
    pairs = itertools.pairwise(periods)
    return tuple(n for n, (before, after) in enumerate(pairs, 1) if before.end != after.begin)
