"""Rounded tables may miss their own total by a little, and their stocks by no more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cases.disclosure import Settings
from cases.disclosure.rounded import RoundedPeriod, adds_up, balances, revised, tolerance

FIVES = Settings(rounding=5)
counts = st.integers(0, 10_000)


def test_each_term_may_be_off_by_two_and_a_half() -> None:
    assert tolerance(4) == 10
    assert balances(RoundedPeriod(100, 50, 30, 130))
    assert not balances(RoundedPeriod(100, 50, 30, 135))


@given(st.lists(counts, min_size=1, max_size=12))
def test_a_table_that_added_up_before_rounding_still_does(parts: list[int]) -> None:
    assert adds_up(FIVES.published(sum(parts)), [FIVES.published(part) for part in parts])


def test_the_national_table_of_five_measures_is_no_mistake() -> None:
    assert adds_up(27_960, [18_655, 260, 8_805, 235])
    assert not adds_up(27_960, [18_655, 260, 8_805, 215])


@given(counts, counts, counts)
def test_stock_and_flow_that_balanced_still_do_in_fives(begin: int, came: int, went: int) -> None:
    exact = (begin + went, came, went, begin + came)
    assert balances(RoundedPeriod(*(FIVES.published(number) for number in exact)))


def test_a_begin_that_differs_from_the_end_before_is_a_revision() -> None:
    periods = [
        RoundedPeriod(100, 20, 10, 110),
        RoundedPeriod(115, 20, 10, 125),
        RoundedPeriod(125, 0, 0, 125),
    ]
    assert revised(periods) == (1,)


@given(counts)
def test_halves_go_upward_and_a_reader_knows_the_number_to_two(count: int) -> None:
    printed = int(FIVES.published(count))
    low, high = FIVES.told(count)
    assert printed % 5 == 0
    assert -2 <= printed - count <= 2
    assert printed - 2 <= low <= count <= high <= printed + 2
