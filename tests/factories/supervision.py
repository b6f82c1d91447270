"""The whole world of supervision: each kind of row that a page is about, at least once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models

from audits.certificates.actions.parts import save_decision
from audits.comparison.actions.reference import load_themes
from audits.documents.actions.documents import Embargo, add_document
from audits.documents.actions.passages import add_passage
from audits.inspections.actions.inspections import save_message
from audits.inspections.actions.measures import save_claim, save_visit
from audits.models.audits import Audit as HeldAudit
from audits.models.inspections import (
    ClaimAbout,
    InterimMessage,
    MeasureClaim,
    SupervisionMeasure,
    SupervisionVisit,
)
from audits.models.plans import Plan
from audits.models.studies import Study
from audits.models.timeline import Contradiction, TimelineEvent
from certification.certificates.actions import get_or_create_source, save_by
from certification.imprecise_days import ImpreciseDay
from certification.models import Certificate, Document, DocumentVersion, Source
from certification.models.decisions import CertificateDecision, DecisionKind
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.history import Keeping as Kept
from reports.demo.certificates import record_demo_weighing
from reports.demo.findings import record_demo_findings
from reports.demo.plans import record_demo_plans
from reports.demo.public_facts import FACTS
from reports.demo.recording import record_oversight
from tests.factories.files import page_of_text
from tests.factories.papers import paper
from tests.factories.people import Cast, institution, person
from tests.factories.said import laid

TODAY = date(2025, 11, 3)
"""On this day somebody typed the public facts."""
SECRET = "Zeearend"
"""Stands in every word of the papers under embargo, in their code and address too."""


def record_public_facts(by: User | None = None) -> None:
    """The public facts of the demonstration, typed by somebody once all of them were known."""
    by = by or person("Vera Vastgelegd")
    assert record_oversight(facts=FACTS, today=TODAY, by=by)


def supervised(cast: Cast, *, at: datetime) -> None:
    """The public facts, the fictional ones beside them, and what those lack."""
    today = amsterdam_day(at)
    record_public_facts(cast.adviser)
    record_demo_findings(today=TODAY, by=cast.adviser)
    record_demo_weighing(today=TODAY, by=cast.adviser)
    record_demo_plans(people={"adviseur.drenthe": cast.adviser, "instelling.jbn": cast.institution})
    load_themes(by=None)
    one = get_or_create_source(
        code="verzonnen-brief",
        publisher="Test",
        title="Verzonnen brief",
        url="",
        published=ImpreciseDay(date(2025, 9, 26)),
        by=None,
    )
    measure = SupervisionMeasure.objects.select_related("inspected__inspection").get(
        inspected__institution=institution()
    )
    if not measure.visits.exists():
        due = (ImpreciseDay(date(2025, 12, 1)), one)
        visit = laid(SupervisionVisit(measure=measure), due=due)
        save_visit(visit=visit, today=today, by=cast.adviser)
    if not measure.claims.exists():
        claim = MeasureClaim(measure=measure, about=ClaimAbout.TERM, months=9, source=one)
        save_claim(claim=claim, by=cast.adviser)
    message = InterimMessage(inspection=measure.inspected.inspection, text="Verzonnen bericht.")
    message = laid(message, sent=(ImpreciseDay(date(2025, 9, 26)), one))
    save_message(message=message, today=today, by=cast.adviser)
    certificate = Certificate.objects.filter(institution=institution()).order_by("decided_on")[0]
    decision = CertificateDecision(
        certificate=certificate, kind=DecisionKind.RESTRICTED, reason="Verzonnen reden."
    )
    decision = laid(decision, decided=(ImpreciseDay(date(2025, 9, 26)), one))
    save_decision(decision=decision, today=today, by=cast.adviser)
    version = paper(by=cast.adviser, at=at, title="Open brief", text="Open woorden")
    passage = add_passage(version=version, place="p. 1", quote="Open", at=at, by=cast.adviser)
    event = TimelineEvent.objects.filter(institution=institution()).order_by("pk")[0]
    event.source, event.passage = version.document.source, passage
    save_by(event, cast.adviser)


def secret_sources(cast: Cast, *, at: datetime, until: datetime) -> list[DocumentVersion]:
    """Let every fact there is rest on two papers under embargo, with the sentinel everywhere.

    The adviser added them, the contract manager releases them and the alderman of the region is
    named as their reader; nobody else may know of them. The history tells of both stands.
    """
    versions = [_secret(cast, name, at=at, until=until) for name in ("een", "twee")]
    one, other = versions
    quoted = f"Passage {SECRET}"
    passage = add_passage(version=one, place=quoted, quote=quoted, at=at, by=cast.adviser)
    for model, names in _told_models():
        for row in model._default_manager.all():
            for number, name in enumerate(names):
                if getattr(row, f"{name}_id") is not None:
                    is_other = model is MeasureClaim or (model is Contradiction and number == 1)
                    setattr(row, name, (other if is_other else one).document.source)
            save_by(row, cast.adviser)
    for event in TimelineEvent.objects.all():
        event.passage = passage
        save_by(event, cast.adviser)
    for bearer in (HeldAudit, Plan, Study):
        for row in bearer.objects.all():
            row.document = one.document
            save_by(row, cast.adviser)
    return versions


def _secret(cast: Cast, name: str, *, at: datetime, until: datetime) -> DocumentVersion:
    source = get_or_create_source(
        code=f"{SECRET.lower()}-{name}",
        publisher=f"Uitgever {SECRET} {name}",
        title=f"Titel {SECRET} {name}",
        url=f"https://{SECRET.lower()}.example/{name}",
        published=ImpreciseDay(date(2024, 1, 2)),
        by=cast.adviser,
    )
    return add_document(
        institution=institution(),
        kind="report",
        source=source,
        data=page_of_text(f"Inhoud {SECRET} {name}"),
        dated=None,
        embargo=Embargo(
            until=until,
            releaser=cast.contract_manager,
            window_opens_at=at,
            readers=(cast.region_alderman.memberships.get(),),
        ),
        at=at,
        by=cast.adviser,
    )


def _told_models() -> list[tuple[type[models.Model], list[str]]]:
    """Every model whose rows name a source, with the names of those fields."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        if model is Document or getattr(model, "audit", None) is not Kept.TRACKED:
            continue
        names = [field.name for field in model._meta.fields if field.related_model is Source]
        if names:
            found.append((model, names))
    assert len(found) > 12
    return found
