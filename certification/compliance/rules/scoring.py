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

from cases.counting.rules.observations import EVERY_GROUP, MEASURE_GROUPS, MEASURES, Counts
from cases.counting.rules.waiting_times import NOT_REACHED, WaitingTimes
from cases.staffing.rules import StaffingCell
from certification.compliance.rules.judging import (
    NOT_DELIVERED,
    NOT_KNOWN,
    Counted,
    NormRule,
    State,
    Sum,
    Verdict,
    judge,
    norm_for,
)
from certification.compliance.rules.staffing import StaffingFigures
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import FactSource, Kpi, Shape
from jbn_oversight.clock import month_end
from jbn_oversight.organisations.rules import OversightScope

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

INSTITUTION: Final = "institution"
REGION: Final = "region"
MUNICIPALITY: Final = "municipality"


@dataclass(frozen=True, slots=True)
class FigureScope:
    """A scope: its kind and its public code."""

    scope: str
    code: str


class JudgedFigure(NamedTuple):
    """One figure with its verdict, as a run computes it and as its row gives it back.

    Exact, and not protected: who shows it as it is tells of single people.
    """

    kpi: str
    scope: str
    scope_code: str
    month: date
    state: State
    numerator: Sum | None
    denominator: Sum | None
    value: int | None
    """Days, of a median that is reached; other values follow from the two sums."""
    approximate: bool
    aside: int | None
    """Measures without a clock, shown beside the figure."""
    norm: Decimal | None
    verdict: Verdict

    @property
    def place(self) -> FigureScope:
        """Of which place it is."""
        return FigureScope(self.scope, self.scope_code)


