"""Releases that were announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from jbn_oversight.constraints import dates_in_order
from jbn_oversight.history import Keeping
from reports.briefings.models.versions import BriefingVersion

if TYPE_CHECKING:
    pass


class ReleaseNotice(models.Model):
    """That the opening of one version was announced, after its hour; once per version."""

    audit: ClassVar = Keeping.INSERT_ONLY
    version = models.OneToOneField(BriefingVersion, models.PROTECT, related_name="release_notice")
    embargo_until = models.DateTimeField()
    announced_at = models.DateTimeField()
    objects: ClassVar = models.Manager["ReleaseNotice"]()

    class Meta:
        constraints: ClassVar = [
            dates_in_order("release_announced_after_the_hour", "embargo_until", "announced_at")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}"
