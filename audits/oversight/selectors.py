"""What pages ask about audits, inspections and dates, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from audits.models.audits import Audit
from audits.models.inspections import (
    InspectedInstitution,
    Judgement,
    SupervisionMeasure,
    SupervisoryMeasure,
)
from audits.models.timeline import Contradiction, EventKind, TimelineEvent
from audits.rights import SEE_TIMELINE
from audits.rules.known import announced_by, is_coming, is_overdue, known_on
from audits.rules.moments import Matter, Moment, moment
from certification.certificates.selectors import authority_name
from certification.dates.rules import DatedThing, DateKind
from certification.models.certificates import Certificate, CertificateStatus
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.organisations.models import Institution

COMING_DAYS = 90
_DATES: Final[Mapping[str, tuple[DateKind, str]]] = MappingProxyType(
    {
        EventKind.CERTIFICATE: (DateKind.CERTIFICATE, "audits:certificates"),
        EventKind.AUDIT: (DateKind.AUDIT, "audits:audits"),
        EventKind.INSPECTION: (DateKind.INSPECTION, "audits:inspections"),
    }
)
"""What a matter is among all dates, and where it is read."""
_OTHER: Final = (DateKind.EVENT, "audits:timeline")


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """An audit as it stood on a day."""

    public_id: str
    title: str
    authority: str
    planned: Moment | None
    held: Moment | None
    outcome: str
    outcome_known: Moment | None

    @property
    def is_over(self) -> bool:
        """Whether it was held; an outcome without a day of the audit says so too."""
        return self.held is not None or self.outcome_known is not None


@dataclass(frozen=True, slots=True)
class InspectionView:
    """An inspection as it stood on a day; its judgement only once the report was out."""

    public_id: str
    """Of the inspected institution's row."""
    title: str
    authorities: tuple[str, ...]
    announced: Moment | None
    fieldwork: Moment | None
    planned: Moment | None
    published: Moment | None
    judgement: str
    judgement_label: str
    findings: str
    measure: str
    measure_label: str
    term_ends: Moment | None

    @property
    def authorities_words(self) -> str:
        """The inspectorates in one phrase."""
        return _(" and ").join(self.authorities)


def audits_known(institution: Institution, day: date) -> list[AuditSummary]:
    """Every audit planned or held as far as known on the day, in order."""
    views = []
    for row in Audit.objects.of(institution):
        outcome_known = known_on(moment(row.outcome_known, row.outcome_source), day)
        view = AuditSummary(
            public_id=row.public_id,
            title=_("%(kind)s %(number)s")
            % {"kind": row.get_kind_display(), "number": row.sequence_no},
            authority=authority_name(row.authority, day),
            planned=announced_by(moment(row.planned, row.planned_source), day),
            held=known_on(moment(row.held, row.held_source), day),
            outcome=row.outcome if outcome_known else "",
            outcome_known=outcome_known,
        )
        if view.planned or view.is_over:
            views.append(view)
    return views


def inspections_known(institution: Institution, day: date) -> list[InspectionView]:
    """Every inspection announced, carried out or published by the day, the latest first."""
    views = []
    for inspected in InspectedInstitution.objects.of(institution):
        row = inspected.inspection
        published = known_on(moment(inspected.published, inspected.published_source), day)
        judgement = Judgement(inspected.judgement) if published else Judgement.NOT_JUDGED
        running = _measure_on(inspected, day)
        measure = SupervisoryMeasure(running.kind) if running else SupervisoryMeasure.NONE
        view = InspectionView(
            public_id=inspected.public_id,
            title=row.title,
            authorities=tuple(authority_name(each, day) for each in row.authorities.all()),
            announced=known_on(moment(row.announced, row.announced_source), day),
            fieldwork=known_on(moment(row.fieldwork, row.fieldwork_source), day),
            planned=announced_by(moment(row.planned, row.planned_source), day),
            published=published,
            judgement=judgement,
            judgement_label=str(judgement.label),
            findings=inspected.findings if published else "",
            measure=measure,
            measure_label=str(measure.label),
            term_ends=moment(running.term_ends, running.term_ends_source) if running else None,
        )
        if view.announced or view.fieldwork or view.planned or view.published or running:
            views.append(view)
    return views


