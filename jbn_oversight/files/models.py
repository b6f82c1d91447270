"""A row for each file kept: what it is called, how long it is, what its bytes hash to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jbn_oversight.history import Keeping
from jbn_oversight.public_id import PublicIdField


class StoredFile(models.Model):
    """A file under ``DATA_DIR/files``, named by the SHA-256 of its bytes. Never changes.

    Who may have it is not known here: the caller authorises, every time.
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    sha256 = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    stored_at = models.DateTimeField()
    objects: ClassVar = models.Manager["StoredFile"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stored_file_sha256", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            )
        ]

    def __str__(self) -> str:
        return self.public_id
