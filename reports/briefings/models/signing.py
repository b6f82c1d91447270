"""Who is asked to sign, on whose behalf, and each signature.

Several people may be asked, each for a region or a municipality. A signature is of one draft
exactly; the last one makes the version. Signatures that came to nothing stay, with the reason.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Protocol

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, different, exactly_one_of
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Municipality, Region
from reports.briefings.models.versions import BriefingVersion


class Signatory(models.Model):
    """Somebody who is asked to sign a briefing, on behalf of one region or municipality."""

    audit: ClassVar = Keeping.TRACKED
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="signatories")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    """The briefing's author, who never changes: so that the database can tell the two apart."""
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["Signatory"].as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering: ClassVar = ["briefing", "pk"]
        constraints: ClassVar = [
            exactly_one_of("signatory_one_place", "region", "municipality"),
            different("signatory_is_not_the_author", "author", "user"),
            models.UniqueConstraint(name="signatory_once", fields=["briefing", "user"]),
            models.UniqueConstraint(
                name="signatory_one_for_each_place",
                fields=["briefing", "region", "municipality"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.user_id}"

    @property
    def place(self) -> Municipality | Region:
        """On whose behalf."""
        place = self.municipality or self.region
        assert place is not None  # signatory_one_place
        return place


class VoidReason(models.TextChoices):
    """Why a signature came to nothing."""

    SENT_BACK = "sent_back", _("it was given back to its writers")
    OTHERS_SIGN = "others_sign", _("other people were asked to sign")
    CHANGED = "changed", _("the document was no longer the one that was signed first")


class SignedDraft(Protocol):
    """What a signature asks of its briefing, which stands above this module."""

    @property
    def pk(self) -> int:
        """Its key."""
        ...

    @property
    def submitted_at(self) -> datetime | None:
        """When it was handed over for signing."""
        ...

    @property
    def draft_revision(self) -> int:
        """The number of its draft."""
        ...


class SignOffQuerySet(models.QuerySet["SignOff"]):
    """Signatures."""

    def standing(self, briefing: SignedDraft) -> SignOffQuerySet:
        """Those that count for the draft as it is now and made no version yet."""
        if briefing.submitted_at is None:
            return self.none()
        return self.filter(
            briefing=briefing.pk,
            draft_revision=briefing.draft_revision,
            version__isnull=True,
            voided_at__isnull=True,
        )

    def lost(self, briefing: SignedDraft) -> SignOffQuerySet:
        """Those since the last version that no longer count: an edit, or somebody, undid them."""
        made = BriefingVersion.objects.filter(briefing=briefing.pk).order_by("-number").first()
        rows = self.filter(briefing=briefing.pk, version__isnull=True)
        if made is not None:
            rows = rows.filter(signed_at__gte=made.approved_at)
        return rows.exclude(pk__in=self.standing(briefing).values("pk"))


class SignOff(models.Model):
    """One signature: who, on whose behalf, under which draft, with which content, when."""

    audit: ClassVar = Keeping.INSERT_ONLY
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="sign_offs")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    draft_revision = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    """The instant of the first signature: the figures are those known then."""
    content_sha256 = models.CharField(max_length=64)
    """Of the texts for all places, the files, the hours and the audience together."""
    signed_at = models.DateTimeField()
    version = models.ForeignKey(
        BriefingVersion, models.PROTECT, null=True, related_name="sign_offs"
    )
    """The version that was made of it."""
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=20, choices=VoidReason.choices, null=True)
    objects: ClassVar = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        ordering: ClassVar = ["signed_at", "pk"]
        constraints: ClassVar = [
            exactly_one_of("sign_off_one_place", "region", "municipality"),
            different("sign_off_is_not_of_the_author", "author", "signed_by"),
            both_or_neither("sign_off_voided_with_a_reason", "voided_at", "void_reason"),
            models.UniqueConstraint(
                name="sign_off_once",
                fields=["briefing", "draft_revision", "signed_by"],
                condition=Q(voided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="sign_off_of_a_version_is_not_void",
                condition=Q(version__isnull=True) | Q(voided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="sign_off_knows_what_was_known",
                condition=Q(known_at__lte=F("signed_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.draft_revision}/{self.signed_by_id}"

    @property
    def place(self) -> Municipality | Region:
        """On whose behalf."""
        place = self.municipality or self.region
        assert place is not None  # sign_off_one_place
        return place
