"""The figures as they may be shown: the one door between results and whatever people read.

Page, chart, document, CSV and title all take their numbers here, so disclosure control is
applied once and cannot differ between them. Nothing else on this floor reads results. Who
enters and leaves the waiting list comes from observations.

What is hidden does not depend on what is asked: all indicators that share a count, and for
councils all municipalities, are protected together and then the asked ones are given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from certification.compliance.rules.judging import Verdict
from certification.compliance.rules.scoring import INSTITUTION, MUNICIPALITY, FigureScope
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Direction, Kpi, Unit
from jbn_oversight.organisations.models import Institution
from reports.documents.rules import FigureState, QuotedFigure
from reports.figures.rules.disclosure import (
    INTERVAL_UNDER,
    Audience,
    ExactSums,
    has_few,
    in_fives,
    rounded,
    share,
    verdict_from_rounded,
    wilson,
)
from reports.figures.rules.protection import Hidden
from reports.figures.rules.tables import aside_key, line_key
from reports.figures.selectors.release import Release, ResultRow, results, short

__all__ = ["Audience", "Figure", "FigureScope", "FigureTable", "figures"]

SILENT: Final = frozenset({FigureState.NOT_DELIVERED, FigureState.NOT_KNOWN, FigureState.HIDDEN})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one place and month, already protected for its audience.

    ``month`` is its first day. ``value`` is in the KPI's unit, a percentage from 0 to 100; a
    number is None wherever it may not be shown or does not exist, and ``state`` says which.
    """

    kpi: str
    scope: str
    scope_code: str
    month: date
    unit: Unit
    state: FigureState
    verdict: Verdict
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    norm: Decimal | None = None
    approximate: bool = False
    aside: int | None = None

    @property
    def hidden(self) -> bool:
        """Whether there is a figure that may not be shown."""
        return self.state is FigureState.HIDDEN

    @property
    def few(self) -> bool:
        """Whether there are too few cases for a percentage."""
        return self.state is FigureState.FEW_CASES

    @property
    def judged(self) -> bool:
        """Whether it says that a norm is met or not."""
        return self.verdict in {Verdict.MET, Verdict.NOT_MET} and not self.hidden

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson 95% interval beside a percentage of fewer than thirty cases."""
        if self.unit is not Unit.PERCENT or self.state is not FigureState.KNOWN:
            return None
        if self.numerator is None or not self.denominator or self.denominator >= INTERVAL_UNDER:
            return None
        if self.numerator > self.denominator:
            return None
        return wilson(self.numerator, self.denominator)

    def quoted(self, label: str, scope_name: str) -> QuotedFigure:
        """The figure as a document quotes it, with its words in the document's language."""
        return QuotedFigure(
            kpi=self.kpi,
            label=label,
            unit=self.unit,
            scope=self.scope,
            scope_code=self.scope_code,
            scope_name=scope_name,
            month=self.month,
            state=self.state,
            verdict=self.verdict,
            value=self.value,
            numerator=self.numerator,
            denominator=self.denominator,
            norm=self.norm,
            approximate=self.approximate,
            aside=self.aside,
        )


@dataclass(frozen=True)
class FigureTable:
    """Figures by KPI, place and month; one that was never computed is "not delivered"."""

    months: tuple[date, ...]
    cells: Mapping[tuple[str, str, str, date], Figure]

    def get(self, kpi: str, place: FigureScope, month: date) -> Figure:
        """The figure of a cell. Raises KeyError for an unknown KPI."""
        found = self.cells.get((kpi, place.scope, place.code, month))
        return found or _absent(KPIS[kpi], place, month)

    def series(self, kpi: str, place: FigureScope) -> tuple[Figure, ...]:
        """The figures of all months, in order."""
        return tuple(self.get(kpi, place, month) for month in self.months)

    def exists(self, kpi: str, place: FigureScope) -> bool:
        """Whether any month has a row for it, with or without a number."""
        return any((kpi, place.scope, place.code, month) in self.cells for month in self.months)


