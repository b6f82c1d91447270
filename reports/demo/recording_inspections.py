"""Record the public facts of an inspection. Recording them twice changes nothing.

What is there already stays as it is, also where somebody changed it since.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from audits.frameworks.actions import load_shipped
from audits.inspections.actions.inspections import (
    InspectionFields,
    SaidDay,
    save_inspection,
    save_institution,
    save_message,
)
from audits.inspections.actions.measures import MeasureFields, save_claim, save_measure
from audits.inspections.actions.reports import (
    ReportFields,
    VerdictFields,
    save_report,
    save_verdicts,
)
from audits.models.inspections import (
    ClaimAbout,
    InspectedInstitution,
    Inspection,
    Judgement,
    SupervisionMeasure,
    SupervisoryMeasure,
)
from certification.models.frameworks import NormFramework
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from reports.demo.facts import InspectionFact, Said

_ANY_DAY: Final = date.max
"""Facts of the past are recorded as of no particular day."""


def record_inspection(
    *,
    fact: InspectionFact,
    institution: Institution,
    authorities: Mapping[str, Authority],
    sources: Mapping[str, Source],
    by: User | None,
) -> InspectedInstitution:
    """The institution's place in the inspection, with all that the facts say of it.

    Raises KeyError for a source or authority that is not given, RefusedError for facts that
    contradict each other.
    """

    def said(day: Said | None) -> SaidDay | None:
        return None if day is None else (day[0], sources[day[1]])

    found = Inspection.objects.filter(title=fact.title).first()
    place = found.institutions.filter(institution=institution).first() if found else None
    if place is None:
        place = save_inspection(
            institution=institution,
            inspection=found,
            fields=InspectionFields(
                title=fact.title,
                authorities=tuple(authorities[code] for code in fact.authorities),
                covers=fact.covers,
                framework=_framework(fact.framework, by),
                announced=said(fact.announced),
                fieldwork=said(fact.fieldwork),
                planned=said(fact.planned),
            ),
            today=_ANY_DAY,
            by=by,
        )
    if place.published is None and fact.published:
        place = save_report(
            inspected=place,
            fields=ReportFields(
                published=said(fact.published),
                judgement=Judgement(fact.judgement),
                findings=fact.findings,
            ),
            today=_ANY_DAY,
            by=by,
        )
    _verdicts(place, fact, sources, by)
    _measure(place, fact, sources, by)
    inspection = place.inspection
    for day, source, text in fact.messages:
        same = inspection.messages.filter(sent_on=day.on, sent_source=sources[source])
        if not same.exists():
            save_message(
                inspection=inspection,
                message=None,
                sent=(day, sources[source]),
                text=text,
                today=_ANY_DAY,
                by=by,
            )
    for other in fact.others:
        if inspection.institutions.filter(name=other.name).exists():
            continue
        added = save_institution(inspection=inspection, inspected=None, name=other.name, by=by)
        if other.published:
            save_report(
                inspected=added,
                fields=ReportFields(
                    published=said(other.published),
                    judgement=Judgement(other.judgement),
                    findings=other.findings,
                    no_measure=other.no_measure,
                ),
                today=_ANY_DAY,
                by=by,
            )
    return place


def _framework(code: str, by: User | None) -> NormFramework | None:
    """The newest version of a framework; those that come with the portal are loaded for it."""
    if not code:
        return None
    rows = NormFramework.objects.filter(code=code).order_by("-version")
    if not rows.exists():
        load_shipped(by=by)
    found: NormFramework | None = rows.first()
    return found


def _verdicts(
    place: InspectedInstitution,
    fact: InspectionFact,
    sources: Mapping[str, Source],
    by: User | None,
) -> None:
    framework = place.inspection.framework
    if framework is None:
        return
    themes = {theme.code: theme for theme in framework.themes.all()}
    judged = set(place.verdicts.values_list("theme__code", flat=True))
    for verdict in fact.verdicts:
        if verdict.theme not in judged:
            save_verdicts(
                inspected=place,
                verdicts={
                    themes[verdict.theme]: VerdictFields(Judgement(verdict.verdict), verdict.remark)
                },
                source=sources[verdict.source],
                by=by,
            )


def _measure(
    place: InspectedInstitution,
    fact: InspectionFact,
    sources: Mapping[str, Source],
    by: User | None,
) -> None:
    """The measure, that came with the report, and what other sources say of it."""
    if fact.measure == SupervisoryMeasure.NONE or fact.published is None:
        return
    imposed, source = fact.published
    rows = SupervisionMeasure.objects.filter(inspected=place, kind=fact.measure)
    measure = rows.filter(imposed_on=imposed.on).first()
    if measure is None:
        measure = save_measure(
            inspected=place,
            measure=None,
            fields=MeasureFields(
                kind=SupervisoryMeasure(fact.measure),
                imposed=(imposed, sources[source]),
                term_ends=(
                    (fact.term_ends[0], sources[fact.term_ends[1]]) if fact.term_ends else None
                ),
            ),
            today=_ANY_DAY,
            by=by,
        )
    for claim in fact.claims:
        if not measure.claims.filter(about=claim.about, source=sources[claim.source]).exists():
            save_claim(
                measure=measure,
                claim=None,
                about=ClaimAbout(claim.about),
                claimed=claim.on,
                months=claim.months,
                source=sources[claim.source],
                by=by,
            )
