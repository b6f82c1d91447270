"""Deliveries that wait for somebody who says that they are right."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.deliveries import Delivery
from jbn_oversight.constraints import dates_in_order, state_iff
from jbn_oversight.history import Keeping


class HoldDecision(models.TextChoices):
    """What became of a delivery that waited."""

    WAITS = "", _("waits for a decision")
    ACCEPTED = "accepted", _("let through")
    REJECTED = "rejected", _("sent back")
    REPLACED = "replaced", _("a newer delivery took its place")


class DeliveryHoldQuerySet(models.QuerySet["DeliveryHold"]):
    """Holds."""

    def waiting(self) -> DeliveryHoldQuerySet:
        """Those that nobody has decided."""
        return self.filter(decision=HoldDecision.WAITS)


class DeliveryHold(models.Model):
    """Why a delivery waits, and who decided what, with which reason.

    Its rows are stored; no month points at it before somebody lets it through.
    """

    # It is a log of itself: held once, decided once.
    audit: ClassVar = Keeping.NONE
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="hold")
    findings = models.JSONField(_("findings"))
    staffing = models.JSONField(default=list)
    """Rows of staffing, which become a version when it is let through."""
    held_at = models.DateTimeField(_("held at"))
    decision = models.CharField(
        _("decision"), max_length=10, choices=HoldDecision, blank=True, default=HoldDecision.WAITS
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody for the server itself, and where a newer delivery took its place."""
    reason = models.TextField(_("reason"), blank=True)
    objects: ClassVar = DeliveryHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("held delivery")
        verbose_name_plural = _("held deliveries")
        ordering = ["-held_at", "-pk"]
        constraints = [
            state_iff(
                "hold_decided",
                "decision",
                (HoldDecision.ACCEPTED, HoldDecision.REJECTED, HoldDecision.REPLACED),
                "decided_at",
            ),
            dates_in_order("hold_times", "held_at", "decided_at"),
            models.CheckConstraint(
                name="hold_reason_of_a_decision",
                condition=Q(decision__in=[HoldDecision.WAITS, HoldDecision.REPLACED])
                | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery} {self.decision or 'waits'}"

    @property
    def waits(self) -> bool:
        """Whether nobody has decided yet."""
        return self.decision == HoldDecision.WAITS
