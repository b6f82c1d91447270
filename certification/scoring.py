"""From series to figures: every indicator for every scope and month, judged. Pure.

A region is the sum of its municipalities on the month's last day; numerators and
denominators are added first and never divided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cases.observations import Counts
from cases.staffing_table import StaffingCell
from cases.waiting_times import NOT_REACHED, Medians
from certification.judging import (
    NOT_DELIVERED,
    Figure,
    NormRule,
    State,
    Verdict,
    judge,
    norm_for,
)
from certification.kpis import KPIS, Kpi, Shape, Source
from certification.staffing_figures import StaffingFigures
from jbn_oversight.organisations.scope_types import OversightScope

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

INSTITUTION: Final = "institution"
REGION: Final = "region"
MUNICIPALITY: Final = "municipality"


class Result(NamedTuple):
    """One figure with its verdict; sums are exact."""

    kpi: str
    scope: str
    scope_code: str
    month: date
    state: State
    numerator: Decimal | int | None
    denominator: Decimal | int | None
    value: int | None
    """Days, of a median that is reached; other values follow from the two sums."""
    approximate: bool
    aside: int | None
    """Measures without a clock, shown beside the figure."""
    norm: Decimal | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Place:
    """A scope: its kind and its public code."""

    scope: str
    code: str


class Places:
    """The scopes of an institution in some months, and which municipalities each adds."""

    def __init__(self, scope: OversightScope, months: Sequence[date]) -> None:
        self.months: Final = tuple(months)
        self.scope: Final = scope
        self.all: Final = (
            Place(INSTITUTION, scope.institution),
            *(Place(REGION, slug) for slug in scope.regions),
            *(Place(MUNICIPALITY, code) for code in scope.municipalities),
        )
        shape = (len(months), len(self.all), len(scope.municipalities))
        self.joins: Final[Flags] = np.zeros(shape, dtype=np.bool_)
        """Month x place x municipality: whether the place adds the municipality then."""
        self.joins[:, 0, :] = True
        own = 1 + len(scope.regions)
        for number, month in enumerate(months):
            for column, code in enumerate(scope.municipalities):
                region = scope.region_of(code, month)
                if region in scope.regions:
                    self.joins[number, 1 + scope.regions.index(region), column] = True
                    self.joins[number, own + column, column] = True

    def exists(self, kpi: Kpi, place: int, month: int) -> bool:
        """Whether the indicator exists for the place in the month (both by number)."""
        found = self.all[place]
        if kpi.source is Source.STAFFING:
            return found.scope != MUNICIPALITY
        if found.scope == MUNICIPALITY and not self.joins[month, place].any():
            return False
        if kpi.source is not Source.SAFE_HOME:
            return True
        served = self.scope.safe_home_regions
        if found.scope == INSTITUTION:
            return bool(served)
        if found.scope == REGION:
            return found.code in served
        return self.scope.region_of(found.code, self.months[month]) in served

    def add(self, cells: Numbers, months: Sequence[int]) -> Numbers:
        """Municipality x month cells as place x month sums."""
        added: Numbers = np.einsum("mpu,um->pm", self.joins[list(months)], cells)
        return added


@dataclass(frozen=True, slots=True)
class CountedMonths:
    """What one delivery gives for some months: its series and its medians."""

    counts: Counts
    medians: Mapping[date, Medians]
    """By first day of month, rows in the order of ``Places.all``."""
    reference_month: date
    """First day of the delivery's last month; earlier months are approximate in part."""


def score(
    places: Places,
    counted: Sequence[CountedMonths],
    staffing: Mapping[StaffingCell, Decimal],
    norms: Sequence[NormRule],
    kpis: Sequence[Kpi] = tuple(KPIS.values()),
) -> Iterator[Result]:
    """Every figure of the months of ``places``, in the order of indicators, places, months.

    ``staffing`` holds the staffing series of the months and of the eleven before the first.
    A month that no delivery covers has no measures: its figures are not delivered.
    """
    sums = _Sums(places, counted)
    staff = StaffingFigures(staffing, places.scope.regions)
    for kpi in kpis:
        yield from _score_one(kpi, places, sums, staff, norms)


