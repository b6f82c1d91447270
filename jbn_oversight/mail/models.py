"""The outbox: a row for each mail that somebody was promised."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.history import Keeping


class OutgoingMail(models.Model):
    """One mail to one address: waiting, sent or dropped. The row is the truth.

    The words go as soon as it was sent or dropped: they may hold a key, and nobody needs them.
    """

    # An outbox: attempts are counted in the row until it is sent or dropped.
    audit: ClassVar = Keeping.NONE
    to = models.EmailField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    kind = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    """Also the claim: whoever takes the mail puts this off for as long as sending may last."""
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    """When it was given up, or when it turned out that nobody should get it."""
    failure = models.CharField(max_length=20, blank=True)
    """The kind of the last failure, never the mail server's words: these repeat addresses."""
    objects: ClassVar = models.Manager["OutgoingMail"]()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                name="outgoing_mail_waiting",
                fields=["next_try_at"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="outgoing_mail_sent_or_dropped",
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="outgoing_mail_words_go_with_it",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True) | Q(body=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.pk}"
