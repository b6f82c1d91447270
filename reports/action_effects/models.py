"""Reminders: which owner of actions was told on which day that something is overdue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.history import Keeping


class ActionReminder(models.Model):
    """One mail to one owner on one Amsterdam day, however many actions are overdue."""

    # An outbox: attempts are counted in the row until it is sent or dropped.
    audit: ClassVar = Keeping.NONE
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    """When the day was over, or nothing was late any more that the owner may see."""
    failure = models.CharField(max_length=20, blank=True)
    """The kind of the last failure (``jbn_oversight.mail.actions.sending.Failure``)."""
    objects: ClassVar = models.Manager["ActionReminder"]()

    class Meta:
        verbose_name = _("reminder of actions")
        verbose_name_plural = _("reminders of actions")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="action_reminder_once_a_day", fields=["user", "on"]),
            models.CheckConstraint(
                name="action_reminder_sent_or_dropped",
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}"