def _score_one(
    kpi: Kpi,
    places: Places,
    sums: _Sums,
    staff: StaffingFigures,
    norms: Sequence[NormRule],
) -> Iterator[Result]:
    norm_by_scope = {
        (scope, month): norm_for(norms, kpi.code, scope, month)
        for scope in (INSTITUTION, REGION, MUNICIPALITY)
        for month in places.months
    }
    for place, found in enumerate(places.all):
        for number, month in enumerate(places.months):
            if not places.exists(kpi, place, number):
                continue
            if kpi.source is Source.STAFFING:
                youths = sums.of("youths_running", place, number) if kpi.workers_only else None
                figure = staff.figure(kpi, found.code, month, youths)
            else:
                figure = sums.figure(kpi, place, number)
            state, top, bottom, value = figure
            norm = norm_by_scope[(found.scope, month)]
            delivered = state is not State.NOT_DELIVERED
            yield Result(
                kpi=kpi.code,
                scope=found.scope,
                scope_code=found.code,
                month=month,
                state=state,
                numerator=top,
                denominator=bottom,
                value=value,
                approximate=kpi.approximate and delivered and sums.is_before_reference(number),
                aside=sums.of(kpi.aside, place, number) if kpi.aside and delivered else None,
                norm=None if norm is None else norm.threshold,
                verdict=judge(kpi, norm, figure),
            )


class _Sums:
    """Series added up by place and month; a month without delivery has None."""

    def __init__(self, places: Places, counted: Sequence[CountedMonths]) -> None:
        self._number = {month: number for number, month in enumerate(places.months)}
        self._sums: dict[str, list[list[int] | None]] = {}
        self._medians: list[tuple[list[int], list[int]] | None] = [None] * len(places.months)
        self._before_reference = [False] * len(places.months)
        for group in counted:
            numbers = [self._number[month] for month in group.counts.months]
            for series, cells in group.counts.measures.items():
                self._keep(series, numbers, places.add(cells.sum(axis=1), numbers))
            for series, cells in (group.counts.safe_home or {}).items():
                self._keep(series, numbers, places.add(cells, numbers))
            for month, number in zip(group.counts.months, numbers, strict=True):
                self._before_reference[number] = month < group.reference_month
                found = group.medians.get(month)
                if found is not None:
                    self._medians[number] = found.spells.tolist(), found.days.tolist()

    def _keep(self, series: str, numbers: list[int], sums: Numbers) -> None:
        by_month = self._sums.setdefault(series, [None] * len(self._number))
        for number, column in zip(numbers, sums.T.tolist(), strict=True):
            by_month[number] = column

    def of(self, series: str, place: int, month: int) -> int | None:
        """One sum; None where no delivery gives it."""
        column = self._sums.get(series)
        found = None if column is None else column[month]
        return None if found is None else found[place]

    def is_before_reference(self, month: int) -> bool:
        """Whether the month lies before the reference month of its delivery."""
        return self._before_reference[month]

    def figure(self, kpi: Kpi, place: int, month: int) -> Figure:
        """An indicator that counts rows."""
        if kpi.shape is Shape.MEDIAN:
            found = self._medians[month]
            if found is None:
                return NOT_DELIVERED
            spells, days = found[0][place], found[1][place]
            if days == NOT_REACHED:
                return Figure(State.NOT_REACHED, None, spells)
            return Figure(State.KNOWN, None, spells, days)
        top = self.of(kpi.numerator[0], place, month)
        if top is None:
            return NOT_DELIVERED
        if kpi.shape is Shape.STOCK:
            return Figure(State.KNOWN, top, None)
        return Figure(State.KNOWN, top, self.of(kpi.denominator[0], place, month))
