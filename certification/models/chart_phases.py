"""Phases of control charts: from which month a figure is calculated again, who said so and why."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from certification.indicators.rules.kpis import kpi_codes
from certification.models.norms import Scope
from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, dates_in_order
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Institution
from jbn_oversight.public_id import PublicIdField

REASON_LENGTH = 300


class ChartPhaseQuerySet(TrackedQuerySet["ChartPhase"]):
    """Phases."""

    def standing(self, at: datetime | None = None) -> ChartPhaseQuerySet:
        """Those that stand now, or that stood at the instant (aware)."""
        if at is None:
            return self.filter(removed_at__isnull=True)
        return self.filter(Q(removed_at__isnull=True) | Q(removed_at__gt=at), set_at__lte=at)


class ChartPhase(models.Model):
    """A month from which on one figure of one place is calculated apart from what came before.

    Somebody sets it, with a reason that everybody who sees the chart reads; nothing else moves
    the limits of a chart. It ends only by being removed, and the row stays.
    """

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="chart_phases")
    kpi = models.CharField(_("figure"), max_length=40, choices=kpi_codes)
    scope = models.CharField(_("kind of place"), max_length=20, choices=Scope)
    scope_code = models.CharField(_("place"), max_length=50)
    starts_month = models.DateField(_("from month"))
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set"))
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(_("removed"), null=True)
    removed_reason = models.CharField(_("why removed"), max_length=REASON_LENGTH, blank=True)
    history = HistoricalRecords()
    objects: ClassVar = ChartPhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase of a chart")
        verbose_name_plural = _("phases of charts")
        ordering = ["starts_month", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="chart_phase_once",
                fields=["institution", "kpi", "scope", "scope_code", "starts_month"],
                condition=Q(removed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="chart_phase_whole_month", condition=Q(starts_month__day=1)
            ),
            models.CheckConstraint(
                name="chart_phase_kind_of_place", condition=Q(scope__in=Scope.values)
            ),
            models.CheckConstraint(name="chart_phase_has_a_reason", condition=~Q(reason="")),
            both_or_neither("chart_phase_removed_by_somebody", "removed_at", "removed_by"),
            models.CheckConstraint(
                name="chart_phase_removed_for_a_reason",
                condition=Q(removed_at__isnull=True, removed_reason="")
                | Q(removed_at__isnull=False) & ~Q(removed_reason=""),
            ),
            dates_in_order("chart_phase_removed_after_setting", "set_at", "removed_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.scope_code} {self.starts_month:%Y-%m}"
