"""Notices: which person is told by mail that something waits in the portal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.history import Keeping
from reports.briefings.models.briefings import Briefing


class NoticeKind(models.TextChoices):
    """What a notice is about. Its words say hardly that."""

    INVITED = "invited", _("invited")
    WINDOW = "window", _("may be read now")
    RELEASED = "released", _("published")
    NEW_VERSION = "new_version", _("new version")
    ANSWERED = "answered", _("question answered")
    VOIDED = "voided", _("signature void")


class Notice(models.Model):
    """One mail to one person, to be sent, sent or dropped. The row is the truth."""

    # An outbox: attempts are counted in the row until it is sent or dropped.
    audit: ClassVar = Keeping.NONE
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="notices")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    about = models.CharField(max_length=32, blank=True)
    """Which of several: a version's number, a question's or an invitation's public id."""
    made_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    """When it turned out that the person may not know (any more), or when it was given up."""
    failure = models.CharField(max_length=20, blank=True)
    """The kind of the last failure (``jbn_oversight.mail.actions.sending.Failure``)."""
    objects: ClassVar = models.Manager["Notice"]()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                name="notice_waiting",
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="notice_once", fields=["briefing", "user", "kind", "about"]
            ),
            models.CheckConstraint(
                name="notice_sent_or_dropped",
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.pk}"
