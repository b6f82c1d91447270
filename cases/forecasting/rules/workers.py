"""``workers_to_capacity``: what workers, absence and turnover mean for who can be helped. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jbn_oversight.calculations.rules import (
    CalculationInput,
    Code,
    Count,
    Fault,
    Positive,
    Rate,
    Share,
    WeekNumber,
    Weeks,
    doubled,
    refuse,
)

WEEKS_PER_YEAR = 52


@dataclass(frozen=True, slots=True)
class Joiner(CalculationInput):
    """Workers who start in a week."""

    week: WeekNumber
    fte: Rate


@dataclass(frozen=True, slots=True)
class MeasureGroup(CalculationInput):
    """Measures of one kind, and how many of them one effective FTE carries."""

    code: Code
    running: Count
    caseload_norm: Positive


@dataclass(frozen=True, slots=True)
class Workforce(CalculationInput):
    """Who works, and on what."""

    start: date
    weeks: Weeks
    fte: Rate
    absence: Share
    turnover_per_year: Share
    ramp_weeks: Rate
    """Weeks until who joined carries a full load."""
    joiners: list[Joiner]
    ends_per_week: Share
    """Of the running measures, the share that ends in a week."""
    groups: list[MeasureGroup]

    def __post_init__(self) -> None:
        refuse(doubled("groups", "code", [group.code for group in self.groups]))
        if not any(group.running for group in self.groups):
            refuse([Fault("groups", "hold no running measures")])


@dataclass(frozen=True, slots=True)
class CapacityWeek:
    """One week; running is what runs at its end."""

    week: int
    present_fte: float
    effective_fte: float
    room: float
    """Measures that the effective FTE can carry."""
    ended: float
    starts: float
    running: float


@dataclass(frozen=True, slots=True)
class Capacity:
    """Measures per effective FTE, the FTE that today's measures need, and each week."""

    norm: float
    fte_needed: float | None
    """None where everybody is absent."""
    weeks: list[CapacityWeek]


def workers_to_capacity(given: Workforce) -> Capacity:
    """Expected values, without chance."""
    running = float(sum(group.running for group in given.groups))
    effective_needed = sum(group.running / group.caseload_norm for group in given.groups)
    norm = running / effective_needed
    there = 1 - given.absence
    weeks = []
    for week in range(1, given.weeks + 1):
        present = given.fte * _stay(given, week)
        loaded = present
        for joiner in given.joiners:
            if joiner.week <= week:
                stayed = joiner.fte * _stay(given, week - joiner.week)
                present += stayed
                loaded += stayed * _load(given, week - joiner.week)
        effective = there * loaded
        room = effective * norm
        ended = running * given.ends_per_week
        starts = max(0.0, room - running + ended)
        running = running - ended + starts
        weeks.append(CapacityWeek(week, present, effective, room, ended, starts, running))
    return Capacity(norm, effective_needed / there if there else None, weeks)


def _stay(given: Workforce, weeks: int) -> float:
    """The share that is still there after so many weeks."""
    remaining: float = (1 - given.turnover_per_year) ** (weeks / WEEKS_PER_YEAR)
    return remaining


def _load(given: Workforce, weeks_there: int) -> float:
    """The part of a full load that somebody carries."""
    return min(1.0, (weeks_there + 1) / given.ramp_weeks) if given.ramp_weeks else 1.0
