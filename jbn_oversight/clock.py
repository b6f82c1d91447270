"""Days of the people who use the portal: Amsterdam days, made from UTC instants.

Mandates, months, "today" and days left are Amsterdam days. An instant is always given by the
caller, so that a page speaks of one moment only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


_back: Final[ContextVar[timedelta]] = ContextVar("back", default=timedelta(0))


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) - _back.get()


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
