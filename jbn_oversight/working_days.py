"""Working days and statutory terms after the Dutch law on terms (Algemene termijnenwet).

Pure: no database, no clock. A day is a calendar day in the Netherlands (Europe/Amsterdam); a
term that ends on a day ends with the end of that day. Each function takes either one
``datetime.date`` or a NumPy column of ``datetime64[D]`` and answers in kind; a day that is
not known (``NaT``) has no deadline (``NaT``).

Sources
-------
* General holidays: Algemene termijnenwet art. 3(1), and Good Friday by art. 3(2). The list is
  that of today's law for every year: 27 April stands for King's Day before 2014 too.
* Equated days: art. 3(3), each named by royal decree; they are data and come with the calendar.
* Rolling: art. 1(1), a statutory term that ends on a Saturday, Sunday or general holiday runs
  on to the next day that is none of these. Art. 4(a) leaves out terms of more than twelve
  weeks or three months.
* Five working days: Besluit Jeugdwet art. 4.2.1 to 4.2.3. Six weeks: Jeugdwet art. 4.1.3(5).
  Ten weeks: Uitvoeringsbesluit Wmo 2015 art. 4.1.7(2).

The law does not define a working day. The portal takes Monday to Friday except the general
holidays; whether an equated day is a working day is a setting (default: it is), which touches
only the counting of working days. Rolling goes past equated days always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final, TypeVar, cast

import numpy as np
from dateutil.easter import easter
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
Flags = NDArray[np.bool_]
DayOrDays = TypeVar("DayOrDays", date, Days)

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2299
"""Years for which this module answers; an earlier or later day is a ValueError."""

CONTACT_WORKING_DAYS: Final = 5
PLAN_WEEKS: Final = 6
STUDY_WEEKS: Final = 10
HELP_MONTHS: Final = 3

_DAY: Final = np.timedelta64(1, "D")
_NO_DAY: Final = np.datetime64("NaT", "D")


@cache
def general_holidays(year: int) -> tuple[date, ...]:
    """Days of one year that are general holidays or equated with one by the law itself.

    Algemene termijnenwet art. 3(1) and (2), in date order. Easter Sunday and Whit Sunday are
    Sundays already and are not named.
    """
    easter_sunday = easter(year)
    kings_day = date(year, 4, 27)
    if kings_day.isoweekday() == 7:
        kings_day = date(year, 4, 26)
    return tuple(
        sorted(
            {
                date(year, 1, 1),
                easter_sunday - timedelta(days=2),  # Good Friday, art. 3(2)
                easter_sunday + timedelta(days=1),  # Easter Monday
                kings_day,
                date(year, 5, 5),  # every year, not only in lustrum years
                easter_sunday + timedelta(days=39),  # Ascension Day
                easter_sunday + timedelta(days=50),  # Whit Monday
                date(year, 12, 25),
                date(year, 12, 26),
            }
        )
    )


@cache
def _all_general_holidays() -> Days:
    days = [day for year in range(FIRST_YEAR, LAST_YEAR + 1) for day in general_holidays(year)]
    return np.array(days, dtype="datetime64[D]")


@dataclass(frozen=True)
class Calendar:
    """The general holidays of the law together with a known list of equated days.

    ``known_from`` and ``known_until`` (both included) say for which days the list of equated
    days is complete. A clock that touches a year outside it is still computed, with the days
    that are listed; ``touches_unknown_year`` tells, so that the caller can say so.
    """

    equated_days: frozenset[date]
    known_from: date
    known_until: date

    def __post_init__(self) -> None:
        if self.known_from > self.known_until:
            raise ValueError("known_from lies after known_until")

    @classmethod
    def of(cls, equated_days: Iterable[date], known_from: date, known_until: date) -> Calendar:
        """The calendar with these equated days, known from and until these days (included)."""
        return cls(frozenset(equated_days), known_from, known_until)

    def is_working_day(self, day: date, *, equated_days_are_working_days: bool = True) -> bool:
        """Whether one day is a working day under the setting."""
        calendar = self._counting(equated_days_are_working_days)
        return bool(np.is_busday(_column(day), busdaycal=calendar)[0])

    def add_working_days(
        self, start: DayOrDays, working_days: int, *, equated_days_are_working_days: bool = True
    ) -> DayOrDays:
        """The n-th working day after ``start``, n = ``working_days``; ``start`` never counts.

        ``working_days`` is 1 or more; anything less is a ValueError.
        """
        if working_days < 1:
            raise ValueError("working_days must be 1 or more")
        calendar = self._counting(equated_days_are_working_days)
        # Rolling back first: from a Saturday the first working day after it is day one.
        return _for_each_day(
            start,
            lambda days: np.busday_offset(days, working_days, roll="backward", busdaycal=calendar),
        )

    def roll(self, day: DayOrDays) -> DayOrDays:
        """The day itself, or the next that is no Saturday, Sunday, holiday or equated day.

        Algemene termijnenwet art. 1(1) with art. 3; no setting changes this.
        """
        calendar = self._counting(False)
        return _for_each_day(
            day, lambda days: np.busday_offset(days, 0, roll="forward", busdaycal=calendar)
        )

    def five_working_days_deadline(
        self, start: DayOrDays, *, equated_days_are_working_days: bool = True
    ) -> DayOrDays:
        """Last day of the five working days that begin after ``start``.

        For worker and first contact (Besluit Jeugdwet art. 4.2.1 to 4.2.3), from the day on
        which the institution was notified, and for triage at Veilig Thuis, from receipt.
        """
        return self.add_working_days(
            start,
            CONTACT_WORKING_DAYS,
            equated_days_are_working_days=equated_days_are_working_days,
        )

    def six_weeks_deadline(self, start: DayOrDays) -> DayOrDays:
        """Last day of the six weeks for the plan (Jeugdwet art. 4.1.3(5)), rolled."""
        return self._weeks(start, PLAN_WEEKS)

    def ten_weeks_deadline(self, start: DayOrDays) -> DayOrDays:
        """Last day of the ten weeks for a study (Uitvoeringsbesluit Wmo 4.1.7(2)), rolled."""
        return self._weeks(start, STUDY_WEEKS)

    def touches_unknown_year(self, start: Days, deadline: Days) -> Flags:
        """Which clocks, from ``start`` to ``deadline``, touch a year outside the known list.

        A year counts as known when the list covers all of it. No clock (``NaT``): False.
        """
        first_known = np.datetime64(date(self.known_from.year, 1, 1), "D")
        if self.known_from > date(self.known_from.year, 1, 1):
            first_known = np.datetime64(date(self.known_from.year + 1, 1, 1), "D")
        last_known = np.datetime64(date(self.known_until.year, 12, 31), "D")
        if self.known_until < date(self.known_until.year, 12, 31):
            last_known = np.datetime64(date(self.known_until.year - 1, 12, 31), "D")
        # A comparison with NaT is False, so a missing clock touches nothing.
        outside = (start < first_known) | (deadline > last_known)
        return outside & ~np.isnat(start) & ~np.isnat(deadline)

    def _weeks(self, start: DayOrDays, weeks: int) -> DayOrDays:
        calendar = self._counting(False)
        term = np.timedelta64(7 * weeks, "D")
        return _for_each_day(
            start, lambda days: np.busday_offset(days + term, 0, roll="forward", busdaycal=calendar)
        )

    def _counting(self, equated_days_are_working_days: bool) -> np.busdaycalendar:
        """The days to count by; with False also the days to roll past."""
        return _busdaycalendar(frozenset() if equated_days_are_working_days else self.equated_days)


def three_months_deadline(start: DayOrDays) -> DayOrDays:
    """Same day number three calendar months after ``start``, or that month's last day.

    For the start of suitable help, an inspectorate's norm and no statutory term: not rolled.
    """

    def later(days: Days) -> Days:
        months = days.astype("datetime64[M]")
        day_of_month = days - months.astype("datetime64[D]")
        target = months + np.timedelta64(HELP_MONTHS, "M")
        last_day = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - _DAY
        return cast(Days, np.minimum(target.astype("datetime64[D]") + day_of_month, last_day))

    return _for_each_day(start, later)


@cache
def _busdaycalendar(equated_days: frozenset[date]) -> np.busdaycalendar:
    equated = np.array(sorted(equated_days), dtype="datetime64[D]")
    return np.busdaycalendar(
        weekmask="1111100", holidays=np.concatenate([_all_general_holidays(), equated])
    )


def _column(day: date) -> Days:
    return np.array([day], dtype="datetime64[D]")


def _for_each_day(days: DayOrDays, rule: Callable[[Days], Days]) -> DayOrDays:
    """Apply a rule to one day, or to a column by way of a table of the days that occur.

    Many rows share few days: a table of each day between the first and the last, looked up by
    row, costs a fraction of following the calendar for each row.
    """
    if isinstance(days, date):
        _refuse_outside(days.year, days.year)
        return cast(date, rule(_column(days))[0].item())
    known = ~np.isnat(days)
    if not known.any():
        return np.full(days.shape, _NO_DAY)
    first, last = days[known].min(), days[known].max()
    _refuse_outside(first.item().year, last.item().year)
    table = np.append(rule(np.arange(first, last + _DAY, dtype="datetime64[D]")), _NO_DAY)
    row = np.where(known, (days - first).astype(np.int64), len(table) - 1)
    return table[row]


def _refuse_outside(first_year: int, last_year: int) -> None:
    # One year of margin: a term that starts in the last year may end in the next.
    if first_year < FIRST_YEAR or last_year >= LAST_YEAR:
        raise ValueError(f"working days are known from {FIRST_YEAR} until {LAST_YEAR - 1}")
