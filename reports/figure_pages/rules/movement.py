"""One word for how a figure moves: what its control chart says of the last month. Pure.

The chart is that of ``certification.control_charts`` over the months that the page shows, the
phases that people set included; the last phase tells. A month without a figure, or with one
that is hidden, is a gap. An approximate figure is one too: only the last review and check are
delivered, so within one delivery older months look worse than they were. A figure over twelve
months has no chart, for its months hold mostly the same cases: three years of them are three
figures, which is too little to say anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from certification.control_charts.rules.limits import (
    ControlChart,
    Variation,
    control_chart,
    fits_a_chart,
)
from certification.indicators.rules.shapes import Direction, Kpi
from reports.figures.rules.figures import Figure, FigureState


class Movement(StrEnum):
    """How a figure moves."""

    BETTER = "better"
    WORSE = "worse"
    UP = "up"
    """More of something that is neither good nor bad."""
    DOWN = "down"
    WAVERS = "wavers"
    SAME = "same"
    TOO_LITTLE = "too_little"


MOVEMENT_OF: Final = {
    Variation.IMPROVEMENT: Movement.BETTER,
    Variation.CONCERN: Movement.WORSE,
    Variation.HIGH: Movement.UP,
    Variation.LOW: Movement.DOWN,
    Variation.COMMON: Movement.WAVERS,
    Variation.SAME: Movement.SAME,
    Variation.TOO_FEW: Movement.TOO_LITTLE,
}


def counts(figure: Figure) -> bool:
    """Whether a month's figure stands in the chart."""
    return figure.state is FigureState.KNOWN and figure.value is not None and not figure.approximate


def chart_of(
    series: Sequence[Figure], kpi: Kpi, starts: Sequence[date] = ()
) -> ControlChart | None:
    """The control chart of months in order; None for a KPI that has none.

    ``starts`` are the months from which on somebody has it calculated again. The target is the
    norm of the last month.
    """
    if not series or not fits_a_chart(kpi):
        return None
    months = [figure.month for figure in series]
    indices = {sum(month < start for month in months) for start in starts if start <= months[-1]}
    return _chart(
        tuple(figure.value if counts(figure) else None for figure in series),
        kpi.direction,
        tuple(sorted(indices)),
        series[-1].norm,
    )


def movement(chart: ControlChart | None) -> Movement:
    """The word for a chart."""
    return Movement.TOO_LITTLE if chart is None else MOVEMENT_OF[chart.variation]


@lru_cache(maxsize=1024)
def _chart(
    values: tuple[Decimal | None, ...],
    direction: Direction,
    starts: tuple[int, ...],
    target: Decimal | None,
) -> ControlChart:
    # The dashboard shows a score of them to everybody, the same ones until a new delivery.
    return control_chart(values, direction, phase_starts=starts, target=target)
