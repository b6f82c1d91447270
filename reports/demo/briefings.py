"""Fictional opleggers around the moment of the first start, made by their plans.

Every act goes through the same actions as on the screens, by the person who may do it; only
the instants are chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from django.db import transaction

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.embargo import NonexistentHourError, moment_from_local
from jbn_oversight.organisations.models import Institution, Municipality, Region
from reports.briefings.makers import actions as makers
from reports.briefings.models.briefings import Briefing
from reports.briefings.printing.actions import renderings as rendering
from reports.briefings.readers import actions as readers
from reports.briefings.signing import actions as signing
from reports.briefings.writing.actions import drafts as drafting
from reports.demo import texts
from reports.demo.briefing_plans import PLANS, TextPlan
from reports.demo.people import place_of
from reports.demo.surroundings import AFTER, BEFORE, Scene
from reports.documents.rules import BriefingDocument, DocumentSection
from reports.pdf.render import render as print_document

FIGURES_AS_OF: Final = date(2025, 9, 1)
CONTACT: Final = "Afdeling Jeugd, jeugd@demo.example"


def hour(at: datetime, days: int, clock: time = time(10)) -> datetime:
    """That hour of the Amsterdam day so many days from the day of ``at``, in UTC."""
    day = amsterdam_day(at) + timedelta(days=days)
    try:
        return moment_from_local(day, clock)
    except NonexistentHourError:
        return moment_from_local(day, clock.replace(hour=clock.hour + 1))


@dataclass(frozen=True)
class Stage:
    """The people, and the instant of the first start (aware)."""

    people: Mapping[str, User]
    at: datetime

    @cached_property
    def institution(self) -> Institution:
        """Whom it is all about."""
        found: Institution = Institution.objects.get(code="jbn")
        return found

    @cached_property
    def report(self) -> bytes:
        """A fictional report as PDF, to attach."""
        text = texts.REPORT
        document = BriefingDocument(
            title=text.title,
            kind="Rapport",
            language="nl",
            addressees=(text.addressees,),
            sender=text.sender,
            on=amsterdam_day(self.at - timedelta(days=20)),
            subject=text.subject,
            status_line=text.status_line,
            embargo_line=None,
            version_label="Versie 1",
            as_of=date(2025, 9, 30),
            fictional=True,
            frozen_at=self.at - timedelta(days=20),
            sections=tuple(
                DocumentSection.written(heading, body) for heading, body in text.sections
            ),
        )
        return print_document(document).data


def load_briefings(stage: Stage) -> int:
    """Make what is not there yet; returns how many were made. Not printed yet are most."""
    made = 0
    for plan in PLANS:
        author = stage.people[plan.author]
        if not Briefing.objects.filter(author=author, title=plan.text.title).exists():
            _play(plan, stage)
            made += 1
    return made


@transaction.atomic
def _play(plan: TextPlan, stage: Stage) -> None:
    author = stage.people[plan.author]
    owner = place_of(plan.owner)
    assert isinstance(owner, Region | Municipality)
    begun = hour(stage.at, plan.started, time(9))
    briefing = drafting.start(
        institution=stage.institution,
        owner=owner,
        title=plan.text.title,
        language="nl",
        at=begun,
        by=author,
        document_type=plan.document_type,
    )
    briefing = drafting.edit(
        briefing=briefing,
        draft=_draft(plan, stage),
        revision=briefing.draft_revision,
        at=begun,
        by=author,
    )
    if plan.attached:
        _attach(briefing, stage, begun, author)
    if plan.approver:
        briefing = makers.name_makers(
            briefing=briefing,
            signatories=[
                _mandate(stage.people[name]) for name in (plan.approver, *plan.also_signs)
            ],
            publisher=stage.people[plan.publisher],
            co_writers=(),
            at=begun,
            by=author,
        )
    for reader in plan.invited:
        readers.invite(
            briefing=briefing, mandate=_mandate(stage.people[reader]), at=begun, by=author
        )
    scene = Scene(briefing, stage.people, author, stage.at)
    prepare, surround = BEFORE.get(plan.text.title), AFTER.get(plan.text.title)
    if prepare is not None:
        prepare(scene, begun + timedelta(hours=1))
    if plan.submitted:
        _sign(briefing, plan, stage, begun)
    briefing.refresh_from_db()
    if surround is not None:
        day = plan.approved if plan.published is None else plan.embargo_until
        assert day is not None
        surround(scene, hour(stage.at, day, time(16)))


def _draft(plan: TextPlan, stage: Stage) -> drafting.DraftFields:
    text = plan.text
    region = place_of(plan.charts_of) if plan.charts_of else None
    assert region is None or isinstance(region, Region)
    until = plan.embargo_until
    return drafting.DraftFields(
        title=text.title,
        subject=text.subject,
        language="nl",
        addressees=text.addressees,
        sender=text.sender,
        document_date=amsterdam_day(hour(stage.at, plan.started + 1)) if text.sender else None,
        status_line=text.status_line,
        contact=CONTACT,
        figures_as_of=FIGURES_AS_OF,
        figures_region=region,
        kpis=plan.kpis,
        charts=plan.charts,
        window_opens_at=(
            hour(stage.at, plan.window_opens, time(8)) if plan.window_opens is not None else None
        ),
        embargo_until=hour(stage.at, until, plan.embargo_clock) if until is not None else None,
        public_page=plan.public,
        sections=text.sections,
        audience=frozenset(_places(plan.audience)),
    )


def _places(codes: tuple[str, ...]) -> list[Municipality | Region]:
    found = [place_of(code) for code in codes]
    return [place for place in found if isinstance(place, Municipality | Region)]


def _attach(briefing: Briefing, stage: Stage, at: datetime, by: User) -> None:
    drafting.attach(
        briefing=briefing,
        title="Rapport duurzaam herstel (fictief)",
        data=stage.report,
        content_type="application/pdf",
        at=at,
        by=by,
    )
    drafting.attach(
        briefing=briefing,
        title="Lijst van acties (fictief)",
        data=texts.ACTIONS_CSV.encode(),
        content_type="text/csv",
        at=at,
        by=by,
    )


def _mandate(user: User) -> Membership:
    return Membership.objects.get(user=user)


def _sign(briefing: Briefing, plan: TextPlan, stage: Stage, begun: datetime) -> None:
    """Submit, approve, accept the terms and publish, as far as the plan goes."""
    briefing.refresh_from_db()
    author = stage.people[plan.author]
    submitted = begun + timedelta(hours=2)
    briefing = signing.submit(
        briefing=briefing, revision=briefing.draft_revision, at=submitted, by=author
    )
    if plan.approved is None:
        return
    version = None
    for name in (*plan.also_signs, plan.approver):
        version = signing.approve(
            briefing=briefing,
            revision=briefing.draft_revision,
            at=hour(stage.at, plan.approved, time(15)),
            by=stage.people[name],
        )
    assert version is not None  # the last signature made it
    for reader in plan.accepted:
        assert plan.window_opens is not None
        readers.accept_terms(
            briefing=briefing,
            at=hour(stage.at, plan.window_opens, time(8, 30)),
            address=None,
            by=stage.people[reader],
        )
    if plan.published is not None:
        rendering.render(version=version, at=stage.at)
        signing.publish(
            briefing=briefing,
            version=version,
            at=hour(stage.at, plan.published, time(14)),
            by=stage.people[plan.publisher],
        )
