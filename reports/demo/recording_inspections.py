"""Record the public facts of an inspection as a person types them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from audits.frameworks.actions import load_shipped
from audits.inspections.actions.inspections import (
    save_inspection,
    save_institution,
    save_message,
)
from audits.inspections.actions.measures import save_claim, save_measure
from audits.inspections.actions.reports import (
    VerdictFields,
    save_report,
    save_verdicts,
)
from audits.models.inspections import (
    InspectedInstitution,
    Inspection,
    InterimMessage,
    Judgement,
    MeasureClaim,
    SupervisionMeasure,
    SupervisoryMeasure,
)
from certification.certificates.actions import Said as SaidDay
from certification.certificates.actions import day_columns, said_columns
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

    def said(day: Said | None) -> SaidDay:
        return None if day is None else (day[0], sources[day[1]])

    place = save_inspection(
        institution=institution,
        inspection=Inspection(
            title=fact.title,
            covers=fact.covers,
            framework=_framework(fact.framework),
            **said_columns("announced", said(fact.announced)),
            **said_columns("fieldwork", said(fact.fieldwork)),
            **said_columns("planned", said(fact.planned)),
        ),
        authorities=[authorities[code] for code in fact.authorities],
        today=today,
        by=by,
    )
    inspection = place.inspection
    if fact.published:
        _published(place, said(fact.published))
        place.judgement, place.findings = fact.judgement, fact.findings
        place = save_report(inspected=place, today=today, by=by)
    _verdicts(place, fact, sources, by)
    _measure(place, fact, sources, today, by)
    for day, source, text in fact.messages:
        sent = said_columns("sent", (day, sources[source]))
        message = InterimMessage(inspection=inspection, text=text, **sent)
        save_message(message=message, today=today, by=by)
    for other in fact.others:
        named = InspectedInstitution(inspection=inspection, name=other.name)
        added = save_institution(inspected=named, by=by)
        if other.published:
            _published(added, said(other.published))
            added.judgement, added.findings = other.judgement, other.findings
            added.no_measure = other.no_measure
            save_report(inspected=added, today=today, by=by)


def _published(place: InspectedInstitution, said: SaidDay) -> None:
    for column, value in said_columns("published", said).items():
        setattr(place, column, value)


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
    term = (fact.term_ends[0], sources[fact.term_ends[1]]) if fact.term_ends else None
    measure = save_measure(
        measure=SupervisionMeasure(
            inspected=place,
            kind=fact.measure,
            **said_columns("imposed", (imposed, sources[source])),
            **said_columns("term_ends", term),
        ),
        today=today,
        by=by,
    )
    for claim in fact.claims:
        row = MeasureClaim(
            measure=measure,
            about=claim.about,
            months=claim.months,
            source=sources[claim.source],
            **day_columns("claimed", claim.on),
        )
        save_claim(claim=row, by=by)
