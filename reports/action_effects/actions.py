"""Noting that somebody's actions are overdue; ``jbn_oversight.notices`` sends it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final

from django.urls import reverse

from audits.models.plans import PlanAction
from audits.rights import SEE_TIMELINE
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import AMSTERDAM, amsterdam_day
from jbn_oversight.notices.actions.noting import note
from reports.action_effects.notice_kinds import OVERDUE

FIRST_DAY_OFF: Final = 5
"""Saturday, as weekdays are counted."""


def remind(at: datetime) -> int:
    """Note each owner of what is late once on this Amsterdam day, and nobody at the weekend.

    ``at`` is an aware instant. How many notices are new: one for each owner and institution,
    however many actions. They count from the beginning of the day, so that a worker who was
    away at night still tells of today.
    """
    day = amsterdam_day(at)
    if day.weekday() >= FIRST_DAY_OFF:
        return 0
    begun = datetime.combine(day, time(), tzinfo=AMSTERDAM).astimezone(UTC)
    new = 0
    for code, owners in _late(day).items():
        people = [user for user in owners if code in _seen(user, day)]
        path = reverse("audits:findings", args=[code]) + "?overdue=on"
        about = f"{day}:{code}"
        new += note(kind=OVERDUE, people=people, about=about, path=path, at=at, since=begun)
    return new


def _seen(user: User, day: date) -> frozenset[str]:
    return Actor.of(user, day).places(SEE_TIMELINE).institutions


def _late(day: date) -> dict[str, list[User]]:
    """Institutions with overdue actions, and the owners of these."""
    rows = PlanAction.objects.overdue(day).filter(owner__is_active=True)
    found: dict[str, set[int]] = {}
    for code, owner in rows.values_list("institution__code", "owner"):
        found.setdefault(code, set()).add(owner)
    people = User.objects.in_bulk({owner for owners in found.values() for owner in owners})
    return {code: [people[key] for key in sorted(keys)] for code, keys in sorted(found.items())}
