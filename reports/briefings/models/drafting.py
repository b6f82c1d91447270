"""What goes around a draft: working copies of those who write, and comments of the makers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, dates_in_order
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.parts import Section

if TYPE_CHECKING:
    pass


class SectionDraft(models.Model):
    """What somebody typed in a section and did not save yet: one a person and section.

    It is kept so that nothing typed is lost, and seen by its writer alone. It goes away when
    the text is saved or given up.
    """

    audit: ClassVar = Keeping.NONE  # a working copy; what is saved has its history in the section
    section = models.ForeignKey(Section, models.CASCADE, related_name="working_copies")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    base_revision = models.PositiveIntegerField()
    """The revision of the section on which the writer began."""
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    page = models.CharField(max_length=32, blank=True)
    """The open page on which it is typed: another tab of the same person does not overwrite it."""
    sequence = models.PositiveIntegerField(default=0)
    """How often that page has sent it: what comes late is older, and changes nothing."""
    objects: ClassVar = models.Manager["SectionDraft"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="working_copy_once", fields=["section", "user"])
        ]

    def __str__(self) -> str:
        return f"{self.section_id}/{self.user_id}"

    @property
    def is_behind(self) -> bool:
        """Whether somebody saved the section after this writer began."""
        return self.base_revision != self.section.revision

    @property
    def mark(self) -> str:
        """Which copy it is, and how far: for a page that begins with it."""
        return f"{self.page}:{self.sequence}"


class LeftPage(models.Model):
    """A page whose text was saved or given up. What still comes from it was sent before that."""

    audit: ClassVar = Keeping.NONE  # for a day, so that a late message makes no working copy
    section = models.ForeignKey(Section, models.CASCADE, related_name="+")
    page = models.CharField(max_length=32)
    left_at = models.DateTimeField(db_index=True)
    objects: ClassVar = models.Manager["LeftPage"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="left_page_once", fields=["section", "page"])
        ]

    def __str__(self) -> str:
        return f"{self.section_id}/{self.pk}"


class CommentQuerySet(TrackedQuerySet["Comment"]):
    """Comments and their replies."""

    def threads(self) -> CommentQuerySet:
        """Comments that are no reply."""
        return self.filter(parent__isnull=True)

    def unresolved(self) -> CommentQuerySet:
        """Comments that still ask for something."""
        return self.threads().filter(resolved_at__isnull=True)


class Comment(models.Model):
    """A remark of a maker on some words of a section, or a reply to one. No reader sees it."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    briefing = models.ForeignKey("reports.Briefing", models.PROTECT, related_name="comments")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="comments")
    """Empty when the section was taken out of the draft."""
    heading = models.CharField(max_length=200, blank=True)
    """The heading of the section when the comment was written."""
    parent: models.ForeignKey[Comment | None, Comment | None] = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replies"
    )
    quoted = models.CharField(_("the words it is about"), max_length=300, blank=True)
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering: ClassVar = ["briefing", "pk"]
        constraints: ClassVar = [
            both_or_neither("comment_resolved_by_somebody", "resolved_at", "resolved_by"),
            dates_in_order("comment_resolved_after_it_was_written", "written_at", "resolved_at"),
            models.CheckConstraint(
                name="comment_reply_is_not_resolved_itself",
                condition=Q(parent__isnull=True) | Q(resolved_at__isnull=True, quoted=""),
            ),
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.public_id

    def resolve(self, at: datetime, by: User) -> None:
        """Mark it as dealt with; an instant before it was written counts as that one."""
        self.resolved_at, self.resolved_by = max(at, self.written_at), by
