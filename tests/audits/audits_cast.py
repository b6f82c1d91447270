"""Audits and findings to start from; every report here is made up."""

from __future__ import annotations

from datetime import date

from audits.audits_held.actions.audits import AuditFields, save_audit
from audits.audits_held.actions.findings import FindingFields, save_finding
from audits.frameworks.actions import load_shipped
from audits.frameworks.reference import SCHEME
from audits.models.audits import Audit, AuditKind
from audits.models.findings import Finding, FindingCategory
from certification.certificates.actions import Said, get_or_create_source
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


def audit_fields(number: int = 1, held: str = "2025-06-13", **changes: object) -> AuditFields:
    """An interim audit against the scheme, held on the day; valid as it is."""
    fields: dict[str, object] = {
        "authority": body(),
        "kind": AuditKind.INTERIM,
        "sequence_no": number,
        "held": said(held) if held else None,
        "framework": scheme(),
        **changes,
    }
    return AuditFields(**fields)  # type: ignore[arg-type]


def make_audit(by: User, number: int = 1, held: str = "2025-06-13", **changes: object) -> Audit:
    """Recorded at once."""
    return save_audit(
        institution=Institution.objects.get(code="jbn"),
        audit=None,
        fields=audit_fields(number, held, **changes),
        today=TODAY,
        by=by,
    )


def finding_fields(reference: str = "3.1", **changes: object) -> FindingFields:
    """A shortcoming; valid as it is for an audit against the scheme."""
    fields: dict[str, object] = {
        "reference": reference,
        "theme": theme(),
        "requirement": None,
        "category": category(),
        "text": "Verzonnen bevinding.",
        "source": source(),
        **changes,
    }
    return FindingFields(**fields)  # type: ignore[arg-type]


def make_finding(audit: Audit, by: User, reference: str = "3.1", **changes: object) -> Finding:
    """Recorded at once."""
    return save_finding(
        audit=audit, finding=None, fields=finding_fields(reference, **changes), by=by
    )
