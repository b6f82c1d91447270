"""Record the public facts as a person types them: by the actions of the forms, all checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from audits.audits_held.actions.audits import save_audit
from audits.certificates.actions.certificates import save_certificate
from audits.certificates.actions.parts import save_condition
from audits.events.actions.contradictions import save_contradiction
from audits.events.actions.events import save_event
from audits.forms.imprecise_days import new_source
from audits.models.audits import Audit, AuditKind
from audits.models.timeline import Contradiction, EventKind, TimelineEvent
from certification.certificates.actions import Said as SaidDay
from certification.certificates.actions import day_columns, said_columns
from certification.models.certificates import (
    Certificate,
    CertificateCondition,
    CertificateKind,
    CertificateStatus,
)
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
from reports.demo.public_facts import FACTS
from reports.demo.recording_inspections import record_inspection


@dataclass(frozen=True, slots=True)
class _Context:
    """What every fact of one recording has in common."""

    institution: Institution
    authorities: Mapping[str, Authority]
    sources: Mapping[str, Source]
    today: date
    by: User

    def said(self, said: Said | None) -> SaidDay:
        """The day with its source."""
        return None if said is None else (said[0], self.sources[said[1]])


@transaction.atomic
def record_oversight(*, facts: OversightFacts, today: date, by: User) -> bool:
    """Record all facts of one institution, or none of them; False where they were there already.

    ``today`` is the Amsterdam day on which they are typed. Raises RefusedError for a fact that
    nobody could have typed, KeyError for a source, event or authority that is not given.
    """
    institution = Institution.objects.get(code=facts.institution)
    # A certificate is never taken back, so it tells that this was done before.
    if Certificate.objects.filter(institution=institution).exists():
        return False
    context = _Context(
        institution=institution,
        authorities={row.code: row for row in Authority.objects.all()},
        sources={
            fact.code: new_source(
                publisher=fact.publisher,
                title=fact.title,
                url=fact.url,
                published=fact.published,
                by=by,
            )
            for fact in facts.sources
        },
        today=today,
        by=by,
    )
    for certificate in facts.certificates:
        _certificate(certificate, context)
    for audit in facts.audits:
        _audit(audit, context)
    for inspection in facts.inspections:
        record_inspection(
            fact=inspection,
            institution=institution,
            authorities=context.authorities,
            sources=context.sources,
            today=today,
            by=by,
        )
    events: dict[str, TimelineEvent] = {}
    for event in sorted(facts.events, key=lambda fact: not fact.planned):
        events[event.code] = _event(event, events, context)
    for contradiction in facts.contradictions:
        _contradiction(contradiction, events, context)
    return True


def public_source(code: str) -> Source:
    """The recorded source with that code among the public facts; rows have codes of their own."""
    fact = next(fact for fact in FACTS.sources if fact.code == code)
    rows = Source.objects.filter(publisher=fact.publisher, title=fact.title)
    found: Source = rows.earliest("pk")
    return found


def _certificate(fact: CertificateFact, context: _Context) -> None:
    certificate = save_certificate(
        certificate=Certificate(
            institution=context.institution,
            authority=context.authorities[fact.authority],
            status=CertificateStatus.GRANTED,
            kind=CertificateKind(fact.kind),
            months=fact.months,
            **said_columns("decided", context.said(fact.decided)),
            **said_columns("starts", context.said(fact.starts)),
            **said_columns("ends", context.said(fact.ends)),
            improvement_plausible=fact.improvement_plausible,
            no_fundamental_shortcomings=fact.no_fundamental_shortcomings,
            remark=fact.remark,
        ),
        today=context.today,
        by=context.by,
    )
    for condition in fact.conditions:
        save_condition(
            condition=CertificateCondition(
                certificate=certificate,
                text=condition.text,
                source=context.sources[condition.source],
                **day_columns("due", condition.due),
                **said_columns("met", context.said(condition.met)),
            ),
            today=context.today,
            by=context.by,
        )


def _audit(fact: AuditFact, context: _Context) -> None:
    save_audit(
        audit=Audit(
            institution=context.institution,
            authority=context.authorities[fact.authority],
            kind=AuditKind(fact.kind),
            sequence_no=fact.sequence_no,
            outcome=fact.outcome,
            **said_columns("planned", context.said(fact.planned)),
            **said_columns("held", context.said(fact.held)),
            **said_columns("outcome", context.said(fact.outcome_known)),
        ),
        today=context.today,
        by=context.by,
    )


def _event(
    fact: EventFact, events: Mapping[str, TimelineEvent], context: _Context
) -> TimelineEvent:
    return save_event(
        event=TimelineEvent(
            institution=context.institution,
            kind=EventKind(fact.kind),
            claim=fact.claim,
            source=context.sources[fact.source],
            is_planned=fact.planned,
            authority=context.authorities[fact.authority] if fact.authority else None,
            carries_out=events[fact.carries_out] if fact.carries_out else None,
            **day_columns("event", fact.on),
        ),
        seen="",
        today=context.today,
        by=context.by,
    )


def _contradiction(
    fact: ContradictionFact, events: Mapping[str, TimelineEvent], context: _Context
) -> None:
    save_contradiction(
        contradiction=Contradiction(
            institution=context.institution,
            matter=fact.matter,
            one=fact.one[0],
            one_source=context.sources[fact.one[1]],
            other=fact.other[0],
            other_source=context.sources[fact.other[1]],
            handling=fact.handling,
        ),
        events=[events[code] for code in fact.events],
        seen="",
        today=context.today,
        by=context.by,
    )
