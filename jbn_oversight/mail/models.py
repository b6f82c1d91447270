"""The outbox: a row for each mail that somebody was promised."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.history import Keeping
from jbn_oversight.jobs.models import Job, JobQuerySet


class MailJob(Job):
    """A mail that waits, was sent or was dropped: what each outbox has in common."""

    # Attempts are counted in the row until it is sent or dropped.
    audit: ClassVar = Keeping.NONE
    OPEN = HELD = Q(sent_at=None, dropped_at=None)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    """When it was given up, or when it turned out that nobody should get it (any more)."""
    failure = models.CharField(max_length=20, blank=True)
    """The kind of the last failure, never the mail server's words: these repeat addresses."""

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(
                name="%(class)s_waiting",
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(class)s_sent_or_dropped",
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
            )
        ]


class OutgoingMail(MailJob):
    """One mail to one address.

    The words go as soon as it was sent or dropped: they may hold a key, and nobody needs them.
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    kind = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    objects: ClassVar = JobQuerySet["OutgoingMail"].as_manager()

    class Meta(MailJob.Meta):
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            *MailJob.Meta.constraints,
            models.CheckConstraint(
                name="outgoing_mail_words_go_with_it",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True) | Q(body=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.pk}"
