"""Control charts: each rule at its edges, gaps, phases, and too few points."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from certification.control_charts.rules.limits import (
    Assurance,
    Rule,
    SpecialCause,
    Value,
    Variation,
    control_chart,
)
from certification.indicators.rules.shapes import Direction

HIGHER, LOWER, NONE = Direction.HIGHER, Direction.LOWER, Direction.NONE
Values = Sequence[Value]
CALM: Values = [1, -1] * 20
"""Chance by the book: mean 0, every range 2, limits 5.32 away and near limits 3.55 away."""


def marked(values: Values, *starts: int) -> dict[int, tuple[Rule, bool]]:
    """Which points are marked, by which rule and to which side."""
    marks = control_chart(values, HIGHER, phase_starts=starts).marks
    return {i: (mark.rule, mark.high) for i, mark in enumerate(marks) if mark}


@pytest.mark.parametrize(("end", "is_beyond"), [(665, False), (666, True)])
def test_a_point_on_the_limit_is_not_beyond_it(end: int, is_beyond: bool) -> None:
    # Mean 0 by symmetry. With ends of 665 two ranges are 569 and eleven are 192, together
    # 3250, so the mean range is 250 and the limit 2.66 * 250 = 665 exactly.
    values: Values = [-end, *[-96, 96] * 6, end]
    phase = control_chart(values, HIGHER).phases[0]
    assert phase.limits is not None
    if not is_beyond:
        assert (phase.limits.lower, phase.limits.upper) == (Decimal(-665), Decimal(665))
    beyond = {0: (Rule.BEYOND_LIMIT, False), 13: (Rule.BEYOND_LIMIT, True)}
    assert marked(values) == (beyond if is_beyond else {})


def test_seven_rising_points_are_a_trend_and_six_are_not() -> None:
    base: Values = [50, 10, 50, 10, 50, 10, 50]
    seven = marked([*base, 20, 24, 28, 32, 36, 40, 44, 10, 50, 10])
    assert {i for i, (rule, _) in seven.items() if rule is Rule.TREND} == set(range(7, 14))
    six = marked([*base, 20, 24, 28, 32, 36, 40, 10, 50, 10])
    assert Rule.TREND not in {rule for rule, _ in six.values()}


def test_equal_neighbours_break_a_trend() -> None:
    base: Values = [50, 10, 50, 10, 50, 10, 50]
    found = marked([*base, 20, 24, 28, 28, 32, 36, 40, 10, 50, 10])
    assert Rule.TREND not in {rule for rule, _ in found.values()}


def test_a_falling_trend_points_down_also_above_the_centre() -> None:
    found = marked([*[30, -30] * 10, *range(12, 4, -1), *[30, -30] * 3])
    trend = {i: high for i, (rule, high) in found.items() if rule is Rule.TREND}
    assert trend == dict.fromkeys(range(20, 28), False)


def test_a_peak_of_two_trends_belongs_to_the_later() -> None:
    values: Values = [0, 90, *range(30, 44, 2), *range(40, 28, -2), 0, 90, 0, 90]
    found = marked(values)
    peak = values.index(42)
    assert found[peak - 1] == (Rule.TREND, True)
    assert found[peak] == (Rule.TREND, False)


def test_the_whole_run_is_marked_when_it_is_longer_than_seven() -> None:
    found = marked([0, 10] * 4 + [6] * 9 + [0, 10] * 4 + [0, 0])
    run = [i for i, (rule, high) in found.items() if rule is Rule.ONE_SIDE and high]
    assert run[:1] == [7]
    assert len(run) >= 10


def test_six_on_one_side_are_chance_and_seven_are_not() -> None:
    # The centre is 5 in both: what is more on one side is made up for on the other.
    six = [0, 10, 0, 10, 0, 6, 6, 6, 6, 6, 6, 0, 8, 1, 5, 5]
    assert sum(six) / len(six) < 6
    assert Rule.ONE_SIDE not in {rule for rule, _ in marked([*six]).values()}
    seven = [0, 10, 0, 10, 0, 6, 6, 6, 6, 6, 6, 6, 0, 8, 1, 5, 5]
    assert {i for i, (rule, _) in marked([*seven]).items() if rule is Rule.ONE_SIDE} == set(
        range(5, 12)
    )


def test_a_point_on_the_centre_breaks_a_run() -> None:
    # What the run adds is taken off again by what follows, so that the mean stays 0.
    after: Values = [-1, -1, 1] * 6
    broken: Values = [*CALM, 1, 1, 1, 0, 1, 1, 1, *after]
    assert control_chart(broken, HIGHER).phases[0].centre == 0
    assert marked(broken) == {}
    whole: Values = [*CALM, 1, 1, 1, 1, 1, 1, 1, *after]
    assert marked(whole) == dict.fromkeys(range(40, 47), (Rule.ONE_SIDE, True))


def test_the_mean_is_exact_so_that_tenths_lie_on_it() -> None:
    # In binary the mean of twelve times 0.1 is not 0.1, and each point would lie below it.
    chart = control_chart([0.1] * 12, HIGHER)
    assert chart.phases[0].centre == Decimal("0.1")
    assert set(chart.marks) == {None}
    assert chart.variation is Variation.SAME


@pytest.mark.parametrize("order", [(4.5, 4.5, 1), (4.5, 1, 4.5), (1, 4.5, 4.5), (4.5, 4.5, 4.5)])
@pytest.mark.parametrize("side", [1, -1])
def test_of_two_in_three_near_a_limit_the_near_ones_alone_are_marked(
    order: tuple[float, ...], side: int
) -> None:
    calm: Values = CALM if side > 0 else [-1, 1] * 20
    found = marked([*calm, *(side * value for value in order), -side, *calm])
    near = {40 + i for i, value in enumerate(order) if value == 4.5}
    assert found == dict.fromkeys(near, (Rule.TWO_OF_THREE, side > 0))


def test_one_near_a_limit_is_chance() -> None:
    assert marked([*CALM, 4.5, 1, 1, -1, *CALM]) == {}


@pytest.mark.parametrize("three", [(4.5, -1, 4.5), (4.5, -4.5, -1), (-4.5, 4.5, 4.5)])
def test_two_in_three_need_all_three_on_one_side(three: tuple[float, ...]) -> None:
    assert marked([*CALM, *three, -1, *CALM]) == {}


def test_a_point_beyond_the_limit_does_not_count_as_near() -> None:
    assert marked([*CALM, 4.5, 9, 1, -1, *CALM]) == {41: (Rule.BEYOND_LIMIT, True)}
    two_besides = marked([*CALM, 4.5, 9, 4.5, -1, *CALM])
    assert two_besides == {
        40: (Rule.TWO_OF_THREE, True),
        41: (Rule.BEYOND_LIMIT, True),
        42: (Rule.TWO_OF_THREE, True),
    }


def test_a_point_beyond_a_limit_in_a_trend_says_beyond_the_limit() -> None:
    values: Values = [0, 1] * 10 + [2, 3, 4, 5, 6, 7, 30]
    found = marked(values)
    assert found[len(values) - 1] == (Rule.BEYOND_LIMIT, True)
    assert found[len(values) - 4][0] in {Rule.TREND, Rule.BEYOND_LIMIT}


def test_no_moving_range_reaches_over_a_gap() -> None:
    values: Values = [0, 1, 0, 1, 0, 1, None, 100, 101, 100, 101, 100, 101]
    assert control_chart(values, HIGHER).phases[0].mean_range == 1


def test_a_gap_breaks_a_run_and_a_trend() -> None:
    base: Values = [50, 10, 50, 10, 50, 10, 50]
    broken = marked([*base, 20, 24, 28, None, 32, 36, 40, 44, 10, 50, 10])
    assert Rule.TREND not in {rule for rule, _ in broken.values()}
    run: Values = [0, 10, 0, 10, 0, 6, 6, 6, None, 6, 6, 6, 6, 0, 8, 1, 5, 5]
    assert Rule.ONE_SIDE not in {rule for rule, _ in marked(run).values()}


def test_a_gap_is_no_nought_and_has_no_mark() -> None:
    values: Values = [80, 82, None, 81, 80, 82, 81, 80, 82, None, 81, 80, 82, 81]
    chart = control_chart(values, HIGHER)
    assert chart.phases[0].count == 12
    assert chart.phases[0].centre == 81
    assert set(chart.marks) == {None}


def test_the_last_month_with_a_value_says_how_it_varies() -> None:
    values: Values = [*PUBLISHED_LIKE, 30, None, None]
    assert control_chart(values, HIGHER).variation is Variation.IMPROVEMENT
    assert control_chart(values, LOWER).variation is Variation.CONCERN
    assert control_chart(values, NONE).variation is Variation.HIGH


PUBLISHED_LIKE: Values = [1, 2] * 10


@pytest.mark.parametrize(
    ("last", "direction", "expected"),
    [
        (30, HIGHER, Variation.IMPROVEMENT),
        (30, LOWER, Variation.CONCERN),
        (30, NONE, Variation.HIGH),
        (-30, HIGHER, Variation.CONCERN),
        (-30, LOWER, Variation.IMPROVEMENT),
        (-30, NONE, Variation.LOW),
        (2, HIGHER, Variation.COMMON),
        (2, NONE, Variation.COMMON),
    ],
)
def test_the_last_point_tells_by_the_side_that_is_better(
    last: float, direction: Direction, expected: Variation
) -> None:
    assert control_chart([*PUBLISHED_LIKE, last], direction).variation is expected


def test_only_the_last_point_tells_and_not_one_before_it() -> None:
    assert control_chart([*PUBLISHED_LIKE, 30, 1], HIGHER).variation is Variation.COMMON


def test_phases_are_reckoned_apart_and_the_last_one_tells() -> None:
    values: Values = [1, 2] * 6 + [11, 12] * 6
    whole = control_chart(values, HIGHER, target=10)
    assert whole.variation is not Variation.COMMON
    split = control_chart(values, HIGHER, phase_starts=[12], target=5)
    assert [phase.centre for phase in split.phases] == [Decimal("1.5"), Decimal("11.5")]
    assert [(phase.first, phase.last) for phase in split.phases] == [(0, 11), (12, 23)]
    assert split.variation is Variation.COMMON
    assert split.assurance is not None
    assert split.assurance.value == "passes"
    assert [phase.mean_range for phase in split.phases] == [1, 1]


def test_nothing_reaches_from_one_phase_into_the_next() -> None:
    rising: Values = [50, 10, 50, 10, 50, 10, 50, 20, 24, 28, 32, 36, 40, 44, 10, 50, 10, 50]
    assert Rule.TREND in {rule for rule, _ in marked(rising).values()}
    assert Rule.TREND not in {rule for rule, _ in marked(rising, 10).values()}


def test_nothing_is_split_by_itself() -> None:
    assert len(control_chart([1, 2] * 12 + [91, 92] * 12, HIGHER).phases) == 1


@pytest.mark.parametrize("count", range(7))
def test_under_seven_points_no_rule_fires_and_nothing_breaks(count: int) -> None:
    values: Values = [1, 2, 1, 2, 1, 900][-count:] if count else []
    chart = control_chart(values, HIGHER, target=1)
    assert set(chart.marks) <= {None}
    assert chart.variation is Variation.TOO_FEW
    assert chart.assurance is None
    assert all(phase.trial for phase in chart.phases)


def test_seven_points_in_a_row_are_the_first_to_say_something() -> None:
    rising: Values = [1, 2, 3, 4, 5, 6, 7]
    chart = control_chart(rising, HIGHER)
    # Mean 4, every range 1: the first and the last lie beyond the limits of 1.34 and 6.66.
    assert chart.marks == (
        SpecialCause(Rule.BEYOND_LIMIT, high=False),
        *[SpecialCause(Rule.TREND, high=True)] * 5,
        SpecialCause(Rule.BEYOND_LIMIT, high=True),
    )
    assert chart.variation is Variation.IMPROVEMENT
    assert chart.phases[0].trial


@pytest.mark.parametrize(("count", "trial"), [(11, True), (12, False)])
def test_limits_are_on_trial_until_there_are_twelve_points(count: int, trial: bool) -> None:
    assert control_chart([5, 6] * 5 + [5] * (count - 10), HIGHER).phases[0].trial is trial


def test_a_short_last_phase_says_nothing_whatever_came_before() -> None:
    chart = control_chart([1, 2] * 10 + [90, 91], HIGHER, phase_starts=[20], target=1)
    assert chart.variation is Variation.TOO_FEW
    assert chart.assurance is None
    assert [phase.trial for phase in chart.phases] == [False, True]


def test_a_phase_without_any_value_or_without_neighbours_has_no_limits() -> None:
    chart = control_chart([1, 2] * 6 + [None] * 4, HIGHER, phase_starts=[12])
    assert (chart.phases[1].centre, chart.phases[1].limits) == (None, None)
    lonely: Values = [1, None] * 9
    apart = control_chart(lonely, HIGHER)
    assert apart.phases[0].count == 9
    assert apart.phases[0].limits is None
    assert apart.variation is Variation.TOO_FEW


def test_without_any_spread_only_what_differs_is_beyond_the_limits() -> None:
    flat = control_chart([80] * 12, HIGHER, target=80)
    assert set(flat.marks) == {None}
    assert flat.assurance is not None
    assert flat.assurance.value == "passes"
    one_off = control_chart([80] * 14 + [70], HIGHER)
    assert one_off.marks[-1] == SpecialCause(Rule.BEYOND_LIMIT, high=False)


@pytest.mark.parametrize("start", [-1, 3, 40])
def test_a_phase_outside_the_months_is_refused(start: int) -> None:
    with pytest.raises(ValueError, match="outside the months"):
        control_chart([1, 2, 3], HIGHER, phase_starts=[start])


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_refused(value: float | Decimal) -> None:
    with pytest.raises(ValueError, match="finite"):
        control_chart([1, value, 2], HIGHER)


# Charts without spread, as a table: values, target, and what is said.
ALL: Values = [100] * 12
ONCE: Values = [100] * 6 + [95] + [100] * 6
NEVER: Values = [0] * 12


@pytest.mark.parametrize(
    ("values", "direction", "target", "variation", "assurance", "kept", "has_limits"),
    [
        (ALL, HIGHER, 100, Variation.SAME, Assurance.PASSES, 12, False),
        (ALL, HIGHER, 90, Variation.SAME, Assurance.PASSES, 12, False),
        (ALL[:8], HIGHER, 101, Variation.SAME, Assurance.FAILS, 0, False),
        (ALL, LOWER, 100, Variation.SAME, Assurance.PASSES, 12, False),
        (ALL, LOWER, 99, Variation.SAME, Assurance.FAILS, 0, False),
        (NEVER, LOWER, 0, Variation.SAME, Assurance.PASSES, 12, False),
        (ALL[:6], HIGHER, 100, Variation.TOO_FEW, None, None, False),
        (ONCE, HIGHER, 100, Variation.COMMON, Assurance.HIT_AND_MISS, 12, True),
        (ONCE, HIGHER, 90, Variation.COMMON, Assurance.PASSES, 13, True),
    ],
)
def test_a_chart_without_spread_says_what_stands_there(
    values: Values,
    direction: Direction,
    target: int,
    variation: Variation,
    assurance: Assurance | None,
    kept: int | None,
    has_limits: bool,
) -> None:
    chart = control_chart(values, direction, target=target)
    assert (chart.variation, chart.assurance, chart.kept) == (variation, assurance, kept)
    assert (chart.phases[0].limits is not None) is has_limits


def test_one_other_month_among_equals_marks_that_month_alone() -> None:
    # Screened, the two ranges of 5 would go and every range left would be 0; and all others lie
    # on one side of the mean.
    assert marked(ONCE) == {6: (Rule.BEYOND_LIMIT, False)}


def test_equal_neighbours_with_gaps_between_other_values_say_nothing() -> None:
    chart = control_chart([5, 5, None, 7, 7, None, 9, 9, 9], HIGHER, target=8)
    assert (chart.variation, chart.assurance, chart.wants_a_phase) == (
        Variation.TOO_FEW,
        None,
        False,
    )


def test_a_chart_of_two_levels_asks_for_a_phase() -> None:
    chart = control_chart([*[10, 11] * 6, *[30, 31] * 6], HIGHER)
    assert chart.wants_a_phase
    assert not control_chart(CALM, HIGHER).wants_a_phase
