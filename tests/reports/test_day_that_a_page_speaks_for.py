"""The day in an address: which months it has, and until when its figures were known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from reports.figure_pages.forms.days import AskedDay


@pytest.mark.parametrize(
    ("day", "last_hour"),
    [
        (date(2025, 1, 15), 22),
        (date(2025, 7, 15), 21),
        (date(2025, 3, 29), 22),
        (date(2025, 3, 30), 21),  # the clock goes forward
        (date(2025, 10, 25), 21),
        (date(2025, 10, 26), 22),  # and back
    ],
)
def test_known_on_a_day_is_known_until_the_last_moment_of_that_amsterdam_day(
    day: date, last_hour: int
) -> None:
    known_at = AskedDay(on=day, known_on=day, is_default=False).known_at
    assert known_at == datetime(
        day.year, day.month, day.day, last_hour, 59, 59, 999_999, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2024, 2, 28), date(2024, 1, 1)),
        (date(2024, 2, 29), date(2024, 2, 1)),
        (date(2025, 2, 28), date(2025, 2, 1)),
        (date(2025, 1, 30), date(2024, 12, 1)),
    ],
)
def test_a_month_has_figures_from_its_last_day_on(day: date, last: date) -> None:
    asked = AskedDay(on=day, known_on=None, is_default=False)
    assert asked.last_month == last
    months = asked.months()
    assert len(months) == 36
    assert months[-1] == last
