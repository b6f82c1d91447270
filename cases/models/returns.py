"""A month's staffing figures typed in a form, until a second person approves them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.constraints import both_or_neither, different
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Institution, Region
from jbn_oversight.public_id import PublicIdField


class ReturnState(models.TextChoices):
    """How far a return is; it follows from its dates."""

    CONCEPT = "concept", _("concept")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")


class StaffingReturnQuerySet(TrackedQuerySet["StaffingReturn"]):
    """Returns."""

    def open(self) -> StaffingReturnQuerySet:
        """Those that are not approved yet."""
        return self.filter(approved_at__isnull=True)


class StaffingReturn(models.Model):
    """One region and month. ``figures`` holds by role the quantities as canonical text."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    typed_at = models.DateTimeField(_("typed at"))
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()
    objects: ClassVar = StaffingReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("staffing return")
        verbose_name_plural = _("staffing returns")
        ordering = ["-month", "region", "-typed_at"]
        constraints = [
            models.CheckConstraint(name="return_whole_month", condition=Q(month__day=1)),
            both_or_neither("return_submitted", "submitted_at", "submitted_by"),
            both_or_neither("return_approved", "approved_at", "approved_by"),
            models.CheckConstraint(
                name="return_approved_after_submitted",
                condition=Q(approved_at__isnull=True) | Q(submitted_at__isnull=False),
            ),
            different("return_second_person", "submitted_by", "approved_by"),
            different("return_approver_did_not_type", "typed_by", "approved_by"),
            models.UniqueConstraint(
                fields=["institution", "region", "month"],
                condition=Q(approved_at__isnull=True),
                name="return_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.month:%Y-%m}"

    @property
    def state(self) -> ReturnState:
        """How far it is."""
        if self.approved_at is not None:
            return ReturnState.APPROVED
        return ReturnState.SUBMITTED if self.submitted_at is not None else ReturnState.CONCEPT
