"""Working days: the law's list of holidays, and counting by it."""

from datetime import date, timedelta

import holidays as other_library
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jbn_oversight.working_days import (
    FIRST_YEAR,
    LAST_YEAR,
    Calendar,
    general_holidays,
)

EQUATED = [
    date(2023, 4, 28),
    date(2023, 5, 19),
    date(2024, 5, 10),
    date(2024, 12, 27),
    date(2025, 5, 30),
    date(2026, 1, 2),
]
CALENDAR = Calendar.of(EQUATED, date(2023, 1, 1), date(2028, 12, 31))
DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


def plainly_free(day: date, *, equated: bool) -> bool:
    """A second opinion: the weekday and another library's list, no code of ours."""
    listed = other_library.country_holidays("NL", years=day.year, categories=("public", "optional"))
    return day.isoweekday() > 5 or day in listed or (equated and day in EQUATED)


@pytest.mark.parametrize("year", range(2014, 2061))
def test_the_holidays_are_those_of_the_law_by_a_second_list(year: int) -> None:
    listed = other_library.country_holidays(
        "NL", years=year, categories=("public", "optional"), language="en_US"
    )
    sundays_by_nature = {"Easter Sunday", "Pentecost"}
    assert set(general_holidays(year)) == {
        day for day, name in listed.items() if name not in sundays_by_nature
    }


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2024, ["03-29", "04-01", "04-27", "05-05", "05-09", "05-20"]),
        (2025, ["04-18", "04-21", "04-26", "05-05", "05-29", "06-09"]),
        (2026, ["04-03", "04-06", "04-27", "05-05", "05-14", "05-25"]),
        (2027, ["03-26", "03-29", "04-27", "05-05", "05-06", "05-17"]),
        (2028, ["04-14", "04-17", "04-27", "05-05", "05-25", "06-05"]),
    ],
)
def test_the_holidays_of_these_years_are_as_printed(year: int, days: list[str]) -> None:
    printed = ["01-01", *days, "12-25", "12-26"]
    assert general_holidays(year) == tuple(date.fromisoformat(f"{year}-{day}") for day in printed)


def test_the_fifth_of_may_is_free_every_year() -> None:
    for year in range(2020, 2030):
        assert not CALENDAR.is_working_day(date(year, 5, 5))


def test_an_equated_day_is_a_working_day_unless_the_setting_says_otherwise() -> None:
    day = date(2025, 5, 30)
    assert CALENDAR.is_working_day(day)
    assert not CALENDAR.is_working_day(day, equated_days_are_working_days=False)


def test_a_term_rolls_past_an_equated_day_whatever_the_setting_says() -> None:
    """Friday 30 May 2025 is equated, so a term that ends on it ends on Monday."""
    assert CALENDAR.roll(date(2025, 5, 30)) == date(2025, 6, 2)
    assert CALENDAR.roll(date(2025, 5, 28)) == date(2025, 5, 28)


@given(DAYS, st.integers(1, 12), st.booleans())
def test_so_many_working_days_are_counted_after_the_start(
    start: date, count: int, equated_work: bool
) -> None:
    day, counted = start, 0
    while counted < count:
        day += timedelta(days=1)
        counted += not plainly_free(day, equated=not equated_work)
    answer = CALENDAR.add_working_days(start, count, equated_days_are_working_days=equated_work)
    assert answer == day


@given(DAYS)
def test_rolling_stops_at_the_first_day_that_is_not_free(day: date) -> None:
    expected = day
    while plainly_free(expected, equated=True):
        expected += timedelta(days=1)
    assert CALENDAR.roll(day) == expected
    assert CALENDAR.roll(expected) == expected


@given(st.lists(st.one_of(DAYS, st.none()), max_size=30), st.booleans())
def test_a_column_answers_as_its_days_one_by_one(
    days: list[date | None], equated_work: bool
) -> None:
    column = np.array(days, dtype="datetime64[D]")
    answers = CALENDAR.five_working_days_deadline(
        column, equated_days_are_working_days=equated_work
    )
    assert answers.tolist() == [
        CALENDAR.five_working_days_deadline(day, equated_days_are_working_days=equated_work)
        if day
        else None
        for day in days
    ]


@pytest.mark.parametrize("count", [0, -1])
def test_counting_no_days_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        CALENDAR.add_working_days(date(2025, 1, 6), count)


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR])
def test_a_year_outside_the_computed_ones_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="known from"):
        CALENDAR.roll(date(year, 6, 1))


def test_a_list_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="known_from"):
        Calendar.of([], date(2025, 1, 1), date(2024, 1, 1))
