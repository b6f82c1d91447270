"""Mail in neutral words to exactly those who may know: rows first, then messages.

A notice holds no word of a briefing, and each person is asked again at the gate at the moment
of sending. Anyone who may no longer know gets nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.embargo import Answer, is_window_open
from jbn_oversight.jobs.actions.claiming import nudge
from jbn_oversight.mail.actions.sending import MailText, send_rows
from reports.briefings.gate.locking import locked
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.questions import Question
from reports.briefings.models.readers import READING_ROLES, EarlyReader
from reports.briefings.models.signing import SignOff
from reports.briefings.models.versions import BriefingVersion
from reports.briefings.notices.models import Notice, NoticeKind

TASK: Final = "reports.send_notices"
LOOK_BACK: Final = timedelta(days=1)
"""How long after an hour the sweeper still finds who should be told."""
STALE: Final = timedelta(days=7)
READING: Final = (Answer.WITHIN.value, Answer.AFTER.value)


def invited(reader: EarlyReader, at: datetime) -> int:
    """Tell somebody who was named. How many notices are new."""
    return _note([reader.user], reader.briefing, NoticeKind.INVITED, at, about=reader.public_id)


def released(briefing: Briefing, at: datetime) -> int:
    """Tell everybody who may read it from its hour on. Nothing before that; twice is once.

    ``at`` is an aware instant, held against the hour of the briefing as it is now.
    """
    now = Briefing.objects.get(pk=briefing.pk)
    return _note(access_list(now, at), now, NoticeKind.RELEASED, at) if now.is_out(at) else 0


def window_opened(briefing: Briefing, at: datetime) -> int:
    """Tell the early readers who waited for the window."""
    opens = briefing.window_opens_at
    if not briefing.is_open or opens is None or not is_window_open(briefing.embargo_facts(), at):
        return 0
    rows = briefing.early_readers.remaining(at)
    waited = rows.filter(invited_at__lte=max(opens, briefing.approved_at or opens))
    people = [row.user for row in waited.select_related("user")]
    return _note(people, briefing, NoticeKind.WINDOW, at)


def new_version(version: BriefingVersion, at: datetime) -> int:
    """Tell who reads this version and may have read the one before."""
    briefing = version.briefing
    if version.number == 1:
        return 0
    people = access_list(briefing, at)
    if version.published_at is None and briefing.published_at is not None:
        # The published version stays for the audience; early readers have the correction.
        early = briefing.early_readers.remaining(at)
        people = people.filter(pk__in=early.values("user"))
    return _note(people, briefing, NoticeKind.NEW_VERSION, at, about=str(version.number))


def answered(question: Question, at: datetime) -> int:
    """Tell everybody who may read the briefing that a question was answered."""
    people = access_list(question.briefing, at)
    return _note(people, question.briefing, NoticeKind.ANSWERED, at, about=question.public_id)


def voided(briefing: Briefing, rows: Iterable[SignOff], at: datetime) -> int:
    """Tell who signed that their signature counts no more."""
    return sum(
        _note([row.signed_by], briefing, NoticeKind.VOIDED, at, about=str(row.pk)) for row in rows
    )


def access_list(briefing: Briefing, at: datetime) -> QuerySet[User]:
    """Everybody for whom the briefing is ``within`` or ``after`` at an aware instant.

    The same people that the readers' gate lets in, asked the other way round.
    """
    nobody: QuerySet[User] = User.objects.none()
    if not briefing.is_open:
        return nobody
    early = briefing.early_readers.remaining(at)
    if briefing.is_out(at):
        places = briefing.audience.all()
        roles = Membership.objects.running(amsterdam_day(at)).filter(
            Q(municipality__in=places.values("municipality"))
            | Q(region__in=places.values("region")),
            role__in=READING_ROLES,
        )
        people = Q(pk__in=roles.values("user")) | Q(pk__in=early.values("user"))
    elif is_window_open(briefing.embargo_facts(), at):
        people = Q(pk__in=early.filter(accepted_at__isnull=False).values("user"))
    else:
        return nobody
    found: QuerySet[User] = User.objects.filter(people, is_active=True)
    return found


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


def send_waiting(*, clock: Callable[[], datetime] = utc_now) -> int:
    """Send what waits, each after asking the gate again. How many went out."""
    waiting = Notice.objects.select_related("user", "briefing")
    return send_rows(waiting, write=_write, clock=clock)


def _note(
    people: Iterable[User], briefing: Briefing, kind: NoticeKind, at: datetime, *, about: str = ""
) -> int:
    """A row for each of these people who has none yet. How many are new."""
    there = Notice.objects.filter(briefing=briefing, kind=kind, about=about)

    def untold() -> list[User]:
        told = set(there.values_list("user_id", flat=True))
        return [user for user in wanted if user.pk not in told]

    wanted = list(people)
    if not untold():  # a sweep mostly: nobody is kept waiting for it
        return 0
    with transaction.atomic():
        # The briefing before its notices, as everywhere: two who note the same people would
        # else each hold what the other waits for.
        locked(briefing)
        rows = [
            Notice(briefing=briefing, user=user, kind=kind, about=about, made_at=at, next_try_at=at)
            for user in untold()
        ]
        Notice.objects.bulk_create(rows)
        if rows:
            nudge(TASK)
    return len(rows)


def _write(row: Notice, at: datetime) -> MailText | None:
    """The mail for one person, or None where they may not know (any more)."""
    may_know = _works_on_it if row.kind == NoticeKind.VOIDED else _may_know
    return None if at - row.made_at > STALE or not may_know(row, at) else _letter(row)


def _works_on_it(row: Notice, at: datetime) -> bool:
    """Ask the makers' gate: a signature is told to who may still sign."""
    mine = Briefing.objects.worked_on_by(row.user, at).filter(pk=row.briefing_id).first()
    return mine is not None and mine.is_open


