"""A verdict beside numbers in fives: every pair of counts that reads so is asked, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.compliance.rules.judging import Verdict
from certification.indicators.rules.shapes import Unit
from reports.figures.rules.disclosure import verdict_from_rounded
from reports.figures.rules.figures import Figure, FigureState

HALF = Fraction(1, 2)
MET, NOT_MET, FEW = Verdict.MET, Verdict.NOT_MET, Verdict.FEW_CASES
fives = st.integers(2, 80).map(lambda number: 5 * number)


def sums(numerator: int | None, denominator: int, unit: Unit = Unit.PERCENT) -> Figure:
    """What a council reads: a figure in fives, of which only the sums matter here."""
    return Figure(
        kpi="contact_5wd",
        unit=unit,
        scope="institution",
        scope_code="jbn",
        month=date(2025, 9, 1),
        state=FigureState.NO_CASES,
        verdict=MET,
        numerator=None if numerator is None else Decimal(numerator),
        denominator=Decimal(denominator),
    )


def said(read: Figure, norm: int, exact: Verdict = MET, *, higher: bool = True) -> Verdict:
    """The verdict that a council reads beside it."""
    fives = replace(read, norm=Decimal(norm), verdict=exact)
    return verdict_from_rounded(fives, higher_is_better=higher)


def pairs(read: Figure) -> Iterator[tuple[Fraction, Fraction]]:
    """Counts (workers come in halves) that round to what is read, the bounds included."""
    assert read.numerator is not None
    assert read.denominator is not None
    steps = [HALF * step for step in range(-5, 6)]
    for part in (Fraction(read.numerator) + step for step in steps):
        for whole in (Fraction(read.denominator) + step for step in steps):
            if part >= 0 and whole >= 1 and (read.unit is not Unit.PERCENT or part <= whole):
                yield part, whole


def meets(part: Fraction, whole: Fraction, read: Figure, norm: int, *, higher: bool) -> bool:
    """Whether one pair meets the norm."""
    value = part / whole * (100 if read.unit is Unit.PERCENT else 1)
    return value >= norm if higher else value <= norm


def agreed(read: Figure, norm: int, *, higher: bool) -> Verdict:
    """What all pairs that read so have in common."""
    outcomes = {meets(*pair, read, norm, higher=higher) for pair in pairs(read)}
    return FEW if len(outcomes) == 2 else MET if outcomes == {True} else NOT_MET


@given(fives, st.data(), st.sampled_from([0, 5, 50, 80, 95, 100]), st.booleans())
def test_a_percentage_gets_a_verdict_where_all_pairs_that_read_so_agree(
    denominator: int, data: st.DataObject, norm: int, higher: bool
) -> None:
    read = sums(data.draw(st.integers(0, denominator // 5)) * 5, denominator)
    assert said(read, norm, higher=higher) is agreed(read, norm, higher=higher)


@given(fives, fives, st.integers(1, 30), st.booleans())
def test_a_ratio_gets_a_verdict_where_all_pairs_that_read_so_agree(
    numerator: int, denominator: int, norm: int, higher: bool
) -> None:
    read = sums(numerator, denominator, Unit.PER_FTE)
    assert said(read, norm, higher=higher) is agreed(read, norm, higher=higher)


@pytest.mark.parametrize(
    ("numerator", "denominator", "verdict"),
    [
        (85, 100, MET),  # 82.5 of 102.5 is 80.5 per cent
        (80, 95, FEW),  # 77.5 of 97.5 is 79.5
        (75, 95, FEW),  # 77.5 of 92.5 is 83.8, and 72.5 of 97.5 is 74.4
        (70, 95, NOT_MET),  # 72.5 of 92.5 is 78.4
    ],
)
def test_a_verdict_is_said_where_two_and_a_half_more_or_less_do_not_matter(
    numerator: int, denominator: int, verdict: Verdict
) -> None:
    assert said(sums(numerator, denominator), 80) is verdict


@pytest.mark.parametrize("exact", [MET, NOT_MET])
def test_the_exact_verdict_never_shines_through(exact: Verdict) -> None:
    """A council that could read 80 of 95 as met would know that it is 77 of 96 or more."""
    assert said(sums(80, 95), 80, exact) is FEW
    assert said(sums(85, 100), 80, exact) is MET


@pytest.mark.parametrize("exact", [v for v in Verdict if v not in {Verdict.MET, Verdict.NOT_MET}])
def test_what_is_no_judgement_is_said_as_it_is(exact: Verdict) -> None:
    assert said(sums(85, 100), 80, exact) is exact


def test_without_sums_to_read_nothing_is_said_of_the_norm() -> None:
    assert said(sums(None, 100), 80) is FEW
    assert said(sums(0, 0), 80) is FEW
