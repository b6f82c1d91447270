"""Parts of a briefing: its sections, its attachments, its audience and who wrote in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.constraints import both_or_neither, exactly_one_of
from jbn_oversight.files.models import StoredFile
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Municipality, Region
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.readers import READING_ROLES

if TYPE_CHECKING:
    pass


class Section(models.Model):
    """A heading and its text, in the small Markdown of ``reports.documents.markdown``."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="sections")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=30, blank=True)
    """Which section of the template it is; empty for one that writers added."""
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """For whom alone: the variants of a region, or of one municipality; both empty for all."""
    revision = models.PositiveIntegerField(default=1, editable=False)
    """Counts its changes, so that two people who write at once overwrite nothing."""
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["Section"].as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering: ClassVar = ["briefing", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="section_position", fields=["briefing", "position"]),
            models.CheckConstraint(
                name="section_for_one_place_at_most",
                condition=Q(region__isnull=True) | Q(municipality__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.position}"

    @property
    def place(self) -> Municipality | Region | None:
        """For whom alone it is; None for everybody."""
        return self.municipality or self.region


class Attachment(models.Model):
    """A file that goes with the draft; a version keeps its own list from sign-off on."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="attachments")
    title = models.CharField(_("title"), max_length=200)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["Attachment"].as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering: ClassVar = ["briefing", "pk"]
        constraints: ClassVar = [
            both_or_neither("attachment_removed_by_somebody", "removed_at", "removed_by")
        ]

    def __str__(self) -> str:
        return self.public_id


class AudienceQuerySet(TrackedQuerySet["AudienceMember"]):
    """Organisations for which briefings are meant."""

    def with_member(self, user: User, at: datetime) -> AudienceQuerySet:
        """Those of the outer briefing in which the person holds a reading role at ``at``.

        A subquery: the outer query is of briefings. ``at`` is an aware instant; mandates are
        judged on its Amsterdam day.
        """
        mandates = Membership.objects.running(amsterdam_day(at)).filter(
            Q(municipality=OuterRef("municipality")) | Q(region=OuterRef("region")),
            user=user,
            role__in=READING_ROLES,
        )
        return self.filter(Exists(mandates), briefing=OuterRef("pk"))


class AudienceMember(models.Model):
    """An organisation whose people read the briefing once it is out. No rows means nobody."""

    audit: ClassVar = Keeping.TRACKED
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="audience")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = AudienceQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation in the audience")
        verbose_name_plural = _("organisations in the audience")
        ordering: ClassVar = ["briefing", "region__name", "municipality__sort_name"]
        constraints: ClassVar = [
            exactly_one_of("audience_one_place", "municipality", "region"),
            models.UniqueConstraint(
                name="audience_once",
                fields=["briefing", "municipality", "region"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.municipality_id or self.region_id}"

    @property
    def place(self) -> Municipality | Region:
        """The organisation."""
        place = self.municipality or self.region
        assert place is not None  # audience_one_place
        return place


class Contribution(models.Model):
    """That somebody wrote in a briefing. It never goes away, so who wrote never signs off."""

    audit: ClassVar = Keeping.INSERT_ONLY
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="contributions")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    objects: ClassVar = models.Manager["Contribution"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="contribution_once", fields=["briefing", "user"])
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.user_id}"
