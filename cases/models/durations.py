"""Durations: how long something took, per place and kind of measure, which cannot be added."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.history import Keeping
from jbn_oversight.organisations.models import Institution


class DurationQuerySet(models.QuerySet["Duration"]):
    """Durations."""

    def current(self) -> DurationQuerySet:
        """What is known now."""
        return self.filter(superseded_at__isnull=True)

    def as_known_at(self, at: datetime) -> DurationQuerySet:
        """What was known at the instant (aware)."""
        return self.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=at), recorded_at__lte=at
        )


class Duration(models.Model):
    """One quantity of one series; where nothing was counted there is no row.

    An observation may be added over places and kinds, a median may not: so these are kept for each
    scope and each kind of measure by itself. A changed cell closes its row and adds another.
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    series = models.CharField(max_length=20)
    """What lasted: ``waiting``."""
    measure_group = models.CharField(max_length=20)
    """``all``, or one of ``MEASURE_GROUPS``."""
    scope = models.CharField(max_length=12)
    scope_code = models.CharField(max_length=40)
    month = models.DateField(_("month"))
    quantity = models.CharField(max_length=20)
    """``spells``, ``helped`` and ``other`` are numbers, ``median_days`` and ``p90_days`` days."""
    value = models.IntegerField()
    run_public_id = models.CharField(max_length=32)
    """The compliance run that wrote it."""
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    objects: ClassVar = DurationQuerySet.as_manager()

    class Meta:
        verbose_name = _("duration")
        verbose_name_plural = _("durations")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "institution",
                    "month",
                    "series",
                    "measure_group",
                    "scope",
                    "scope_code",
                    "quantity",
                ],
                condition=Q(superseded_at__isnull=True),
                name="duration_one_current",
            ),
            models.CheckConstraint(name="duration_whole_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="duration_times",
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("recorded_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.quantity} {self.month:%Y-%m}"
