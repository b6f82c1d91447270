"""Staff: one current version per region and month, whole, from a delivery or a typed return."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.deliveries.imports.layout import AFTER_POINT, BEFORE_POINT
from cases.models.deliveries import Delivery
from cases.models.returns import StaffingReturn
from cases.staffing.rules import ROLES
from jbn_oversight.constraints import exactly_one_of
from jbn_oversight.history import Keeping
from jbn_oversight.organisations.models import Institution, Region

if TYPE_CHECKING:
    pass


class StaffingSource(models.TextChoices):
    """Where figures come from."""

    DELIVERED = "delivered", _("delivered")
    TYPED = "typed", _("typed and approved")


class StaffingVersionQuerySet(models.QuerySet["StaffingVersion"]):
    """Versions."""

    def current(self) -> StaffingVersionQuerySet:
        """Those that count now."""
        return self.filter(superseded_at__isnull=True)


class StaffingVersion(models.Model):
    """A month's staff in a region, whole; the last accepted one counts."""

    audit: ClassVar = Keeping.INSERT_ONLY
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="staffing")
    typed_return = models.ForeignKey(
        StaffingReturn, models.PROTECT, null=True, related_name="versions"
    )
    accepted_at = models.DateTimeField(_("accepted at"))
    superseded_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    objects: ClassVar = StaffingVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("staffing version")
        verbose_name_plural = _("staffing versions")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "region", "month"],
                condition=Q(superseded_at__isnull=True),
                name="staffing_one_current",
            ),
            exactly_one_of("staffing_one_source", "delivery", "typed_return"),
            models.CheckConstraint(name="staffing_whole_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="staffing_times",
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("accepted_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.month:%Y-%m}"

    @property
    def source(self) -> StaffingSource:
        """Whether it was delivered or typed."""
        return StaffingSource.TYPED if self.typed_return_id else StaffingSource.DELIVERED


def _quantity(label: str) -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField(
        label, max_digits=BEFORE_POINT + AFTER_POINT, decimal_places=AFTER_POINT, null=True
    )


class StaffingMonth(models.Model):
    """One role in a version; an empty quantity is not known."""

    audit: ClassVar = Keeping.INSERT_ONLY
    version = models.ForeignKey(StaffingVersion, models.PROTECT, related_name="rows")
    role = models.CharField(max_length=30, choices=[(role, role) for role in ROLES])
    establishment_fte = _quantity("establishment_fte")
    filled_fte = _quantity("filled_fte")
    supernumerary_fte = _quantity("supernumerary_fte")
    hired_fte = _quantity("hired_fte")
    vacancy_fte = _quantity("vacancy_fte")
    sick_days = _quantity("sick_days")
    available_days = _quantity("available_days")
    headcount_start = models.IntegerField(null=True)
    headcount_end = models.IntegerField(null=True)
    joiners = models.IntegerField(null=True)
    leavers = models.IntegerField(null=True)
    internal_leavers = models.IntegerField(null=True)

    class Meta:
        verbose_name = _("staffing of a month")
        verbose_name_plural = _("staffing of months")
        constraints = [
            models.UniqueConstraint(fields=["version", "role"], name="staffing_role_once"),
            models.CheckConstraint(
                name="staffing_sick_days",
                condition=Q(sick_days__isnull=True)
                | Q(available_days__isnull=True)
                | Q(sick_days__lte=F("available_days")),
            ),
            models.CheckConstraint(
                name="staffing_supernumerary",
                condition=Q(supernumerary_fte__isnull=True)
                | Q(filled_fte__isnull=True)
                | Q(supernumerary_fte__lte=F("filled_fte")),
            ),
            models.CheckConstraint(
                name="staffing_internal_leavers",
                condition=Q(internal_leavers__isnull=True)
                | Q(leavers__isnull=True)
                | Q(internal_leavers__lte=F("leavers")),
            ),
            models.CheckConstraint(
                name="staffing_head_count",
                condition=Q(headcount_start__isnull=True)
                | Q(headcount_end__isnull=True)
                | Q(joiners__isnull=True)
                | Q(leavers__isnull=True)
                | Q(headcount_end=F("headcount_start") + F("joiners") - F("leavers")),
            ),
        ]

    def __str__(self) -> str:
        return self.role
