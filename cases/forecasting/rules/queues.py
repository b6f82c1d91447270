"""``queue_measures`` and ``waiting_bands``: a waiting list by textbook. Pure.

Formulas: NHS England, "Demand and capacity: managing waiting lists" (target list, relief capacity,
pressure), of which the units are kept apart here: every rate is per week, every wait in weeks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Gt, Lt

from jbn_oversight.calculations.rules import (
    CalculationInput,
    Count,
    Fault,
    Positive,
    Rate,
    Share,
    refuse,
)

Percent = Annotated[float, Gt(0), Lt(100)]
USUAL_PERCENT = 98.0
NEVER: Literal["never"] = "never"


@dataclass(frozen=True, slots=True)
class Queue(CalculationInput):
    """A list with what comes in and what can be taken on, per week."""

    demand_per_week: Rate
    capacity_per_week: Rate
    list_: Count
    target_weeks: Positive
    percent_within_target: Percent = -1.0
    """Of all who wait, how many should start within the target; 98 where nothing is said."""
    factor: Positive = -1.0
    """The same as a factor: target weeks over mean wait."""
    cv_demand: Rate = 1.0
    """Standard deviation over mean of the weekly demand."""
    cv_capacity: Rate = 1.0
    periods_weeks: Positive = 26.0
    """Weeks in which a list that is too long should be back at its target."""
    mean_wait_weeks: Rate | None = None

    def __post_init__(self) -> None:
        if self.factor > 0 and self.percent_within_target > 0:
            refuse([Fault("factor", "is given beside percent_within_target: give one of the two")])


@dataclass(frozen=True, slots=True)
class QueueMeasures:
    """What the list asks for."""

    load: float | None
    """Demand over capacity; None without capacity."""
    factor: float
    target_list: float
    relief_capacity: float | None
    """Per week; None where the list is at most twice its target."""
    target_capacity: float
    """Per week, to stay at the target once the list is there."""
    pressure: float | None
    weeks_to_clear: float | Literal["never"]


def queue_measures(given: Queue) -> QueueMeasures:
    """Target list, capacity needed and weeks to clear, per week and in weeks throughout."""
    demand, capacity = given.demand_per_week, given.capacity_per_week
    percent = given.percent_within_target if given.percent_within_target > 0 else USUAL_PERCENT
    factor = given.factor if given.factor > 0 else -math.log1p(-percent / 100)
    target_list = demand * given.target_weeks / factor
    over = given.list_ - target_list
    variation = (given.cv_demand**2 + given.cv_capacity**2) / 2
    wait = given.mean_wait_weeks
    return QueueMeasures(
        load=demand / capacity if capacity else None,
        factor=factor,
        target_list=target_list,
        relief_capacity=(
            demand + over / given.periods_weeks if given.list_ > 2 * target_list else None
        ),
        target_capacity=demand + variation * factor / given.target_weeks,
        pressure=None if wait is None else 2 * wait / given.target_weeks,
        weeks_to_clear=_weeks_to_clear(over, capacity - demand),
    )


def _weeks_to_clear(over: float, gained_per_week: float) -> float | Literal["never"]:
    if over <= 0:
        return 0.0
    return over / gained_per_week if gained_per_week > 0 else NEVER


@dataclass(frozen=True, slots=True)
class Bands(CalculationInput):
    """A steady list, band by band of how long one waited."""

    arrivals: Rate
    leave: list[Share]
    """Of who enters the band, the share that leaves without help."""
    service: list[Rate]
    """How many are taken from each band."""

    def __post_init__(self) -> None:
        if len(self.leave) != len(self.service):
            text = f"holds {len(self.service)} numbers, where leave holds {len(self.leave)}"
            refuse([Fault("service", text)])


@dataclass(frozen=True, slots=True)
class WaitingBands:
    """From band 1 on: who is left at its end, and who was served in it."""

    sizes: list[float]
    served: list[float]


def waiting_bands(given: Bands) -> WaitingBands:
    """A list that stays as it is, by months waited."""
    sizes, served = [], []
    size = given.arrivals
    for leave, service in zip(given.leave, given.service, strict=True):
        there = size * (1 - leave)
        served.append(min(service, there))
        size = max(0.0, there - service)
        sizes.append(size)
    return WaitingBands(sizes, served)
