"""What the fictional institution looks like over the years: sizes, shares and levels.

The turning points follow public facts: in mid 2025 the first contact was late in two of five
cases and the plan in seven of ten; more than half of Drenthe's and almost a third of
Groningen's workers left in 2024; extra staff came in the spring of 2025. Everything between
those points is invented. Shares are fractions between 0 and 1.
"""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

WORLD_START: Final = date(2012, 1, 1)
"""The stock needs ten years to fill: a guardianship lasts five years and more."""
EARLIEST_PERIOD: Final = date(2018, 1, 1)
WORLD_END: Final = date(2027, 12, 31)
"""Periods up to the end of 2026 are cut from one and the same story."""

GRONINGEN: Final = "groningen"
DRENTHE: Final = "drenthe"
REGIONS: Final = (GRONINGEN, DRENTHE)

# How many young people live there, in thousands, roughly: only to spread the draws.
MUNICIPALITIES: Final[Mapping[str, Mapping[str, float]]] = {
    GRONINGEN: {
        "GM0014": 35.0,
        "GM0037": 5.5,
        "GM0047": 5.0,
        "GM0765": 2.0,
        "GM1895": 6.5,
        "GM1950": 4.5,
        "GM1952": 11.0,
        "GM1966": 9.0,
        "GM1969": 13.0,
        "GM1979": 8.0,
    },
    DRENTHE: {
        "GM0106": 13.5,
        "GM0109": 6.0,
        "GM0114": 19.0,
        "GM0118": 11.0,
        "GM0119": 7.0,
        "GM1680": 4.5,
        "GM1681": 4.5,
        "GM1690": 4.5,
        "GM1699": 6.0,
        "GM1701": 3.0,
        "GM1730": 6.5,
        "GM1731": 6.0,
    },
}

NEW_YOUTHS_A_MONTH: Final[Mapping[str, float]] = {GRONINGEN: 28.6, DRENTHE: 15.7}
NOTIFICATIONS_A_MONTH: Final = 190.0

Levels = Sequence[tuple[date, float]]


def _at(year: int, month: int, value: float) -> tuple[date, float]:
    return date(year, month, 15), value


