"""What is published: versions frozen at sign-off, and each attempt to print one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, dates_in_order, different
from jbn_oversight.files.models import StoredFile
from jbn_oversight.history import Audit
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from reports.models.briefings import Briefing

PATIENCE: Final = timedelta(minutes=10)
"""An attempt that says nothing for so long is taken for dead and may be followed by another."""


class BriefingVersion(models.Model):
    """Text, figures and attachments as they were signed off. Only its publication comes later.

    ``content`` is the document as ``reports.briefings.freezing`` writes it; nothing in it is
    looked up again, so what was approved is what is printed and read.
    """

    audit: ClassVar = Audit.INSERT_ONLY
    public_id = PublicIdField()
    briefing: models.ForeignKey[Briefing, Briefing] = models.ForeignKey(
        "reports.Briefing", models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    draft_revision = models.PositiveIntegerField()
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    """Why there is another version; empty for the first alone."""
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    objects: ClassVar = models.Manager["BriefingVersion"]()
    if TYPE_CHECKING:
        renderings: RelatedManager[Rendering]
        attachments: RelatedManager[VersionAttachment]

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

    def printed(self) -> Rendering | None:
        """The rendering that passed the PDF gate, or None while there is none."""
        return self.renderings.filter(pdf__isnull=False).select_related("pdf").first()

    def last_failure(self) -> str:
        """Why the last finished attempt failed; empty after a success or without attempts."""
        last = self.renderings.filter(finished_at__isnull=False).order_by("-pk").first()
        return last.failure or "" if last else ""


class RenderingQuerySet(models.QuerySet["Rendering"]):
    """Attempts at rendering."""

    def running(self, at: datetime) -> RenderingQuerySet:
        """Started, not finished, and not silent for longer than ``PATIENCE``."""
        return self.filter(finished_at__isnull=True, started_at__gt=at - PATIENCE)


class Rendering(models.Model):
    """One attempt to print a version: running, failed with a reason, or passed with a file.

    The row is the truth; a message to a worker only nudges it.
    """

    audit: ClassVar = Audit.INSERT_ONLY
    version = models.ForeignKey(BriefingVersion, models.PROTECT, related_name="renderings")
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
                name="rendering_passes_once", fields=["version"], condition=Q(pdf__isnull=False)
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


class VersionAttachment(models.Model):
    """A file that was signed off with a version."""

    audit: ClassVar = Audit.INSERT_ONLY
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
