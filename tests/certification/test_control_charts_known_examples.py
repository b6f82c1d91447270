"""Control charts: examples calculated by hand, and those the NHS package publishes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from certification.control_charts.rules.limits import (
    Assurance,
    Rule,
    SpecialCause,
    Variation,
    control_chart,
    fits_a_chart,
)
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Direction

HIGHER, LOWER, NONE = Direction.HIGHER, Direction.LOWER, Direction.NONE
PUBLISHED = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
"""The series with one outlier on the package's page about its deviations from the sheets."""
TWENTY_NORMAL = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621,
    -1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272,
    -0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141,
]  # fmt: skip
"""The series behind the package's recorded output: R's first twenty normal numbers."""


def test_two_by_turns_have_limits_that_can_be_reckoned_by_heart() -> None:
    # 10 and 12 by turns: mean 11, every range 2, limits 11 +/- 5.32, near 11 +/- 3.5466...
    phase = control_chart([10, 12] * 6, HIGHER).phases[0]
    assert (phase.count, phase.centre, phase.mean_range) == (12, Decimal(11), Decimal(2))
    assert phase.limits is not None
    assert (phase.limits.lower, phase.limits.upper) == (Decimal("5.68"), Decimal("16.32"))
    assert phase.limits.near_upper == pytest.approx(Decimal("14.54666666667"))
    assert phase.limits.near_lower == pytest.approx(Decimal("7.45333333333"))


@pytest.mark.parametrize(
    ("screened", "lower", "upper"), [(True, "-0.72", "4.60"), (False, "-3.06", "6.95")]
)
def test_the_published_outlier_gives_the_published_limits(
    screened: bool, lower: str, upper: str
) -> None:
    phase = control_chart(PUBLISHED, HIGHER, screened=screened).phases[0]
    assert phase.limits is not None
    assert phase.centre is not None
    assert round(phase.centre, 2) == Decimal("1.94")
    assert round(phase.limits.lower, 2) == Decimal(lower)
    assert round(phase.limits.upper, 2) == Decimal(upper)


def test_screening_is_on_unless_it_is_put_off() -> None:
    assert control_chart(PUBLISHED, HIGHER) == control_chart(PUBLISHED, HIGHER, screened=True)


def test_the_published_chart_marks_the_outlier_alone() -> None:
    chart = control_chart(PUBLISHED, HIGHER)
    assert [i for i, mark in enumerate(chart.marks) if mark] == [4]
    assert chart.marks[4] == SpecialCause(Rule.BEYOND_LIMIT, high=True)
    assert chart.variation is Variation.COMMON


@pytest.mark.parametrize(
    ("fifteenth", "mean", "lower", "upper"),
    [
        (-0.55584113, "0.1416238", "-3.01138", "3.294627"),
        (10, "0.6694159", "-2.383666", "3.722497"),
    ],
)
def test_the_recorded_output_of_the_package_comes_out(
    fifteenth: float, mean: str, lower: str, upper: str
) -> None:
    values = [*TWENTY_NORMAL[:14], fifteenth, *TWENTY_NORMAL[15:]]
    phase = control_chart(values, HIGHER).phases[0]
    assert phase.limits is not None
    assert phase.centre == pytest.approx(Decimal(mean), abs=Decimal("1e-6"))
    assert phase.limits.lower == pytest.approx(Decimal(lower), abs=Decimal("1e-5"))
    assert phase.limits.upper == pytest.approx(Decimal(upper), abs=Decimal("1e-5"))


def test_a_range_of_exactly_the_screening_factor_is_left_out() -> None:
    # Nine ranges of 6733 and one of 9 * 3267 = 29403: mean 9000, times 3.267 is 29403.
    values = [0]
    for number in range(9):
        values.append(values[-1] + (6733 if number % 2 else -6733))
    on_the_line = control_chart([*values, values[-1] + 29403], HIGHER).phases[0]
    assert on_the_line.mean_range == 6733
    just_under = control_chart([*values, values[-1] + 29402], HIGHER).phases[0]
    assert just_under.mean_range == Decimal("8999.9")


def test_screening_is_done_once() -> None:
    # Fifteen ranges of 1, one of 6 and one of 40: 61 / 17 = 3.59, times 3.267 is 11.7, so 40
    # goes. The rest make 21 / 16 = 1.3125, times 3.267 is 4.3, but 6 stays.
    values = [0, 1] * 8
    values += [values[-1] + 6, values[-1] + 6 + 40]
    phase = control_chart(values, HIGHER).phases[0]
    assert phase.mean_range == Decimal(21) / 16


def test_the_centre_is_not_screened() -> None:
    phase = control_chart([1, 0] * 3 + [694] + [0, 1] * 3 + [0], HIGHER).phases[0]
    assert phase.centre == 50
    assert phase.mean_range == 1


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [
        ("16.33", Assurance.FAILS, Assurance.PASSES),
        ("16.32", Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        ("11", Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        ("5.68", Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        ("5.67", Assurance.PASSES, Assurance.FAILS),
    ],
)
def test_a_target_is_kept_or_missed_only_when_it_lies_strictly_beyond_a_limit(
    target: str, higher: Assurance, lower: Assurance
) -> None:
    values = [10, 12] * 6
    assert control_chart(values, HIGHER, target=Decimal(target)).assurance is higher
    assert control_chart(values, LOWER, target=Decimal(target)).assurance is lower


def test_without_a_target_or_a_better_side_nothing_is_said_about_a_target() -> None:
    assert control_chart([10, 12] * 6, HIGHER).assurance is None
    assert control_chart([10, 12] * 6, NONE, target=11).assurance is None


def test_limits_are_not_clipped_to_what_a_percentage_can_be() -> None:
    limits = control_chart([Decimal(100), Decimal(90)] * 6, HIGHER).phases[0].limits
    assert limits is not None
    assert limits.upper > 100
    low = control_chart([Decimal(0), Decimal(10)] * 6, HIGHER).phases[0].limits
    assert low is not None
    assert low.lower < 0


def test_a_year_in_one_figure_does_not_fit_and_a_month_does() -> None:
    left_out = {code for code, kpi in KPIS.items() if not fits_a_chart(kpi)}
    assert left_out == {"waiting_median_days", "absence_12m", "turnover_12m"}
