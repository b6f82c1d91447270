"""An indicator stands in one place; what it lacks is told when the portal starts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from certification.indicators.checks import check_indicators, problems
from certification.indicators.rules.kpis import KPIS, kpi_codes
from certification.indicators.rules.series import (
    BOUNDS,
    UNBOUNDED,
    forgotten,
    is_part_of_its_whole,
)
from certification.indicators.rules.shapes import Kpi, Shape
from certification.models import ChartPhase, Norm
from reports.figures.rules.tables import linked_kpis

WHOLE = KPIS["contact_5wd"]


def test_those_that_ship_lack_nothing() -> None:
    assert check_indicators() == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"label": ""}, "'label'"),
        ({"question": ""}, "'question'"),
        ({"counted": ""}, "'counted'"),
        ({"why": ""}, "'why'"),
        ({"out_of": ""}, "out of what"),
        ({"code": "x" * 31}, "30 characters"),
        ({"window_months": 0}, "no month"),
        ({"aside": "luck"}, "'luck' beside it"),
        ({"denominator": ()}, "sums of its shape"),
        ({"numerator": ("contact_luck",)}, "'contact_luck', which nothing counts"),
    ],
)
def test_what_is_left_out_is_told(changed: dict[str, object], told: str) -> None:
    lacking = replace(WHOLE, **changed)  # type: ignore[arg-type]
    assert any(told in said for said, _ in problems(lacking))


def test_a_stock_that_says_out_of_what_is_told() -> None:
    stock = replace(KPIS["running_youths"], out_of="children")
    assert [said for said, _ in problems(stock) if "out of what" in said]


@pytest.mark.parametrize(
    "kpi",
    [
        replace(KPIS["running_measures"], numerator=("review_due",)),
        replace(WHOLE, may_exceed_whole=True, numerator=("plan_met",)),
        replace(KPIS["occupancy"], denominator=("sick_days",)),
    ],
)
def test_a_series_of_which_no_bound_is_known_is_told(kpi: Kpi) -> None:
    assert any("no bound is known" in said for said, _ in problems(kpi))


def test_a_percentage_of_a_whole_is_bounded_by_its_whole() -> None:
    assert not list(forgotten(replace(WHOLE, numerator=("plan_met",), denominator=("plan_due",))))


def test_no_series_is_both_bounded_and_said_to_be_free() -> None:
    bounded = {one for wholes, parts in BOUNDS for one in (*wholes, *parts)}
    assert not bounded & set(UNBOUNDED)
    assert all(UNBOUNDED.values())


def test_each_bound_brings_the_indicators_of_both_sides_into_one_table() -> None:
    adds = {
        series: kpi.code
        for kpi in KPIS.values()
        if kpi.window_months == 1 and kpi.shape in (Shape.STOCK, Shape.RATIO)
        for series in (*kpi.numerator, *kpi.denominator)
    }
    for wholes, parts in BOUNDS:
        codes = {adds[one] for one in (*wholes, *parts)}
        assert any(codes <= set(group) for group in linked_kpis([next(iter(codes))])), codes


def test_fields_that_name_an_indicator_ask_for_the_list_each_time() -> None:
    for model in (Norm, ChartPhase):
        field = model._meta.get_field("kpi")
        assert list(field.choices or ()) == kpi_codes()
        assert field.deconstruct()[3]["choices"] is kpi_codes


@pytest.mark.parametrize(
    ("kpi", "expected"),
    [
        (WHOLE, True),
        (replace(WHOLE, may_exceed_whole=True), False),
        (replace(WHOLE, shape=Shape.MEAN_OF_STOCKS), False),
        (KPIS["caseload"], False),
        (KPIS["running_youths"], False),
    ],
)
def test_only_a_percentage_of_a_whole_stays_within_it(kpi: Kpi, expected: bool) -> None:
    assert is_part_of_its_whole(kpi) is expected
