"""Results as a run leaves them, made by hand for tests of what is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from certification.compliance.rules.judging import FEW_CASES, State, Verdict
from certification.compliance.rules.scoring import (
    INSTITUTION,
    MUNICIPALITY,
    REGION,
    FigureScope,
    JudgedFigure,
)
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Unit
from certification.models import ComplianceRun, KpiResult
from jbn_oversight.organisations.models import Institution
from tests.factories.people import institution

RECORDED_AT = datetime(2025, 10, 6, 9, tzinfo=UTC)
WHOLE = FigureScope(INSTITUTION, "jbn")
GRONINGEN = FigureScope(REGION, "groningen")
DRENTHE = FigureScope(REGION, "drenthe")
ASSEN = FigureScope(MUNICIPALITY, "GM0106")
EMMEN = FigureScope(MUNICIPALITY, "GM0114")
SEPTEMBER = date(2025, 9, 1)


def run(of: Institution | None = None, at: datetime = RECORDED_AT) -> ComplianceRun:
    """A finished run."""
    return ComplianceRun.objects.create(
        institution=of or institution(),
        period_from=date(2022, 10, 1),
        period_until=SEPTEMBER,
        reason="command",
        state="succeeded",
        progress=100,
        requested_at=at,
        next_try_at=at,
        finished_at=at,
        settings={"plan_clock_start": "notified_on"},
    )


def result(
    by: ComplianceRun,
    kpi: str,
    place: FigureScope,
    numerator: float | None,
    denominator: float | None = None,
    *,
    month: date = SEPTEMBER,
    norm: float | None = None,
    state: State = State.KNOWN,
    value: int | None = None,
    aside: int | None = None,
    approximate: bool = False,
) -> KpiResult:
    """One result, with the verdict that belongs to it."""
    return KpiResult.objects.create(
        institution=by.institution,
        kpi=kpi,
        scope=place.scope,
        scope_code=place.code,
        month=month,
        state=state,
        numerator=None if numerator is None else Decimal(str(numerator)),
        denominator=None if denominator is None else Decimal(str(denominator)),
        value=value,
        approximate=approximate,
        aside=aside,
        norm=None if norm is None else Decimal(str(norm)),
        verdict=_verdict(kpi, state, numerator, denominator, norm),
        run=by,
        recorded_at=by.requested_at,
    )


def judged(
    kpi: str,
    place: FigureScope,
    numerator: Decimal | int | None,
    denominator: Decimal | int | None = None,
    *,
    month: date = SEPTEMBER,
    aside: int | None = None,
) -> JudgedFigure:
    """A figure as a run computes it, where nobody looks further than its counts."""
    return JudgedFigure(
        kpi=kpi,
        scope=place.scope,
        scope_code=place.code,
        month=month,
        state=State.KNOWN,
        numerator=numerator,
        denominator=denominator,
        value=None,
        approximate=False,
        aside=aside,
        norm=None,
        verdict=Verdict.NO_NORM,
    )


def _verdict(
    kpi: str, state: State, numerator: float | None, denominator: float | None, norm: float | None
) -> Verdict:
    if state in {State.NOT_DELIVERED, State.NOT_KNOWN}:
        return Verdict(state.value)
    if norm is None:
        return Verdict.NO_NORM
    if not denominator:
        return Verdict.NO_CASES
    if KPIS[kpi].unit is Unit.PERCENT and denominator < FEW_CASES:
        return Verdict.FEW_CASES
    assert numerator is not None
    return Verdict.MET if numerator * 100 >= norm * denominator else Verdict.NOT_MET
