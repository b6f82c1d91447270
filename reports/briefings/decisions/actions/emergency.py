"""Shutting a whole dossier at once: the one act that takes a single maker, the author too.

Gates ask ``closed_at`` with every request and jobs ask it again before their last step, so
pages, files and running work stop with the commit.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import (
    CLOSED,
)
from reports.briefings.decisions.models import EmergencyClosing
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.gate.policies import check_open
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.dossiers import Dossier


@transaction.atomic
def close_dossier(*, briefing: Briefing, reason: str, at: datetime, by: User) -> list[Briefing]:
    """Shut the briefing and all others of its dossier, for everybody and at once.

    One transaction, its rows locked in the order of their keys, so that two people who press
    at once do not wait for each other. Returns what this call shut; what was shut or withdrawn
    stays as it was. Raises PermissionDenied, or RefusedError without a reason.
    """
    rows = Briefing.objects.select_for_update(of=("self",)).select_related("region", "municipality")
    dossier = Briefing.objects.values_list("dossier", flat=True).get(pk=briefing.pk)
    if dossier is not None:
        # Nobody joins the dossier meanwhile.
        Dossier.objects.select_for_update(no_key=True).get(pk=dossier)
    together = Q(pk=briefing.pk) if dossier is None else Q(pk=briefing.pk) | Q(dossier=dossier)
    found = list(rows.filter(together).order_by("pk"))
    mine = next(row for row in found if row.pk == briefing.pk)
    check(maker_of(mine, by, at).stops)
    if not reason.strip():
        raise RefusedError(_("Say why."))
    shut = []
    for row in found:
        if row.closed_at is not None or row.withdrawn_at is not None:
            continue
        row.closed_at, row.closed_by, row.closing_reason = at, by, reason.strip()
        row.save()
        EmergencyClosing.objects.create(
            briefing=row, closed_at=at, closed_by=by, reason=reason.strip()
        )
        record_on(row, CLOSED, at=at, by=by)
        shut.append(row)
    return shut


def dossiers_for(briefing: Briefing, by: User, at: datetime) -> QuerySet[Dossier]:
    """Dossiers that this person may know: of briefings they work on, of the same owner."""
    mine = Briefing.objects.worked_on_by(by, at)
    return Dossier.objects.filter(
        Q(briefings__in=mine) | Q(created_by=by),
        region=briefing.region,
        municipality=briefing.municipality,
    ).distinct()


@transaction.atomic
def choose_dossier(
    *, briefing: Briefing, dossier: Dossier | None, new_name: str, at: datetime, by: User
) -> Briefing:
    """Put the briefing in a dossier, in a new one, or in none: then it is one of its own.

    Raises PermissionDenied for who does not write it or may not know the dossier.
    """
    if dossier is not None:
        dossier = Dossier.objects.select_for_update(no_key=True).get(pk=dossier.pk)
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    if new_name.strip():
        dossier = Dossier.objects.create(
            name=new_name.strip(),
            region=briefing.region,
            municipality=briefing.municipality,
            created_at=at,
            created_by=by,
        )
    elif dossier is not None:
        check(dossiers_for(briefing, by, at).filter(pk=dossier.pk).exists())
    if briefing.dossier_id != (dossier.pk if dossier else None):
        briefing.dossier = dossier
        briefing.save()
    return briefing
