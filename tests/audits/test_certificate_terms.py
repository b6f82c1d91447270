"""Terms of months end on the same day number, on whatever day of the week that is."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audits.certificates.rules.terms import (
    apply_by,
    decided_by,
    ends_after,
    fits,
    is_no_working_day,
    yearly_checks,
)
from certification.imprecise_days import ImpreciseDay, months_later
from reports.demo.facts import day as rough

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
MONTHS = st.integers(1, 120)


def naive_months_later(start: date, months: int) -> date:
    """Month by month, and then back to the last day that the month has."""
    year, month = start.year, start.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


@given(DAYS, MONTHS)
@example(date(2024, 12, 20), 9)
@example(date(2024, 2, 29), 36)
@example(date(2025, 8, 31), 6)
def test_a_term_of_months_agrees_with_a_second_method(start: date, months: int) -> None:
    ends = ends_after(ImpreciseDay(start), months)
    assert ends == ImpreciseDay(naive_months_later(start, months))


def test_nine_months_from_20_december_2024_end_on_a_saturday_and_stay_there() -> None:
    ends = ends_after(rough("2024-12-20"), 9)
    assert ends == rough("2025-09-20")
    assert ends is not None
    assert ends.on.strftime("%A") == "Saturday"
    assert is_no_working_day(ends.on)


@pytest.mark.parametrize("day", [date(2025, 12, 25), date(2025, 4, 26), date(2026, 5, 14)])
def test_a_general_holiday_is_no_working_day(day: date) -> None:
    assert is_no_working_day(day)


def test_a_monday_without_a_holiday_is_a_working_day() -> None:
    assert not is_no_working_day(date(2025, 9, 22))


@given(DAYS)
def test_who_applies_on_the_last_day_to_apply_has_an_answer_by_the_last_day(last: date) -> None:
    latest = apply_by(last)
    assert naive_months_later(latest, 6) <= last
    assert naive_months_later(latest + timedelta(days=1), 6) > last


@pytest.mark.parametrize(
    ("last", "latest"),
    [
        (date(2025, 9, 20), date(2025, 3, 20)),
        (date(2027, 2, 28), date(2026, 8, 31)),
        (date(2026, 8, 30), date(2026, 2, 28)),
    ],
)
def test_the_last_day_to_apply(last: date, latest: date) -> None:
    assert apply_by(last) == latest


@pytest.mark.parametrize(
    ("starts", "months", "ends"),
    [("2024-12", 9, "2025-09"), ("2024-12 late", 9, "2025-09 late"), ("2024-Q4", 9, "2025-Q3")],
)
def test_a_rough_first_day_gives_as_rough_a_last_day(starts: str, months: int, ends: str) -> None:
    assert ends_after(rough(starts), months) == rough(ends)


def test_nine_months_from_some_day_in_a_year_have_no_name() -> None:
    assert ends_after(rough("2024"), 9) is None


def test_a_decision_is_due_six_months_after_the_application() -> None:
    assert decided_by(rough("2024-08-31")) == rough("2025-02-28")
    assert decided_by(rough("2024")) == rough("2025-06-30")


@given(DAYS, MONTHS, st.integers(-40, 40))
def test_only_the_reckoned_day_fits_an_exact_first_day(start: date, months: int, off: int) -> None:
    ends = months_later(start, months) + timedelta(days=off)
    assert fits(ImpreciseDay(start), months, ImpreciseDay(ends)) is (off == 0)


@pytest.mark.parametrize(
    ("starts", "ends", "agrees"),
    [
        ("2024-12-20", "2025-09", True),
        ("2024-12 late", "2025-09-20", False),
        ("2024-12 late", "2025-09-21", True),
        ("2024-12", "2025-10", False),
    ],
)
def test_a_rough_day_agrees_where_some_day_that_it_means_does(
    starts: str, ends: str, agrees: bool
) -> None:
    assert fits(rough(starts), 9, rough(ends)) is agrees


def test_each_whole_year_brings_a_check_and_the_last_day_none() -> None:
    checks = yearly_checks(rough("2023-05-01"), date(2026, 5, 1))
    assert checks == [rough("2024-05-01"), rough("2025-05-01")]
