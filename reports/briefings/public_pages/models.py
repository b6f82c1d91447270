"""Public pages: the address, and only the address, of what anybody may read once it is out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from jbn_oversight.history import Keeping
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.briefings import Briefing


class PublicPage(models.Model):
    """The key of a briefing's public page: its own, so that it tells no other address."""

    audit: ClassVar = Keeping.INSERT_ONLY
    key = PublicIdField()
    briefing = models.OneToOneField(Briefing, models.PROTECT, related_name="public_address")
    made_at = models.DateTimeField()
    objects: ClassVar = models.Manager["PublicPage"]()

    def __str__(self) -> str:
        return self.key
