"""What a kind of notice is, and when one goes out.

Hours are hours in Europe/Amsterdam; instants are aware. Seven o'clock exists once on every day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from jbn_oversight.clock import AMSTERDAM, amsterdam_day


class Rhythm(StrEnum):
    """How soon somebody is told."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


GATHERED: Final = (Rhythm.DAILY, Rhythm.WEEKLY)
"""Rhythms whose notices wait and go in one mail."""
HOUR: Final = time(7)
"""When gathered mail goes; that of a week on Monday."""
STALE: Final = timedelta(days=7)
"""How long after it was due a notice is still worth sending. Who looks for what nobody noted
looks back as far."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice. Raises ValueError where it contradicts itself.

    Its words are messages in English, translated for the person who reads them. They would fit
    anything: no title, no name, no figure.
    """

    code: str
    """Stands in the rows: never changed, at most 40 characters."""
    word: str
    """What it is about, on the page where people choose."""
    sentence: str
    """The mail's sentence."""
    may_know: Callable[[Any, datetime], bool]
    """Asked right before sending, with the ``Notice`` (its person, ``about``) and an aware
    instant: the gate again, never what was known when the notice was made."""
    rhythms: tuple[Rhythm, ...] = (Rhythm.AT_ONCE,)
    """What people choose from. The first holds until somebody chooses."""
    fixed_because: str = ""
    """Why nobody may put it off or switch it off; for such a kind alone."""

    def __post_init__(self) -> None:
        """Refuse a kind that is fixed without a reason, or the other way round."""
        if self.is_fixed != bool(self.fixed_because) or self.rhythms[0] is Rhythm.OFF:
            raise ValueError(f"notices of the kind {self.code}: rhythms and reason do not agree")
        if self.is_fixed and self.rhythms != (Rhythm.AT_ONCE,):
            raise ValueError(f"notices of the kind {self.code}: what is fixed comes at once")

    @property
    def default(self) -> Rhythm:
        """What holds for who never chose."""
        return self.rhythms[0]

    @property
    def is_fixed(self) -> bool:
        """Whether it always comes at once."""
        return len(self.rhythms) == 1


def due_at(rhythm: Rhythm, since: datetime) -> datetime:
    """When what happened at ``since`` is told: then, or at the first gathering after it."""
    if rhythm not in GATHERED:
        return since
    day = amsterdam_day(since)
    if rhythm is Rhythm.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    moment = gathering_on(day)
    while moment <= since:
        day += timedelta(days=7 if rhythm is Rhythm.WEEKLY else 1)
        moment = gathering_on(day)
    return moment


def last_gathering(at: datetime) -> datetime:
    """The last hour of gathered mail, at or before an instant."""
    today = gathering_on(amsterdam_day(at))
    return today if today <= at else gathering_on(amsterdam_day(at) - timedelta(days=1))


def gathering_on(day: date) -> datetime:
    """The instant of gathered mail on an Amsterdam day, in UTC."""
    return datetime.combine(day, HOUR, tzinfo=AMSTERDAM).astimezone(UTC)
