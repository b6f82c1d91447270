"""Deliveries as versions, and which of them each month is computed from."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.clock import months_between
from jbn_oversight.constraints import dates_in_order
from jbn_oversight.history import Keeping
from jbn_oversight.organisations.models import Institution
from jbn_oversight.public_id import PublicIdField


class Delivery(models.Model):
    """A delivery that was read: who handed over what, when. Its rows are kept for good.

    Months point at it (``DeliveryMonth``) once it counts; until then it is held (``DeliveryHold``).
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="deliveries")
    period_from = models.DateField(_("from month"))
    period_until = models.DateField(_("until month (included)"))
    reference_on = models.DateField(_("reference date"))
    sha256 = models.CharField(_("hash of the contents"), max_length=64)
    received_at = models.DateTimeField(_("received at"))
    # Copied, since the person may leave and this row never changes; empty for the server itself.
    received_by_name = models.CharField(_("received from"), max_length=200, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    with_safe_home = models.BooleanField(_("with Veilig Thuis"))
    rows = models.JSONField(_("rows by file"), default=dict)
    warnings = models.JSONField(_("warnings"), default=list)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["institution", "-received_at"], name="delivery_recent")]
        constraints = [
            dates_in_order("delivery_period", "period_from", "period_until"),
            dates_in_order("delivery_reference", "period_until", "reference_on"),
            models.CheckConstraint(
                name="delivery_whole_months", condition=Q(period_from__day=1, period_until__day=1)
            ),
            models.CheckConstraint(
                name="delivery_sha256", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.period_from:%Y-%m} / {self.period_until:%Y-%m}"

    @property
    def months(self) -> list[date]:
        """First days of the months that it covers."""
        return months_between(self.period_from, self.period_until)


class DeliveryMonthQuerySet(models.QuerySet["DeliveryMonth"]):
    """Pointers from months to deliveries."""

    def current(self) -> DeliveryMonthQuerySet:
        """Those that hold now."""
        return self.filter(superseded_at__isnull=True)


class DeliveryMonth(models.Model):
    """The delivery that a month is computed from, over time."""

    audit: ClassVar = Keeping.INSERT_ONLY
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="pointers")
    since = models.DateTimeField(_("since"))
    superseded_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    objects: ClassVar = DeliveryMonthQuerySet.as_manager()

    class Meta:
        verbose_name = _("month of a delivery")
        verbose_name_plural = _("months of deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "month"],
                condition=Q(superseded_at__isnull=True),
                name="delivery_month_one_current",
            ),
            models.CheckConstraint(name="delivery_month_whole", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="delivery_month_times",
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
