from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from certification.imprecise_days import ImpreciseDay, Precision, months_later
from certification.sentences import in_words, last_day_in_words
from reports.demo.facts import day

DAYS = st.dates(date(2015, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-06-13", date(2025, 6, 13), date(2025, 6, 13)),
        ("2025-09", date(2025, 9, 1), date(2025, 9, 30)),
        ("2025-02 early", date(2025, 2, 1), date(2025, 2, 10)),
        ("2025-02 mid", date(2025, 2, 11), date(2025, 2, 20)),
        ("2025-02 late", date(2025, 2, 21), date(2025, 2, 28)),
        ("2024-12 late", date(2024, 12, 21), date(2024, 12, 31)),
        ("2025-Q2", date(2025, 4, 1), date(2025, 6, 30)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_rough_day_spans_what_its_source_says(text: str, first: date, last: date) -> None:
    assert (day(text).first, day(text).last) == (first, last)


@pytest.mark.parametrize(
    ("text", "words", "last"),
    [
        ("2025-06-13", "13 juni 2025", "13 juni 2025"),
        ("2025-09", "september 2025", "ongeveer 30 september 2025"),
        ("2025-02 late", "eind februari 2025", "ongeveer 28 februari 2025"),
        ("2025-Q2", "2e kwartaal van 2025", "ongeveer 30 juni 2025"),
        ("2022", "2022", "ongeveer 31 december 2022"),
    ],
)
def test_a_rough_day_is_told_in_words_with_about_where_it_is(
    text: str, words: str, last: str
) -> None:
    with translation.override("nl"):
        assert in_words(day(text)) == words
        assert last_day_in_words(day(text)) == last


def test_a_day_that_is_not_known_says_so() -> None:
    with translation.override("nl"):
        assert in_words(None) == last_day_in_words(None) == "niet bekend"


@pytest.mark.parametrize(
    ("on", "precision"),
    [
        (date(2025, 9, 2), Precision.MONTH),
        (date(2025, 9, 15), Precision.PART_OF_MONTH),
        (date(2025, 9, 1), Precision.QUARTER),
        (date(2025, 2, 1), Precision.YEAR),
    ],
)
def test_a_day_that_does_not_start_its_span_is_refused(on: date, precision: Precision) -> None:
    with pytest.raises(ValueError, match="does not start"):
        ImpreciseDay(on, precision)


def test_nine_months_from_20_december_end_on_a_saturday_and_are_not_rolled() -> None:
    assert months_later(date(2024, 12, 20), 9) == date(2025, 9, 20)


def test_a_month_without_that_day_number_gives_its_last_day() -> None:
    assert months_later(date(2025, 8, 31), 6) == date(2026, 2, 28)


@given(DAYS, st.integers(0, 60))
def test_months_later_keeps_the_day_number_or_takes_the_last(on: date, months: int) -> None:
    later = months_later(on, months)
    assert (later.year * 12 + later.month) - (on.year * 12 + on.month) == months
    assert later.day == on.day or (later.day < on.day and later.day >= 28)


@given(DAYS, st.sampled_from(Precision))
def test_a_span_contains_its_own_first_day(on: date, precision: Precision) -> None:
    try:
        rough = ImpreciseDay(on, precision)
    except ValueError:
        return
    assert rough.first == on <= rough.last
    assert rough.about == (precision is not Precision.DAY)
