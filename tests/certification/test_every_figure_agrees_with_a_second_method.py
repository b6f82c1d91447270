"""Every cell of made-up deliveries equals a brute-force count from the contract's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification.counting import compute
from certification.kpis import KPIS

from .second_method import World, figures
from .small_worlds import MONTHS, given_of, worlds

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


@settings(unhurried, max_examples=20)
@given(worlds(), st.sampled_from(MONTHS))
def test_a_month_computed_alone_equals_the_month_in_a_whole_run(world: World, month: date) -> None:
    whole = computed(world, MONTHS, MONTHS)
    alone = computed(world, [month], [month])
    assert alone == {cell: found for cell, found in whole.items() if cell[2] == month}
