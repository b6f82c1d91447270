"""The weighing and two conditions for the demonstration: what is public, and what is made up.

The letter of the certifying body is not public. Each line says whether a public source tells it
("Openbaar") or whether it is made up ("Fictief").
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction

from audits.certificates.actions.parts import save_condition, save_weighing_point
from audits.forms.imprecise_days import new_source
from audits.models.findings import Finding
from certification.certificates.actions import day_columns
from certification.models.certificates import Certificate, CertificateCondition, CertificateKind
from certification.models.decisions import WeighingPoint
from jbn_oversight.accounts.models import User
from reports.demo.facts import day
from reports.demo.public_facts import FACTS
from reports.demo.recording import public_source

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
def record_demo_weighing(*, today: date, by: User) -> bool:
    """False where it was there already, or where there is no bridging certificate.

    ``today`` is the Amsterdam day on which it is typed.
    """
    certificate = Certificate.objects.filter(
        institution__code=FACTS.institution, kind=CertificateKind.BRIDGING
    ).first()
    if certificate is None or certificate.weighing.exists():
        return False
    made_up = new_source(
        publisher="Demonstratie",
        title="Verzonnen weging: de brief van het Keurmerkinstituut is niet openbaar",
        url="",
        published=None,
        by=by,
    )
    public = public_source(PUBLIC)
    for shortcoming, rationale, is_public in POINTS:
        point = WeighingPoint(
            certificate=certificate,
            shortcoming=shortcoming,
            rationale=rationale,
            source=public if is_public else made_up,
        )
        save_weighing_point(point=point, by=by)
    for text, kpi, reference in CONDITIONS:
        save_condition(
            condition=CertificateCondition(
                certificate=certificate,
                text=text,
                kpi=kpi,
                source=made_up,
                **day_columns("due", day("2025-09")),
            ),
            findings=Finding.objects.of(certificate.institution).filter(
                reference=reference, found_in__isnull=False
            ),
            today=today,
            by=by,
        )
    return True
