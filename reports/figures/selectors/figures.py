"""The figures as they may be shown: the one door between results and whatever people read.

Page, chart, document, CSV and title all take their numbers here, so disclosure control is
applied once and cannot differ between them. Nothing else on this floor reads results. Who
enters and leaves the waiting list comes from observations.

What is hidden does not depend on what is asked: all indicators that share a count, and for
councils all municipalities, are protected together and then the asked ones are given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from certification.compliance.rules.judging import State, Sum, Verdict
from certification.compliance.rules.scoring import (
    INSTITUTION,
    MUNICIPALITY,
    FigureScope,
    JudgedFigure,
)
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Direction, Unit
from jbn_oversight.organisations.models import Institution
from reports.figures.rules.disclosure import (
    Audience,
    few_for_a_percentage,
    in_fives,
    rounded,
    share,
    verdict_from_rounded,
)
from reports.figures.rules.figures import SILENT, Figure, FigureState, FigureTable
from reports.figures.rules.protection import Hidden
from reports.figures.rules.tables import aside_key, line_key
from reports.figures.selectors.release import Release, results

__all__ = ["Audience", "FigureScope", "FigureTable", "figures"]


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
        place = row.place
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


def _exact(judged: JudgedFigure) -> Figure:
    unit = KPIS[judged.kpi].unit
    numerator = _decimal(judged.numerator)
    denominator = None if unit is Unit.COUNT else _decimal(judged.denominator)
    state, value = FigureState(judged.state), None
    if judged.state is State.KNOWN:
        state, value = _valued(unit, numerator, denominator, _decimal(judged.value))
    return Figure(
        kpi=judged.kpi,
        unit=unit,
        scope=judged.scope,
        scope_code=judged.scope_code,
        month=judged.month,
        state=state,
        verdict=judged.verdict,
        value=value,
        numerator=numerator,
        denominator=denominator,
        norm=judged.norm,
        approximate=judged.approximate,
        aside=judged.aside,
    )


def _decimal(number: Sum | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _valued(
    unit: Unit, numerator: Decimal | None, denominator: Decimal | None, days: Decimal | None = None
) -> tuple[FigureState, Decimal | None]:
    """The value that known sums make, or the state that says why there is none."""
    if unit is Unit.COUNT:
        return FigureState.KNOWN, numerator
    if not denominator:
        return FigureState.NO_CASES, None
    if few_for_a_percentage(unit, denominator):
        return FigureState.FEW_CASES, None
    return FigureState.KNOWN, days if unit is Unit.DAYS else share(unit, numerator, denominator)


def _protected(figure: Figure, hidden: Hidden, *, council: bool) -> Figure:
    """The figure as it may be shown; for councils in fives, after hiding."""
    place = figure.place
    line = line_key(figure.kpi, place, figure.month)
    shown = figure
    if line in hidden.lines:
        few = line in hidden.few
        shown = _silenced(figure, FigureState.FEW_CASES if few else FigureState.HIDDEN)
    if aside_key(KPIS[figure.kpi], place, figure.month) in hidden.lines:
        shown = replace(shown, aside=None)
    return _for_council(shown) if council else shown


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
    aside = in_fives(figure.aside)
    if figure.state is not FigureState.KNOWN or figure.unit is Unit.DAYS:
        return replace(figure, numerator=numerator, denominator=denominator, aside=aside)
    state, value = _valued(figure.unit, numerator, denominator)
    fives = replace(
        figure,
        state=state,
        value=value,
        numerator=numerator,
        denominator=denominator,
        aside=aside,
    )
    higher = KPIS[figure.kpi].direction is not Direction.LOWER
    return replace(fives, verdict=verdict_from_rounded(fives, higher_is_better=higher))
