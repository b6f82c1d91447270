"""Staff per month, region and role: head counts that add up, FTE and absence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from reports.demo.delivery.shape import (
    ABSENCE,
    DRENTHE,
    GRONINGEN,
    jittered,
    last_day,
    level,
    months,
)

_FIRST_YEAR: Final = 2018
_TURN: Final = date(2025, 4, 1)
"""From this month on there is extra staff above the establishment."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A month of one role in one region; FTE on the last day, days over the month."""

    month: date
    region: str
    role: str
    establishment_fte: float
    filled_fte: float
    supernumerary_fte: float
    hired_fte: float
    vacancy_fte: float
    sick_days: float
    available_days: float
    headcount_start: int
    headcount_end: int
    joiners: int
    leavers: int


# Head count at the start of 2022, then who leaves and who joins per year, from 2022 on.
# In 2024 leave 20 of Drenthe's 36 workers and 21 of Groningen's 66.
_Years = tuple[tuple[int, int], ...]
_STAFF: Final[Mapping[str, Mapping[str, tuple[int, _Years]]]] = {
    GRONINGEN: {
        "youth_protection_worker": (
            56,
            ((12, 12), (14, 12), (17, 14), (8, 15), (6, 7)),
        ),
        "youth_probation_worker": (13, ((2, 2), (3, 2), (4, 3), (1, 3), (1, 1))),
        "practice_coach": (5, ((1, 1), (1, 1), (1, 1), (0, 2), (1, 1))),
        "behavioural_expert": (8, ((1, 1), (2, 2), (3, 2), (1, 3), (1, 1))),
        "other": (20, ((3, 3), (4, 4), (6, 5), (3, 3), (3, 3))),
    },
    DRENTHE: {
        "youth_protection_worker": (32, ((8, 7), (9, 8), (17, 12), (5, 13), (4, 4))),
        "youth_probation_worker": (6, ((1, 1), (2, 2), (3, 2), (1, 3), (1, 1))),
        "practice_coach": (2, ((0, 0), (0, 0), (1, 1), (0, 1), (0, 0))),
        "behavioural_expert": (4, ((1, 1), (1, 1), (2, 2), (0, 2), (1, 1))),
        "other": (10, ((2, 2), (2, 2), (5, 5), (2, 2), (1, 1))),
    },
}
# Extra staff in FTE once all of it has come, and how much of it is there per month.
_EXTRA: Final[Mapping[str, Mapping[str, float]]] = {
    GRONINGEN: {
        "youth_protection_worker": 6.0,
        "youth_probation_worker": 1.0,
        "practice_coach": 1.0,
        "behavioural_expert": 1.0,
    },
    DRENTHE: {
        "youth_protection_worker": 6.0,
        "youth_probation_worker": 1.0,
        "practice_coach": 0.8,
        "behavioural_expert": 1.0,
    },
}
_COMING: Final = (0.4, 0.7, 0.9, 1.0)
_PART_TIME: Final = 0.88


def staffing(seed: str, until: date, scale: float) -> list[StaffRow]:
    """All months from 2018 up to and with ``until``; years before 2022 look like 2022."""
    rows: list[StaffRow] = []
    for region, roles in _STAFF.items():
        for role, (heads, years) in roles.items():
            rows.extend(_role(seed, region, role, heads, years, until, scale))
    rows.sort(key=lambda row: (row.month, row.region, row.role))
    return rows


def _role(
    seed: str,
    region: str,
    role: str,
    heads: int,
    years: _Years,
    until: date,
    scale: float,
) -> Iterator[StaffRow]:
    draw = Random(f"{seed} staff {region} {role}")
    count = round(heads * scale)
    establishment = round(count * _PART_TIME * 1.04, 1)
    hired = 0.0
    moves: dict[date, tuple[int, int]] = {}
    for year in range(_FIRST_YEAR, until.year + 1):
        leave, join = years[min(max(year - 2022, 0), len(years) - 1)]
        if year < 2022:
            join = leave  # the head count of 2022 stands
        moves |= _spread(draw, year, round(leave * scale), round(join * scale))
    for month in months(date(_FIRST_YEAR, 1, 1), until):
        leavers, joiners = moves[month]
        leavers = min(leavers, count)
        end = count + joiners - leavers
        extra = _extra(region, role, month) * scale
        filled = max(round(end * _PART_TIME, 1), extra)
        vacancy = max(0.0, round(establishment - (filled - extra), 1))
        if role in ("youth_protection_worker", "youth_probation_worker"):
            hired = round(0.5 * hired + 0.15 * vacancy, 1)
        available = round((count + end) / 2 * _PART_TIME * last_day(month).day, 1)
        share = jittered(draw, level(ABSENCE[region], month), 0.006)
        yield StaffRow(
            month=month,
            region=region,
            role=role,
            establishment_fte=establishment,
            filled_fte=filled,
            supernumerary_fte=round(extra, 1),
            hired_fte=hired,
            vacancy_fte=vacancy,
            sick_days=round(min(share, 1.0) * available, 1),
            available_days=available,
            headcount_start=count,
            headcount_end=end,
            joiners=joiners,
            leavers=leavers,
        )
        count = end


def _spread(draw: Random, year: int, leave: int, join: int) -> dict[date, tuple[int, int]]:
    """Spread a year's leavers and joiners over its months; the extra staff comes in spring."""
    everyone = [date(year, number, 1) for number in range(1, 13)]
    joining = everyone
    if year == _TURN.year:
        joining = everyone[3:7] * 2 + everyone
    left = draw.choices(everyone, k=leave)
    joined = draw.choices(joining, k=join)
    return {month: (left.count(month), joined.count(month)) for month in everyone}


def _extra(region: str, role: str, month: date) -> float:
    if month < _TURN:
        return 0.0
    passed = (month.year - _TURN.year) * 12 + month.month - _TURN.month
    return _EXTRA[region].get(role, 0.0) * _COMING[min(passed, len(_COMING) - 1)]
