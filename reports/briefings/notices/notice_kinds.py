"""The kinds of notices about briefings, and the gate that each asks again when it is sent.

``about`` is the briefing's public id, and behind a colon which of several it is: a version's
number, a question's or an invitation's public id, the key of a signature.
"""

from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.embargo import Answer, is_window_open
from jbn_oversight.notices.models import Notice
from jbn_oversight.notices.rules import NoticeKind
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import READING_ROLES, EarlyReader
from reports.briefings.models.versions import BriefingVersion

READING: Final = (Answer.WITHIN.value, Answer.AFTER.value)


def about(briefing: Briefing, which: str = "") -> str:
    """By what a notice names the briefing, and which of several it is."""
    return f"{briefing.public_id}:{which}" if which else briefing.public_id


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


def could_read(briefing: Briefing, at: datetime) -> QuerySet[User]:
    """Everybody who could read it if it had not been withdrawn, or shut before that."""
    as_it_was = copy(briefing)
    as_it_was.withdrawn_at = as_it_was.closed_at = None
    return access_list(as_it_was, at)


def _named(notice: Notice) -> tuple[str, str]:
    """The public id of the briefing, and which of several."""
    public_id, _colon, which = notice.about.partition(":")
    return public_id, which


def _read_by(notice: Notice, at: datetime) -> Briefing | None:
    """The briefing as the readers' gate answers for this person; None where it is nothing."""
    rows = Briefing.objects.known_to(notice.user, at)
    return rows.filter(public_id=_named(notice)[0]).first()


def _is_invited(notice: Notice, at: datetime) -> bool:
    briefing = _read_by(notice, at)
    early = EarlyReader.objects.remaining(at).filter(public_id=_named(notice)[1])
    return briefing is not None and briefing.answer != Answer.AFTER.value and early.exists()


def _may_open_now(notice: Notice, at: datetime) -> bool:
    briefing = _read_by(notice, at)
    if briefing is None:
        return False
    return briefing.answer == Answer.WITHIN.value or (
        briefing.answer == Answer.BEFORE.value and is_window_open(briefing.embargo_facts(), at)
    )


def _reads_what_is_out(notice: Notice, at: datetime) -> bool:
    briefing = _read_by(notice, at)
    return briefing is not None and briefing.answer == Answer.AFTER.value


def _reads_that_version(notice: Notice, at: datetime) -> bool:
    briefing = _read_by(notice, at)
    if briefing is None or briefing.answer not in READING:
        return False
    key = briefing.reads_version_id
    version = None if key is None else BriefingVersion.objects.filter(pk=key).first()
    return version is not None and version.number >= int(_named(notice)[1])


def _reads_it(notice: Notice, at: datetime) -> bool:
    briefing = _read_by(notice, at)
    return briefing is not None and briefing.answer in READING


def _works_on_it(notice: Notice, at: datetime) -> bool:
    """Ask the makers' gate: a signature is told to who may still sign."""
    rows = Briefing.objects.worked_on_by(notice.user, at)
    mine = rows.filter(public_id=_named(notice)[0]).first()
    return mine is not None and mine.is_open


def _could_read_it(notice: Notice, at: datetime) -> bool:
    rows = Briefing.objects.filter(withdrawn_at__isnull=False)
    briefing = rows.filter(public_id=_named(notice)[0]).first()
    return briefing is not None and could_read(briefing, at).filter(pk=notice.user_id).exists()


_FOR_READERS: Final = gettext_noop(
    "Anyone who reads under embargo must know at once what may be read and what may not."
)
_FOR_SIGNERS: Final = gettext_noop(
    "Nothing goes out until somebody signs again, so you must know at once."
)

INVITED: Final = NoticeKind(
    code="briefing_invited",
    word=gettext_noop("You are invited to read a briefing"),
    sentence=gettext_noop("You were invited to read something."),
    may_know=_is_invited,
    fixed_because=_FOR_READERS,
)
WINDOW: Final = NoticeKind(
    code="briefing_window",
    word=gettext_noop("A briefing for which you are invited can be read now"),
    sentence=gettext_noop("Something that you were invited to read can be read now."),
    may_know=_may_open_now,
    fixed_because=_FOR_READERS,
)
RELEASED: Final = NoticeKind(
    code="briefing_released",
    word=gettext_noop("A briefing for you was published"),
    sentence=gettext_noop("There is something new for you to read."),
    may_know=_reads_what_is_out,
    fixed_because=_FOR_READERS,
)
NEW_VERSION: Final = NoticeKind(
    code="briefing_new_version",
    word=gettext_noop("A briefing that you read has a new version"),
    sentence=gettext_noop("There is a new version of something that you may read."),
    may_know=_reads_that_version,
    fixed_because=_FOR_READERS,
)
ANSWERED: Final = NoticeKind(
    code="briefing_answered",
    word=gettext_noop("A question about a briefing was answered"),
    sentence=gettext_noop("A question was answered about something that you may read."),
    may_know=_reads_it,
    fixed_because=_FOR_READERS,
)
WITHDRAWN: Final = NoticeKind(
    code="briefing_withdrawn",
    word=gettext_noop("A briefing that you could read was withdrawn"),
    sentence=gettext_noop("Something that you could read was withdrawn. It opens no more."),
    may_know=_could_read_it,
    fixed_because=_FOR_READERS,
)
VOIDED: Final = NoticeKind(
    code="briefing_voided",
    word=gettext_noop("Your signature counts no more"),
    sentence=gettext_noop("Something that you signed was changed or given back."),
    may_know=_works_on_it,
    fixed_because=_FOR_SIGNERS,
)
NOTICE_KINDS: Final = (INVITED, WINDOW, RELEASED, NEW_VERSION, ANSWERED, WITHDRAWN, VOIDED)
