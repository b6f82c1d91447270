"""What was known on a day, and what is still to come or late."""

from __future__ import annotations

from datetime import date

from audits.rules.moments import Moment
from certification.dates.rules import falls_within, has_passed


def known_on(moment: Moment | None, day: date) -> Moment | None:
    """What happened, if it had happened by that day."""
    return moment if moment and moment.on.first <= day else None


def announced_by(moment: Moment | None, day: date) -> Moment | None:
    """What was planned, if the source that tells so was out by that day."""
    if moment is None or moment.source is None or moment.source.published is None:
        return moment
    return moment if moment.source.published.first <= day else None


def is_coming(moment: Moment, day: date, days: int) -> bool:
    """Whether it can still fall on that day or in the days after it."""
    return falls_within(moment.on, day, days)


def is_overdue(moment: Moment, day: date) -> bool:
    """Whether its whole span has passed; the last day itself is not late."""
    return has_passed(moment.on, day)
