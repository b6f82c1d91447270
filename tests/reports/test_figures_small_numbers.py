"""Small numbers: what is hidden, and that sums do not give it back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.disclosure import (
    Sums,
    also_hide,
    must_hide,
    rounded,
    share,
    verdict_from_rounded,
    wilson,
)
from reports.documents import FigureState, Unit, Verdict
from reports.figures import Audience, Figure, _protect
from tests.factories.results import DRENTHE, GRONINGEN, SEPTEMBER, WHOLE

counts = st.integers(0, 40).map(Decimal)


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_count_of_one_to_four_is_hidden(count: int, hidden: bool) -> None:
    assert must_hide(Sums(Unit.COUNT, Decimal(count), None)) is hidden


@pytest.mark.parametrize(
    ("numerator", "denominator", "hidden"),
    [(9, 9, True), (0, 9, True), (10, 10, False), (4, 80, True), (0, 80, False), (0, 0, False)],
)
def test_a_percentage_over_fewer_than_ten_is_hidden(
    numerator: int, denominator: int, hidden: bool
) -> None:
    sums = Sums(Unit.PERCENT, Decimal(numerator), Decimal(denominator))
    assert must_hide(sums) is hidden


def test_a_median_over_fewer_than_ten_spells_is_hidden() -> None:
    assert must_hide(Sums(Unit.DAYS, None, Decimal(9), Decimal(30)))
    assert not must_hide(Sums(Unit.DAYS, None, Decimal(10), Decimal(30)))


@given(st.sets(st.sampled_from(["jbn", "groningen", "drenthe"])))
def test_never_is_exactly_one_of_a_sum_hidden(hidden: set[str]) -> None:
    found = also_hide(hidden, total="jbn", parts=["groningen", "drenthe"])
    assert found >= hidden
    assert len(found) != 1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counts, counts)
def test_a_hidden_region_cannot_be_taken_from_the_sum(groningen: Decimal, drenthe: Decimal) -> None:
    cells = {"groningen": groningen, "drenthe": drenthe, "jbn": groningen + drenthe}
    small = {code for code, n in cells.items() if must_hide(Sums(Unit.COUNT, n, None))}
    hidden = also_hide(small, total="jbn", parts=["groningen", "drenthe"])
    shown = {code: n for code, n in cells.items() if code not in hidden}
    for code in hidden:
        fits = {
            (g, d)
            for g in range(45)
            for d in (range(45) if "jbn" not in shown else [int(shown["jbn"]) - g])
            if d >= 0
            and ("groningen" not in shown or shown["groningen"] == g)
            and ("drenthe" not in shown or shown["drenthe"] == d)
        }
        values = {{"groningen": g, "drenthe": d, "jbn": g + d}[code] for g, d in fits}
        assert len(values) >= 4, f"{code} can only be {values}"


def test_who_knows_one_region_exactly_gets_neither_of_the_other_two() -> None:
    found = also_hide(
        {"groningen"}, total="jbn", parts=["groningen", "drenthe"], known_to_reader={"drenthe"}
    )
    assert found == {"groningen", "jbn"}


def test_the_cover_depends_on_names_not_on_numbers() -> None:
    assert also_hide({"drenthe"}, total="jbn", parts=["groningen", "drenthe"]) == {
        "drenthe",
        "groningen",
    }


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counts, counts)
def test_rounded_sums_are_fives_and_make_the_percentage(part: Decimal, rest: Decimal) -> None:
    sums = Sums(Unit.PERCENT, rounded(part), rounded(part + rest))
    assert sums.numerator is not None
    assert sums.denominator is not None
    assert sums.numerator % 5 == 0
    assert sums.denominator % 5 == 0
    value = share(sums)
    assert value is None or 0 <= value <= 100


@given(st.integers(10, 400), st.data())
def test_a_verdict_beside_rounded_sums_says_no_more_than_they_do(
    denominator: int, data: st.DataObject
) -> None:
    numerator = data.draw(st.integers(0, denominator))
    sums = Sums(Unit.PERCENT, rounded(Decimal(numerator)), rounded(Decimal(denominator)))
    verdicts = {
        verdict_from_rounded(
            sums,
            Decimal(80),
            Verdict.MET if n * 100 >= 80 * d else Verdict.NOT_MET,
            higher_is_better=True,
        )
        for d in range(max(denominator - 4, 10), denominator + 5)
        for n in range(max(numerator - 4, 0), min(numerator + 4, d) + 1)
        if rounded(Decimal(n)) == sums.numerator and rounded(Decimal(d)) == sums.denominator
    }
    assert len(verdicts) == 1


def test_the_interval_of_seven_in_ten_is_the_published_one() -> None:
    low, high = wilson(Decimal(7), Decimal(10))
    assert (round(low, 1), round(high, 1)) == (39.7, 89.2)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(0, 60), min_size=4, max_size=4),
    st.sampled_from([Audience.PROTECTED, Audience.COUNCIL]),
)
def test_no_audience_but_the_exact_one_gets_a_small_count(
    numbers: list[int], audience: Audience
) -> None:
    drenthe, groningen = sorted(numbers[:2]), sorted(numbers[2:])
    sums = {
        DRENTHE: drenthe,
        GRONINGEN: groningen,
        WHOLE: [sum(pair) for pair in zip(drenthe, groningen, strict=True)],
    }
    cells = [
        Figure(
            kpi="contact_5wd",
            scope=place.scope,
            scope_code=place.code,
            month=SEPTEMBER,
            unit=Unit.PERCENT,
            state=FigureState.KNOWN,
            verdict=Verdict.NOT_MET,
            numerator=Decimal(n),
            denominator=Decimal(d),
        )
        for place, (n, d) in sums.items()
    ]
    shown = list(_protect(cells, frozenset(), "jbn", audience))
    silent = [figure for figure in shown if figure.denominator is None]
    assert len(silent) != 1
    for figure in shown:
        if figure.numerator is not None:
            assert not 0 < figure.numerator < 5
        if figure.value is not None:
            assert figure.denominator is not None
            assert figure.denominator >= 10
        if audience is Audience.COUNCIL and figure.numerator is not None:
            assert figure.numerator % 5 == 0
