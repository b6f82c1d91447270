"""The communication plan, announcements, looking again, and what councils were told by hand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Institution, Municipality, Region
from jbn_oversight.personal_numbers import refuse_personal_numbers
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import (
    ANNOUNCED,
    ANNOUNCEMENT_CANCELLED,
    ANNOUNCEMENT_MOVED,
)
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import MAKE_RIGHT, check, maker_of
from reports.briefings.gate.policies import check_not_secret, check_open
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.planning.models import (
    AnnouncedDay,
    AnnouncedTo,
    Announcement,
    AnnouncementPlace,
    PlanStep,
    Review,
    came_out_at,
)
from reports.briefings.sharing.models import ToldFact, ToldKind


@transaction.atomic
def add_step(
    *,
    briefing: Briefing,
    teller: str,
    audience: str,
    what: str,
    planned_at: datetime,
    at: datetime,
    by: User,
) -> PlanStep:
    """Plan who tells whom what, and when. Raises PermissionDenied or RefusedError."""
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    refuse_personal_numbers(teller, audience, what)
    return PlanStep.objects.create(
        briefing=briefing,
        teller=teller,
        audience=audience,
        what=what,
        planned_at=planned_at,
        added_at=at,
        added_by=by,
    )


@transaction.atomic
def finish_step(*, step: PlanStep, note: str, at: datetime, by: User) -> None:
    """Note that a step was done; any maker may. Twice is once."""
    briefing = locked(step.briefing)
    check(maker_of(briefing, by, at).stops)
    step = PlanStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if step.dropped_at is not None:
        raise RefusedError(_("This step was dropped."))
    refuse_personal_numbers(note)
    if step.done_at is None:
        step.done_at, step.done_by, step.note = at, by, note.strip()
        step.save()


@transaction.atomic
def drop_step(*, step: PlanStep, at: datetime, by: User) -> None:
    """Take a step out of the plan; its row stays. Twice is once."""
    briefing = locked(step.briefing)
    check(maker_of(briefing, by, at).writes)
    step = PlanStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if step.done_at is not None:
        raise RefusedError(_("This step was done already."))
    if step.dropped_at is None:
        step.dropped_at, step.dropped_by = at, by
        step.save()


@transaction.atomic
def announce(
    *,
    briefing: Briefing,
    title: str,
    day: date | None,
    to: AnnouncedTo,
    places: Collection[Municipality | Region],
    at: datetime,
    by: User,
) -> Announcement:
    """Put the coming of a briefing in the calendar, on purpose: from then on it is known.

    ``day`` is an Amsterdam day, None for "told later". Raises PermissionDenied, or RefusedError
    where it is announced, out or secret, or the title is the briefing's own.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    check_not_secret(briefing)
    refuse_personal_numbers(title)
    if Announcement.objects.filter(briefing=briefing).exists():
        raise RefusedError(_("This briefing was announced already."))
    if title.strip().casefold() in (briefing.title.casefold(), briefing.subject.casefold()):
        raise RefusedError(_("Choose another title than the briefing's own: this one is neutral."))
    _check_day(briefing, day, at)
    if to is AnnouncedTo.COUNCILS and not places:
        raise RefusedError(_("Choose to whose people it is announced."))
    announcement = Announcement.objects.create(
        briefing=briefing, title=title.strip(), to=to, announced_at=at, announced_by=by
    )
    AnnouncementPlace.objects.bulk_create(
        AnnouncementPlace(
            announcement=announcement,
            municipality=place if isinstance(place, Municipality) else None,
            region=place if isinstance(place, Region) else None,
        )
        for place in sorted(places, key=str)
    )
    AnnouncedDay.objects.create(announcement=announcement, day=day, since=at, by=by)
    record_on(briefing, ANNOUNCED, at=at, by=by)
    return announcement


