"""Notices: which person is told by mail that something waits in the portal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.jobs.models import JobQuerySet
from jbn_oversight.mail.models import MailJob
from reports.briefings.models.briefings import Briefing


class NoticeKind(models.TextChoices):
    """What a notice is about. Its words say hardly that."""

    INVITED = "invited", _("invited")
    WINDOW = "window", _("may be read now")
    RELEASED = "released", _("published")
    NEW_VERSION = "new_version", _("new version")
    ANSWERED = "answered", _("question answered")
    VOIDED = "voided", _("signature void")


class Notice(MailJob):
    """One mail to one person about one briefing."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="notices")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    about = models.CharField(max_length=32, blank=True)
    """Which of several: a version's number, a question's or an invitation's public id."""
    made_at = models.DateTimeField()
    objects: ClassVar = JobQuerySet["Notice"].as_manager()

    class Meta(MailJob.Meta):
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *MailJob.Meta.constraints,
            models.UniqueConstraint(
                name="notice_once", fields=["briefing", "user", "kind", "about"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.pk}"
