"""The history of a certificate and of all that hangs or hung on it."""

from __future__ import annotations

from django.db import models

from audits.selectors.history import Change, changes_of, with_removed
from audits.selectors.visibility import SourceVisibility
from certification.models.certificates import Certificate, CertificateCondition
from certification.models.decisions import CertificateDecision, WeighingPoint

PARTS: tuple[type[models.Model], ...] = (WeighingPoint, CertificateCondition, CertificateDecision)


def changes_of_certificate(row: Certificate, sight: SourceVisibility) -> tuple[Change, ...]:
    """Who changed what, the newest first; what was removed is told too."""
    rows: list[models.Model] = [row]
    for model in PARTS:
        rows += with_removed(model, certificate_id=row.pk)
    return changes_of(*rows, sight=sight, leave_out=("institution", "certificate"))