class FigureScopes:
    """The scopes of an institution in some months, and which municipalities each adds."""

    def __init__(
        self,
        scope: OversightScope,
        months: Sequence[date],
        known_on: Mapping[date, date] | None = None,
    ) -> None:
        """``known_on`` gives the reference date of each month's delivery, if it has one.

        A delivery names the municipalities of its reference date for all its months, so a month
        has figures of those alone: of a code that had ended by then there is nothing to count,
        and of one that began later neither.
        """
        self.months: Final = tuple(months)
        self.scope: Final = scope
        self._known_on: Final = known_on or {}
        self.all: Final = (
            FigureScope(INSTITUTION, scope.institution),
            *(FigureScope(REGION, slug) for slug in scope.regions),
            *(FigureScope(MUNICIPALITY, code) for code in scope.municipalities),
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

    def existing(self, source: FactSource) -> Flags:
        """Place x month: where indicators from this source exist."""
        municipal = np.array([place.scope == MUNICIPALITY for place in self.all])
        there: Flags = self.joins.any(axis=2).T & self._named() | ~municipal[:, None]
        if source is FactSource.STAFFING:
            there &= ~municipal[:, None]
        if source is FactSource.SAFE_HOME:
            there &= self._served()
        return there

    def _named(self) -> Flags:
        """Place x month: where the month's delivery may name the place, if it is a municipality."""
        named: Flags = np.ones((len(self.all), len(self.months)), dtype=np.bool_)
        for number, place in enumerate(self.all):
            if place.scope != MUNICIPALITY:
                continue
            for at, month in enumerate(self.months):
                on = self._known_on.get(month, month_end(month))
                named[number, at] = self.scope.may_be_named(place.code, on)
        return named

    def _served(self) -> Flags:
        """Place x month: where the institution is also Veilig Thuis."""
        regions = self.scope.safe_home_regions
        return np.array(
            [
                [
                    bool(regions)
                    if place.scope == INSTITUTION
                    else place.code in regions
                    if place.scope == REGION
                    else self.scope.region_of(place.code, month) in regions
                    for month in self.months
                ]
                for place in self.all
            ]
        )

    def add(self, cells: Numbers, months: Sequence[int]) -> Numbers:
        """Municipality x month cells as place x month sums."""
        added: Numbers = np.einsum("mpu,um->pm", self.joins[list(months)], cells)
        return added


@dataclass(frozen=True, slots=True)
class CountedMonths:
    """What one delivery gives for some months: its series and its medians."""

    counts: Counts
    waiting: Mapping[date, WaitingTimes]
    """By first day of month; rows in the order of ``FigureScopes.all``, for all measures together
    and then for each of ``MEASURE_GROUPS``."""
    reference_month: date
    """First day of the delivery's last month; earlier months are approximate in part."""


def score(
    places: FigureScopes,
    counted: Sequence[CountedMonths],
    staffing: Mapping[StaffingCell, Decimal],
    norms: Sequence[NormRule],
    kpis: Sequence[Kpi] = tuple(KPIS.values()),
    group: str = EVERY_GROUP,
) -> Iterator[JudgedFigure]:
    """Every figure of the months of ``places``, in the order of indicators, places, months.

    ``staffing`` holds the staffing series of the months and of the eleven before the first.
    A month that no delivery covers has no measures: its figures are not delivered. ``group`` is
    one of ``MEASURE_GROUPS``, for the indicators that count measures (``is_split``).
    """
    sums = _Sums(places, counted, group)
    staff = StaffingFigures(staffing, places.scope.regions)
    existing = {source: places.existing(source).tolist() for source in FactSource}
    for kpi in kpis:
        norms_of = {
            scope: [norm_for(norms, kpi.code, scope, month) for month in places.months]
            for scope in (INSTITUTION, REGION, MUNICIPALITY)
        }
        for number, place in enumerate(places.all):
            here = existing[kpi.source][number]
            if not any(here):
                continue
            if kpi.source is FactSource.STAFFING:
                youths = sums.of("youths_running", number) if kpi.workers_only else sums.nothing
                months = zip(places.months, youths, strict=True)
                by_month = [staff.counted(kpi, place.code, *each) for each in months]
            else:
                by_month = sums.counted(kpi, number)
            columns = zip(
                here,
                places.months,
                by_month,
                sums.approximate if kpi.approximate else sums.exact,
                sums.of(kpi.aside, number) if kpi.aside else sums.nothing,
                norms_of[place.scope],
                strict=True,
            )
            for exists, month, of_month, approximate, aside, norm in columns:
                if exists:
                    state, numerator, denominator, days = of_month
                    yield JudgedFigure(
                        kpi.code,
                        place.scope,
                        place.code,
                        month,
                        state,
                        numerator,
                        denominator,
                        days,
                        approximate and state is not State.NOT_DELIVERED,
                        aside,
                        None if norm is None else norm.threshold,
                        judge(kpi, norm, of_month),
                    )


def rows_of(group: str, places: int) -> slice:
    """Where the waiting times of a group stand, of so many places."""
    number = [EVERY_GROUP, *MEASURE_GROUPS].index(group)
    return slice(number * places, (number + 1) * places)


def _known(top: int | None, bottom: int | None, among: int | None) -> Counted:
    """``among`` is how many the denominator could have counted, where that is asked."""
    if top is None:
        return NOT_DELIVERED
    if among and not bottom:
        return NOT_KNOWN
    return State.KNOWN, top, bottom, None


class _Sums:
    """Series added up by place and month; a month without delivery has None."""

    def __init__(self, places: FigureScopes, counted: Sequence[CountedMonths], group: str) -> None:
        number_of = {month: number for number, month in enumerate(places.months)}
        count = len(places.months)
        self.nothing: Final[list[int | None]] = [None] * count
        self.exact: Final = [False] * count
        self.approximate: Final = [False] * count
        """Whether the month lies before the reference month of its delivery."""
        self._sums: dict[str, list[list[int | None]]] = {}
        self._medians: list[tuple[list[int], list[int]] | None] = [None] * count
        codes = MEASURE_GROUPS.get(group, MEASURES)
        kinds = [number for number, code in enumerate(MEASURES) if code in codes]
        rows = rows_of(group, len(places.all))
        for one in counted:
            numbers = [number_of[month] for month in one.counts.months]
            for series, cells in one.counts.measures.items():
                self._keep(series, numbers, places.add(cells[:, kinds].sum(axis=1), numbers))
            for series, cells in (one.counts.safe_home or {}).items():
                self._keep(series, numbers, places.add(cells, numbers))
            for month, number in zip(one.counts.months, numbers, strict=True):
                self.approximate[number] = month < one.reference_month
                found = one.waiting.get(month)
                if found is not None:
                    spells, days = found.spells[rows], found.median_days[rows]
                    self._medians[number] = spells.tolist(), days.tolist()

    def _keep(self, series: str, numbers: list[int], sums: Numbers) -> None:
        by_place = self._sums.setdefault(series, [list(self.nothing) for _ in sums])
        for row, found in zip(by_place, sums.tolist(), strict=True):
            for number, value in zip(numbers, found, strict=True):
                row[number] = value

    def of(self, series: str, place: int) -> list[int | None]:
        """A place's sums by month; None where no delivery gives one."""
        found = self._sums.get(series)
        return self.nothing if found is None else found[place]

    def counted(self, kpi: Kpi, place: int) -> list[Counted]:
        """What an indicator that counts rows is made of, at a place, by month."""
        if kpi.shape is Shape.MEDIAN:
            return [self._median(found, place) for found in self._medians]
        tops = self.of(kpi.numerator[0], place)
        bottoms = self.of(kpi.denominator[0], place) if kpi.denominator else self.nothing
        among = self.of(kpi.known_of, place) if kpi.known_of else self.nothing
        return [
            _known(top, bottom, there)
            for top, bottom, there in zip(tops, bottoms, among, strict=True)
        ]

    @staticmethod
    def _median(found: tuple[list[int], list[int]] | None, place: int) -> Counted:
        if found is None:
            return NOT_DELIVERED
        spells, days = found[0][place], found[1][place]
        if days == NOT_REACHED:
            return State.NOT_REACHED, None, spells, None
        return State.KNOWN, None, spells, days
