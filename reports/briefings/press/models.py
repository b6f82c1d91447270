"""The press release: one text on which the institution and the regions agree, word for word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.constraints import both_or_neither, different, exactly_one_of
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Institution, Region
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.secrecy import Secrecy

if TYPE_CHECKING:
    pass

AGREEING_ROLES = (Role.INSTITUTION, Role.ALDERMAN, Role.POLICY_ADVISER)


class PressText(models.Model):
    """The text as it stood from a moment on. The last one counts; earlier ones stay."""

    audit: ClassVar = Keeping.INSERT_ONLY
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="press_texts")
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    sha256 = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["PressText"]()

    class Meta:
        verbose_name = _("text of the press release")
        verbose_name_plural = _("texts of the press release")
        ordering: ClassVar = ["briefing", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="press_text_number_once", fields=["briefing", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.number}"


class PressPartyQuerySet(TrackedQuerySet["PressParty"]):
    """Parties to a press release."""

    def held_by(self, user: User, at: datetime) -> PressPartyQuerySet:
        """Those for which this person was named and still has that role; of an open briefing.

        Where a second maker must agree, not before. None under a duty of secrecy, and none for
        whom the makers removed as an early reader: an agreement on the press is no way around.
        A role that was given again brings nobody back.

        ``at`` is an aware instant; roles are judged on its Amsterdam day.
        """
        mandates = Membership.objects.running(amsterdam_day(at)).filter(
            Q(institution=OuterRef("institution")) | Q(region=OuterRef("region")),
            public_id=OuterRef("mandate"),
            user=user,
            user__is_active=True,
            role__in=AGREEING_ROLES,
        )
        read = EarlyReader.objects.filter(briefing=OuterRef("briefing"), user=user)
        secret = Secrecy.objects.running().filter(briefing=OuterRef("briefing"))
        return self.filter(
            Exists(mandates),
            ~Exists(secret),
            ~Exists(read.filter(removed_at__isnull=False)) | Exists(read.filter(removed_at=None)),
            Q(needs_second=False) | Q(agreed_at__isnull=False),
            user=user,
            removed_at__isnull=True,
            briefing__withdrawn_at__isnull=True,
            briefing__closed_at__isnull=True,
        )


class PressParty(models.Model):
    """A party whose agreement is asked, and the one person who gives it, by name."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="press_parties")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    mandate = models.CharField(max_length=64, default="", editable=False)
    """Public id of the membership by which the person agrees."""
    needs_second = models.BooleanField(default=True)
    """Whether the person is neither a maker nor an early reader, so that two makers name them."""
    agreed_at = models.DateTimeField(null=True)
    """When the second maker agreed that this person sees the text."""
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = PressPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party to the press release")
        verbose_name_plural = _("parties to the press release")
        ordering: ClassVar = ["briefing", "institution", "region__name", "pk"]
        constraints: ClassVar = [
            exactly_one_of("press_party_one_place", "institution", "region"),
            models.UniqueConstraint(
                name="press_party_once",
                fields=["briefing", "institution", "region"],
                condition=Q(removed_at__isnull=True),
                nulls_distinct=False,
            ),
            both_or_neither("press_party_agreed_by_somebody", "agreed_at", "agreed_by"),
            different("press_party_named_by_two", "named_by", "agreed_by"),
            both_or_neither("press_party_removed_by_somebody", "removed_at", "removed_by"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def place(self) -> Institution | Region:
        """Which party."""
        place = self.institution or self.region
        assert place is not None  # press_party_one_place
        return place


class PressAgreement(models.Model):
    """That a party agreed to exactly this text. Another text needs another agreement."""

    audit: ClassVar = Keeping.INSERT_ONLY
    text = models.ForeignKey(PressText, models.PROTECT, related_name="agreements")
    party = models.ForeignKey(PressParty, models.PROTECT, related_name="agreements")
    sha256 = models.CharField(max_length=64)
    """Of the text that was on the screen: the text's own hash, copied."""
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["PressAgreement"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="press_agreement_once", fields=["text", "party"])
        ]

    def __str__(self) -> str:
        return f"{self.text_id}/{self.party_id}"
