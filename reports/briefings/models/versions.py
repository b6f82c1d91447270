"""What is published: versions frozen at sign-off, and each attempt to print one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Protocol

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.constraints import (
    both_or_neither,
    dates_in_order,
    different,
    exactly_one_of,
)
from jbn_oversight.files.models import StoredFile
from jbn_oversight.history import Keeping
from jbn_oversight.jobs.rules import LEASE
from jbn_oversight.organisations.models import Municipality, MunicipalityRegion, Region
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.readers import READING_ROLES, EarlyReader


class BriefingVersion(models.Model):
    """Text, figures and attachments as they were signed off. Only its publication comes later.

    ``content`` is the document as ``reports.briefings.freezing`` writes it; nothing in it is
    looked up again, so what was approved is what is printed and read.
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    draft_revision = models.PositiveIntegerField()
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    public_page = models.BooleanField(default=False)
    """Whether anybody reads it without an account once it is out: part of what was signed."""
    reason = models.TextField(blank=True)
    """Why there is another version; empty for the first alone."""
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    objects: ClassVar = models.Manager["BriefingVersion"]()

    class Meta:
        ordering: ClassVar = ["briefing", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="version_number_once", fields=["briefing", "number"]),
            models.UniqueConstraint(
                name="version_revision_once", fields=["briefing", "draft_revision"]
            ),
            models.CheckConstraint(
                name="version_change_has_a_reason", condition=Q(number=1) | ~Q(reason="")
            ),
            different("version_author_did_not_approve", "author", "approved_by"),
            different("version_author_did_not_publish", "author", "published_by"),
            different("version_approver_did_not_publish", "approved_by", "published_by"),
            both_or_neither("version_published_by_somebody", "published_at", "published_by"),
            dates_in_order("version_published_after_approval", "approved_at", "published_at"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def attempts(self) -> RenderingQuerySet:
        """The attempts to print the common text; a place's own text has its own."""
        return Rendering.objects.filter(version=self, variant=None)

    def printed(self) -> Rendering | None:
        """The printing of the common text that names the hour as it stands, or None."""
        return self.attempts().naming(self, self.briefing.embargo_until)

    def paper_for_makers(self) -> Rendering | None:
        """The present printing, or the last one of a version that a newer one replaced."""
        is_live = not self.briefing.versions.filter(number__gt=self.number).exists()
        if is_live or self.briefing.published_version_id == self.pk:
            return self.printed()
        return self.printed() or self.attempts().passed()

    def names_another_hour(self) -> bool:
        """Whether the hour was moved and the common text waits to be printed with it."""
        return self.attempts().passed() is not None and self.printed() is None

    def last_failure(self) -> str:
        """Why the last finished attempt failed; empty after a success or without attempts."""
        return self.attempts().last_failure()


class PublishedBriefing(Protocol):
    """What a text asks of its briefing, which stands above this module."""

    @property
    def pk(self) -> int:
        """Its key."""
        ...

    @property
    def published_version_id(self) -> int | None:
        """The version that was published."""
        ...

    def is_out(self, at: datetime) -> bool:
        """Whether it is out."""
        ...


class VariantQuerySet(models.QuerySet["VersionVariant"]):
    """Texts of places."""

    def read_by(
        self, user: User, at: datetime, briefing: PublishedBriefing, version: BriefingVersion
    ) -> list[VersionVariant]:
        """The texts of one's own places that this reader gets of the version; often one.

        Anyone who may read the version at all was asked before (``visible_to``). Before its
        publication that is the place in which the early reader was named; afterwards also each
        organisation of the audience in which the reader holds a reading role on the Amsterdam
        day of ``at``. An empty list means the common text.
        """
        # The texts of all others stay in the database.
        there = self.filter(version=version, set_aside_at__isnull=True).defer("content")
        texts = {
            (one.region_id, one.municipality_id): one
            for one in there.select_related("region", "municipality")
        }
        if not texts:
            return []
        on = amsterdam_day(at)
        early = EarlyReader.objects.remaining(at).filter(briefing=briefing.pk, user=user)
        places = {(row.region_id, row.municipality_id) for row in early}
        if briefing.published_version_id == version.pk and briefing.is_out(at):
            roles = Membership.objects.running(on).filter(user=user, role__in=READING_ROLES)
            places |= {(row.region_id, row.municipality_id) for row in roles}
        spans = MunicipalityRegion.objects.running(on)
        around = {span.municipality_id: span.region_id for span in spans}
        found: dict[int, VersionVariant] = {}
        for region, municipality in sorted(places, key=str):
            own = texts.get((region, municipality))
            if own is None and municipality is not None:
                own = texts.get((around.get(municipality), None))
            if own is not None:
                found[own.pk] = own
        return list(found.values())


class VersionVariant(models.Model):
    """The text of one place: the common one with its own parts and figures.

    Made at sign-off where the draft has such parts. ``content`` is frozen as a version's is.
    One that cannot be printed is set aside with a reason; its readers get the common text.
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    version = models.ForeignKey(BriefingVersion, models.PROTECT, related_name="variants")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_aside_reason = models.CharField(max_length=200, null=True)
    objects: ClassVar = VariantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["version", "region__name", "municipality__sort_name"]
        constraints: ClassVar = [
            exactly_one_of("variant_one_place", "region", "municipality"),
            models.UniqueConstraint(
                name="variant_once",
                fields=["version", "region", "municipality"],
                nulls_distinct=False,
            ),
            both_or_neither(
                "variant_set_aside_by_somebody",
                "set_aside_at",
                "set_aside_by",
                "set_aside_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def place(self) -> Municipality | Region:
        """Whose text it is."""
        place = self.municipality or self.region
        assert place is not None  # variant_one_place
        return place

    @property
    def place_code(self) -> str:
        """The place as the reading log copies it: ``region:slug`` or ``municipality:code``."""
        place = self.place
        if isinstance(place, Region):
            return f"region:{place.slug}"
        return f"municipality:{place.cbs_code}"

    def attempts(self) -> RenderingQuerySet:
        """The attempts to print this text."""
        return Rendering.objects.filter(variant=self)

    def printed(self) -> Rendering | None:
        """The printing that names the hour as it stands, or None while there is none."""
        return self.attempts().naming(self, self.version.briefing.embargo_until)

    def names_another_hour(self) -> bool:
        """Whether the hour was moved and this text waits to be printed with it."""
        return self.attempts().passed() is not None and self.printed() is None

    def last_failure(self) -> str:
        """Why the last finished attempt failed; empty after a success or without attempts."""
        return self.attempts().last_failure()


class RenderingQuerySet(models.QuerySet["Rendering"]):
    """Attempts at rendering."""

    def running(self, at: datetime) -> RenderingQuerySet:
        """Started, not finished, and alive: silent no longer than ``LEASE``."""
        return self.filter(finished_at__isnull=True, pulse__beaten_at__gt=at - LEASE)

    def stands_still(self, at: datetime) -> bool:
        """Whether the last one lost its worker, and its text waits for another."""
        last = self.order_by("-pk").first()
        return (
            last is not None
            and last.finished_at is None
            and not self.running(at).filter(pk=last.pk).exists()
        )

    def passed(self) -> Rendering | None:
        """The last one that passed the PDF gate, whatever hour it names; None without."""
        return self.filter(pdf__isnull=False).select_related("pdf").order_by("-pk").first()

    def naming(
        self, text: BriefingVersion | VersionVariant, hour: datetime | None
    ) -> Rendering | None:
        """The one that passed the PDF gate and names this hour; paper naming another is none.

        One without an hour of its own names that of the frozen text.
        """
        rows = list(self.filter(pdf__isnull=False).select_related("pdf").order_by("-pk"))
        for row in rows:
            if row.hour is not None and row.hour == hour:
                return row
        frozen = next((row for row in rows if row.hour is None), None)
        return frozen if frozen is not None and _frozen_names(text, hour) else None

    def last_failure(self) -> str:
        """Why the last finished one failed; empty after a success or without attempts."""
        last = self.filter(finished_at__isnull=False).order_by("-pk").first()
        return last.failure or "" if last else ""


class Rendering(models.Model):
    """One attempt to print a version: running, failed with a reason, or passed with a file.

    The row is the truth; a message to a worker only nudges it.
    """

    audit: ClassVar = Keeping.INSERT_ONLY
    version = models.ForeignKey(BriefingVersion, models.PROTECT, related_name="renderings")
    variant = models.ForeignKey(
        VersionVariant, models.PROTECT, null=True, related_name="renderings"
    )
    """Of which place's own text; empty for the common one."""
    hour = models.DateTimeField(null=True)
    """The embargo that it names; empty for that of the frozen text."""
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    failure = models.CharField(max_length=200, null=True)
    """In words without content: which step failed, and the kind of error."""
    objects: ClassVar = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendering")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="rendering_passes_once",
                fields=["version", "variant", "hour"],
                condition=Q(pdf__isnull=False),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="rendering_ends_one_way",
                condition=Q(finished_at__isnull=True, pdf__isnull=True, failure__isnull=True)
                | Q(finished_at__isnull=False, pdf__isnull=False, failure__isnull=True)
                | Q(finished_at__isnull=False, pdf__isnull=True, failure__isnull=False),
            ),
            dates_in_order("rendering_ends_after_its_start", "started_at", "finished_at"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.pk}"


