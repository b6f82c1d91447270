"""Who tells whom when, what is announced, and when somebody looks again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.accounts.models import User
from jbn_oversight.constraints import both_or_neither, dates_in_order, exactly_one_of
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import Municipality, Region
from jbn_oversight.public_id import PublicIdField
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Secrecy

if TYPE_CHECKING:
    pass


class PlanStep(models.Model):
    """One step of the communication plan: who tells whom what, planned and done."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="plan_steps")
    teller = models.CharField(_("who tells"), max_length=200)
    audience = models.CharField(_("whom"), max_length=200)
    what = models.CharField(_("what, and how"), max_length=300)
    planned_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Who noted that it was done."""
    note = models.CharField(_("remark"), max_length=300, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = TrackedQuerySet["PlanStep"].as_manager()

    class Meta:
        verbose_name = _("step of the communication plan")
        verbose_name_plural = _("steps of the communication plan")
        ordering: ClassVar = ["planned_at", "pk"]
        constraints: ClassVar = [
            both_or_neither("plan_step_done_by_somebody", "done_at", "done_by"),
            both_or_neither("plan_step_dropped_by_somebody", "dropped_at", "dropped_by"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Review(models.Model):
    """That somebody looked, after publication, whether a briefing still holds."""

    audit: ClassVar = Keeping.INSERT_ONLY
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="reviews")
    still_holds = models.BooleanField()
    note = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["Review"]()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="review_says_what_no_longer_holds",
                condition=Q(still_holds=True) | ~Q(note=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.pk}"


class AnnouncedTo(models.TextChoices):
    """Who sees an announcement."""

    COUNCILS = "councils", _("people of the chosen organisations")
    PUBLIC = "public", _("everybody, also without signing in")


class AnnouncementQuerySet(TrackedQuerySet["Announcement"]):
    """Announcements. Without one, the calendar shows nothing of a briefing."""

    def standing(self) -> AnnouncementQuerySet:
        """Not cancelled, and of a briefing that is neither shut nor secret."""
        running = Secrecy.objects.running().filter(briefing=OuterRef("briefing"))
        return self.filter(
            ~Exists(running),
            cancelled_at__isnull=True,
            briefing__withdrawn_at__isnull=True,
            briefing__closed_at__isnull=True,
        )


class Announcement(models.Model):
    """An act of its own that gives away, on purpose, that something will come."""

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    briefing = models.OneToOneField(Briefing, models.PROTECT, related_name="announcement")
    title = models.CharField(_("title in the calendar"), max_length=200)
    to = models.CharField(_("seen by"), max_length=10, choices=AnnouncedTo.choices)
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()
    objects: ClassVar = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering: ClassVar = ["announced_at", "pk"]
        constraints: ClassVar = [
            both_or_neither("announcement_cancelled_by_somebody", "cancelled_at", "cancelled_by"),
            dates_in_order("announcement_cancelled_last", "announced_at", "cancelled_at"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def day(self) -> AnnouncedDay:
        """What is announced now."""
        last = self.days.order_by("-pk").first()
        assert last is not None  # announcing writes the first
        return last


class AnnouncementPlace(models.Model):
    """An organisation to whose people it is announced."""

    audit: ClassVar = Keeping.INSERT_ONLY
    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="places")
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    objects: ClassVar = models.Manager["AnnouncementPlace"]()

    class Meta:
        constraints: ClassVar = [
            exactly_one_of("announcement_place_one", "municipality", "region"),
            models.UniqueConstraint(
                name="announcement_place_once",
                fields=["announcement", "municipality", "region"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id}/{self.municipality_id or self.region_id}"


class AnnouncedDay(models.Model):
    """The day that was announced, from a moment on; empty means that it is told later."""

    audit: ClassVar = Keeping.INSERT_ONLY
    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="days")
    day = models.DateField(null=True)
    since = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    objects: ClassVar = models.Manager["AnnouncedDay"]()

    class Meta:
        ordering: ClassVar = ["announcement", "pk"]

    def __str__(self) -> str:
        return f"{self.announcement_id}/{self.day}"


def came_out_at(briefing: Briefing) -> datetime | None:
    """When a briefing opened to its audience: publication and the hour, both.

    None while secrecy runs: it is open to nobody then.
    """
    if briefing.published_at is None or briefing.embargo_until is None or briefing.is_secret:
        return None
    return max(briefing.published_at, briefing.embargo_until)
