"""The rows of deliveries, as they were delivered: pseudonymous personal data.

No screen, export, log or history shows a row or a key of these tables, except to the
institution's own account.

A row's key in the database is its delivery and its place in the canonical order of the file,
which is the order that counting needs. The delivery is not checked row by row: that check
made storing a million rows four times as slow, and the one action that writes rows writes
their delivery in the same transaction.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.counting.rules.columns import ENTRIES, EXIT_REASONS, LISTS
from cases.deliveries.imports.layout import KEY_LENGTH
from cases.models.deliveries import Delivery
from jbn_oversight.constraints import dates_in_order
from jbn_oversight.history import Keeping


class DeliveredRow(models.Model):
    """A row of a delivery at its place in the canonical order."""

    pk = models.CompositePrimaryKey("delivery_id", "place")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+", db_constraint=False)
    place = models.IntegerField()

    class Meta:
        abstract = True


class Measure(DeliveredRow):
    """A court measure."""

    audit: ClassVar = Keeping.INSERT_ONLY
    case_key = models.CharField(max_length=KEY_LENGTH, db_collation="C")
    youth_key = models.CharField(max_length=KEY_LENGTH, db_collation="C")
    youth = models.IntegerField()
    """The number of the youth key within the delivery."""
    municipality = models.SmallIntegerField()
    """The digits of the CBS code: 14 is GM0014."""
    measure = models.SmallIntegerField()
    """CBS code of the measure."""
    entry = models.SmallIntegerField()
    """Position in ``ENTRIES``."""
    ordered_on = models.DateField()
    notified_on = models.DateField(null=True)
    worker_assigned_on = models.DateField(null=True)
    first_contact_on = models.DateField(null=True)
    family_plan_waived_on = models.DateField(null=True)
    family_plan_made_on = models.DateField(null=True)
    plan_adopted_on = models.DateField(null=True)
    plan_reviewed_on = models.DateField(null=True)
    suitable_help_started_on = models.DateField(null=True)
    order_ends_on = models.DateField(null=True)
    workers_so_far = models.IntegerField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=11, blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            dates_in_order("measure_notified", "ordered_on", "notified_on"),
            dates_in_order("measure_ended", "ordered_on", "ended_on"),
            dates_in_order("measure_reviewed", "plan_adopted_on", "plan_reviewed_on"),
            dates_in_order("measure_order_ends", "ordered_on", "order_ends_on"),
            models.CheckConstraint(
                name="measure_entry", condition=Q(entry__gte=0, entry__lt=len(ENTRIES))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}/{self.place}"


class WaitingSpell(DeliveredRow):
    """A spell without a permanent worker."""

    audit: ClassVar = Keeping.INSERT_ONLY
    measure_place = models.IntegerField()
    """The place of its measure in the same delivery."""
    list = models.SmallIntegerField()
    """Position in ``LISTS``."""
    entered_on = models.DateField()
    left_on = models.DateField(null=True)
    exit_reason = models.SmallIntegerField(null=True)
    """Position in ``EXIT_REASONS``."""
    safety_checked_on = models.DateField(null=True)
    next_check_due_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("waiting spell")
        verbose_name_plural = _("waiting spells")
        constraints = [
            dates_in_order("spell_left", "entered_on", "left_on"),
            models.CheckConstraint(
                name="spell_list", condition=Q(list__gte=0, list__lt=len(LISTS))
            ),
            models.CheckConstraint(
                name="spell_exit_reason",
                condition=Q(exit_reason__isnull=True)
                | Q(exit_reason__gte=0, exit_reason__lt=len(EXIT_REASONS)),
            ),
            models.CheckConstraint(
                name="spell_reason_with_day",
                condition=Q(exit_reason__isnull=True) | Q(left_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}/{self.place}"


class SafeHomeNotification(DeliveredRow):
    """A notification at Veilig Thuis."""

    audit: ClassVar = Keeping.INSERT_ONLY
    notification_key = models.CharField(max_length=KEY_LENGTH, db_collation="C")
    municipality = models.SmallIntegerField()
    received_on = models.DateField()
    triaged_on = models.DateField(null=True)
    study_needed_on = models.DateField(null=True)
    study_concluded_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("notification at Veilig Thuis")
        verbose_name_plural = _("notifications at Veilig Thuis")
        constraints = [
            dates_in_order("notification_triaged", "received_on", "triaged_on"),
            dates_in_order("notification_concluded", "study_needed_on", "study_concluded_on"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}/{self.place}"
