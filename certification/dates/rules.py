"""One thing that comes on a day, or should have come: every room tells its own as these.

Each room has a selector ``dates_of`` that gives those that one person may see of one institution.
Somebody who puts them together (``reports.calendar``) need not know what is behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from certification.imprecise_days import ImpreciseDay


class DateKind(StrEnum):
    """What kind of thing it is, in the order in which a choice offers them."""

    ACTION = "action"
    EVIDENCE = "evidence"
    FINDING = "finding"
    CERTIFICATE = "certificate"
    AUDIT = "audit"
    INSPECTION = "inspection"
    DELIVERY = "delivery"
    BRIEFING = "briefing"
    ANNOUNCEMENT = "announcement"
    EVENT = "event"


def has_passed(on: ImpreciseDay, day: date) -> bool:
    """Whether its whole span lies before the day; the last day itself is in time."""
    return on.last < day


def falls_within(on: ImpreciseDay, day: date, days: int) -> bool:
    """Whether it can still fall on the day or in the ``days`` after it."""
    return not has_passed(on, day) and on.first <= day + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class DatedThing:
    """Something that is not done yet, on the day on which it is planned or due."""

    kind: DateKind
    title: str
    """In the active language; without the day."""
    on: ImpreciseDay
    """The Amsterdam day, as precise as its source."""
    url: str
    """A path of the portal that this person can open."""
    at: datetime | None = None
    """The instant, aware, where it has an hour; ``on`` is then its Amsterdam day."""
    owner: str = ""
    """Whose act it is, in words."""
    is_mine: bool = False
    """Whether it is up to this very person."""
    is_certain: bool = False
    """Laid down by law, a decision or an agreement with a term, rather than planned."""
    just_passes: bool = False
    """Nobody can be late with it: once it has passed it is over."""
    is_secret: bool = False
    """It tells of a briefing: nothing of it goes out of the portal unasked."""
    key: str = ""
    """Tells it from others of the same kind at the same address."""

    def is_late(self, day: date, at: datetime) -> bool:
        """Whether its whole span lies before the day, or its hour has come; the last day is not
        late."""
        if self.just_passes:
            return False
        return has_passed(self.on, day) if self.at is None else self.at <= at

    def is_coming(self, day: date, at: datetime) -> bool:
        """Whether it can still fall on the day or later, or its hour is still to come."""
        return not has_passed(self.on, day) if self.at is None else self.at > at
