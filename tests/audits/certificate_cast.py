"""A made-up certificate to start from, and the parts that depend on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from audits.certificates.actions.certificates import save_certificate
from audits.certificates.actions.parts import save_condition, save_decision, save_weighing_point
from audits.models.findings import Finding
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
from tests.factories.said import laid

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


def a_certificate(**changes: Any) -> Certificate:
    """A bridging certificate of nine months from 20 December 2024; valid as it is, not kept yet."""
    said_of_it = {
        "institution": institution(),
        "authority": Authority.objects.get(code="kmi"),
        "decided": said("2024-12-19"),
        "status": CertificateStatus.GRANTED,
        "kind": CertificateKind.BRIDGING,
        "starts": said("2024-12-20"),
        "months": 9,
        "ends": said("2025-09-20"),
        **changes,
    }
    return laid(Certificate(), **said_of_it)


def make_certificate(by: User, **changes: Any) -> Certificate:
    """Recorded at once."""
    return save_certificate(certificate=a_certificate(**changes), today=TODAY, by=by)


def make_condition(
    certificate: Certificate,
    by: User,
    text: str = "Wachtlijst korter",
    findings: Collection[Finding] = (),
    **changes: Any,
) -> CertificateCondition:
    """Recorded at once."""
    row = CertificateCondition(certificate=certificate, text=text, source=source())
    condition = laid(row, **changes)
    return save_condition(condition=condition, findings=findings, today=TODAY, by=by)


def make_decision(
    certificate: Certificate, by: User, kind: DecisionKind, decided: str, **changes: Any
) -> CertificateDecision:
    """Recorded at once."""
    row = CertificateDecision(certificate=certificate, kind=kind)
    decision = laid(row, decided=said(decided), **changes)
    return save_decision(decision=decision, today=TODAY, by=by)


def make_point(certificate: Certificate, by: User, shortcoming: str = "Dossiers") -> WeighingPoint:
    """Recorded at once."""
    point = WeighingPoint(
        certificate=certificate,
        shortcoming=shortcoming,
        rationale="Er was een plan.",
        source=source(),
    )
    return save_weighing_point(point=point, by=by)
