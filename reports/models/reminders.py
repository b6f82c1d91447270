"""Reminders: which owner of actions was told on which day that something is overdue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.history import Audit


class ActionReminder(models.Model):
    """One mail to one owner on one Amsterdam day, however many actions are overdue."""

    # An outbox: attempts are counted in the row until it is sent.
    audit: ClassVar = Audit.NONE
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    attempts = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    objects: ClassVar = models.Manager["ActionReminder"]()

    class Meta:
        verbose_name = _("reminder of actions")
        verbose_name_plural = _("reminders of actions")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="action_reminder_once_a_day", fields=["user", "on"])
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}"
