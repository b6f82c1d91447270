"""Youths and their court measures, before anything is done for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from reports.demo.delivery.shape import (
    MUNICIPALITIES,
    NEW_YOUTHS_A_MONTH,
    REGIONS,
    WORLD_START,
    last_day,
    months,
    opaque_key,
    to_weekday,
)


@dataclass(slots=True)
class Spell:
    """A time without a permanent worker, kept on one of the two lists.

    ``checks`` are the looks at safety, in order, each with the day of the next one.
    """

    kept_on: str
    entered_on: date
    left_on: date | None = None
    exit_reason: str = ""
    checks: list[tuple[date, date]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Case:
    """One measure as it was really lived, also beyond any reference date; equal to itself alone."""

    case_key: str
    youth_key: str
    region: str
    municipality: str
    measure: int
    ordered_on: date
    notified_on: date
    ended_on: date
    end_reason: str
    entry: str = "new"
    worker_assigned_on: date | None = None
    first_contact_on: date | None = None
    family_plan_waived_on: date | None = None
    family_plan_made_on: date | None = None
    plan_adopted_on: date | None = None
    reviews: list[date] = field(default_factory=list)
    suitable_help_started_on: date | None = None
    spells: list[Spell] = field(default_factory=list)


_ENDS: Final[dict[str, tuple[tuple[str, ...], tuple[float, ...]]]] = {
    "supervision": (
        ("04", "02", "05", "01", "03", "transferred", "06", ""),
        (50, 20, 12, 9, 4, 3.5, 0.5, 1),
    ),
    "guardianship": (
        ("11", "14", "12", "13", "transferred", "15", ""),
        (58, 14, 13, 9, 4, 1, 1),
    ),
    "probation": (
        ("21", "22", "24", "25", "23", "transferred", "26", ""),
        (60, 15, 9, 6, 5, 3, 0.5, 1.5),
    ),
}
# First measure of a youth: code, share in percent.
_STARTS: Final[tuple[tuple[int, float], ...]] = (
    (11, 47),
    (12, 14),
    (21, 4.5),
    (22, 1),
    (23, 1),
    (41, 19),
    (42, 4),
    (50, 2),
    (51, 1),
    (61, 0.8),
    (62, 0.7),
    (63, 5),
)
# Shortest and mean length in days of what does not follow the yearly court terms.
_LENGTHS: Final[dict[int, tuple[int, int]]] = {
    12: (60, 82),
    21: (200, 1900),
    22: (60, 85),
    23: (120, 360),
    41: (150, 400),
    42: (90, 190),
    50: (120, 230),
    51: (80, 130),
    61: (90, 180),
    62: (170, 350),
    63: (45, 120),
}


def youths(seed: str, until: date, scale: float) -> list[Case]:
    """All measures that start up to and with ``until``, in order of the court's decision."""
    draw = Random(f"{seed} youths")
    cases: list[Case] = []
    for month in months(WORLD_START, until):
        for region in REGIONS:
            expected = NEW_YOUTHS_A_MONTH[region] * scale * draw.uniform(0.94, 1.06)
            for _ in range(int(expected + draw.random())):
                cases.extend(_career(draw, region, month))
    cases.sort(key=lambda case: (case.ordered_on, case.case_key))
    return cases


def _career(draw: Random, region: str, month: date) -> Iterator[Case]:
    """The measures of one youth: the first, and what may follow or run beside it."""
    places = MUNICIPALITIES[region]
    municipality = draw.choices(tuple(places), tuple(places.values()))[0]
    youth = opaque_key(draw, "y")
    codes, shares = zip(*_STARTS, strict=True)
    code: int = draw.choices(codes, shares)[0]
    ordered = month + timedelta(days=draw.randrange(last_day(month).day))
    if draw.random() < 0.93:  # courts sit on weekdays, emergencies know no calendar
        ordered = min(to_weekday(ordered), last_day(month))
    first = _case(draw, youth, region, municipality, code, ordered)
    if code not in (12, 22) and draw.random() < 0.035:
        _take_over(draw, first)
    yield first
    if code == 12 and draw.random() < 0.8:
        first.end_reason = "04"
        second = _case(draw, youth, region, municipality, 11, first.ended_on)
        yield second
        first = second
    if first.measure == 11 and first.end_reason == "05":
        yield _case(draw, youth, region, municipality, 21, first.ended_on)
    elif first.measure == 11 and draw.random() < 0.04:
        beside = ordered + timedelta(days=draw.randrange(20, 300))
        if beside < first.ended_on:
            yield _case(draw, youth, region, municipality, 41, beside)


def _case(
    draw: Random, youth: str, region: str, municipality: str, code: int, ordered: date
) -> Case:
    notified = ordered + timedelta(days=draw.choice((0, 0, 1, 1, 2, 3, 4)))
    if code == 11:
        length, reason = _supervision(draw)
    else:
        shortest, mean = _LENGTHS[code]
        length = shortest + min(int(draw.expovariate(1 / (mean - shortest))), 5400)
        if code in (12, 22):
            length = min(length, 91)
        reason = _end_reason(draw, code)
    return Case(
        case_key=opaque_key(draw, "m"),
        youth_key=youth,
        region=region,
        municipality=municipality,
        measure=code,
        ordered_on=ordered,
        notified_on=notified,
        ended_on=max(ordered + timedelta(days=length), notified),
        end_reason=reason,
    )


def _supervision(draw: Random) -> tuple[int, str]:
    """A supervision order: terms of a year, one in five lifted before its term is over."""
    years = 1
    while years < 9 and draw.random() < 0.5:
        years += 1
    reason = _end_reason(draw, 11)
    length = years * 365
    if reason in ("01", "02", "05", "06", "transferred"):
        length -= draw.randrange(20, 340)
    return length, reason


def _end_reason(draw: Random, code: int) -> str:
    kind = "supervision" if code < 20 else "guardianship" if code < 40 else "probation"
    reasons, shares = _ENDS[kind]
    return draw.choices(reasons, shares)[0]


def _take_over(draw: Random, case: Case) -> None:
    """Make it a measure that another institution had first: it runs here from the take-over."""
    case.entry = "transfer_in"
    case.notified_on = case.ordered_on
    case.ordered_on -= timedelta(days=draw.randrange(40, 500))
