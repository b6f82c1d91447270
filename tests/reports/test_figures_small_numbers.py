"""Small numbers: what is hidden of figures, and that sums do not give it back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.disclosure import Settings
from certification.compliance.rules.scoring import FigureScope, JudgedFigure
from certification.indicators.rules.shapes import Unit
from reports.figures.rules.disclosure import rounded, share, wilson
from reports.figures.rules.protection import Hidden, hidden_lines
from reports.figures.rules.tables import asides_of, line_key, linked_kpis, tables_of
from tests.cases.disclosure_attack import Span, Sum, by_programme
from tests.factories.results import DRENTHE, GRONINGEN, SEPTEMBER, WHOLE, judged

EXACT, FIVES = Settings(), Settings(rounding=5)
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
PLACES = (GRONINGEN, DRENTHE, WHOLE)
counts = st.integers(0, 40).map(Decimal)


def rows(kpi: str, drenthe: Sequence[int], groningen: Sequence[int]) -> list[JudgedFigure]:
    """A figure of both regions and the whole, each by its numerator and denominator."""
    both = [sum(pair) for pair in zip(drenthe, groningen, strict=True)]
    found = []
    for place, sums in zip(PLACES, (groningen, drenthe, both), strict=True):
        base = Decimal(sums[1]) if len(sums) > 1 else None
        found.append(judged(kpi, place, Decimal(sums[0]), base))
    return found


def hidden(
    figures: list[JudgedFigure],
    rules: Settings = EXACT,
    known: frozenset[FigureScope] = frozenset(),
) -> Hidden:
    """What is hidden of some figures that hang together."""
    return hidden_lines([tables_of(figures, known=known)], rules)


def places_hidden(kpi: str, found: Hidden) -> set[FigureScope]:
    """Places of which the figure is hidden."""
    return {place for place in PLACES if line_key(kpi, place, SEPTEMBER) in found.lines}


@pytest.mark.parametrize(("count", "hides"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_count_of_one_to_four_is_hidden(count: int, hides: bool) -> None:
    found = hidden(rows("running_measures", [count], [40]))
    assert (DRENTHE in places_hidden("running_measures", found)) is hides


@pytest.mark.parametrize(
    ("numerator", "denominator", "hides"),
    [(9, 9, True), (0, 9, True), (10, 10, False), (4, 80, True), (0, 80, False), (0, 0, False)],
)
def test_a_percentage_over_fewer_than_ten_is_hidden(
    numerator: int, denominator: int, hides: bool
) -> None:
    found = hidden(rows("plan_6w", [numerator, denominator], [30, 90]))
    assert (DRENTHE in places_hidden("plan_6w", found)) is hides


@pytest.mark.parametrize(("spells", "hides"), [(9, True), (10, False)])
def test_a_median_over_fewer_than_ten_spells_is_hidden(spells: int, hides: bool) -> None:
    medians = [
        judged("waiting_median_days", place, None, Decimal(count))
        for place, count in ((GRONINGEN, 30), (DRENTHE, spells), (WHOLE, 30 + spells))
    ]
    assert (DRENTHE in places_hidden("waiting_median_days", hidden(medians))) is hides


def test_the_other_region_is_the_cover_and_not_the_whole() -> None:
    found = hidden(rows("plan_6w", [3, 30], [30, 50]))
    assert places_hidden("plan_6w", found) == {DRENTHE, GRONINGEN}


def test_who_knows_one_region_exactly_gets_neither_of_the_other_two() -> None:
    found = hidden(rows("plan_6w", [20, 30], [3, 50]), known=frozenset({DRENTHE}))
    assert places_hidden("plan_6w", found) == {GRONINGEN, WHOLE}


def test_in_fives_one_hidden_region_need_not_take_the_other() -> None:
    found = hidden(rows("running_measures", [3], [42]), FIVES)
    assert places_hidden("running_measures", found) == {DRENTHE}


def test_youths_are_one_number_in_the_count_and_in_the_caseload() -> None:
    """The whole is printed as a count; so it is known, whatever becomes of the caseload."""
    count = rows("running_youths", [3], [700])
    load = rows("caseload", [3, 10], [700, 40])
    found = hidden([*count, *load])
    assert places_hidden("running_youths", found) == {DRENTHE, GRONINGEN}
    assert places_hidden("caseload", found) == {DRENTHE, GRONINGEN}


def test_indicators_that_share_a_count_are_always_looked_at_together() -> None:
    assert linked_kpis(["assigned_5wd"]) == (("contact_5wd", "assigned_5wd", "contacted_5wd"),)
    running = ("running_measures", "running_youths")
    parts = ("unallocated_youths", "worker_changes_3", "caseload")
    assert linked_kpis(["caseload"]) == ((*running, *parts),)


def test_twelve_months_do_not_give_the_one_month_that_is_hidden() -> None:
    """Eleven months and their sum with the twelfth: the twelfth is 3."""
    months = [SEPTEMBER.replace(year=2024, month=m) for m in (10, 11, 12)]
    months += [SEPTEMBER.replace(month=m) for m in range(1, 10)]
    days = [3, *([40] * 11)]
    figures = [
        judged("absence", WHOLE, Decimal(sick), Decimal(900), month=month)
        for month, sick in zip(months, days, strict=True)
    ]
    figures.append(judged("absence_12m", WHOLE, Decimal(sum(days)), Decimal(900 * 12)))
    found = hidden(figures)
    assert line_key("absence", WHOLE, months[0]) in found.lines
    assert len(found.lines) == 2


def test_a_number_beside_figures_is_protected_by_itself() -> None:
    beside = [
        judged("plan_6w", place, Decimal(20), Decimal(40), aside=aside)
        for place, aside in ((WHOLE, 12), (GRONINGEN, 10), (DRENTHE, 2))
    ]
    found = hidden_lines([asides_of(beside)], EXACT)
    assert {line[3] for line in found.lines} == {"drenthe", "groningen"}


def test_what_hangs_together_by_nothing_is_protected_apart() -> None:
    """Whatever else is asked, the same figures are hidden, from memory or again."""
    plan = tables_of(rows("plan_6w", [3, 30], [30, 50]))
    help_ = tables_of(rows("help_3m", [2, 30], [31, 50]))
    apart = hidden_lines([plan], EXACT).lines | hidden_lines([help_], EXACT).lines
    assert hidden_lines([help_, plan], EXACT).lines == apart


def test_few_cases_are_called_few_only_where_that_tells_no_more() -> None:
    found = hidden(rows("plan_6w", [5, 8], [30, 50]))
    assert found.few == {line_key("plan_6w", DRENTHE, SEPTEMBER)}
    known = frozenset({GRONINGEN})
    assert hidden(rows("plan_6w", [5, 8], [30, 50]), known=known).few == found.few


@SLOW
@given(counts, counts)
def test_rounded_sums_are_fives_and_make_the_percentage(part: Decimal, rest: Decimal) -> None:
    numerator, denominator = rounded(part), rounded(part + rest)
    assert numerator is not None
    assert denominator is not None
    assert numerator % 5 == 0
    assert denominator % 5 == 0
    value = share(Unit.PERCENT, numerator, denominator)
    assert value is None or 0 <= value <= 100


def test_the_interval_of_seven_in_ten_is_the_published_one() -> None:
    low, high = wilson(Decimal(7), Decimal(10))
    assert (round(low, 1), round(high, 1)) == (39.7, 89.2)


@pytest.mark.parametrize("denominator", [1, 7, 9, 22])
def test_an_interval_stays_between_nought_and_a_hundred(denominator: int) -> None:
    """Its ends by hand: of none of n it ends at z squared over n and z squared."""
    square = 1.959964**2
    low, high = wilson(Decimal(0), Decimal(denominator))
    assert low == 0.0
    assert high == pytest.approx(100 * square / (denominator + square))
    low, high = wilson(Decimal(denominator), Decimal(denominator))
    assert low == pytest.approx(100 * denominator / (denominator + square))
    assert high == 100.0


@pytest.mark.parametrize("denominator", [0, -1])
def test_without_cases_there_is_no_interval(denominator: int) -> None:
    with pytest.raises(ValueError, match="cases"):
        wilson(Decimal(0), Decimal(denominator))


def test_a_share_is_a_percentage_or_so_many_for_each() -> None:
    assert share(Unit.PERCENT, Decimal(3), Decimal(12)) == 25
    assert share(Unit.PER_FTE, Decimal(30), Decimal(12)) == Decimal("2.5")
    assert share(Unit.PERCENT, Decimal(0), Decimal(0)) is None
    assert share(Unit.PERCENT, None, Decimal(12)) is None
    assert share(Unit.PERCENT, Decimal(3), None) is None


@SLOW
@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.sampled_from([EXACT, FIVES]))
def test_neither_sum_of_a_hidden_percentage_can_be_worked_out(
    numbers: list[int], rules: Settings
) -> None:
    drenthe, groningen = sorted(numbers[:2]), sorted(numbers[2:])
    figures = rows("plan_6w", drenthe, groningen)
    found = places_hidden("plan_6w", hidden(figures, rules))
    spans: dict[str, Span] = {}
    for row in figures:
        for name, number in (("n", row.numerator), ("d", row.denominator)):
            assert number is not None
            key = f"{name} {row.place.code}"
            if row.place in found:
                spans[key] = (0, 1000)
            elif rules is FIVES:
                printed = int(rounded(Decimal(number)) or 0)
                spans[key] = (max(printed - 2, 0), printed + 2)
            else:
                spans[key] = (int(number), int(number))
                assert not 0 < number < 5
    sums: list[Sum] = [(f"{s} jbn", [f"{s} groningen", f"{s} drenthe"]) for s in "nd"]
    within = [(f"d {place.code}", [f"n {place.code}"]) for place in PLACES]
    for place in found:
        for name in "nd":
            low, high = by_programme(spans, sums, f"{name} {place.code}", within)
            assert high - low >= 5 - 1e-6, f"{name} of {place.code} is {low} to {high}"
