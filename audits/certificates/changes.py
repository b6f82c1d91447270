"""The history of a certificate and of all that hangs or hung on it."""

from __future__ import annotations

from django.db import models

from audits.changes import Change, changes_of
from certification.models.certificates import Certificate, CertificateCondition
from certification.models.decisions import CertificateDecision, WeighingPoint

PARTS: tuple[type[models.Model], ...] = (WeighingPoint, CertificateCondition, CertificateDecision)


def changes_of_certificate(row: Certificate) -> tuple[Change, ...]:
    """Who changed what, the newest first; what was removed is told too."""
    rows: list[models.Model] = [row]
    for model in PARTS:
        # The history knows what was removed; the table no longer does.
        found = {
            record.id: record.instance
            for record in model.history.filter(certificate_id=row.pk)  # type: ignore[attr-defined]
        }
        rows += found.values()
    return changes_of(*rows, leave_out=("institution", "certificate"))