def _measure_on(inspected: InspectedInstitution, day: date) -> SupervisionMeasure | None:
    """The measure that runs on the day; the one imposed last where there are several."""
    running = [
        row
        for row in inspected.measures.all()
        if row.imposed is not None
        and row.imposed.first <= day
        and (row.ended is None or row.ended.last >= day)
    ]
    return running[-1] if running else None


def latest_inspection(institution: Institution, day: date) -> InspectionView | None:
    """The inspection with the latest report on the day, else the one under way, else None."""
    return latest_of(inspections_known(institution, day))


def latest_of(views: Sequence[InspectionView]) -> InspectionView | None:
    """Of the inspections known on a day, the latest first, the one with the latest report."""
    return next((view for view in views if view.published), views[0] if views else None)


def contradictions(institution: Institution) -> list[Contradiction]:
    """Every matter on which sources clash; all stay visible."""
    return list(Contradiction.objects.of(institution).select_related("one_source", "other_source"))


def timeline(institution: Institution, day: date) -> list[Matter]:
    """All matters known on the day, the earliest first, planned beside actual."""
    matters = [
        *_certificates(institution, day),
        *_audits(institution, day),
        *_inspections(institution, day),
        *_events(institution, day),
    ]
    return sorted(matters, key=lambda matter: matter.sort_key)


def coming_events(institution: Institution, day: date, days: int = COMING_DAYS) -> list[Matter]:
    """What is planned or certain for the day and the ``days`` after it, the first one first."""
    return coming_of(timeline(institution, day), day, days)


def overdue_events(institution: Institution, day: date) -> list[Matter]:
    """What should have happened before the day and, as far as known, did not."""
    return overdue_of(timeline(institution, day), day)


def dates_of(actor: Actor, institution: Institution, day: date) -> list[DatedThing]:
    """What the time line knows that did not happen yet, as known on the day.

    Terms to improve are not among them: the room of inspections tells those of every measure.
    """
    if institution.code not in actor.places(SEE_TIMELINE).institutions:
        return []
    return [
        DatedThing(
            kind=_DATES.get(matter.kind, _OTHER)[0],
            title=matter.title.removesuffix(f" ({matter.owner})"),
            on=matter.planned.on,
            url=reverse(_DATES.get(matter.kind, _OTHER)[1], args=[institution.code]),
            owner=matter.owner,
            is_certain=matter.certain,
            key=matter.code,
        )
        for matter in timeline(institution, day)
        if matter.planned
        and not matter.actual
        and not (matter.kind == EventKind.INSPECTION and matter.certain)
    ]


def coming_of(matters: Iterable[Matter], day: date, days: int = COMING_DAYS) -> list[Matter]:
    """Those of a time line that are still to come."""
    return [
        matter
        for matter in matters
        if matter.planned and not matter.actual and is_coming(matter.planned, day, days)
    ]


def overdue_of(matters: Iterable[Matter], day: date) -> list[Matter]:
    """Those of a time line that are late."""
    return [
        matter
        for matter in matters
        if matter.planned and not matter.actual and is_overdue(matter.planned, day)
    ]


