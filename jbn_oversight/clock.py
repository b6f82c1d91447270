"""Days of the people who use the portal: Amsterdam days, made from UTC instants.

Mandates, months, "today" and days left are Amsterdam days. An instant is always given by the
caller, so that a page speaks of one moment only.

The present instant is the earlier of two clocks: this process's own, and the database's as
``clock_check`` last read it, carried on by the monotonic clock. A clock that runs ahead, or
leaps ahead between two readings, then opens nothing early.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


_back: Final[ContextVar[timedelta]] = ContextVar("back", default=timedelta(0))


@dataclass(frozen=True, slots=True)
class Reference:
    """What another clock said at a reading of this process's monotonic clock."""

    at: datetime
    """Aware, UTC; no later than the moment of the reading."""
    monotonic: float
    """Seconds of ``time.monotonic`` when the answer was here."""

    def now(self) -> datetime:
        """What that clock says by now, as far as this process can know."""
        return self.at + timedelta(seconds=time.monotonic() - self.monotonic)


class _References:
    """The one reference of this process, kept apart so that it can be replaced."""

    latest: Reference | None = None


def use_reference(reference: Reference | None) -> None:
    """Let the present instant be no later than this clock says; None for the own clock alone."""
    _References.latest = reference


def reference() -> Reference | None:
    """The last reading of the other clock, or None before the first."""
    return _References.latest


def own_clock() -> datetime:
    """What this process's own clock says, right or wrong. Only for comparing it."""
    return datetime.now(UTC)


def utc_now() -> datetime:
    """The present instant, aware, in UTC: the earlier of the own clock and the reference."""
    now = own_clock()
    if _References.latest is not None:
        now = min(now, _References.latest.now())
    return now - _back.get()


@contextmanager
def turned_back(by: timedelta) -> Iterator[None]:
    """Let what is done within have been done earlier, for a story that begins in the past.

    For the demonstration alone. Only back: a clock that runs ahead could open something too
    early. Raises ValueError for any other span.
    """
    if by < timedelta(0):
        raise ValueError("the clock is only turned back")
    token = _back.set(by)
    try:
        yield
    finally:
        _back.reset(token)


def amsterdam_day(at: datetime) -> date:
    """The Amsterdam calendar day of an aware instant. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(AMSTERDAM).date()


amsterdam_today = amsterdam_day


def month_of(day: date) -> date:
    """The first day of the day's month, by which months are named throughout."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The first day of the month ``count`` months after (or before) the month of ``month``."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def month_end(month: date) -> date:
    """The last day of the day's month."""
    return add_months(month, 1) - timedelta(days=1)


def months_between(first: date, last: date) -> list[date]:
    """The months from the month of ``first`` to the month of ``last``, both included."""
    months: list[date] = []
    month = month_of(first)
    while month <= last:
        months.append(month)
        month = add_months(month, 1)
    return months


def parse_month(text: str) -> date:
    """``YYYY-MM`` as the first day of that month. Raises ValueError for anything else."""
    if len(text) != 7 or text[4] != "-" or not (text[:4] + text[5:]).isascii():
        raise ValueError("a month is written as YYYY-MM")
    if not (text[:4].isdecimal() and text[5:].isdecimal()):
        raise ValueError("a month is written as YYYY-MM")
    return date(int(text[:4]), int(text[5:]), 1)
