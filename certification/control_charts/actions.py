"""Phases of control charts: who may set one, setting and removing it, and where they stand.

A phase moves the limits by which everybody reads a figure, so a person sets it, for a reason
that stands beside the chart, and nothing else does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certification.act_kinds import PHASE
from certification.compliance.rules.scoring import INSTITUTION, REGION, FigureScope
from certification.control_charts.rules.limits import fits_a_chart
from certification.indicators.rules.kpis import KPIS
from certification.models.chart_phases import REASON_LENGTH, ChartPhase
from certification.rights import SET_CHART_PHASES
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import amsterdam_day, month_of, utc_now
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError

Starts = Mapping[tuple[str, FigureScope], tuple[date, ...]]
"""By KPI and place the months from which on it is calculated again, in order."""


def may_set_phases(actor: Actor, institution: Institution, place: FigureScope) -> bool:
    """Whether this person may set and remove the phases of a place's charts.

    The whole institution is for every region that has a task with it; a region or municipality
    for those of that region alone.
    """
    places = actor.places(SET_CHART_PHASES)
    if place.scope == INSTITUTION:
        return place.code == institution.code and place.code in places.institutions
    own = places.regions if place.scope == REGION else places.municipalities
    return institution.code in places.institutions and place.code in own


def phase_starts(institution: Institution, known_at: datetime | None = None) -> Starts:
    """The phases that stand for an institution's charts now, or stood at the instant."""
    found: dict[tuple[str, FigureScope], list[date]] = defaultdict(list)
    rows = ChartPhase.objects.standing(known_at).filter(institution=institution)
    for kpi, scope, code, month in rows.order_by("starts_month").values_list(
        "kpi", "scope", "scope_code", "starts_month"
    ):
        found[kpi, FigureScope(scope, code)].append(month)
    return {key: tuple(months) for key, months in found.items()}


def set_phase(
    *,
    institution: Institution,
    kpi: str,
    place: FigureScope,
    starts_month: date,
    reason: str,
    by: User,
) -> ChartPhase:
    """Let a chart be calculated again from a month on. Raises RefusedError."""
    now = utc_now()
    words = reason.strip()
    if kpi not in KPIS or not fits_a_chart(KPIS[kpi]):
        raise RefusedError(
            _("This figure is counted over a year and has no limits. Choose another figure.")
        )
    if starts_month.day != 1:
        raise RefusedError(_("A phase starts on the first day of a month. Choose a month."))
    if starts_month > month_of(amsterdam_day(now)):
        raise RefusedError(_("This month is yet to come. Choose a month that has begun."))
    _check_reason(words)
    try:
        with transaction.atomic():
            row = ChartPhase.objects.create(
                institution=institution,
                kpi=kpi,
                scope=place.scope,
                scope_code=place.code,
                starts_month=starts_month,
                reason=words,
                set_by=by,
                set_at=now,
            )
            _record(PHASE.added, row, by)
            return row
    except IntegrityError as error:
        if "chart_phase_once" not in str(error):
            raise
        raise RefusedError(
            _("A phase starts in this month already. Choose another month, or remove that one.")
        ) from error


def remove_phase(*, phase: ChartPhase, reason: str, by: User) -> None:
    """Take a phase away again; its row stays. Raises RefusedError."""
    words = reason.strip()
    _check_reason(words)
    with transaction.atomic():
        row = ChartPhase.objects.select_for_update().get(pk=phase.pk)
        if row.removed_at is not None:
            raise RefusedError(_("Somebody has removed this phase already."))
        row.removed_at = utc_now()
        row.removed_by = by
        row.removed_reason = words
        row.save()
        _record(PHASE.removed, row, by)


def _record(kind: KindOfAct, phase: ChartPhase, by: User) -> None:
    detail = f"{phase.kpi} {phase.scope} {phase.starts_month:%Y-%m}"
    record_act(kind=kind, on=phase, detail=detail, institution=phase.institution, by=by)


def _check_reason(words: str) -> None:
    if not words:
        raise RefusedError(_("Say why. Everybody who sees the chart reads the reason."))
    if len(words) > REASON_LENGTH:
        raise RefusedError(
            _("The reason is too long. Use at most %(most)d characters.") % {"most": REASON_LENGTH}
        )
