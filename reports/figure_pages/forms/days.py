"""The day that a page speaks for, from its address: ``?on=2025-09-30&known=2025-11-01``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.http import Http404
from django.utils.http import urlencode

from jbn_oversight.clock import AMSTERDAM, add_months, month_end, month_of, months_between
from jbn_oversight.http import PortalRequest

MONTHS = 36


@dataclass(frozen=True, slots=True)
class AskedDay:
    """The Amsterdam day that a page speaks for, and the day on which its figures were known."""

    on: date
    known_on: date | None
    is_default: bool

    @property
    def known_at(self) -> datetime | None:
        """The last instant of the day on which the figures were known; None for now."""
        if self.known_on is None:
            return None
        next_day = datetime.combine(self.known_on + timedelta(days=1), time(), AMSTERDAM)
        return next_day - timedelta(microseconds=1)

    @property
    def last_month(self) -> date:
        """First day of the last month that is over on the day, the day itself included."""
        month = month_of(self.on)
        return month if month_end(month) == self.on else add_months(month, -1)

    def months(self, count: int = MONTHS) -> list[date]:
        """The months up to the last one, in order."""
        return months_between(add_months(self.last_month, 1 - count), self.last_month)

    @property
    def query(self) -> str:
        """What a link to another page must carry to speak for the same day; may be empty."""
        asked = {} if self.is_default else {"on": self.on.isoformat()}
        if self.known_on is not None:
            asked["known"] = self.known_on.isoformat()
        return f"?{urlencode(asked)}" if asked else ""


def asked_day(request: PortalRequest) -> AskedDay:
    """The day in the address, else the demonstration's day, else today.

    Raises Http404 for what is no day. The gate of briefings never uses this day.
    """
    default = settings.DEMO_DAY or request.today
    on = _day(request.GET.get("on", ""))
    return AskedDay(
        on=on or default,
        known_on=_day(request.GET.get("known", "")),
        is_default=on is None or on == default,
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    # Far-away years have no months to show and overflow the arithmetic of months.
    if not 1990 <= day.year <= 2200:
        raise Http404
    return day
