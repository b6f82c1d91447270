"""Every cell of made-up deliveries equals a brute-force count from the contract's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.counting.rules.observations import (
    FLOW_SERIES,
    MEASURE_GROUPS,
    MEASURE_SERIES,
    MEASURES,
)
from certification.compliance.rules.counting import compute
from certification.compliance.rules.scoring import score
from certification.indicators.rules.kpis import KPIS

from .second_method import DAY, World, figures, flows, last_day, on_the_waiting_list
from .small_worlds import MONTHS, MUNICIPALITIES, given_of, worlds

unhurried = settings(
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def computed(
    world: World, months: Sequence[date], delivered: Sequence[date]
) -> dict[tuple[str, str, date], Any]:
    results = compute(given_of(world, months=months, delivered=delivered)).results
    return {
        (row.kpi, row.scope_code, row.month): (
            row.state.value,
            row.numerator,
            row.denominator,
            row.value,
        )
        for row in results
    }


@unhurried
@given(worlds(), st.sets(st.sampled_from(MONTHS)))
def test_every_cell_of_every_month_is_equal(world: World, missing: set[date]) -> None:
    delivered = [month for month in MONTHS if month not in missing]
    ours = computed(world, MONTHS, delivered)
    assert ours == figures(world, delivered=delivered)
    assert {kpi for kpi, _scope, _month in ours} == set(KPIS)


@settings(unhurried, max_examples=60)
@given(worlds(), st.sets(st.sampled_from(MONTHS)), st.sampled_from(list(MEASURE_GROUPS)))
def test_every_cell_of_a_kind_of_measure_is_equal(
    world: World, missing: set[date], group: str
) -> None:
    delivered = [month for month in MONTHS if month not in missing]
    given_world = given_of(world, months=MONTHS, delivered=delivered)
    found = compute(given_world)
    split = [kpi for kpi in KPIS.values() if kpi.is_split]
    ours = {
        (row.kpi, row.scope_code, row.month): (
            row.state.value,
            row.numerator,
            row.denominator,
            row.value,
        )
        for row in score(found.places, found.counted, {}, given_world.norms, split, group)
    }
    assert ours == figures(world, delivered=delivered, group=group)


@settings(unhurried, max_examples=20)
@given(worlds(), st.sampled_from(MONTHS))
def test_a_month_computed_alone_equals_the_month_in_a_whole_run(world: World, month: date) -> None:
    whole = computed(world, MONTHS, MONTHS)
    alone = computed(world, [month], [month])
    assert alone == {cell: found for cell, found in whole.items() if cell[2] == month}


def counted_flows(world: World, months: Sequence[date]) -> dict[date, dict[Any, int]]:
    """The cells that are not zero, by month: (series, municipality, measure)."""
    (counts,) = compute(given_of(world, months=months, delivered=months)).counts
    assert set(counts.measures) == set(MEASURE_SERIES)
    return {
        month: {
            (series, MUNICIPALITIES[place], MEASURES[measure]): int(cells[place, measure, number])
            for series in FLOW_SERIES
            for cells in [counts.measures[series]]
            for place in range(len(MUNICIPALITIES))
            for measure in range(len(MEASURES))
            if cells[place, measure, number]
        }
        for number, month in enumerate(counts.months)
    }


@unhurried
@given(worlds(), st.sets(st.sampled_from(MONTHS), min_size=1))
def test_every_cell_of_who_came_onto_and_left_the_waiting_list_is_equal(
    world: World, asked: set[date]
) -> None:
    months = sorted(asked)
    assert counted_flows(world, months) == {month: flows(world, month) for month in months}


@settings(unhurried, max_examples=60)
@given(worlds())
def test_the_waiting_list_balances_in_spells(world: World) -> None:
    for month, cells in counted_flows(world, MONTHS).items():
        came = sum(number for cell, number in cells.items() if cell[0] == "spells_entered")
        went = sum(cells.values()) - came
        before = on_the_waiting_list(world, month - DAY)
        assert before + came - went == on_the_waiting_list(world, last_day(month))