def _frozen_names(text: BriefingVersion | VersionVariant, hour: datetime | None) -> bool:
    """Whether the frozen text names this hour. Its content stays in the database but for that."""
    from reports.briefings.sentences import embargo_sentence

    rows = type(text)._default_manager.filter(pk=text.pk)
    line, language = rows.values_list("content__embargo_line", "content__language").get()
    if hour is None or language is None:
        return line is None
    with translation.override(language):
        return bool(line == embargo_sentence(hour))


class RenderingPulse(models.Model):
    """When an attempt showed last that it lives. It goes when the attempt ends."""

    # Beaten every few seconds, and no fact about the briefing: the attempt's row never changes.
    audit: ClassVar = Keeping.NONE
    rendering = models.OneToOneField(
        Rendering, models.PROTECT, primary_key=True, related_name="pulse"
    )
    beaten_at = models.DateTimeField()
    objects: ClassVar = models.Manager["RenderingPulse"]()

    def __str__(self) -> str:
        return str(self.rendering_id)


class VersionAttachment(models.Model):
    """A file that was signed off with a version."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    version = models.ForeignKey(BriefingVersion, models.PROTECT, related_name="attachments")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["VersionAttachment"]()

    class Meta:
        ordering: ClassVar = ["version", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="version_attachment_position", fields=["version", "position"]
            )
        ]

    def __str__(self) -> str:
        return self.public_id
