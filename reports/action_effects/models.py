"""Reminders: which owner of actions was told on which day that something is overdue."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.jobs.models import JobQuerySet
from jbn_oversight.mail.models import MailJob


class ActionReminder(MailJob):
    """One mail to one owner on one Amsterdam day, however many actions are overdue."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    objects: ClassVar = JobQuerySet["ActionReminder"].as_manager()

    class Meta(MailJob.Meta):
        verbose_name = _("reminder of actions")
        verbose_name_plural = _("reminders of actions")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *MailJob.Meta.constraints,
            models.UniqueConstraint(name="action_reminder_once_a_day", fields=["user", "on"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}"
