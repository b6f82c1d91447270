"""Observations: additive counts per municipality or region, measure or role, and month."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.deliveries.imports.layout import AFTER_POINT, BEFORE_POINT
from jbn_oversight.constraints import exactly_one_of
from jbn_oversight.history import Keeping
from jbn_oversight.organisations.models import Institution, Municipality, Region


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Observations."""

    def current(self) -> ObservationQuerySet:
        """What is known now."""
        return self.filter(superseded_at__isnull=True)

    def as_known_at(self, at: datetime) -> ObservationQuerySet:
        """What was known at the instant (aware)."""
        return self.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=at), recorded_at__lte=at
        )


class Observation(models.Model):
    """One cell of one series; a cell of zero has no row.

    A staffing series has a region and a role, every other a municipality and, but for Veilig
    Thuis, a measure. A changed cell closes its row and adds another. Places are not checked
    against their tables row by row, which would make writing several times as slow: they come
    from the frozen scope of a run.
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    series = models.CharField(max_length=40)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    measure = models.SmallIntegerField(null=True)
    """CBS code of the measure."""
    role = models.CharField(max_length=30, null=True)
    month = models.DateField(_("month"))
    value = models.DecimalField(
        max_digits=BEFORE_POINT + AFTER_POINT + 3, decimal_places=AFTER_POINT
    )
    run_public_id = models.CharField(max_length=32)
    """The compliance run that wrote it."""
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    objects: ClassVar = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "institution",
                    "month",
                    "series",
                    "municipality",
                    "measure",
                    "region",
                    "role",
                ],
                condition=Q(superseded_at__isnull=True),
                nulls_distinct=False,
                name="observation_one_current",
            ),
            exactly_one_of("observation_place", "municipality", "region"),
            models.CheckConstraint(
                name="observation_role_in_region",
                condition=Q(region__isnull=True, role__isnull=True)
                | Q(region__isnull=False, role__isnull=False, measure__isnull=True),
            ),
            models.CheckConstraint(name="observation_whole_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="observation_times",
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("recorded_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.month:%Y-%m}"