def figures(
    *,
    institution: Institution,
    kpis: Iterable[str],
    scopes: Iterable[FigureScope],
    months: Iterable[date],
    audience: Audience,
    known_at: datetime | None = None,
    exact_for: Collection[FigureScope] = frozenset(),
) -> FigureTable:
    """The figures of some KPIs, places and months (first days), for an audience.

    ``known_at`` asks what was known at that (aware) instant instead of now. ``exact_for`` are
    places whose exact figures the reader may see besides: they come exact, and what they give
    away together with the rest is hidden. Municipalities exist for councils, and exactly for
    who may see them so: ValueError for any other.
    """
    wanted = tuple(dict.fromkeys(scopes))
    codes = tuple(dict.fromkeys(kpis))
    asked = tuple(sorted(set(months)))
    exact = frozenset(wanted) if audience is Audience.EXACT else frozenset(exact_for)
    council = audience is Audience.COUNCIL
    if not council and any(p.scope == MUNICIPALITY and p not in exact for p in wanted):
        raise ValueError("figures of a municipality are for councils, or exact")
    release = Release(institution, known_at, council, exact)
    rows = release.read(codes, asked, wanted, apart=audience is Audience.EXACT)
    hidden = Hidden() if audience is Audience.EXACT else release.hidden(rows, codes)
    shown: dict[tuple[str, str, str, date], Figure] = {}
    for row in rows:
        place = FigureScope(row.scope, row.scope_code)
        if row.kpi in codes and place in wanted and row.month in asked:
            figure = _exact(row)
            if place not in exact:
                figure = _protected(figure, hidden, council=council)
            shown[row.kpi, row.scope, row.scope_code, row.month] = figure
    return FigureTable(asked, shown)


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a figure came about."""

    recorded_at: datetime
    settings: dict[str, Any]
    inputs: dict[str, Any]
    notes: list[Any]


def provenance(
    institution: Institution, kpi: str, month: date, known_at: datetime | None = None
) -> Provenance | None:
    """When and with which settings the institution's figure of a month was computed."""
    row = (
        results(known_at)
        .filter(institution=institution, kpi=kpi, month=month, scope=INSTITUTION)
        .select_related("run")
        .first()
    )
    if row is None:
        return None
    return Provenance(row.recorded_at, row.run.settings, row.run.inputs, row.run.notes)


def _exact(row: ResultRow) -> Figure:
    unit = KPIS[row.kpi].unit
    figure = Figure(
        kpi=row.kpi,
        scope=row.scope,
        scope_code=row.scope_code,
        month=row.month,
        unit=unit,
        state=FigureState(row.state),
        verdict=Verdict(row.verdict),
        numerator=short(row.numerator),
        denominator=None if unit is Unit.COUNT else short(row.denominator),
        norm=short(row.norm),
        approximate=row.approximate,
        aside=row.aside,
    )
    if figure.state is not FigureState.KNOWN:
        return figure
    days = None if row.value is None else Decimal(row.value)
    return _with_value(figure, days)


def _with_value(figure: Figure, days: Decimal | None = None) -> Figure:
    """The figure with the value that its sums make, or the state that says why there is none."""
    if figure.unit is Unit.COUNT:
        return replace(figure, value=figure.numerator)
    sums = ExactSums(figure.unit, figure.numerator, figure.denominator)
    if not figure.denominator:
        return replace(figure, state=FigureState.NO_CASES)
    if has_few(sums) and figure.unit is Unit.PERCENT:
        return replace(figure, state=FigureState.FEW_CASES)
    return replace(figure, value=days if figure.unit is Unit.DAYS else share(sums))


def _absent(kpi: Kpi, place: FigureScope, month: date) -> Figure:
    return Figure(
        kpi=kpi.code,
        scope=place.scope,
        scope_code=place.code,
        month=month,
        unit=kpi.unit,
        state=FigureState.NOT_DELIVERED,
        verdict=Verdict.NOT_DELIVERED,
    )


def _protected(figure: Figure, hidden: Hidden, *, council: bool) -> Figure:
    """The figure as it may be shown; for councils in fives, after hiding."""
    place = FigureScope(figure.scope, figure.scope_code)
    line = line_key(figure.kpi, place, figure.month)
    shown = figure
    if line in hidden.lines:
        few = line in hidden.few
        shown = _silenced(figure, FigureState.FEW_CASES if few else FigureState.HIDDEN)
    if aside_key(KPIS[figure.kpi], place, figure.month) in hidden.lines:
        shown = replace(shown, aside=None)
    return _for_council(shown) if council else shown


def _sums(figure: Figure) -> ExactSums:
    return ExactSums(figure.unit, figure.numerator, figure.denominator, figure.value)


def _silenced(figure: Figure, state: FigureState) -> Figure:
    """The figure without a number, and without a verdict that would tell of one."""
    return replace(
        figure,
        state=state,
        verdict=Verdict.FEW_CASES,
        numerator=None,
        denominator=None,
        value=None,
    )


def _for_council(figure: Figure) -> Figure:
    """Counts to fives, and the percentage and the verdict that these allow."""
    if figure.state in SILENT or figure.state is FigureState.FEW_CASES:
        return figure
    numerator, denominator = rounded(figure.numerator), rounded(figure.denominator)
    fives = replace(
        figure,
        numerator=numerator,
        denominator=denominator,
        aside=in_fives(figure.aside),
    )
    if figure.state is not FigureState.KNOWN:
        return fives
    if figure.unit is Unit.DAYS:
        return fives
    fives = _with_value(replace(fives, value=None))
    higher = KPIS[figure.kpi].direction is not Direction.LOWER
    return replace(
        fives,
        verdict=verdict_from_rounded(
            _sums(fives), figure.norm, figure.verdict, higher_is_better=higher
        ),
    )
