"""Statutory terms: when five working days, six and ten weeks and three months end."""

from datetime import date, timedelta

import numpy as np
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from jbn_oversight.working_days import Calendar, three_months_deadline

CALENDAR = Calendar.of(
    [date(2024, 12, 27), date(2025, 5, 30)], date(2023, 1, 1), date(2028, 12, 31)
)
DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("notified", "equated_work", "equated_free"),
    [
        ("2025-03-27", "2025-04-03", "2025-04-03"),
        ("2025-05-22", "2025-05-30", "2025-06-02"),
        ("2025-04-12", "2025-04-22", "2025-04-22"),  # a Saturday; Good Friday, Easter Monday
        ("2024-12-20", "2024-12-31", "2025-01-02"),  # two days of Christmas, 27 December equated
    ],
)
def test_five_working_days_end_on_the_printed_day(
    notified: str, equated_work: str, equated_free: str
) -> None:
    deadline = CALENDAR.five_working_days_deadline
    assert deadline(day(notified)) == day(equated_work)
    free = deadline(day(notified), equated_days_are_working_days=False)
    assert free == day(equated_free)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-03-10", "2025-04-22"),  # ends on Easter Monday
        ("2025-03-24", "2025-05-06"),  # ends on 5 May
        ("2025-04-18", "2025-06-02"),  # ends on an equated day, a Friday
        ("2025-03-11", "2025-04-22"),  # ends on a working day
    ],
)
def test_six_weeks_roll_past_all_free_days(start: str, end: str) -> None:
    assert CALENDAR.six_weeks_deadline(day(start)) == day(end)


def test_ten_weeks_roll_past_an_equated_day() -> None:
    assert CALENDAR.ten_weeks_deadline(day("2025-03-21")) == day("2025-06-02")


@given(DAYS)
def test_weeks_end_on_their_raw_end_rolled(start: date) -> None:
    assert CALENDAR.six_weeks_deadline(start) == CALENDAR.roll(start + timedelta(weeks=6))
    assert CALENDAR.ten_weeks_deadline(start) == CALENDAR.roll(start + timedelta(weeks=10))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-11-30", "2025-02-28"),
        ("2023-11-30", "2024-02-29"),
        ("2025-01-31", "2025-04-30"),
        ("2025-06-21", "2025-09-21"),  # a Sunday: not rolled
    ],
)
def test_three_months_end_on_the_same_day_number_or_the_months_last(start: str, end: str) -> None:
    assert three_months_deadline(day(start)) == day(end)


@given(st.lists(st.one_of(DAYS, st.none()), max_size=30))
def test_three_months_of_a_column_agree_with_another_library(days: list[date | None]) -> None:
    answers = three_months_deadline(np.array(days, dtype="datetime64[D]")).tolist()
    assert answers == [each and each + relativedelta(months=3) for each in days]


@pytest.mark.parametrize(
    ("start", "deadline", "outside"),
    [
        ("2022-12-28", "2023-01-04", True),
        ("2022-12-31", "2023-01-09", True),
        ("2023-01-01", "2023-01-09", False),
        ("2023-01-02", "2023-01-09", False),
        ("2028-12-20", "2028-12-29", False),
        ("2028-12-20", "2028-12-31", False),
        ("2028-12-20", "2029-01-01", True),
        ("2028-12-27", "2029-01-04", True),
    ],
)
def test_a_clock_that_touches_a_year_without_a_list_is_told(
    start: str, deadline: str, outside: bool
) -> None:
    starts = np.array([start, "NaT"], dtype="datetime64[D]")
    deadlines = np.array([deadline, "NaT"], dtype="datetime64[D]")
    assert CALENDAR.touches_unknown_year(starts, deadlines).tolist() == [outside, False]


def test_a_year_that_the_list_covers_in_part_is_not_known() -> None:
    partly = Calendar.of([], date(2023, 2, 1), date(2024, 11, 30))
    starts = np.array(["2023-06-01", "2024-06-03"], dtype="datetime64[D]")
    assert partly.touches_unknown_year(
        starts, starts + np.full(2, 7, dtype="timedelta64[D]")
    ).tolist() == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("start", "deadline", "outside"),
    [
        ("2023-12-31", "2024-01-07", True),
        ("2024-01-01", "2024-01-08", False),
        ("2025-12-24", "2025-12-31", False),
        ("2025-12-25", "2026-01-01", True),
    ],
)
def test_around_the_years_that_a_list_covers_in_part_only_whole_years_are_known(
    start: str, deadline: str, outside: bool
) -> None:
    partly = Calendar.of([], date(2023, 1, 2), date(2026, 12, 30))
    column = np.array([start, deadline], dtype="datetime64[D]")
    assert partly.touches_unknown_year(column[:1], column[1:]).tolist() == [outside]
