"""What the lists of equated days make known: one span, and nothing without a list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from jbn_oversight.clock import amsterdam_day, parse_month, turned_back, utc_now
from jbn_oversight.statutory_days.models import EquatedDay, EquatedDayList
from jbn_oversight.statutory_days.selectors import working_calendar
from jbn_oversight.working_days import Calendar


def listed(*spans: tuple[int, int], ends: tuple[int, int] = (12, 31)) -> None:
    """Lists that cover whole years, each from January of one to the end of another."""
    EquatedDay.objects.all().delete()
    EquatedDayList.objects.all().delete()
    for first, last in spans:
        EquatedDayList.objects.create(
            known_from=date(first, 1, 1), known_until=date(last, *ends), source="Verzonnen"
        )


def unknown(calendar: Calendar, year: int) -> bool:
    """Whether a clock of that June touches a year without a list."""
    start, end = np.array([f"{year}-06-01", f"{year}-06-08"], dtype="datetime64[D]")
    return bool(calendar.touches_unknown_year(np.array([start]), np.array([end]))[0])


@pytest.mark.django_db
def test_without_a_list_no_year_is_known_at_all() -> None:
    listed()
    calendar = working_calendar()
    assert all(unknown(calendar, year) for year in (1989, 1990, 1991, 2025))


@pytest.mark.django_db
def test_lists_that_follow_on_each_other_are_one_span() -> None:
    listed((2023, 2024), (2025, 2026))
    calendar = working_calendar()
    assert (calendar.known_from, calendar.known_until) == (date(2023, 1, 1), date(2026, 12, 31))
    assert [unknown(calendar, year) for year in (2022, 2023, 2026, 2027)] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.django_db
def test_after_a_gap_nothing_is_known_any_more() -> None:
    listed((2023, 2024), (2026, 2027))
    assert working_calendar().known_until == date(2024, 12, 31)


@pytest.mark.django_db
def test_one_day_between_two_lists_is_a_gap() -> None:
    listed((2023, 2024), (2025, 2026), ends=(12, 30))
    assert working_calendar().known_until == date(2024, 12, 30)


@pytest.mark.django_db
def test_a_list_within_another_shortens_nothing() -> None:
    listed((2023, 2028), (2024, 2025))
    assert working_calendar().known_until == date(2028, 12, 31)


def test_the_clock_is_turned_back_for_a_story_and_never_ahead() -> None:
    before = utc_now()
    with turned_back(timedelta(days=30)):
        assert utc_now() < before - timedelta(days=29)
    assert utc_now() >= before
    with turned_back(timedelta(0)):
        assert utc_now() >= before
    ahead = turned_back(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="only turned back"):
        ahead.__enter__()
    assert utc_now() - before < timedelta(minutes=1)


def test_the_day_is_that_of_amsterdam_and_of_an_instant_without_a_zone_there_is_none() -> None:
    assert amsterdam_day(datetime(2025, 6, 30, 22, tzinfo=UTC)) == date(2025, 7, 1)
    assert amsterdam_day(datetime(2025, 12, 31, 22, tzinfo=UTC)) == date(2025, 12, 31)
    with pytest.raises(ValueError, match="time zone"):
        amsterdam_day(datetime(2025, 6, 30, 22))  # noqa: DTZ001


def test_a_month_is_read_as_its_first_day() -> None:
    assert parse_month("2025-09") == date(2025, 9, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2025-1",
        "2025-13",
        "2025-00",
        "2025/01",
        "202501",
        "2025-011",
        "٢٠٢٥-٠١",
        "2025-0١",
        "2O25-01",
        "2025-O1",
        "2025-+1",
    ],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"month"):
        parse_month(text)
