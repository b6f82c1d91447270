"""Dossiers: briefings on one matter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import exactly_one_of
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Municipality, Region
from jbn_oversight.public_id import PublicIdField


class Dossier(models.Model):
    """Briefings on one matter, which an emergency closes together."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    name = models.CharField(_("name"), max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["Dossier"].as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [exactly_one_of("dossier_one_owner", "region", "municipality")]

    def __str__(self) -> str:
        return self.public_id
