"""What was found in a file before it was accepted as an attachment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jbn_oversight.history import Keeping
from reports.briefings.models.parts import Attachment


class AttachmentScan(models.Model):
    """The scan that let a file in: of which bytes, and what was taken out of them."""

    audit: ClassVar = Keeping.INSERT_ONLY
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="scan")
    offered_sha256 = models.CharField(max_length=64)
    """Of the bytes as they were offered; those are kept nowhere."""
    codes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    at = models.DateTimeField()
    objects: ClassVar = models.Manager["AttachmentScan"]()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="attachment_scan_sha256", condition=Q(offered_sha256__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return str(self.attachment_id)
