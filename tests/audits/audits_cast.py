"""Audits and findings to start from; every report here is made up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from audits.audits_held.actions.audits import save_audit
from audits.audits_held.actions.findings import save_finding
from audits.frameworks.actions import load_shipped
from audits.frameworks.reference import SCHEME
from audits.models.audits import Audit, AuditKind
from audits.models.findings import Finding, FindingCategory
from certification.certificates.actions import Said, get_or_create_source, said_columns
from certification.models.certificates import CertificateCondition
from certification.models.frameworks import NormFramework, NormTheme
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from reports.demo.facts import day

TODAY = date(2026, 3, 2)


def source(code: str = "rapport") -> Source:
    """A made-up paper."""
    return get_or_create_source(
        code=code, publisher="Test", title=f"Bron {code}", url="", published=None, by=None
    )


def said(text: str) -> Said:
    """A day of ``reports.demo.facts.day`` with a source."""
    return (day(text), source())


def body(code: str = "kmi") -> Authority:
    """The certifying body, or another authority."""
    return Authority.objects.get(code=code)


def scheme() -> NormFramework:
    """The certifying body's framework."""
    load_shipped(by=None)
    return NormFramework.objects.get(code=SCHEME.head.code)


def theme(code: str = "organisatie") -> NormTheme:
    """One of its themes."""
    return scheme().themes.get(code=code)


def category(code: str = "tekortkoming") -> FindingCategory:
    """One of its words."""
    load_shipped(by=None)
    return FindingCategory.objects.get(authority__code="kmi", code=code)


def an_audit(number: int = 1, held: str = "2025-06-13", **changes: Any) -> Audit:
    """An interim audit against the scheme, held on the day; valid as it is, and not kept yet."""
    days = {
        "planned": changes.pop("planned", None),
        "held": said(held) if held else None,
        "outcome": changes.pop("outcome_known", None),
    }
    columns = {
        "institution": Institution.objects.get(code="jbn"),
        "authority": body(),
        "kind": AuditKind.INTERIM,
        "sequence_no": number,
        "framework": scheme(),
    }
    for stem, day_said in days.items():
        columns |= said_columns(stem, day_said)
    return Audit(**columns | changes)


def make_audit(by: User, number: int = 1, held: str = "2025-06-13", **changes: Any) -> Audit:
    """Recorded at once."""
    return save_audit(audit=an_audit(number, held, **changes), today=TODAY, by=by)


def a_finding(
    audit: Audit | None, reference: str = "3.1", due: Said = None, **changes: Any
) -> Finding:
    """A shortcoming; valid as it is for an audit against the scheme, and not kept yet."""
    columns = {
        "found_in": audit,
        "reference": reference,
        "theme": theme(),
        "category": category(),
        "text": "Verzonnen bevinding.",
        "source": source(),
        **said_columns("due", due),
    }
    return Finding(**columns | changes)


def make_finding(
    audit: Audit,
    by: User,
    reference: str = "3.1",
    conditions: Collection[CertificateCondition] = (),
    **changes: Any,
) -> Finding:
    """Recorded at once."""
    row = a_finding(audit, reference, **changes)
    return save_finding(finding=row, conditions=conditions, by=by)
