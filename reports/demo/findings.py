"""Findings for the demonstration. No report is public, so these are made up and say so."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from django.db import transaction

from audits.audits_held.actions.audits import save_audit
from audits.audits_held.actions.findings import (
    ReviewJudgement,
    review_findings,
    save_cause,
    save_finding,
)
from audits.audits_held.rules.findings import Judged
from audits.forms.imprecise_days import new_source
from audits.frameworks.actions import load_shipped
from audits.frameworks.reference import CERTIFYING_BODY, SCHEME
from audits.models.audits import Audit
from audits.models.findings import Cause, CauseKind, Finding, FindingCategory
from certification.certificates.actions import said_columns
from certification.models.frameworks import NormFramework
from jbn_oversight.accounts.models import User
from reports.demo.facts import day
from reports.demo.public_facts import FACTS


class _Made(NamedTuple):
    """A made-up finding; the last part is what the second audit made of it."""

    reference: str
    theme: str
    category: str
    text: str
    due: str
    rationale: str
    cause: tuple[CauseKind, str] | None
    judged: tuple[Judged, str] | None


FINDINGS: Final = (
    _Made(
        "1.1",
        "medewerkers",
        "tekortkoming",
        "Fictief: niet iedere jeugdbeschermer had in het eerste jaar een vaste praktijkbegeleider.",
        "2025-09",
        "",
        (CauseKind.STAFF, "Te weinig praktijkbegeleiders in dienst."),
        (Judged.CLOSED, "Fictief: iedere medewerker heeft nu een begeleider."),
    ),
    _Made(
        "2.1",
        "methodieken",
        "observatie",
        "Fictief: het plan van aanpak noemt de stem van het kind niet apart.",
        "",
        "",
        None,
        (Judged.CLOSED, ""),
    ),
    _Made(
        "3.1",
        "organisatie",
        "kritisch-feit",
        "Fictief: bij een deel van de nieuwe maatregelen was na vijf werkdagen nog niemand "
        "aangewezen.",
        "2025-09",
        "",
        (CauseKind.STEERING, "De planning toonde niet welke zaak op iemand wachtte."),
        (Judged.STILL_OPEN, "Fictief: het gaat sneller, maar nog niet altijd."),
    ),
    _Made(
        "3.2",
        "organisatie",
        "tekortkoming",
        "Fictief: het plan van aanpak lag vaak niet binnen zes weken vast.",
        "2025-09",
        "De wachtlijst bij andere aanbieders maakte een eerder plan niet mogelijk (fictief).",
        (CauseKind.CHAIN, "Gezinnen wachten op hulp van andere aanbieders."),
        (Judged.STILL_OPEN, ""),
    ),
    _Made(
        "4.1",
        "samenwerking",
        "tekortkoming",
        "Fictief: afspraken met gemeenten over overdracht stonden niet op papier.",
        "2025-09",
        "",
        None,
        (Judged.CLOSED, "Fictief: er liggen afspraken met alle gemeenten."),
    ),
)


@transaction.atomic
def record_demo_findings(*, today: date, by: User) -> bool:
    """Made-up findings of the first interim audit of 2025, judged at the second.

    False where they were there already, or where the audits are not. ``today`` is the Amsterdam
    day on which they are typed.
    """
    load_shipped(by=None)
    audits = {
        row.sequence_no: row
        for row in Audit.objects.filter(
            institution__code=FACTS.institution, authority__code=CERTIFYING_BODY, kind="interim"
        )
    }
    first, second = audits.get(1), audits.get(2)
    if first is None or second is None or Finding.objects.filter(found_in=first).exists():
        return False
    scheme = NormFramework.objects.get(code=SCHEME.head.code, version=SCHEME.head.version)
    first = _measured(first, scheme, follows=None, today=today, by=by)
    second = _measured(second, scheme, follows=first, today=today, by=by)
    source = new_source(
        publisher="Demonstratie",
        title="Verzonnen bevindingen: het rapport van de audit is niet openbaar",
        url="",
        published=None,
        by=by,
    )
    themes = {theme.code: theme for theme in scheme.themes.all()}
    words = {row.code: row for row in FindingCategory.objects.filter(authority=first.authority)}
    judged: dict[Finding, ReviewJudgement] = {}
    for made in FINDINGS:
        row = Finding(
            found_in=first,
            reference=made.reference,
            theme=themes[made.theme],
            category=words[made.category],
            text=made.text,
            source=source,
            deviation_accepted=bool(made.rationale),
            deviation_rationale=made.rationale,
            **said_columns("due", (day(made.due), source) if made.due else None),
        )
        finding = save_finding(finding=row, conditions=(), by=by)
        if made.cause:
            kind, text = made.cause
            cause = Cause(finding=finding, kind=kind, text=text, source=source)
            save_cause(cause=cause, by=by)
        if made.judged:
            judged[finding] = ReviewJudgement(*made.judged)
    review_findings(re_audit=second, judgements=judged, source=source, by=by)
    return True


def _measured(
    audit: Audit, framework: NormFramework, *, follows: Audit | None, today: date, by: User
) -> Audit:
    """The audit as it stands, and against which norms and after which other it was held."""
    audit.framework, audit.follow_up_of = framework, follows
    return save_audit(audit=audit, today=today, by=by)
