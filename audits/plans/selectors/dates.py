"""Days by which actions are due, findings must be fixed and evidence must be renewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from audits.models.findings import Finding
from audits.models.plans import EvidenceVersion, PlanAction
from audits.plans.selectors.plan_actions import found_of, open_on
from audits.rights import SEE_TIMELINE
from audits.rules.known import announced_by
from audits.rules.moments import moment
from certification.dates.rules import DatedThing, DateKind
from certification.imprecise_days import ImpreciseDay
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.organisations.models import Institution

_LONGEST_TITLE: Final = 120


def dates_of(actor: Actor, institution: Institution, day: date) -> list[DatedThing]:
    """What is still to be done on the (Amsterdam) day, as known on it."""
    if institution.code not in actor.places(SEE_TIMELINE).institutions:
        return []
    return [
        *_actions(actor, institution, day),
        *_evidence(actor, institution, day),
        *_findings(institution, day),
    ]


def _actions(actor: Actor, institution: Institution, day: date) -> Iterator[DatedThing]:
    for row in PlanAction.objects.filter(open_on(day), institution=institution):
        yield DatedThing(
            kind=DateKind.ACTION,
            title=row.title,
            on=ImpreciseDay(row.due_on),
            url=reverse("audits:action", args=[institution.code, row.public_id]),
            owner=row.owner_name,
            is_mine=actor.user is not None and row.owner_id == actor.user.pk,
        )


def _evidence(actor: Actor, institution: Institution, day: date) -> Iterator[DatedThing]:
    """The newest version of each piece, where it is good for some time only."""
    newest = EvidenceVersion.objects.filter(evidence=OuterRef("evidence")).order_by("-number")
    rows = EvidenceVersion.objects.filter(
        Q(evidence__action__dropped_on=None) | Q(evidence__action__dropped_on__gt=day),
        evidence__action__institution=institution,
        expires_on__isnull=False,
        number=Subquery(newest.values("number")[:1]),
    )
    for row in rows.select_related("evidence__action").order_by(F("expires_on"), "pk"):
        assert row.expires_on is not None  # filtered above
        action = row.evidence.action
        yield DatedThing(
            kind=DateKind.EVIDENCE,
            title=_("Renew the evidence “%(title)s”") % {"title": row.evidence.title},
            on=ImpreciseDay(row.expires_on),
            url=reverse("audits:action", args=[institution.code, action.public_id]),
            owner=action.owner_name,
            is_mine=actor.user is not None and action.owner_id == actor.user.pk,
            is_certain=True,
        )


def _findings(institution: Institution, day: date) -> Iterator[DatedThing]:
    # Most findings have no day: then nothing more is asked.
    if not Finding.objects.of(institution).filter(due_on__isnull=False).exists():
        return
    for found in found_of(institution, day):
        due = announced_by(moment(found.row.due, found.row.due_source), day)
        if due is None or not found.is_open or found.row.deviation_accepted:
            continue
        url = reverse("audits:findings", args=[institution.code])
        if found.origin_id:
            url = reverse("audits:audit", args=[institution.code, found.origin_id])
        words = {"finding": Truncator(str(found.row)).chars(_LONGEST_TITLE), "from": found.origin}
        yield DatedThing(
            kind=DateKind.FINDING,
            title=_("Mend finding %(finding)s (%(from)s)") % words,
            on=due.on,
            url=url,
            owner=institution.name,
            is_certain=True,
        )
