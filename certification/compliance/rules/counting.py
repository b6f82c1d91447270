"""Everything a run computes, from facts to judged figures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from cases.counting.rules.columns import Facts
from cases.counting.rules.observations import ClockSettings, Counts, count
from cases.counting.rules.waiting_times import by_kind, waiting_times, waits_in_window
from cases.staffing.rules import StaffingCell, StaffingTable, staffing_series
from certification.compliance.rules.judging import NormRule
from certification.compliance.rules.scoring import CountedMonths, FigureScopes, JudgedFigure, score
from jbn_oversight.clock import month_of
from jbn_oversight.organisations.rules import OversightScope
from jbn_oversight.working_days import Calendar

STAFFING_WINDOW_MONTHS: Final = 12
"""The longest staffing window; a month's facts reach the figures of eleven later months."""


@dataclass(frozen=True, slots=True)
class RunInputs:
    """What one run starts from."""

    scope: OversightScope
    """For the span of ``months``; the facts' municipality numbers are positions in it."""
    months: tuple[date, ...]
    """First days of the months to compute, ascending."""
    deliveries: Sequence[tuple[Sequence[date], Facts]]
    """Which of the months each current delivery gives, and its facts."""
    staffing: StaffingTable
    """The months and the eleven before the first."""
    calendar: Calendar
    settings: ClockSettings
    norms: Sequence[NormRule]


@dataclass(frozen=True, slots=True)
class Computed:
    """What one run found."""

    places: FigureScopes
    counted: tuple[CountedMonths, ...]
    """By delivery."""
    staffing: dict[StaffingCell, Decimal]
    """Staffing series of the run's own months."""
    results: list[JudgedFigure]
    clocks_outside_known_days: dict[date, int]
    """Months in which clocks touch a year without a known list of equated days."""

    @property
    def counts(self) -> tuple[Counts, ...]:
        """The additive series, by delivery."""
        return tuple(one.counts for one in self.counted)


def compute(given: RunInputs) -> Computed:
    """Count, estimate and judge the months of one institution."""
    known_on = {
        month: date.fromisoformat(str(facts.reference_on))
        for months, facts in given.deliveries
        for month in months
    }
    places = FigureScopes(given.scope, given.months, known_on)
    counted = [count_delivery(given, places, months, facts) for months, facts in given.deliveries]
    cells = staffing_series(given.staffing)
    own = set(given.months)
    return Computed(
        places=places,
        counted=tuple(counted),
        staffing={cell: value for cell, value in cells.items() if cell[3] in own},
        results=list(score(places, counted, cells, given.norms)),
        clocks_outside_known_days={
            month: number
            for group in counted
            for month, number in zip(
                group.counts.months, group.counts.clocks_outside_known_days.tolist(), strict=True
            )
            if number
        },
    )


def count_delivery(
    given: RunInputs, places: FigureScopes, months: Sequence[date], facts: Facts
) -> CountedMonths:
    """The series and waiting times that one delivery gives for its months."""
    counts = count(
        facts,
        months,
        municipalities=len(given.scope.municipalities),
        calendar=given.calendar,
        settings=given.settings,
    )
    by_month = {
        month: waiting_times(
            waits_in_window(facts, month), by_kind(places.joins[given.months.index(month)])
        )
        for month in months
    }
    reference_on = date.fromisoformat(str(facts.reference_on))
    return CountedMonths(counts, by_month, month_of(reference_on))
