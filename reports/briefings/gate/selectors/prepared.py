"""What every reader's page and download asks, worded and planned once; the rules stand elsewhere.

At the hour a thousand readers come in a minute. Each of them is asked about again, in SQL, with
the one instant of the request: only the making of the query is saved, never an answer.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from certification.models.runs import ComplianceRun, RunState
from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.prepared_queries import StandingQuery
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.misses import GuessingAlarm
from reports.briefings.models.parts import AudienceMember
from reports.briefings.models.readers import READING_ROLES, EarlyReader
from reports.briefings.models.versions import BriefingVersion, Rendering, VersionVariant
from reports.figures.models import ReleasedCell


def answered(user: User | AnonymousUser, at: datetime, public_id: str) -> Briefing | None:
    """The one briefing with the gate's answer for this reader, which the caller must look at.

    The same rule as ``visible_to``, asked of the row and not once more of the search. It comes
    with its owner and its institution. ``at`` is an aware instant.
    """
    if not (isinstance(user, User) and user.is_active):
        return Briefing.objects.with_answer(user, at).filter(public_id=public_id).first()
    return _ANSWERED.first(user=user.pk, at=at, public_id=public_id)


def _answered(user: int, at: datetime, public_id: str) -> QuerySet[Briefing]:
    rows = Briefing.objects.with_answer(User(pk=user, is_active=True), at)
    return rows.filter(public_id=public_id).order_by()


_ANSWERED = StandingQuery(
    "briefing_answered",
    _answered,
    {"user": int, "at": datetime, "public_id": str},
    related=("region", "municipality", "institution"),
    extra=("answer", "reads_version_id"),
)


def version_of(key: int) -> BriefingVersion | None:
    """A version without its text, which is large: it stays in the database until asked for."""
    return _VERSION.first(key=key)


_VERSION = StandingQuery(
    "version_of",
    lambda key: BriefingVersion.objects.filter(pk=key).order_by(),
    {"key": int},
)


def named(briefing: Briefing, at: datetime, user: User) -> EarlyReader | None:
    """The person as an early reader of the briefing, who still remains one at ``at``."""
    return _NAMED.first(briefing=briefing.pk, at=at, user=user.pk)


_NAMED = StandingQuery(
    "early_reader_named",
    lambda briefing, at, user: (
        EarlyReader.objects.remaining(at).filter(briefing=briefing, user=user).order_by("pk")
    ),
    {"briefing": int, "at": datetime, "user": int},
    related=("municipality", "region"),
)


def mandates(briefing: Briefing, at: datetime, user: User) -> list[Membership]:
    """The reading roles that the person holds in the audience on the Amsterdam day of ``at``."""
    return _MANDATES.ask(briefing=briefing.pk, at=at, user=user.pk)


def _mandates(briefing: int, at: datetime, user: int) -> QuerySet[Membership]:
    audience = AudienceMember.objects.filter(briefing=briefing).order_by()
    return Membership.objects.running(amsterdam_day(at)).filter(
        Q(municipality__in=audience.values("municipality"))
        | Q(region__in=audience.values("region")),
        user=user,
        role__in=READING_ROLES,
    )


_MANDATES = StandingQuery(
    "audience_mandates",
    _mandates,
    {"briefing": int, "at": datetime, "user": int},
    related=("municipality", "region"),
)


def last_run(institution: int) -> ComplianceRun | None:
    """The last run that wrote figures of the institution; it ends as it writes them."""
    return _LAST_RUN.first(institution=institution)


_LAST_RUN = StandingQuery(
    "last_run",
    lambda institution: ComplianceRun.objects.filter(
        institution=institution, state=RunState.SUCCEEDED
    ).order_by("-finished_at", "-pk")[:1],
    {"institution": int},
)


def last_release(institution: int) -> ReleasedCell | None:
    """The last count of the institution that a release printed or hid."""
    return _LAST_RELEASE.first(institution=institution)


_LAST_RELEASE = StandingQuery(
    "last_release",
    lambda institution: ReleasedCell.objects.filter(institution=institution).order_by("-pk")[:1],
    {"institution": int},
)


def printings(text: BriefingVersion | VersionVariant) -> list[Rendering]:
    """The attempts to print a text that passed the PDF gate, with their files, the last first."""
    query = _PRINTINGS if isinstance(text, BriefingVersion) else _OWN_PRINTINGS
    return query.ask(text=text.pk)


_PRINTINGS = StandingQuery(
    "printings",
    lambda text: Rendering.objects.filter(version=text, variant=None, pdf__isnull=False).order_by(
        "-pk"
    ),
    {"text": int},
    related=("pdf",),
)
_OWN_PRINTINGS = StandingQuery(
    "own_printings",
    lambda text: Rendering.objects.filter(variant=text, pdf__isnull=False).order_by("-pk"),
    {"text": int},
    related=("pdf",),
)


def has_own_texts(version: BriefingVersion) -> bool:
    """Whether a place has a text of its own in this version."""
    return _OWN_TEXTS.first(version=version.pk) is not None


_OWN_TEXTS = StandingQuery(
    "own_texts",
    lambda version: VersionVariant.objects.filter(
        version=version, set_aside_at__isnull=True
    ).order_by()[:1],
    {"version": int},
)


def is_any_overdue(at: datetime) -> bool:
    """Whether the hour of any briefing passed without a publication, at an aware instant."""
    return _OVERDUE.first(at=at) is not None


_OVERDUE = StandingQuery(
    "briefing_overdue", lambda at: Briefing.objects.overdue(at).order_by()[:1], {"at": datetime}
)


def was_any_raised(after: datetime, at: datetime) -> bool:
    """Whether an alarm about guessing was raised after an instant, and not after ``at``."""
    return _RAISED.first(after=after, at=at) is not None


_RAISED = StandingQuery(
    "alarm_raised",
    lambda after, at: GuessingAlarm.objects.filter(
        raised_at__gt=after, raised_at__lte=at
    ).order_by()[:1],
    {"after": datetime, "at": datetime},
)
