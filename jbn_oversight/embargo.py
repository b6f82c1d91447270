"""Who may read a briefing, and when: four answers, from facts and one instant alone.

Pure: no Django, no database and no clock of its own, so that the rule can be tested by
property and used for documents on any floor. The same rule stands in SQL in
``reports.models``; a property test holds the two together.

An embargo is an agreement on time and audience. It is not *geheimhouding* (Gemeentewet
87-89), which is a legal duty and would be a fact of its own.

Units: instants are aware datetimes, compared as UTC; days are calendar days in
Europe/Amsterdam; periods are half-open, so the day on which one ends is outside it.
Source: docs/embargo.md and docs/adr on the gates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Final

from jbn_oversight.clock import AMSTERDAM, amsterdam_day


class Answer(Enum):
    """What a briefing is to one reader at one instant."""

    NONE = "none"
    """It does not exist for this reader: 404, no title, in no list and no count."""
    BEFORE = "before"
    """Invited, but not yet: hours, a contact and, in the window, the terms. No content."""
    WITHIN = "within"
    """Early reader, now: the latest approved version, under embargo."""
    AFTER = "after"
    """Published, and the hour has come."""


class NonexistentHourError(ValueError):
    """The clock skips this hour in Europe/Amsterdam: summer time starts."""


@dataclass(frozen=True, slots=True)
class Term:
    """A mandate: days in Europe/Amsterdam, ``until_on`` excluded and None when open."""

    from_on: date
    until_on: date | None = None

    def runs_on(self, day: date) -> bool:
        """Tell whether the mandate runs on this Amsterdam day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True, slots=True)
class EmbargoFacts:
    """All that the rule may know: first of the briefing, then of this one reader.

    Everything is empty by default, and empty facts open nothing. Instants must be aware.
    """

    approved_at: datetime | None = None
    """When a version was signed off; only an approved version is readable."""
    window_opens_at: datetime | None = None
    """From when early readers may read; None keeps the window shut."""
    embargo_until: datetime | None = None
    """The hour itself is outside the embargo; None opens nothing."""
    published_at: datetime | None = None
    """When a publication was recorded, which may be before the hour."""
    withdrawn_at: datetime | None = None
    closed_at: datetime | None = None
    """When it was shut in an emergency; None once it is open again."""
    is_secret: bool = False
    """Whether a duty of secrecy runs: what was published then reaches nobody but early readers."""

    invited_at: datetime | None = None
    """When this reader was named as an early reader."""
    accepted_at: datetime | None = None
    """When this reader accepted the terms of this briefing."""
    removed_at: datetime | None = None
    early_terms: tuple[Term, ...] = ()
    """Mandates that carry the invitation: the role and place that the reader was named in."""
    audience_terms: tuple[Term, ...] = ()
    """Mandates in a reading role in an organisation of the audience; empty means nobody."""

    def __post_init__(self) -> None:
        """Refuse a naive instant: it could be two moments. Raises ValueError."""
        for name in _INSTANTS:
            instant = getattr(self, name)
            if instant is not None:
                _utc(instant, name)


_INSTANTS: Final = (
    "approved_at",
    "window_opens_at",
    "embargo_until",
    "published_at",
    "withdrawn_at",
    "closed_at",
    "invited_at",
    "accepted_at",
    "removed_at",
)


def answer(facts: EmbargoFacts, at: datetime) -> Answer:
    """Say what the briefing is to this reader at this instant.

    ``at`` is an aware datetime in any zone; mandates are judged on its Amsterdam day.
    Publication and the clock are both needed: neither opens anything alone. Withdrawal, an
    emergency, removal and the end of a mandate close at once. While secrecy runs a recorded
    publication stays recorded and opens nothing; early readers keep reading. Raises ValueError
    for a naive ``at``.
    """
    now = _utc(at, "at")
    day = amsterdam_day(now)
    if facts.withdrawn_at is not None or facts.closed_at is not None:
        return Answer.NONE
    is_early_reader = (
        facts.invited_at is not None
        and facts.removed_at is None
        and any(term.runs_on(day) for term in facts.early_terms)
    )
    is_published = facts.published_at is not None and not facts.is_secret
    if is_published and _has_come(facts.embargo_until, now):
        in_audience = any(term.runs_on(day) for term in facts.audience_terms)
        return Answer.AFTER if in_audience or is_early_reader else Answer.NONE
    if not is_early_reader:
        return Answer.NONE
    if is_window_open(facts, now) and facts.accepted_at is not None:
        return Answer.WITHIN
    return Answer.BEFORE


def is_window_open(facts: EmbargoFacts, at: datetime) -> bool:
    """Tell whether early readers may read or accept the terms: approved, and it is time.

    The window has no end of its own: when the hour passes unpublished, readers stay in.
    ``at`` is an aware datetime. Raises ValueError for a naive one.
    """
    now = _utc(at, "at")
    return facts.approved_at is not None and _has_come(facts.window_opens_at, now)


def overdue(facts: EmbargoFacts, at: datetime) -> bool:
    """Tell whether the hour has come while nothing was published: an alarm, not a key.

    Not while secrecy runs: nobody may publish then, so nobody is late.
    ``at`` is an aware datetime. Raises ValueError for a naive one.
    """
    now = _utc(at, "at")
    return (
        facts.published_at is None
        and facts.withdrawn_at is None
        and not facts.is_secret
        and _has_come(facts.embargo_until, now)
    )


def moment_from_local(day: date, hour: time) -> datetime:
    """Turn a day and an hour as typed, in Europe/Amsterdam, into an instant in UTC.

    An hour that exists twice, when winter time starts, is taken as the later one: an
    embargo may end late, never early. Raises NonexistentHourError for an hour that the clock
    skips and ValueError for an hour that already carries a zone.
    """
    if hour.tzinfo is not None:
        msg = "an hour in Europe/Amsterdam carries no zone of its own"
        raise ValueError(msg)
    local = datetime.combine(day, hour.replace(fold=1), tzinfo=AMSTERDAM)
    moment = local.astimezone(UTC)
    if moment.astimezone(AMSTERDAM).replace(tzinfo=None) != local.replace(tzinfo=None):
        msg = f"{day.isoformat()} {hour.isoformat('minutes')} does not exist"
        raise NonexistentHourError(msg)
    return moment


def _has_come(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and _utc(moment, "moment") <= now


def _utc(instant: datetime, name: str) -> datetime:
    """Two datetimes of one zone compare by wall clock, also in a double hour; UTC does not."""
    if instant.utcoffset() is None:
        msg = f"{name} must be an aware datetime"
        raise ValueError(msg)
    return instant.astimezone(UTC)
