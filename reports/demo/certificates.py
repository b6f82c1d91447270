"""The weighing and two conditions for the demonstration: what is public, and what is made up.

The letter of the certifying body is not public. Each line says whether a public source tells it
("Openbaar") or whether it is made up ("Fictief").
"""

from __future__ import annotations

from typing import Final

from django.db import transaction

from audits.certificates.actions.parts import save_condition, save_weighing_point
from audits.models.findings import Finding
from certification.certificates.actions import get_or_create_source
from certification.models.certificates import Certificate, CertificateKind
from certification.models.sources import Source
from jbn_oversight.clock import amsterdam_day, utc_now
from reports.demo.facts import day
from reports.demo.public_facts import FACTS

PUBLIC: Final = "oplegger-2025"
POINTS: Final = (
    (
        "Openbaar: de gestelde KPI's waren niet gehaald. Welke dat zijn, noemt geen bron.",
        "Openbaar: wie dit certificaat krijgt, laat zien dat verbeteren kan, en heeft geen "
        "fundamentele tekortkomingen. Hoe dat hier is gewogen, noemt geen bron.",
        True,
    ),
    (
        "Fictief: niet iedere jeugdige had na vijf werkdagen een vaste jeugdbeschermer.",
        "Fictief: er waren extra mensen aangenomen, en iedere week werd bekeken wie nog wachtte.",
        False,
    ),
    (
        "Fictief: het plan van aanpak lag vaak niet op tijd vast.",
        "Fictief: de plannen die er lagen, waren goed. Wachten op andere aanbieders telde mee.",
        False,
    ),
)
"""Shortcoming, why granted all the same, and whether a public source tells it."""
CONDITIONS: Final = (
    ("Fictief: het eerste contact is bij nieuwe maatregelen op tijd", "contact_5wd", "3.1"),
    ("Fictief: het plan van aanpak ligt op tijd vast", "plan_6w", "3.2"),
)
"""Condition, the figure that it is about, and the number of the made-up finding."""


@transaction.atomic
def record_demo_weighing() -> bool:
    """False where it was there already, or where there is no bridging certificate."""
    certificate = Certificate.objects.filter(
        institution__code=FACTS.institution, kind=CertificateKind.BRIDGING
    ).first()
    if certificate is None or certificate.weighing.exists():
        return False
    made_up = get_or_create_source(
        code="fictieve-weging",
        publisher="Demonstratie",
        title="Verzonnen weging: de brief van het Keurmerkinstituut is niet openbaar",
        url="",
        published=None,
        by=None,
    )
    public = Source.objects.get(code=PUBLIC)
    for shortcoming, rationale, is_public in POINTS:
        save_weighing_point(
            point=None,
            certificate=certificate,
            shortcoming=shortcoming,
            rationale=rationale,
            requirement=None,
            source=public if is_public else made_up,
            by=None,
        )
    for text, kpi, reference in CONDITIONS:
        save_condition(
            condition=None,
            certificate=certificate,
            text=text,
            kpi=kpi,
            source=made_up,
            findings=Finding.objects.of(certificate.institution).filter(
                reference=reference, found_in__isnull=False
            ),
            due=day("2025-09"),
            today=amsterdam_day(utc_now()),
            by=None,
        )
    return True
