"""One word for how a figure moves, by a simple rule. Pure.

The last six months with a figure are held against the six before them. Percentages and
ratios are added first and divided last; counts and medians are averaged. A difference counts
as movement only when it is larger than chance and larger than what matters:

- anything moves by at least one tenth of what it was, a percentage by at least that or 3
  points, whichever is less;
- a percentage besides moves by at least twice its standard error, reckoned from the cases of
  both spans.

Fewer than twelve months with a figure in the last fifteen is too little to say anything. An
approximate figure does not count: only the last review and check are delivered, so within one
delivery older months look worse than they were. A later version replaces this by control charts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Final

from certification.kpis import Direction
from reports.documents import FigureState, Unit
from reports.figures import Figure

SPAN: Final = 6
WITHIN: Final = 15
POINTS: Final = 3.0
SHARE: Final = 0.10


class Movement(StrEnum):
    """How a figure moves."""

    BETTER = "better"
    WORSE = "worse"
    UP = "up"
    """More of something that is neither good nor bad."""
    DOWN = "down"
    WAVERS = "wavers"
    TOO_LITTLE = "too_little"


def movement(series: Sequence[Figure], direction: Direction) -> Movement:
    """The word for a series of months in order, ending with the month that is shown."""
    known = [
        figure
        for figure in series[-WITHIN:]
        if figure.state is FigureState.KNOWN and figure.value is not None and not figure.approximate
    ]
    if len(known) < 2 * SPAN:
        return Movement.TOO_LITTLE
    before, after = known[-2 * SPAN : -SPAN], known[-SPAN:]
    was, now = _level(before), _level(after)
    if was is None or now is None or abs(now - was) < _least(before, after, was):
        return Movement.WAVERS
    rises = now > was
    if direction is Direction.NONE:
        return Movement.UP if rises else Movement.DOWN
    return Movement.BETTER if rises is (direction is Direction.HIGHER) else Movement.WORSE


def _total(numbers: Sequence[Decimal | None]) -> float:
    return float(sum((number for number in numbers if number is not None), Decimal(0)))


def _level(span: Sequence[Figure]) -> float | None:
    """What the figure was over a span of months; a percentage from 0 to 100."""
    if span[0].unit in {Unit.COUNT, Unit.DAYS}:
        return _total([figure.value for figure in span]) / len(span)
    base = _total([figure.denominator for figure in span])
    if not base:
        return None
    ratio = _total([figure.numerator for figure in span]) / base
    return ratio * 100 if span[0].unit is Unit.PERCENT else ratio


def _least(before: Sequence[Figure], after: Sequence[Figure], was: float) -> float:
    """The smallest difference that counts."""
    if after[0].unit is not Unit.PERCENT:
        return max(SHARE * abs(was), 1e-9)
    cases = [_total([figure.denominator for figure in span]) for span in (before, after)]
    hits = sum(_total([figure.numerator for figure in span]) for span in (before, after))
    share = min(hits / sum(cases), 1.0)
    error = 100 * math.sqrt(share * (1 - share) * (1 / cases[0] + 1 / cases[1]))
    return max(min(POINTS, SHARE * was), 2 * error, 1e-9)
