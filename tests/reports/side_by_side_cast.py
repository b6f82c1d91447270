"""Verdicts of two bodies and figures that contradict each other; every report is made up."""

from __future__ import annotations

from datetime import date

from audits.certificates.actions.certificates import save_certificate
from audits.comparison.actions.reference import load_themes
from audits.models.inspections import (
    InspectedInstitution,
    Inspection,
    NormVerdict,
    SupervisionMeasure,
)
from certification.certificates.actions import day_columns, get_or_create_source, said_columns
from certification.models.certificates import Certificate, CertificateKind, CertificateStatus
from certification.models.frameworks import NormTheme
from certification.models.sources import Source
from jbn_oversight.organisations.models import Authority, Institution
from reports.demo.facts import day
from tests.factories.people import person
from tests.factories.results import WHOLE, result, run

ON = date(2025, 9, 30)
PAGE = "/oversight/jbn/side-by-side/?on=2025-09-30"


def jbn() -> Institution:
    """The institution of the reference data."""
    return Institution.objects.get(code="jbn")


def source(code: str = "krant") -> Source:
    """A made-up paper."""
    return get_or_create_source(
        code=code, publisher="Test", title=f"Bron {code}", url="", published=None, by=None
    )


def certified(
    kind: CertificateKind = CertificateKind.CERTIFICATE, on: str = "2025-09-16"
) -> Certificate:
    """A certificate without a known end."""
    return save_certificate(
        certificate=Certificate(
            institution=jbn(),
            authority=Authority.objects.get(code="kmi"),
            status=CertificateStatus.GRANTED,
            kind=kind,
            **said_columns("decided", (day(on), source())),
        ),
        today=ON,
        by=person(f"Vastlegger {kind} {on}"),
    )


def inspected(judgement: str = "mostly_fails", on: str = "2025-07-24") -> InspectedInstitution:
    """A report of the inspectorate."""
    inspection = Inspection.objects.create(title=f"Onderzoek {on}")
    inspection.authorities.set([Authority.objects.get(code="igj")])
    return InspectedInstitution.objects.create(
        inspection=inspection,
        institution=jbn(),
        judgement=judgement,
        published_source=source(),
        **day_columns("published", day(on)),
    )


def judged(report: InspectedInstitution, norm: str, verdict: str) -> NormVerdict:
    """Its verdict on a norm."""
    load_themes(by=None)
    return NormVerdict.objects.create(
        inspected=report,
        theme=NormTheme.objects.get(framework__code="normthemas-inspectie", code=norm),
        verdict=verdict,
        source=source(),
    )


def under(report: InspectedInstitution, kind: str = "heightened") -> SupervisionMeasure:
    """A measure that runs."""
    return SupervisionMeasure.objects.create(
        inspected=report,
        kind=kind,
        imposed_source=source(),
        **day_columns("imposed", day("2025-07-24")),
    )


def september() -> InspectedInstitution:
    """The worked example: a certificate is regained while heightened supervision goes on."""
    load_themes(by=None)
    certified()
    report = inspected()
    under(report)
    judged(report, "professionals", "fails")
    return report


def plans_in_time(met: int, of: int = 300) -> None:
    """A figure of the theme "zicht", with its norm."""
    result(run(), "plan_6w", WHOLE, met, of, norm=100)