@transaction.atomic
def move_announcement(
    *, announcement: Announcement, day: date | None, at: datetime, by: User
) -> None:
    """Announce another day; the earlier ones stay visible. The same day does nothing.

    Raises PermissionDenied, or RefusedError where it is cancelled, out or secret.
    """
    briefing = locked(announcement.briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    check_not_secret(briefing)
    if announcement.cancelled_at is not None:
        raise RefusedError(_("This announcement was cancelled."))
    _check_day(briefing, day, at)
    if announcement.day.day != day:
        AnnouncedDay.objects.create(announcement=announcement, day=day, since=at, by=by)
        record_on(briefing, ANNOUNCEMENT_MOVED, at=at, by=by)


@transaction.atomic
def cancel_announcement(*, announcement: Announcement, at: datetime, by: User) -> None:
    """Take it out of the calendar. Who saw it, saw it. Any maker may; twice is once."""
    briefing = locked(announcement.briefing)
    check(maker_of(briefing, by, at).stops)
    announcement = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    if announcement.cancelled_at is None:
        cancelled_at = max(at, announcement.announced_at)  # also where the clock was set back
        announcement.cancelled_at, announcement.cancelled_by = cancelled_at, by
        announcement.save()
        record_on(briefing, ANNOUNCEMENT_CANCELLED, at=at, by=by)


def _check_day(briefing: Briefing, day: date | None, at: datetime) -> None:
    if day is not None and day < amsterdam_day(at):
        raise RefusedError(_("Choose a day that is still to come."))
    out = came_out_at(briefing)
    if out is not None and out <= at:
        raise RefusedError(_("This briefing is out already."))


@transaction.atomic
def plan_review(*, briefing: Briefing, on: date | None, at: datetime, by: User) -> Briefing:
    """Say on which Amsterdam day somebody looks whether it still holds; None for never."""
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    if briefing.review_on != on:
        briefing.review_on = on
        briefing.save()
    return briefing


@transaction.atomic
def review(
    *,
    briefing: Briefing,
    still_holds: bool,
    note: str,
    next_on: date | None,
    at: datetime,
    by: User,
) -> Review:
    """Note that somebody looked, and when somebody looks next. Any maker may.

    Raises PermissionDenied, or RefusedError before it is out or without saying what changed.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).stops)
    check_open(briefing)
    out = came_out_at(briefing)
    if out is None or out > at:
        raise RefusedError(_("There is nothing to look at again before it is published."))
    if not still_holds and not note.strip():
        raise RefusedError(_("Say what no longer holds."))
    if next_on is not None and next_on <= amsterdam_day(at):
        raise RefusedError(_("Choose a day that is still to come."))
    refuse_personal_numbers(note)
    briefing.review_on = next_on
    briefing.save()
    return Review.objects.create(
        briefing=briefing,
        still_holds=still_holds,
        note=note.strip(),
        next_on=next_on,
        at=at,
        by=by,
    )


@transaction.atomic
def note_told(
    *,
    institution: Institution,
    municipality: Municipality,
    on: date,
    kind: ToldKind,
    text: str,
    source: str,
    for_council: bool,
    at: datetime,
    by: User,
) -> ToldFact:
    """Note what a council was told outside the portal. Raises PermissionDenied or RefusedError."""
    _check_place(municipality, by, at)
    if on > amsterdam_day(at):
        raise RefusedError(_("This day is still to come."))
    refuse_personal_numbers(text, source)
    return ToldFact.objects.create(
        institution=institution,
        municipality=municipality,
        on=on,
        kind=kind,
        text=text.strip(),
        source=source.strip(),
        for_council=for_council,
        recorded_at=at,
        recorded_by=by,
    )


@transaction.atomic
def strike_told(*, fact: ToldFact, at: datetime, by: User) -> None:
    """Strike what was noted wrongly; the row stays. Twice is once."""
    _check_place(fact.municipality, by, at)
    fact = ToldFact.objects.select_for_update(of=("self",)).get(pk=fact.pk)
    if fact.struck_at is None:
        fact.struck_at, fact.struck_by = at, by
        fact.save(update_fields=["struck_at", "struck_by"])


def _check_place(municipality: Municipality, by: User, at: datetime) -> None:
    places = Actor.of(by, amsterdam_day(at)).places(MAKE_RIGHT)
    if municipality.cbs_code not in places.municipalities:
        raise PermissionDenied
