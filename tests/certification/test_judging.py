"""Verdicts: what comes first, and exact sums against the threshold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from certification.compliance.rules.judging import (
    NOT_DELIVERED,
    NOT_KNOWN,
    Bound,
    Counted,
    NormRule,
    State,
    Verdict,
    judge,
    norm_for,
)
from certification.indicators.rules.kpis import KPIS

PERCENT = KPIS["contact_5wd"]
PER_FTE = KPIS["caseload"]
COUNT = KPIS["waiting_youths"]
MEDIAN = KPIS["waiting_median_days"]
MONTH = date(2025, 9, 1)


def norm(kpi: str, threshold: str, bound: Bound = Bound.AT_LEAST, scope: str = "") -> NormRule:
    return NormRule(kpi, scope, Decimal(threshold), bound, date(2015, 1, 1), None)


def known(numerator: int | Decimal | None, denominator: int | Decimal | None) -> Counted:
    return State.KNOWN, numerator, denominator, None


def test_what_was_not_delivered_is_said_before_anything_else() -> None:
    assert judge(PERCENT, norm("contact_5wd", "100"), NOT_DELIVERED) is Verdict.NOT_DELIVERED
    assert judge(PERCENT, None, NOT_DELIVERED) is Verdict.NOT_DELIVERED


def test_what_is_not_known_is_said_before_there_is_no_norm() -> None:
    assert judge(PER_FTE, None, NOT_KNOWN) is Verdict.NOT_KNOWN


@pytest.mark.parametrize("denominator", [0, 3, 40])
def test_without_a_norm_the_number_of_cases_does_not_matter(denominator: int) -> None:
    assert judge(PERCENT, None, known(0, denominator)) is Verdict.NO_NORM


@pytest.mark.parametrize(
    ("numerator", "denominator", "verdict"),
    [
        (0, 0, Verdict.NO_CASES),
        (9, 9, Verdict.FEW_CASES),
        (9, 10, Verdict.NOT_MET),
        (10, 10, Verdict.MET),
    ],
)
def test_ten_cases_are_enough_to_judge(numerator: int, denominator: int, verdict: Verdict) -> None:
    assert judge(PERCENT, norm("contact_5wd", "100"), known(numerator, denominator)) is verdict


def test_a_percentage_is_compared_before_it_is_rounded() -> None:
    # 66.666...% of 3 in 10,000,000 would round to the threshold; the sums do not reach it.
    rule = norm("contact_5wd", "66.6667")
    assert judge(PERCENT, rule, known(20_000_000, 30_000_000)) is Verdict.NOT_MET
    assert judge(PERCENT, norm("contact_5wd", "66.6666"), known(20, 30)) is Verdict.MET


def test_at_most_is_met_on_the_threshold_itself() -> None:
    rule = norm("caseload", "12", Bound.AT_MOST)
    assert judge(PER_FTE, rule, known(126, Decimal("10.5"))) is Verdict.MET
    assert judge(PER_FTE, rule, known(127, Decimal("10.5"))) is Verdict.NOT_MET


def test_a_stock_is_held_against_its_norm_as_it_is() -> None:
    rule = norm("waiting_youths", "3", Bound.AT_MOST)
    assert judge(COUNT, rule, known(3, None)) is Verdict.MET
    assert judge(COUNT, rule, known(4, None)) is Verdict.NOT_MET


def test_a_known_figure_without_its_sum_is_no_figure() -> None:
    with pytest.raises(ValueError, match="numerator"):
        judge(PERCENT, norm("contact_5wd", "80"), known(None, 12))


def test_a_median_is_judged_by_its_days_and_not_when_it_is_not_reached() -> None:
    rule = norm("waiting_median_days", "30", Bound.AT_MOST)
    assert judge(MEDIAN, rule, (State.KNOWN, None, 12, 30)) is Verdict.MET
    assert judge(MEDIAN, rule, (State.KNOWN, None, 12, 31)) is Verdict.NOT_MET
    assert judge(MEDIAN, rule, (State.NOT_REACHED, None, 12, None)) is Verdict.NOT_KNOWN
    assert judge(MEDIAN, rule, (State.NOT_REACHED, None, 9, None)) is Verdict.FEW_CASES


def test_a_norm_holds_from_its_first_month_until_before_its_last() -> None:
    rule = NormRule(
        "plan_6w", "region", Decimal(80), Bound.AT_LEAST, date(2025, 1, 1), date(2025, 9, 1)
    )
    assert norm_for([rule], "plan_6w", "region", date(2025, 1, 1)) is rule
    assert norm_for([rule], "plan_6w", "region", date(2025, 8, 1)) is rule
    assert norm_for([rule], "plan_6w", "region", MONTH) is None
    assert norm_for([rule], "plan_6w", "municipality", date(2025, 8, 1)) is None
    assert norm_for([rule], "help_3m", "region", date(2025, 8, 1)) is None
