"""Announced publications among all other dates."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from certification.dates.rules import DatedThing, DateKind
from certification.imprecise_days import ImpreciseDay
from jbn_oversight.accounts.models import User
from jbn_oversight.embargo import Answer
from jbn_oversight.organisations.models import Institution
from reports.briefings.chronology.selectors.announced import seen_by
from reports.briefings.models.briefings import Briefing
from reports.briefings.planning.models import Announcement


def dates_of(user: User, institution: Institution, at: datetime) -> list[DatedThing]:
    """What was announced to this person about the institution and did not come out for them."""
    readable = Briefing.objects.with_answer(user, at).filter(Q(answer=Answer.AFTER.value))
    rows = (
        Announcement.objects.standing()
        .filter(seen_by(user, at), announced_at__lte=at, briefing__institution=institution)
        .exclude(briefing__in=readable.values("pk"))
        .exclude(briefing__in=Briefing.objects.public(at).values("pk"))
        .prefetch_related("days")
    )
    days = ((row, max(row.days.all(), key=lambda day: day.pk).day) for row in rows)
    return [
        DatedThing(
            kind=DateKind.ANNOUNCEMENT,
            title=row.title,
            on=ImpreciseDay(day),
            url=reverse("reports:calendar"),
        )
        for row, day in days
        if day is not None
    ]
