"""Which versions councils really got, and when: a version replaced before its hour never came out.

A recorded publication is not yet a reading. What was published early and replaced by a newer
version before the hour was open to nobody, so no chronology tells it and no archive keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Greatest

from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import BriefingVersion


@dataclass(frozen=True, slots=True)
class CameOut:
    """One version, and the aware instant from which its audience could read it."""

    version: BriefingVersion
    at: datetime


def came_out(briefing: Briefing, at: datetime) -> list[CameOut]:
    """The versions of a briefing that were open to its audience by ``at``, in their order.

    Secrecy that ran at the hour puts the moment off to the record of its lifting. ``at`` is an
    aware instant.
    """
    until = briefing.embargo_until
    if until is None:
        return []
    rows = briefing.versions.filter(published_at__isnull=False).order_by("number")
    shut = [
        (one.recorded_at, one.lifting_recorded_at)
        for one in briefing.secrecies.order_by("recorded_at", "pk")
    ]
    found: list[CameOut] = []
    for version in rows:
        assert version.published_at is not None  # asked for
        out: datetime | None = max(version.published_at, until)
        for begun, ended in shut:
            if out is not None and begun <= out and (ended is None or out < ended):
                out = ended
        if out is None or out > at:
            continue
        later = (one.published_at for one in rows if one.number > version.number)
        if any(moment is not None and moment <= out for moment in later):
            continue
        found.append(CameOut(version, out))
    return found


def without_replaced(versions: QuerySet[BriefingVersion]) -> QuerySet[BriefingVersion]:
    """Those that no newer version replaced before their hour."""
    out = Greatest(OuterRef("published_at"), OuterRef("briefing__embargo_until"))
    newer = BriefingVersion.objects.filter(
        briefing=OuterRef("briefing"), number__gt=OuterRef("number"), published_at__lte=out
    )
    return versions.exclude(Exists(newer))