def _may_know(row: Notice, at: datetime) -> bool:
    """Ask the readers' gate, for this person and this moment."""
    briefing = Briefing.objects.with_answer(row.user, at).filter(pk=row.briefing_id).first()
    if briefing is None or briefing.answer == Answer.NONE.value:
        return False
    if row.kind == NoticeKind.INVITED:
        early = EarlyReader.objects.remaining(at).filter(public_id=row.about)
        return briefing.answer != Answer.AFTER.value and early.exists()
    if row.kind == NoticeKind.WINDOW:
        return briefing.answer == Answer.WITHIN.value or (
            briefing.answer == Answer.BEFORE.value and is_window_open(briefing.embargo_facts(), at)
        )
    if row.kind == NoticeKind.RELEASED:
        return bool(briefing.answer == Answer.AFTER.value)
    if row.kind == NoticeKind.NEW_VERSION:
        key = briefing.reads_version_id
        version = None if key is None else BriefingVersion.objects.filter(pk=key).first()
        if version is None or version.number < int(row.about):
            return False
    return briefing.answer in READING


def _letter(row: Notice) -> MailText:
    """Words that would fit anything, and the address: signing in comes before it opens."""
    with translation.override(row.user.language):
        link = settings.PUBLIC_ADDRESS.rstrip("/") + reverse(
            "reports:briefing", args=[row.briefing.public_id]
        )
        what = {
            NoticeKind.INVITED: _("You were invited to read something."),
            NoticeKind.WINDOW: _("Something that you were invited to read can be read now."),
            NoticeKind.RELEASED: _("There is something new for you to read."),
            NoticeKind.NEW_VERSION: _("There is a new version of something that you may read."),
            NoticeKind.ANSWERED: _("A question was answered about something that you may read."),
            NoticeKind.VOIDED: _("Something that you signed was changed or given back."),
        }[NoticeKind(row.kind)]
        lines = [
            what,
            _("Open this address. You sign in on the way:"),
            link,
            _("This message says no more on purpose. Do not pass it on."),
        ]
        return MailText(
            to=row.user.email,
            subject=_("Something waits for you in the portal JBN Oversight"),
            body="\n\n".join(lines) + "\n",
        )
