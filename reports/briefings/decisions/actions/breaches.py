"""A breach on record: what, when, who had seen it by then, and what was done about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import (
    BREACH_RECORDED,
    BREACH_STEP,
)
from reports.briefings.decisions.models import Breach, BreachStep, StepKind
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog


@transaction.atomic
def record_breach(
    *, briefing: Briefing, what: str, noticed_at: datetime, at: datetime, by: User
) -> Breach:
    """Put a breach on record, with who had opened or downloaded it up to this instant.

    Of any maker. Raises PermissionDenied, or RefusedError for an empty or impossible report.
    """
    check(maker_of(briefing, by, at).stops)
    if not what.strip():
        raise RefusedError(_("Say what happened."))
    if noticed_at > at:
        raise RefusedError(_("It cannot have been noticed later than now."))
    breach = Breach.objects.create(
        briefing=briefing,
        what=what.strip(),
        noticed_at=noticed_at,
        recorded_at=at,
        recorded_by=by,
        seen_by=seen_until(briefing, at),
    )
    record_on(briefing, BREACH_RECORDED, at=at, by=by)
    return breach


@transaction.atomic
def add_step(*, breach: Breach, kind: StepKind, text: str, at: datetime, by: User) -> BreachStep:
    """Note what was done about it, or who was notified. Of any maker; it stays."""
    check(maker_of(breach.briefing, by, at).stops)
    if not text.strip():
        raise RefusedError(_("Say what was done."))
    step = BreachStep.objects.create(breach=breach, kind=kind, text=text.strip(), at=at, by=by)
    record_on(breach.briefing, BREACH_STEP, at=at, by=by)
    return step


def seen_until(briefing: Briefing, at: datetime) -> list[dict[str, Any]]:
    """Who had opened or downloaded what up to an instant, as plain values, the first first."""
    rows = ReadingLog.objects.of(briefing.public_id).filter(at__lte=at).exclude(kind="terms")
    return [
        {
            "at": row.at.isoformat(),
            "name": row.reader_name,
            "email": row.reader_email,
            "role": row.role,
            "organisation": row.organisation,
            "kind": row.kind,
            "version": row.version_number,
            "copy_code": row.copy_code,
        }
        for row in rows.order_by("at", "pk")
    ]
