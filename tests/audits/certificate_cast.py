"""A made-up certificate to start from, and the parts that depend on it."""

from __future__ import annotations

from datetime import date

from audits.certificates.actions.certificates import CertificateFields, save_certificate
from audits.certificates.actions.parts import save_condition, save_decision, save_weighing_point
from certification.certificates.actions import get_or_create_source
from certification.imprecise_days import ImpreciseDay
from certification.models import (
    Certificate,
    CertificateCondition,
    CertificateDecision,
    Source,
    WeighingPoint,
)
from certification.models.certificates import CertificateKind, CertificateStatus
from certification.models.decisions import DecisionKind
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution
from reports.demo.facts import day

TODAY = date(2026, 3, 2)


def institution() -> Institution:
    """The one of the reference data."""
    return Institution.objects.get(code="jbn")


def source(code: str = "brief") -> Source:
    """A made-up letter."""
    return get_or_create_source(
        code=code, publisher="Test", title=f"Bron {code}", url="", published=None, by=None
    )


def said(text: str) -> tuple[ImpreciseDay, Source]:
    """A day of ``reports.demo.facts.day``, as the letter says it."""
    return (day(text), source())


def fields(**changes: object) -> CertificateFields:
    """A bridging certificate of nine months from 20 December 2024; valid as it is."""
    values: dict[str, object] = {
        "authority": Authority.objects.get(code="kmi"),
        "decided": said("2024-12-19"),
        "status": CertificateStatus.GRANTED,
        "kind": CertificateKind.BRIDGING,
        "starts": said("2024-12-20"),
        "months": 9,
        "ends": said("2025-09-20"),
        **changes,
    }
    return CertificateFields(**values)  # type: ignore[arg-type]


def make_certificate(by: User, **changes: object) -> Certificate:
    """Recorded at once."""
    return save_certificate(
        certificate=None, institution=institution(), fields=fields(**changes), today=TODAY, by=by
    )


def make_condition(
    certificate: Certificate, by: User, text: str = "Wachtlijst korter", **changes: object
) -> CertificateCondition:
    """Recorded at once."""
    values: dict[str, object] = {"condition": None, "source": source(), **changes}
    return save_condition(certificate=certificate, text=text, today=TODAY, by=by, **values)  # type: ignore[arg-type]


def make_decision(
    certificate: Certificate, by: User, kind: DecisionKind, decided: str, **changes: object
) -> CertificateDecision:
    """Recorded at once."""
    values: dict[str, object] = {"decision": None, "ground": "", "reason": "", **changes}
    return save_decision(
        certificate=certificate,
        kind=kind,
        decided=said(decided),
        today=TODAY,
        by=by,
        **values,  # type: ignore[arg-type]
    )


def make_point(certificate: Certificate, by: User, shortcoming: str = "Dossiers") -> WeighingPoint:
    """Recorded at once."""
    return save_weighing_point(
        point=None,
        certificate=certificate,
        shortcoming=shortcoming,
        rationale="Er was een plan.",
        requirement=None,
        source=source(),
        by=by,
    )