CONTACT_ON_TIME: Final[Mapping[str, Levels]] = {
    GRONINGEN: (
        _at(2022, 6, 0.79),
        _at(2023, 9, 0.74),
        _at(2024, 6, 0.66),
        _at(2024, 12, 0.58),
        _at(2025, 3, 0.59),
        _at(2025, 6, 0.62),
        _at(2025, 9, 0.74),
    ),
    DRENTHE: (
        _at(2022, 6, 0.77),
        _at(2023, 9, 0.70),
        _at(2024, 6, 0.56),
        _at(2024, 12, 0.46),
        _at(2025, 3, 0.50),
        _at(2025, 6, 0.57),
        _at(2025, 9, 0.69),
    ),
}
PLAN_ON_TIME: Final[Mapping[str, Levels]] = {
    GRONINGEN: (
        _at(2022, 6, 0.55),
        _at(2023, 9, 0.48),
        _at(2024, 6, 0.38),
        _at(2024, 12, 0.31),
        _at(2025, 3, 0.30),
        _at(2025, 6, 0.31),
        _at(2025, 9, 0.50),
    ),
    DRENTHE: (
        _at(2022, 6, 0.53),
        _at(2023, 9, 0.44),
        _at(2024, 6, 0.31),
        _at(2024, 12, 0.25),
        _at(2025, 3, 0.25),
        _at(2025, 6, 0.28),
        _at(2025, 9, 0.44),
    ),
}
HELP_ON_TIME: Final[Levels] = (
    _at(2022, 6, 0.56),
    _at(2024, 6, 0.45),
    _at(2025, 3, 0.40),
    _at(2025, 9, 0.49),
)
WAITING: Final[Mapping[str, Levels]] = {
    GRONINGEN: (
        _at(2018, 1, 12),
        _at(2022, 10, 18),
        _at(2023, 9, 24),
        _at(2024, 6, 40),
        _at(2025, 1, 60),
        _at(2025, 3, 62),
        _at(2025, 6, 45),
        _at(2025, 9, 25),
        _at(2026, 6, 14),
    ),
    DRENTHE: (
        _at(2018, 1, 5),
        _at(2022, 10, 9),
        _at(2023, 9, 13),
        _at(2024, 6, 26),
        _at(2025, 1, 41),
        _at(2025, 3, 42),
        _at(2025, 6, 29),
        _at(2025, 9, 14),
        _at(2026, 6, 8),
    ),
}
FLOW_WAITING: Final[Mapping[str, Levels]] = {
    GRONINGEN: (
        _at(2018, 1, 4),
        _at(2022, 10, 11),
        _at(2024, 1, 20),
        _at(2024, 12, 36),
        _at(2025, 3, 34),
        _at(2025, 9, 15),
        _at(2026, 6, 8),
    ),
    DRENTHE: (
        _at(2018, 1, 3),
        _at(2022, 10, 8),
        _at(2024, 1, 15),
        _at(2024, 12, 34),
        _at(2025, 3, 31),
        _at(2025, 9, 11),
        _at(2026, 6, 6),
    ),
}
TRIAGE_ON_TIME: Final[Levels] = (
    _at(2022, 6, 0.89),
    _at(2024, 3, 0.83),
    _at(2024, 12, 0.77),
    _at(2025, 6, 0.87),
    _at(2025, 9, 0.92),
)
STUDY_ON_TIME: Final[Levels] = (
    _at(2022, 6, 0.74),
    _at(2024, 3, 0.66),
    _at(2024, 12, 0.57),
    _at(2025, 6, 0.68),
    _at(2025, 9, 0.76),
)
ABSENCE: Final[Mapping[str, Levels]] = {
    GRONINGEN: (
        _at(2022, 6, 0.070),
        _at(2023, 9, 0.083),
        _at(2024, 9, 0.108),
        _at(2025, 2, 0.104),
        _at(2025, 9, 0.071),
    ),
    DRENTHE: (
        _at(2022, 6, 0.075),
        _at(2023, 9, 0.096),
        _at(2024, 9, 0.142),
        _at(2025, 2, 0.131),
        _at(2025, 9, 0.082),
    ),
}


def level(points: Levels, day: date) -> float:
    """The value on that day: straight lines between the points, flat before and after them."""
    days = [point[0] for point in points]
    after = bisect_right(days, day)
    if after == 0:
        return points[0][1]
    if after == len(points):
        return points[-1][1]
    (day_0, value_0), (day_1, value_1) = points[after - 1], points[after]
    return value_0 + (value_1 - value_0) * (day - day_0).days / (day_1 - day_0).days


def months(first: date, until: date) -> Iterator[date]:
    """The first day of each month from the month of ``first`` up to and with that of ``until``."""
    month = first.replace(day=1)
    while month <= until:
        yield month
        month = next_month(month)


def next_month(day: date) -> date:
    """The first day of the next month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def last_day(month: date) -> date:
    """The last day of that month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def add_weekdays(day: date, count: int) -> date:
    """The ``count``-th Monday to Friday after that day; 0 is the day itself.

    Holidays are not left out, so this is never later than the count of working days in law.
    """
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day


def to_weekday(day: date) -> date:
    """The day itself, or the Monday after it when it falls in a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def share_out(draw: Random, count: int, share: float) -> list[bool]:
    """``count`` answers of which ``share`` is true up to rounding, in random order.

    A coin for each would let a month with forty cases drift ten points from the story.
    """
    true = min(count, int(count * share + draw.random()))
    answers = [True] * true + [False] * (count - true)
    draw.shuffle(answers)
    return answers


def jittered(draw: Random, share: float, spread: float = 0.035) -> float:
    """The share with a month's own noise, kept between 0.02 and 0.98."""
    return min(0.98, max(0.02, share + draw.gauss(0.0, spread)))


def opaque_key(draw: Random, prefix: str) -> str:
    """A key that tells nothing and, starting with a letter, can be no citizen's number."""
    return f"{prefix}{draw.getrandbits(60):015x}"
