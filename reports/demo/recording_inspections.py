"""Record the public facts of an inspection as a person types them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

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
    Judgement,
    SupervisoryMeasure,
)
from certification.models.frameworks import NormFramework
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from reports.demo.facts import InspectionFact, Said


def record_inspection(
    *,
    fact: InspectionFact,
    institution: Institution,
    authorities: Mapping[str, Authority],
    sources: Mapping[str, Source],
    today: date,
    by: User,
) -> None:
    """The inspection, and all that the facts say of the institution's place in it.

    Raises KeyError for a source or authority that is not given, RefusedError for facts that
    contradict each other.
    """

    def said(day: Said | None) -> SaidDay | None:
        return None if day is None else (day[0], sources[day[1]])

    place = save_inspection(
        institution=institution,
        inspection=None,
        fields=InspectionFields(
            title=fact.title,
            authorities=tuple(authorities[code] for code in fact.authorities),
            covers=fact.covers,
            framework=_framework(fact.framework),
            announced=said(fact.announced),
            fieldwork=said(fact.fieldwork),
            planned=said(fact.planned),
        ),
        today=today,
        by=by,
    )
    inspection = place.inspection
    if fact.published:
        place = save_report(
            inspected=place,
            fields=ReportFields(
                published=said(fact.published),
                judgement=Judgement(fact.judgement),
                findings=fact.findings,
            ),
            today=today,
            by=by,
        )
    _verdicts(place, fact, sources, by)
    _measure(place, fact, sources, today, by)
    for day, source, text in fact.messages:
        save_message(
            inspection=inspection,
            message=None,
            sent=(day, sources[source]),
            text=text,
            today=today,
            by=by,
        )
    for other in fact.others:
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
                today=today,
                by=by,
            )


def _framework(code: str) -> NormFramework | None:
    """The newest version of a framework; those that come with the portal are loaded for it."""
    if not code:
        return None
    load_shipped(by=None)
    found: NormFramework = NormFramework.objects.filter(code=code).order_by("-version")[0]
    return found


def _verdicts(
    place: InspectedInstitution, fact: InspectionFact, sources: Mapping[str, Source], by: User
) -> None:
    framework = place.inspection.framework
    if framework is None:
        return
    themes = {theme.code: theme for theme in framework.themes.all()}
    for verdict in fact.verdicts:
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
    today: date,
    by: User,
) -> None:
    """The measure, that came with the report, and what other sources say of it."""
    if fact.measure == SupervisoryMeasure.NONE or fact.published is None:
        return
    imposed, source = fact.published
    measure = save_measure(
        inspected=place,
        measure=None,
        fields=MeasureFields(
            kind=SupervisoryMeasure(fact.measure),
            imposed=(imposed, sources[source]),
            term_ends=(fact.term_ends[0], sources[fact.term_ends[1]]) if fact.term_ends else None,
        ),
        today=today,
        by=by,
    )
    for claim in fact.claims:
        save_claim(
            measure=measure,
            claim=None,
            about=ClaimAbout(claim.about),
            claimed=claim.on,
            months=claim.months,
            source=sources[claim.source],
            by=by,
        )
