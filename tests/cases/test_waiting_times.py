"""The median wait: textbook tables, late entry by hand, and the window."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.counting.rules.columns import UNKNOWN, Facts, MeasureColumns, WaitingColumns
from cases.counting.rules.waiting_times import NOT_REACHED, Waits, waiting_times, waits_in_window

ONE_GROUP = np.ones((1, 1), dtype=np.bool_)
# Remission times of leukaemia in weeks, 6-MP against placebo (Freireich and others, 1963),
# the standard table of survival textbooks.
SIX_MP = {6: 3, 7: 1, 10: 1, 13: 1, 16: 1, 22: 1, 23: 1}
SIX_MP_CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def waits(*spells: tuple[int, int, bool]) -> Waits:
    """Spells as (joined after, left at, helped)."""
    columns = list(zip(*spells, strict=True)) or [(), (), ()]
    return Waits(
        group=np.zeros(len(spells), dtype=np.int64),
        joined_after=np.array(columns[0], dtype=np.int64),
        left_at=np.array(columns[1], dtype=np.int64),
        helped=np.array(columns[2], dtype=np.bool_),
        other=np.zeros(len(spells), dtype=np.bool_),
    )


def median(*spells: tuple[int, int, bool]) -> int:
    return int(waiting_times(waits(*spells), ONE_GROUP).median_days[0])


def test_the_textbook_table_with_censoring_gives_its_median() -> None:
    events = [(-1, week, True) for week, number in SIX_MP.items() for _ in range(number)]
    assert median(*events, *((-1, week, False) for week in SIX_MP_CENSORED)) == 23


def test_the_textbook_table_without_censoring_gives_its_median() -> None:
    assert median(*((-1, week, True) for week in PLACEBO)) == 8


def test_survival_of_exactly_one_half_is_a_median() -> None:
    # Thirds and fifths are not exact in binary: 2/3 * 3/4 of six spells is one half.
    assert median(*((-1, t, True) for t in (1, 1, 2)), *((-1, 9, False) for _ in range(3))) == 2


def test_survival_of_exactly_one_half_is_a_median_where_floats_make_it_more() -> None:
    # Ten spells of which two, two and one are helped: 8/10 * 6/8 * 5/6.
    helped = [(-1, t, True) for t in (1, 1, 2, 2, 3)]
    assert median(*helped, *[(-1, 9, False)] * 5) == 3
    assert median(*helped, *[(-1, 9, False)] * 6) == NOT_REACHED


def test_survival_of_a_hair_above_one_half_is_no_median_yet() -> None:
    # 40000/40001 * 20000/39999 is one half and three in ten milliard: floats are no judge of it.
    first = [(-1, 1, True), (-1, 1, False)]
    second = [(-1, 2, True)] * 19_999
    assert median(*first, *second, *[(-1, 9, False)] * 20_000) == NOT_REACHED
    # One censored spell less at the end, and it is less than one half.
    assert median(*first, *second, *[(-1, 9, False)] * 19_999) == 2


def test_a_spell_is_not_at_risk_before_the_window_opened() -> None:
    # At age 3 only the two that were there from the start are at risk: S = 1/2.
    assert median((-1, 3, True), (-1, 9, False), (3, 9, False), (3, 9, False)) == 3
    # Joined one day of age earlier they count, and S = 3/4.
    assert median((-1, 3, True), (-1, 9, False), (2, 9, False), (2, 9, False)) == NOT_REACHED


def test_an_event_comes_before_a_censoring_of_the_same_day() -> None:
    assert median((-1, 5, True), (-1, 5, False), (-1, 5, False)) == NOT_REACHED
    assert median((-1, 5, True), (-1, 4, False), (-1, 5, False)) == 5


def test_help_on_the_day_of_entry_is_a_wait_of_nought_days() -> None:
    assert median((-1, 0, True), (-1, 7, False)) == 0


@pytest.mark.parametrize("spells", [[], [(-1, 4, False)]])
def test_without_anyone_helped_the_median_is_not_reached(
    spells: list[tuple[int, int, bool]],
) -> None:
    found = waiting_times(waits(*spells), ONE_GROUP)
    assert (found.spells.tolist(), found.median_days.tolist()) == ([len(spells)], [NOT_REACHED])


@given(
    st.lists(
        st.tuples(st.integers(-1, 8), st.integers(0, 12), st.booleans()).filter(
            lambda spell: spell[0] < spell[1]
        ),
        max_size=30,
    )
)
def test_the_median_agrees_with_exact_fractions(spells: list[tuple[int, int, bool]]) -> None:
    survival, expected = Fraction(1), NOT_REACHED
    for age in range(13):
        at_risk = [each for each in spells if each[0] < age <= each[1]]
        events = sum(each[1] == age and each[2] for each in at_risk)
        if events:
            survival *= 1 - Fraction(events, len(at_risk))
        if survival <= Fraction(1, 2):
            expected = age
            break
    assert median(*spells) == expected


def _facts(entered: list[str], left: list[str | None]) -> Facts:
    count = len(entered)
    none = np.full(count, np.datetime64("NaT", "D"), dtype="datetime64[D]")
    days = list(MeasureColumns.__dataclass_fields__)[4:-1]
    return Facts(
        reference_on=np.datetime64("2025-09-30"),
        measures=MeasureColumns(
            youth=np.arange(count, dtype=np.int32),
            municipality=np.zeros(count, dtype=np.int16),
            measure=np.full(count, 11, dtype=np.int16),
            entry=np.zeros(count, dtype=np.int8),
            **dict.fromkeys(days, none),
            workers_so_far=np.full(count, UNKNOWN, dtype=np.int32),
        ),
        waiting=WaitingColumns(
            measure_row=np.arange(count, dtype=np.int32),
            list=np.zeros(count, dtype=np.int8),
            exit_reason=np.zeros(count, dtype=np.int8),
            entered_on=np.array(entered, dtype="datetime64[D]"),
            left_on=np.array(left, dtype="datetime64[D]"),
            safety_checked_on=none,
            next_check_due_on=none,
        ),
        safe_home=None,
    )


def test_a_spell_that_ended_on_the_windows_first_day_belongs_to_it() -> None:
    facts = _facts(["2024-09-01", "2024-09-01"], ["2024-10-01", "2024-09-30"])
    found = waits_in_window(facts, date(2025, 9, 1))
    assert found.left_at.tolist() == [30]
    assert found.joined_after.tolist() == [29]


def test_what_happened_after_the_months_end_is_not_known_yet() -> None:
    facts = _facts(["2025-06-20", "2025-07-01"], ["2025-07-10", "2025-07-02"])
    found = waits_in_window(facts, date(2025, 6, 1))
    assert found.left_at.tolist() == [10]
    assert found.helped.tolist() == [False]
