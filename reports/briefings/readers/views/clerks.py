"""Who of the own council has read what: for the clerk, and of no other council."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jbn_oversight.accounts.models import IN_A_MUNICIPALITY_ONLY
from jbn_oversight.http import PortalRequest
from jbn_oversight.moment_words import moment_in_words
from jbn_oversight.organisations.models import Municipality
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.readings import ReadingKind, ReadingLog
from reports.briefings.models.versions import BriefingVersion

RIGHT = "reports.see_council_readings"


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """How far one person of the council is."""

    name: str
    role: str
    invited_at: datetime
    accepted_at: datetime | None
    opened_at: datetime | None
    downloaded_at: datetime | None


@dataclass(frozen=True, slots=True)
class BriefingRow:
    """One briefing as the clerk sees it: its title only if the clerk may read it now."""

    title: str
    address: str
    until: str
    is_over: bool
    """Whether it was published and its hour has passed."""
    people: tuple[ReaderRow, ...]


@require_safe
@login_required
def readings(request: PortalRequest) -> HttpResponse:
    """Early readers of the clerk's own councils, once they may read; what they did."""
    if not request.actor.may(RIGHT):
        raise PermissionDenied
    codes = request.actor.places(RIGHT).municipalities
    councils = [
        (council, _briefings(request, council))
        for council in Municipality.objects.filter(cbs_code__in=codes)
    ]
    return render(request, "reports/briefings/council_readings.html", {"councils": councils})


def _briefings(request: PortalRequest, council: Municipality) -> list[BriefingRow]:
    """Of what the clerk may read: that there is a briefing at all is a secret for others (R29)."""
    rows = (
        EarlyReader.objects.remaining(request.at)
        .filter(
            municipality=council,
            role__in=IN_A_MUNICIPALITY_ONLY,
            briefing__in=Briefing.objects.visible_to(request.user, request.at).values("pk"),
        )
        .select_related("user", "briefing")
        .order_by("-briefing__embargo_until", "briefing", "user__name")
    )
    by_briefing: dict[Briefing, list[EarlyReader]] = {}
    for row in rows:
        by_briefing.setdefault(row.briefing, []).append(row)
    titles = _titles(request)
    return [_row(briefing, people, titles, request.at) for briefing, people in by_briefing.items()]


def _titles(request: PortalRequest) -> dict[int, str]:
    """Titles of what the clerk may read, by briefing."""
    visible = Briefing.objects.visible_to(request.user, request.at)
    versions = {row.reads_version_id: row.pk for row in visible if row.reads_version_id}
    found = BriefingVersion.objects.filter(pk__in=list(versions))
    return {versions[pk]: title for pk, title in found.values_list("pk", "content__title")}


def _row(
    briefing: Briefing, people: list[EarlyReader], titles: Mapping[int, str], at: datetime
) -> BriefingRow:
    done = ReadingLog.objects.of(briefing.public_id).filter(
        reader_public_id__in=[row.user.public_id for row in people]
    )
    last = {
        (one["reader_public_id"], one["kind"]): one["last"]
        for one in done.values("reader_public_id", "kind").annotate(last=Max("at"))
    }
    return BriefingRow(
        title=titles[briefing.pk],
        address=briefing.public_id,
        until=moment_in_words(briefing.embargo_until) if briefing.embargo_until else "",
        is_over=briefing.published_at is not None
        and briefing.embargo_until is not None
        and briefing.embargo_until <= at,
        people=tuple(
            ReaderRow(
                name=row.user.name,
                role=row.get_role_display(),
                invited_at=row.invited_at,
                accepted_at=row.accepted_at,
                opened_at=last.get((row.user.public_id, ReadingKind.OPEN)),
                downloaded_at=last.get((row.user.public_id, ReadingKind.DOWNLOAD)),
            )
            for row in people
        ),
    )
