"""Record what others decided, held and found. Recording the same fact twice changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from audits.models.audits import Audit
from audits.models.timeline import Contradiction, TimelineEvent
from certification.certificates.actions import (
    day_columns,
    get_or_create_source,
    record_certificate,
    record_condition,
    said_columns,
    save_by,
)
from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import CertificateKind
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from reports.demo.facts import (
    AuditFact,
    CertificateFact,
    ContradictionFact,
    EventFact,
    OversightFacts,
    Said,
)
from reports.demo.recording_inspections import record_inspection


@dataclass(frozen=True, slots=True)
class _Context:
    """What every fact of one recording has in common."""

    institution: Institution
    authorities: Mapping[str, Authority]
    sources: Mapping[str, Source]
    by: User | None


@transaction.atomic
def record_oversight(*, facts: OversightFacts, by: User | None) -> None:
    """Record all facts of one institution, or none of them.

    Raises KeyError for a source, event or authority that is named but not given.
    """
    institution = Institution.objects.get(code=facts.institution)
    authorities = {row.code: row for row in Authority.objects.all()}
    sources = {
        fact.code: get_or_create_source(
            code=fact.code,
            publisher=fact.publisher,
            title=fact.title,
            url=fact.url,
            published=fact.published,
            by=by,
        )
        for fact in facts.sources
    }
    context = _Context(institution, authorities, sources, by)
    for certificate in facts.certificates:
        _certificate(certificate, context)
    for audit in facts.audits:
        _audit(audit, context)
    for inspection in facts.inspections:
        record_inspection(
            fact=inspection,
            institution=institution,
            authorities=authorities,
            sources=sources,
            by=by,
        )
    events: dict[str, TimelineEvent] = {}
    for event in sorted(facts.events, key=lambda fact: not fact.planned):
        events[event.code] = _event(event, events, context)
    for contradiction in facts.contradictions:
        _contradiction(contradiction, events, context)


def _said(said: Said | None, context: _Context) -> tuple[ImpreciseDay, Source] | None:
    return None if said is None else (said[0], context.sources[said[1]])


def _certificate(
    fact: CertificateFact,
    context: _Context,
) -> None:
    certificate = record_certificate(
        institution=context.institution,
        authority=context.authorities[fact.authority],
        kind=CertificateKind(fact.kind),
        decided=(fact.decided[0], context.sources[fact.decided[1]]),
        starts=_said(fact.starts, context),
        ends=_said(fact.ends, context),
        months=fact.months,
        improvement_plausible=fact.improvement_plausible,
        no_fundamental_shortcomings=fact.no_fundamental_shortcomings,
        remark=fact.remark,
        by=context.by,
    )
    for condition in fact.conditions:
        record_condition(
            certificate=certificate,
            text=condition.text,
            source=context.sources[condition.source],
            due=condition.due,
            met=_said(condition.met, context),
            by=context.by,
        )


def _audit(
    fact: AuditFact,
    context: _Context,
) -> None:
    keys = {
        "institution": context.institution,
        "authority": context.authorities[fact.authority],
        "kind": fact.kind,
        "sequence_no": fact.sequence_no,
    }
    if Audit.objects.filter(**keys).exists():
        return
    row = Audit(
        **keys,
        outcome=fact.outcome,
        **said_columns("planned", _said(fact.planned, context)),
        **said_columns("held", _said(fact.held, context)),
        **said_columns("outcome", _said(fact.outcome_known, context)),
    )
    save_by(row, context.by)


def _event(
    fact: EventFact,
    events: Mapping[str, TimelineEvent],
    context: _Context,
) -> TimelineEvent:
    found = TimelineEvent.objects.filter(institution=context.institution, code=fact.code).first()
    if found:
        return found
    row = TimelineEvent(
        institution=context.institution,
        code=fact.code,
        kind=fact.kind,
        claim=fact.claim,
        is_planned=fact.planned,
        source=context.sources[fact.source],
        authority=context.authorities[fact.authority] if fact.authority else None,
        carries_out=events[fact.carries_out] if fact.carries_out else None,
        **day_columns("event", fact.on),
    )
    save_by(row, context.by)
    return row


def _contradiction(
    fact: ContradictionFact,
    events: Mapping[str, TimelineEvent],
    context: _Context,
) -> None:
    if Contradiction.objects.filter(institution=context.institution, code=fact.code).exists():
        return
    row = Contradiction(
        institution=context.institution,
        code=fact.code,
        matter=fact.matter,
        one=fact.one[0],
        one_source=context.sources[fact.one[1]],
        other=fact.other[0],
        other_source=context.sources[fact.other[1]],
        handling=fact.handling,
    )
    save_by(row, context.by)
    if fact.events:
        row.events.set([events[code] for code in fact.events])
