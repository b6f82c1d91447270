"""The calendar of announced publications: only what was announced, to whom it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.embargo import Answer
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import READING_ROLES
from reports.briefings.planning.models import (
    AnnouncedTo,
    Announcement,
    AnnouncementPlace,
    came_out_at,
)
from reports.briefings.public_pages.selectors import public_address


@dataclass(frozen=True, slots=True)
class Coming:
    """One announcement as one person sees it. Days are Amsterdam days."""

    title: str
    day: date | None
    """The announced day; None for "told later"."""
    first_day: date | None
    """The day that was announced first, where it was another one."""
    moved: bool
    out_on: date | None
    """When it came out; only for who may read it."""
    url: str
    """Where it can be read; only for who may."""
    is_late: bool
    """The day is over, and as far as this person may know nothing came out."""
    institution: str


def announced(user: User | AnonymousUser, at: datetime) -> list[Coming]:
    """Everything in the calendar for this person at an aware instant, what comes first."""
    rows = Announcement.objects.standing().filter(announced_at__lte=at)
    rows = rows.filter(seen_by(user, at)).select_related("briefing", "briefing__institution")
    readable = {
        row.pk
        for row in Briefing.objects.with_answer(user, at).filter(Q(answer=Answer.AFTER.value))
    }
    public = set(Briefing.objects.public(at).values_list("pk", flat=True))
    found = [_coming(row, readable, public, at) for row in rows.prefetch_related("days")]
    return sorted(found, key=lambda one: (one.out_on is not None, one.day or date.max, one.title))


def seen_by(user: User | AnonymousUser, at: datetime) -> Q:
    """Announcements that were made to this person, or to everybody."""
    seen = Q(to=AnnouncedTo.PUBLIC)
    if not (user.is_authenticated and user.is_active):
        return seen
    mandates = Membership.objects.running(amsterdam_day(at)).filter(
        Q(municipality=OuterRef("municipality")) | Q(region=OuterRef("region")),
        user=user,
        role__in=READING_ROLES,
    )
    places = AnnouncementPlace.objects.filter(Exists(mandates), announcement=OuterRef("pk"))
    made = Briefing.objects.worked_on_by(user, at).values("pk")
    return seen | Q(Exists(places)) | Q(briefing__in=made)


def _coming(row: Announcement, readable: set[int], public: set[int], at: datetime) -> Coming:
    days = sorted(row.days.all(), key=lambda day: day.pk)
    briefing = row.briefing
    may_read = briefing.pk in readable or briefing.pk in public
    out = came_out_at(briefing) if may_read else None
    last = days[-1].day
    return Coming(
        title=row.title,
        day=last,
        first_day=days[0].day,
        moved=len(days) > 1,
        out_on=amsterdam_day(out) if out else None,
        url=_address(briefing, readable) if may_read else "",
        is_late=out is None and last is not None and last < amsterdam_day(at),
        institution=str(briefing.institution),
    )


def _address(briefing: Briefing, readable: set[int]) -> str:
    if briefing.pk in readable:
        return reverse("reports:briefing", args=[briefing.public_id])
    return public_address(briefing)
