"""Notices, the mail in which several go together, and what people chose."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.accounts.models import User
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.jobs.models import JobQuerySet
from jbn_oversight.mail.models import MailJob
from jbn_oversight.notices.rules import Rhythm

RHYTHMS = [(one.value, one.value) for one in Rhythm]
"""Their words depend on the language of who reads: see ``sentences``."""


class GatheredMail(MailJob):
    """One mail to one person with all that was due at one hour."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    gathered_at = models.DateTimeField()
    """The hour for which it was gathered, which may be before the sweep that did it."""
    objects: ClassVar = JobQuerySet["GatheredMail"].as_manager()

    class Meta(MailJob.Meta):
        verbose_name = _("gathered mail")
        verbose_name_plural = _("gathered mail")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *MailJob.Meta.constraints,
            models.UniqueConstraint(name="gathered_mail_once", fields=["user", "gathered_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.gathered_at}"


class Notice(MailJob):
    """That one person is told of one thing. It holds no word of that thing.

    A row stays when it is over: it is why nobody is told twice.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=80)
    """Which of several: random public ids, a version's number, a day. Never a word or a name."""
    path = models.CharField(max_length=200)
    """Where the mail's link leads; that page asks its own gate."""
    made_at = models.DateTimeField()
    rhythm = models.CharField(max_length=8, choices=RHYTHMS)
    due_at = models.DateTimeField()
    """When it goes by that rhythm; how old it is counts from here."""
    gathered = models.ForeignKey(
        GatheredMail, models.PROTECT, null=True, related_name="notices", db_index=False
    )
    objects: ClassVar = JobQuerySet["Notice"].as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                name="notices_waiting",
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            ),
            models.Index(
                name="notices_gathered",
                fields=["gathered"],
                condition=Q(gathered__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            *MailJob.Meta.constraints,
            models.UniqueConstraint(name="notice_once_each", fields=["user", "kind", "about"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.pk}"


class NoticeSetting(models.Model):
    """The rhythm that one person chose for one kind; without a row the kind's own holds."""

    audit: ClassVar = Keeping.TRACKED
    user = models.ForeignKey(User, models.PROTECT, related_name="notice_settings")
    kind = models.CharField(max_length=40)
    rhythm = models.CharField(max_length=8, choices=RHYTHMS)
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["NoticeSetting"].as_manager()

    class Meta:
        verbose_name = _("choice about notices")
        verbose_name_plural = _("choices about notices")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="notice_setting_once", fields=["user", "kind"])
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
