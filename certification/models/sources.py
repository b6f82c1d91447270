"""Where a fact about a certificate, an audit or an inspection was read."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.imprecise_days import ImpreciseDay
from certification.models.imprecise_days import precision_field, rough_day, rough_day_constraint
from jbn_oversight.history import Keeping, TrackedQuerySet


class SourceQuerySet(TrackedQuerySet["Source"]):
    """Sources."""

    def nameable(self, at: datetime) -> SourceQuerySet:
        """Those that a fact may name: a paper of the register only once a version of it is out.

        Until then its title is as secret as the paper. ``at`` is an aware instant.
        """
        out = Q(
            document__versions__released_at__isnull=False,
            document__versions__embargo_until__lte=at,
            document__versions__withdrawn_at__isnull=True,
        )
        return self.filter(Q(document__isnull=True) | out).distinct()


class Source(models.Model):
    """A public paper or page. Its own day says from when on what it tells was known."""

    audit: ClassVar = Keeping.TRACKED
    code = models.SlugField(unique=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    published_precision = precision_field()
    history = HistoricalRecords()
    objects: ClassVar = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title"]
        constraints = [rough_day_constraint("source_published", "published")]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    @property
    def published(self) -> ImpreciseDay | None:
        """When it came out."""
        return rough_day(self.published_on, self.published_precision)
