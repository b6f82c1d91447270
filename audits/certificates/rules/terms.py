"""Terms of certificates: how long each kind holds, and the days that follow. Pure.

Sources: Jeugdwet art. 3.4(5) (three years, or two for a provisional certificate); Besluit
Jeugdwet art. 3.2.1(2) (a decision within six months of the application) and 3.2.3 (a check each
year); Algemene termijnenwet art. 4(a) (terms of more than three months do not run on over a
weekend). Days are Amsterdam days; a term of months ends on the same day number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from certification.imprecise_days import ImpreciseDay, Precision, months_later
from jbn_oversight.working_days import general_holidays

MONTHS_BY_LAW: Final[Mapping[str, int]] = MappingProxyType({"certificate": 36, "provisional": 24})
"""Months by kind of certificate; a bridging certificate has a term of its own."""
DECISION_MONTHS: Final = 6
YEAR: Final = 12
LONGEST: Final = 120
"""Months beyond which a term is taken for a slip of the pen."""
ROLLS_UP_TO_MONTHS: Final = 3
"""Longer terms never run on to a working day (Algemene termijnenwet art. 4)."""


def ends_after(starts: ImpreciseDay, months: int) -> ImpreciseDay | None:
    """The last day of a term, as precisely as its first; None where that has no name.

    Nine months from 20 December 2024 end on 20 September 2025, also on a Saturday.
    """
    on = months_later(starts.first, months)
    try:
        return ImpreciseDay(on, starts.precision)
    except ValueError:
        return None


def fits(starts: ImpreciseDay, months: int, ends: ImpreciseDay) -> bool:
    """Whether some day that the first means gives some day that the last means."""
    earliest, latest = months_later(starts.first, months), months_later(starts.last, months)
    return earliest <= ends.last and ends.first <= latest


def apply_by(last_day: date) -> date:
    """The latest day of application whose six months are over by the last day itself."""
    day = months_later(last_day, -DECISION_MONTHS)
    while months_later(day + timedelta(days=1), DECISION_MONTHS) <= last_day:
        day += timedelta(days=1)
    return day


def decided_by(applied: ImpreciseDay) -> ImpreciseDay:
    """The last day to decide on an application: six months later, as precise where it can be."""
    later = ends_after(applied, DECISION_MONTHS)
    return later or ImpreciseDay(months_later(applied.last, DECISION_MONTHS), Precision.DAY)


def yearly_checks(starts: ImpreciseDay, last_day: date) -> list[ImpreciseDay]:
    """The days by which each whole year of the certificate has passed, the last day left out."""
    days = []
    for year in range(1, LONGEST // YEAR + 1):
        day = ends_after(starts, year * YEAR)
        if day is None or day.last >= last_day:
            break
        days.append(day)
    return days


def is_no_working_day(day: date) -> bool:
    """Whether it is a Saturday, a Sunday or a general holiday."""
    return day.weekday() >= 5 or day in general_holidays(day.year)
