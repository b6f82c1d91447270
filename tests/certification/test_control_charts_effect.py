"""Whether a figure changed after an action took effect."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from certification.control_charts.rules.limits import OUTCOMES, EffectOutcome, Value, effect_of
from certification.indicators.rules.shapes import Direction

HIGHER, LOWER, NONE = Direction.HIGHER, Direction.LOWER, Direction.NONE
Values = Sequence[Value]
BEFORE: Values = [40, 42] * 6
"""Mean 41, every range 2, limits 35.68 and 46.32."""


@pytest.mark.parametrize(
    ("direction", "outcome"),
    [(HIGHER, EffectOutcome.BETTER), (LOWER, EffectOutcome.WORSE), (NONE, EffectOutcome.HIGHER)],
)
def test_a_mean_beyond_the_limits_of_before_is_a_change(
    direction: Direction, outcome: EffectOutcome
) -> None:
    effect = effect_of([*BEFORE, *[60, 62] * 6], direction, 12)
    assert effect.outcome is outcome
    assert effect.mean_is_outside
    assert effect.shift == 20
    assert (effect.before.centre, effect.after.centre) == (Decimal(41), Decimal(61))
    assert effect.words == OUTCOMES[outcome]


@pytest.mark.parametrize(
    ("direction", "outcome"),
    [(HIGHER, EffectOutcome.WORSE), (LOWER, EffectOutcome.BETTER), (NONE, EffectOutcome.LOWER)],
)
def test_downwards_it_is_the_other_way_round(direction: Direction, outcome: EffectOutcome) -> None:
    assert effect_of([*BEFORE, *[20, 22] * 6], direction, 12).outcome is outcome


def test_seven_months_on_one_side_are_a_change_within_the_limits_too() -> None:
    effect = effect_of([*BEFORE, *[43, 44] * 4], HIGHER, 12)
    assert not effect.mean_is_outside
    assert effect.stays_on_one_side
    assert effect.outcome is EffectOutcome.BETTER
    assert effect.shift == Decimal("2.5")


def test_a_little_more_by_turns_is_no_demonstrable_difference() -> None:
    effect = effect_of([*BEFORE, *[40, 44] * 4], HIGHER, 12)
    assert effect.shift == 1
    assert effect.outcome is EffectOutcome.NO_DIFFERENCE


def test_a_run_against_the_shift_proves_nothing() -> None:
    values: Values = [40.5] * 7
    effect = effect_of([*BEFORE, *values, 46, 46], HIGHER, 12)
    assert effect.shift is not None
    assert effect.shift > 0
    assert effect.outcome is EffectOutcome.NO_DIFFERENCE


def test_a_mean_on_the_limit_of_before_is_not_beyond_it() -> None:
    after: Values = [Decimal("46.32"), None] * 8
    effect = effect_of([*BEFORE, *after], HIGHER, 12)
    assert effect.outcome is EffectOutcome.NO_DIFFERENCE
    over: Values = [Decimal("46.33"), None] * 8
    assert effect_of([*BEFORE, *over], HIGHER, 12).outcome is EffectOutcome.BETTER


@pytest.mark.parametrize(
    ("before", "after", "enough"), [(7, 7, True), (6, 7, False), (7, 6, False), (1, 1, False)]
)
def test_seven_months_before_and_seven_after_are_needed(
    before: int, after: int, enough: bool
) -> None:
    values: Values = [*([40, 42] * 4)[:before], *([90, 92] * 4)[:after]]
    effect = effect_of(values, HIGHER, before)
    assert effect.outcome is (EffectOutcome.BETTER if enough else EffectOutcome.TOO_FEW)
    assert "7" in OUTCOMES[EffectOutcome.TOO_FEW]


def test_months_without_a_value_do_not_count_as_months() -> None:
    effect = effect_of([*BEFORE[:6], None, None, *[90, 92] * 5], HIGHER, 8)
    assert effect.before.count == 6
    assert effect.outcome is EffectOutcome.TOO_FEW


def test_before_must_have_neighbours_to_have_limits() -> None:
    effect = effect_of([*[40, None] * 8, *[90, 92] * 5], HIGHER, 16)
    assert effect.outcome is EffectOutcome.TOO_FEW


def test_a_figure_that_moved_already_says_so() -> None:
    rising: Values = [*BEFORE, 41, 42, 43, 44, 45, 46, 47]
    effect = effect_of([*rising, *[60, 62] * 5], HIGHER, len(rising))
    assert effect.moved_already
    assert not effect_of([*BEFORE, *[60, 62] * 5], HIGHER, 12).moved_already


def test_the_effect_comes_with_the_chart_of_both_parts() -> None:
    chart = effect_of([*BEFORE, *[60, 62] * 6], HIGHER, 12).chart
    assert [(phase.first, phase.last) for phase in chart.phases] == [(0, 11), (12, 23)]


@pytest.mark.parametrize("first_after", [-1, 0, 24, 25])
def test_without_a_month_before_or_after_there_is_nothing_to_compare(first_after: int) -> None:
    with pytest.raises(ValueError, match="before and after"):
        effect_of([*BEFORE, *BEFORE], HIGHER, first_after)
