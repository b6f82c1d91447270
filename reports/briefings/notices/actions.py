"""Noting whom to tell about a briefing; ``jbn_oversight.notices`` sends it in neutral words.

Each person is asked again at the gate at the moment of sending: see ``notice_kinds``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from jbn_oversight.accounts.models import User
from jbn_oversight.embargo import is_window_open
from jbn_oversight.notices.actions.noting import note
from jbn_oversight.notices.models import Notice
from jbn_oversight.notices.rules import STALE, NoticeKind
from reports.briefings.gate.locking import locked
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.questions import Question
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.signing import SignOff
from reports.briefings.models.versions import BriefingVersion
from reports.briefings.notices.notice_kinds import (
    ANSWERED,
    INVITED,
    NEW_VERSION,
    RELEASED,
    VOIDED,
    WINDOW,
    WITHDRAWN,
    about,
    access_list,
    could_read,
)

LOOK_BACK: Final = STALE
"""How long after an hour the sweeper still finds who should be told: an outage of some days
keeps it from nobody, and what is older is not sent any more."""


def invited(reader: EarlyReader, at: datetime) -> int:
    """Tell somebody who was named. How many notices are new."""
    return _note([reader.user], reader.briefing, INVITED, at, which=reader.public_id)


def released(briefing: Briefing, at: datetime) -> int:
    """Tell everybody who may read it from its hour on. Nothing before that; twice is once.

    ``at`` is an aware instant, held against the hour of the briefing as it is now.
    """
    now = Briefing.objects.get(pk=briefing.pk)
    return _note(access_list(now, at), now, RELEASED, at) if now.is_out(at) else 0


def window_opened(briefing: Briefing, at: datetime) -> int:
    """Tell the early readers who waited for the window."""
    opens = briefing.window_opens_at
    if not briefing.is_open or opens is None or not is_window_open(briefing.embargo_facts(), at):
        return 0
    rows = briefing.early_readers.remaining(at)
    waited = rows.filter(invited_at__lte=max(opens, briefing.approved_at or opens))
    people = [row.user for row in waited.select_related("user")]
    return _note(people, briefing, WINDOW, at)


def new_version(version: BriefingVersion, at: datetime) -> int:
    """Tell who reads this version and may have read the one before."""
    briefing = version.briefing
    if version.number == 1:
        return 0
    people = access_list(briefing, at)
    if not briefing.is_out(at):
        before = briefing.early_readers.filter(accepted_at__lte=version.approved_at)
        people = people.filter(pk__in=before.values("user"))
    if version.published_at is None and briefing.published_at is not None:
        # The published version stays for the audience; early readers have the correction.
        early = briefing.early_readers.remaining(at)
        people = people.filter(pk__in=early.values("user"))
    return _note(people, briefing, NEW_VERSION, at, which=str(version.number))


def answered(question: Question, at: datetime) -> int:
    """Tell everybody who may read the briefing that a question was answered."""
    people = access_list(question.briefing, at)
    return _note(people, question.briefing, ANSWERED, at, which=question.public_id)


def voided(briefing: Briefing, rows: Iterable[SignOff], at: datetime) -> int:
    """Tell who signed that their signature counts no more."""
    return sum(_note([row.signed_by], briefing, VOIDED, at, which=str(row.pk)) for row in rows)


def withdrawn(briefing: Briefing, at: datetime) -> int:
    """Tell everybody who could read it that it was withdrawn. Their link leads to what is left."""
    return _note(
        could_read(briefing, at), briefing, WITHDRAWN, at, path=reverse("reports:briefings")
    )


def note_what_is_due(at: datetime) -> int:
    """Find in the rows who should be told by now. Gives how many notices are new."""
    since = at - LOOK_BACK
    open_ones = Briefing.objects.filter(withdrawn_at__isnull=True, closed_at__isnull=True)
    new = 0
    for briefing in open_ones.filter(
        Q(embargo_until__gt=since) | Q(published_at__gt=since),
        published_at__isnull=False,
        embargo_until__lte=at,
    ):
        new += released(briefing, at)
    for briefing in open_ones.filter(
        Q(window_opens_at__gt=since) | Q(approved_at__gt=since),
        approved_at__isnull=False,
        window_opens_at__lte=at,
    ):
        new += window_opened(briefing, at)
    versions = BriefingVersion.objects.filter(
        Q(approved_at__gt=since) | Q(published_at__gt=since),
        number__gt=1,
        briefing__in=open_ones,
    )
    for version in versions.select_related("briefing"):
        new += new_version(version, at)
    return new


def _note(
    people: Iterable[User],
    briefing: Briefing,
    kind: NoticeKind,
    at: datetime,
    *,
    which: str = "",
    path: str = "",
) -> int:
    """A row for each of these people who has none yet. How many are new."""
    key = about(briefing, which)
    wanted = list(people)
    told = Notice.objects.filter(kind=kind.code, about=key).values_list("user_id", flat=True)
    if {user.pk for user in wanted} <= set(told):  # a sweep mostly: nobody waits for it
        return 0
    with transaction.atomic():
        # The briefing before its notices, as everywhere: two who note the same people would
        # else each hold what the other waits for.
        locked(briefing)
        path = path or reverse("reports:briefing", args=[briefing.public_id])
        return note(kind=kind, people=wanted, about=key, path=path, at=at)
