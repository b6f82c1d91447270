"""Noting whom to tell, and choosing how often one is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import User
from jbn_oversight.jobs.actions.claiming import nudge
from jbn_oversight.jobs.models import JobQuerySet
from jbn_oversight.notices.models import Notice, NoticeSetting
from jbn_oversight.notices.rules import NoticeKind, Rhythm, due_at
from jbn_oversight.notices.selectors import all_kinds, chosen_by, rhythms_of
from jbn_oversight.notices.sentences import always_at_once
from jbn_oversight.refusals import RefusedError

TASK: Final = "jbn_oversight.notices.send"


@transaction.atomic
def note(
    *,
    kind: NoticeKind,
    people: Iterable[User],
    about: str,
    path: str,
    at: datetime,
    since: datetime | None = None,
) -> int:
    """A row for each of these people who has none of this kind and ``about``. How many are new.

    ``about`` and ``path`` say which thing it is, by keys that tell nothing to somebody else.
    ``at`` is an aware instant; ``since`` an earlier one, where the thing happened before anybody
    noted it. For who wants none of this kind the row is over at once. Anyone who notes about rows
    that others change holds these first (``reports.briefings.gate.locking``).
    """
    wanted = {user.pk for user in people}
    told = Notice.objects.filter(kind=kind.code, about=about, user__in=wanted)
    new = sorted(wanted - set(told.values_list("user", flat=True)))
    if not new:  # a sweep mostly
        return 0
    rhythms = rhythms_of(new, kind)
    rows = [
        Notice(
            user_id=user,
            kind=kind.code,
            about=about,
            path=path,
            made_at=at,
            rhythm=rhythms[user],
            due_at=due_at(rhythms[user], since or at),
            next_try_at=due_at(rhythms[user], since or at),
            dropped_at=at if rhythms[user] is Rhythm.OFF else None,
        )
        for user in new
    ]
    # By their keys, and who was noted meanwhile is passed by: two who note the same people
    # wait for each other in one order.
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if Rhythm.AT_ONCE in rhythms.values():
        nudge(TASK)
    return len(rows)


@transaction.atomic
def choose(*, rhythms: Mapping[str, str], at: datetime, by: User) -> None:
    """Choose for oneself how often notices come, by code of their kind. What waits follows.

    Raises RefusedError, and changes nothing, where a kind is always told at once or does not
    have that rhythm.
    """
    kinds = all_kinds()
    for code, rhythm in rhythms.items():
        kind = kinds.get(code)
        if kind is not None and kind.is_fixed and rhythm != Rhythm.AT_ONCE:
            raise RefusedError(always_at_once(kind))
        if kind is None or rhythm not in kind.rhythms:
            raise RefusedError(_("Choose one of the rhythms on this page."), code)
    # One choice at a time for each person: a second tab waits.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    before = chosen_by(by)
    for code, rhythm in rhythms.items():
        if rhythm != before[code]:
            row = NoticeSetting.objects.filter(user=by, kind=code).first()
            row = row or NoticeSetting(user=by, kind=code)
            row.rhythm = rhythm
            row._history_user = by  # type: ignore[attr-defined]
            row.save()
            _put(by, code, Rhythm(rhythm), at)


def _put(user: User, code: str, rhythm: Rhythm, at: datetime) -> None:
    """Let what waits for somebody, and is in nobody's hands, go by another rhythm."""
    waiting = Notice.objects.unfinished().filter(
        user=user, kind=code, gathered__isnull=True, attempts=0
    )
    rows = Notice.objects.filter(pk__in=held(waiting))
    if rhythm is Rhythm.OFF:
        rows.update(rhythm=rhythm, dropped_at=at)
        return
    due = due_at(rhythm, at)
    rows.update(rhythm=rhythm, due_at=due, next_try_at=due)
    if rhythm is Rhythm.AT_ONCE:
        nudge(TASK)


def held(rows: JobQuerySet[Notice]) -> list[int]:
    """The keys of these notices, locked in their order until the end of the transaction."""
    locked = rows.only("pk").order_by("pk").select_for_update(of=("self",), no_key=True)
    return [row.pk for row in locked]
