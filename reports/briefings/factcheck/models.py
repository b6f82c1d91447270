"""Fact checks: an outsider without an account looks at a few passages, for a few days.

A fact check never makes a reader. The link is kept nowhere: only its hash is.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, dates_in_order
from jbn_oversight.history import Keeping
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Secrecy

if TYPE_CHECKING:
    pass

LONGEST: Final = timedelta(hours=72)


def fingerprint_of(token: str) -> str:
    """SHA-256 of the secret in a link; it holds 192 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


class FactCheckQuerySet(models.QuerySet["FactCheck"]):
    """Fact checks."""

    def open_at(self, at: datetime) -> FactCheckQuerySet:
        """Those whose link works: not over, not revoked, and the briefing is not shut or secret."""
        secret = Secrecy.objects.running().filter(briefing=OuterRef("briefing"))
        return self.filter(
            ~Exists(secret),
            sent_at__lte=at,
            expires_at__gt=at,
            revoked_at__isnull=True,
            briefing__withdrawn_at__isnull=True,
            briefing__closed_at__isnull=True,
        )

    def with_token(self, token: str, at: datetime) -> FactCheck | None:
        """The one that this secret opens now, or None for whatever reason."""
        return (
            self.open_at(at)
            .filter(link_sha256=fingerprint_of(token))
            .select_related("briefing", "briefing__region", "briefing__municipality")
            .first()
        )


class FactCheck(models.Model):
    """One person, one link, at most 72 hours, and only the passages that were chosen."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="fact_checks")
    name = models.CharField(_("name"), max_length=150)
    organisation = models.CharField(_("organisation"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    link_sha256 = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200, blank=True)
    """The briefing's title as it was, where the makers chose to show it; else empty."""
    request = models.TextField(blank=True)
    """What the makers ask, shown above the passages."""
    draft_revision = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    objects: ClassVar = FactCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact check")
        verbose_name_plural = _("fact checks")
        ordering: ClassVar = ["-sent_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fact_check_at_most_72_hours",
                condition=Q(expires_at__gt=F("sent_at"), expires_at__lte=F("sent_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="fact_check_link_sha256", condition=Q(link_sha256__regex=r"^[0-9a-f]{64}$")
            ),
            both_or_neither("fact_check_revoked_by_somebody", "revoked_at", "revoked_by"),
            dates_in_order("fact_check_revoked_after_sending", "sent_at", "revoked_at"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def is_open(self, at: datetime) -> bool:
        """Whether its link works at an aware instant."""
        return FactCheck.objects.open_at(at).filter(pk=self.pk).exists()


class FactCheckPassage(models.Model):
    """A heading and its text as they stood when the link was made."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    check_of = models.ForeignKey(FactCheck, models.PROTECT, related_name="passages")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    objects: ClassVar = models.Manager["FactCheckPassage"]()

    class Meta:
        ordering: ClassVar = ["check_of", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="fact_check_passage_position", fields=["check_of", "position"]
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    def last_answer(self) -> FactCheckAnswer | None:
        """What the outsider said last; earlier answers stay and no longer count."""
        return self.answers.order_by("-pk").first()


class Settlement(models.TextChoices):
    """What the makers did with an answer."""

    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("not adopted")


class FactCheckAnswer(models.Model):
    """What an outsider said of one passage, and what the makers did with it."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    passage = models.ForeignKey(FactCheckPassage, models.PROTECT, related_name="answers")
    correct = models.BooleanField()
    text = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    settlement = models.CharField(max_length=10, choices=Settlement.choices, null=True)
    settlement_reason = models.TextField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    objects: ClassVar = models.Manager["FactCheckAnswer"]()

    class Meta:
        verbose_name = _("answer to a fact check")
        verbose_name_plural = _("answers to fact checks")
        ordering: ClassVar = ["passage", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fact_check_answer_says_what_is_wrong",
                condition=Q(correct=True) | ~Q(text=""),
            ),
            both_or_neither(
                "fact_check_answer_settled_by_somebody",
                "settlement",
                "settlement_reason",
                "settled_at",
                "settled_by",
            ),
            models.CheckConstraint(
                name="fact_check_rejected_with_a_reason",
                condition=Q(settlement__isnull=True)
                | Q(settlement="adopted")
                | ~Q(settlement_reason=""),
            ),
            dates_in_order("fact_check_settled_after_answer", "answered_at", "settled_at"),
        ]

    def __str__(self) -> str:
        return self.public_id
