"""The centre, the spread and the four rules of one phase of an XmR chart, exactly. Pure.

``limits`` describes the method and is what others use. The values of a
chart are brought to whole numbers first and means are fractions, so every comparison is exact:
a point lies on the centre when it is the mean, whatever a computer's decimals would make of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

RUN: Final = 7
"""Points in a run, and the least of a phase that says anything."""
_REACH: Final = Fraction("2.66")
_SCREEN: Final = Fraction("3.267")
_NEAR: Final = Fraction(2, 3)

Value = Decimal | float | None
"""A month's value in the figure's unit; None where there is none, or none to show."""
Point = int | None
"""The same as a whole number, in the chart's own scale."""
Exact = Fraction | None
Hits = Iterator[tuple[int, bool]]
"""Indices of points that a rule marks, and whether they point up."""


class Rule(StrEnum):
    """Why a point is more than chance, in the order in which the rules are tried."""

    BEYOND_LIMIT = "beyond_limit"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    ONE_SIDE = "one_side"


@dataclass(frozen=True, slots=True)
class SpecialCause:
    """A special cause: its rule, and whether it points up."""

    rule: Rule
    high: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Centre and spread of a phase."""

    count: int
    """Months with a value."""
    centre: Exact
    """The mean; None without any value."""
    mean_range: Exact
    """The mean moving range after screening; None without two neighbours, or where neighbours are
    all equal and others are not, which tells nothing of how the figure wavers."""
    is_same: bool = False
    """Whether every month has the same value, some of them as neighbours."""
    is_screened: bool = True
    """Whether large ranges were left out; not where only zeros would have been left."""

    @property
    def reach(self) -> Exact:
        """From the centre to a limit."""
        return None if self.mean_range is None else _REACH * self.mean_range

    @property
    def near(self) -> Exact:
        """From the centre to a near limit."""
        return None if self.reach is None else _NEAR * self.reach


def exact(value: Value) -> Exact:
    """The number as it is written: 0.1 is one tenth. Raises ValueError where it is not finite."""
    if value is None:
        return None
    if not math.isfinite(value):
        raise ValueError("a control chart needs finite numbers")
    return Fraction(value if isinstance(value, Decimal) else str(value))


def whole(values: Sequence[Value]) -> tuple[list[Point], int]:
    """The values as whole numbers, and how many times larger these are."""
    fractions = [exact(value) for value in values]
    scale = math.lcm(*(one.denominator for one in fractions if one is not None))
    return [
        None if one is None else one.numerator * (scale // one.denominator) for one in fractions
    ], scale


def lines_of(values: Sequence[Point], *, screened: bool = True) -> Lines:
    """Centre and spread of the values of one phase."""
    known = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    mean_range = _mean(ranges)
    is_same = mean_range == 0 and min(known) == max(known)
    if mean_range == 0 and not is_same:
        mean_range = None
    is_screened = True
    if screened and mean_range:
        kept = [one for one in ranges if one < _SCREEN * mean_range]
        # Months that are all equal but for a few: without those few there would be no spread, and
        # every month that differs at all would stand beyond the limits.
        is_screened = any(kept)
        mean_range = _mean(kept) if is_screened else mean_range
    return Lines(len(known), _mean(known), mean_range, is_same, is_screened)


def marks_of(values: Sequence[Point], lines: Lines) -> list[SpecialCause | None]:
    """The special causes of one phase, each by the first rule that applies."""
    found: dict[int, SpecialCause] = {}
    centre, reach, near = lines.centre, lines.reach, lines.near
    if centre is not None and reach is not None and near is not None and lines.count >= RUN:
        lower, upper = centre - reach, centre + reach
        low, high = centre - near, centre + near
        sides = sides_of(values, centre)
        beyond = [value is not None and not lower <= value <= upper for value in values]
        close = [
            value is not None and not out and not low <= value <= high
            for value, out in zip(values, beyond, strict=True)
        ]
        for rule, hits in (
            (Rule.BEYOND_LIMIT, ((i, sides[i] > 0) for i, out in enumerate(beyond) if out)),
            (Rule.TREND, _trend(values)),
            (Rule.TWO_OF_THREE, _two_of_three(close, sides)),
            # A mean that a few months pulled off the value of all others has one side only.
            (Rule.ONE_SIDE, _one_side(sides) if lines.is_screened else iter(())),
        ):
            for index, up in hits:
                found.setdefault(index, SpecialCause(rule, up))
    return [found.get(index) for index in range(len(values))]


def sides_of(values: Sequence[Point], centre: Fraction) -> list[int]:
    """Per month 1 above the centre, -1 below it, 0 on it and in a gap."""
    return [0 if value is None else (value > centre) - (value < centre) for value in values]


def runs_of(signs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The longest stretches of one sign: start, stop and the sign. Zeros belong to none."""
    start = 0
    for index in range(1, len(signs) + 1):
        if index == len(signs) or signs[index] != signs[start]:
            if signs[start]:
                yield start, index, signs[start]
            start = index


def sign_of(number: Fraction | int) -> int:
    """1, 0 or -1."""
    return (number > 0) - (number < 0)


def _mean(numbers: Sequence[int]) -> Exact:
    return Fraction(sum(numbers), len(numbers)) if numbers else None


def _trend(values: Sequence[Point]) -> Hits:
    steps = [0 if a is None or b is None else sign_of(b - a) for a, b in pairwise(values)]
    # Later runs first: a peak in two runs belongs to the later.
    for start, stop, sign in reversed(list(runs_of(steps))):
        if stop - start >= RUN - 1:
            yield from ((index, sign > 0) for index in range(start, stop + 1))


def _two_of_three(close: Sequence[bool], sides: Sequence[int]) -> Hits:
    for start in range(len(sides) - 2):
        three = range(start, start + 3)
        side = sides[start]
        if side and all(sides[i] == side for i in three) and sum(close[i] for i in three) >= 2:
            yield from ((i, side > 0) for i in three if close[i])


def _one_side(sides: Sequence[int]) -> Hits:
    for start, stop, sign in runs_of(sides):
        if stop - start >= RUN:
            yield from ((index, sign > 0) for index in range(start, stop))