def _certificates(institution: Institution, day: date) -> Iterator[Matter]:
    known = [row for row in Certificate.objects.of(institution) if row.decided.first <= day]
    for row in known:
        owner = authority_name(row.authority, day)
        kind = row.get_kind_display()
        names = {"authority": owner, "kind": kind}
        yield Matter(
            kind=EventKind.CERTIFICATE,
            kind_label=str(EventKind.CERTIFICATE.label),
            title=_decision_words(row.status) % names,
            actual=moment(row.decided, row.decided_source),
            owner=owner,
        )
        ends = moment(row.ends, row.ends_source)
        if ends is None:
            continue
        replaced = next(
            (
                later
                for later in known
                if later.status == CertificateStatus.GRANTED and later.decided_on > row.decided_on
            ),
            None,
        )
        over = ends.on.last < day or replaced is not None
        yield Matter(
            kind=EventKind.CERTIFICATE,
            kind_label=str(EventKind.CERTIFICATE.label),
            title=_("End of the %(kind)s") % names,
            planned=ends,
            actual=ends if over else None,
            owner=owner,
            certain=True,
            detail=_("A later decision took its place.") if replaced else "",
        )


def _decision_words(status: str) -> str:
    """What an authority did with a request, with places for its name and the kind."""
    if status == CertificateStatus.REQUESTED:
        return _("%(kind)s applied for with %(authority)s")
    if status == CertificateStatus.NOT_RENEWED:
        return _("%(authority)s does not grant: %(kind)s")
    return _("%(authority)s decides: %(kind)s")


def _audits(institution: Institution, day: date) -> Iterator[Matter]:
    for view in audits_known(institution, day):
        base = Matter(
            kind=EventKind.AUDIT,
            kind_label=str(EventKind.AUDIT.label),
            title=f"{view.title} ({view.authority})",
            planned=view.planned,
            owner=view.authority,
        )
        held = view.held or (view.planned and view.outcome_known)
        yield replace(
            base,
            actual=held,
            detail="" if view.held or not held else _("Held before its outcome; day not known."),
        )
        if view.outcome_known:
            yield replace(
                base,
                title=_("Outcome of %(audit)s") % {"audit": view.title},
                planned=None,
                actual=view.outcome_known,
                detail=view.outcome,
            )


def _inspections(institution: Institution, day: date) -> Iterator[Matter]:
    for view in inspections_known(institution, day):
        base = Matter(
            kind=EventKind.INSPECTION,
            kind_label=str(EventKind.INSPECTION.label),
            title=view.title,
            owner=view.authorities_words,
        )
        if view.announced:
            yield replace(base, title=_("Announced: %s") % view.title, actual=view.announced)
        if view.fieldwork:
            yield replace(base, title=_("Field work: %s") % view.title, actual=view.fieldwork)
        if view.planned or view.published:
            yield replace(
                base,
                title=_("Report: %s") % view.title,
                planned=view.planned,
                actual=view.published,
                detail=view.measure_label if view.measure != SupervisoryMeasure.NONE else "",
            )
        if view.term_ends:
            yield replace(
                base, title=_("End of the term to improve"), planned=view.term_ends, certain=True
            )


def _events(institution: Institution, day: date) -> Iterator[Matter]:
    rows = list(TimelineEvent.objects.of(institution).prefetch_related("contradictions"))
    planned = {row.pk: row for row in rows if row.is_planned}
    done: set[int] = set()
    for row in rows:
        if row.is_planned or not known_on(Moment(row.on, row.source), day):
            continue
        plan = planned.get(row.carries_out_id or 0)
        if plan:
            done.add(plan.pk)
        announced = announced_by(Moment(plan.on, plan.source), day) if plan else None
        yield replace(_event(row, day), planned=announced, actual=Moment(row.on, row.source))
    for plan in planned.values():
        announced = announced_by(Moment(plan.on, plan.source), day)
        if plan.pk not in done and announced:
            yield replace(_event(plan, day), planned=announced)


def _event(row: TimelineEvent, day: date) -> Matter:
    return Matter(
        kind=row.kind,
        kind_label=row.get_kind_display(),
        title=row.claim,
        owner=authority_name(row.authority, day) if row.authority else "",
        contradictions=tuple(each.matter for each in row.contradictions.all()),
        code=row.code,
    )
