"""From files to printed figures, through the database: every line equals the second method."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.counting.rules.observations import MEASURE_GROUPS
from cases.staffing.rules import QUANTITIES, ROLES
from certification.compliance.actions.computing import compute_from
from certification.compliance.rules.judging import State, Verdict
from certification.compliance.selectors import read_inputs
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Unit
from certification.models import KpiResult
from jbn_oversight.statutory_days.models import EquatedDay
from tests.factories.deliveries import valid_delivery

from .delivering import (
    Row,
    compute,
    deliver,
    exported,
    jbn,
    printed,
    real_regions,
    tidy_staffing,
)
from .second_method import World, figures
from .small_worlds import MONTHS, STAFFED, worlds

pytestmark = pytest.mark.django_db

EARLIER = STAFFED[: -len(MONTHS)]
EMPTY = World([], [], None, [], MONTHS, MONTHS[-1], {}, "groningen", frozenset(), True, "")


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deliveries")


@settings(
    deadline=None,
    max_examples=8,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(worlds(), st.integers(0, 10**9))
def test_every_printed_line_equals_the_second_method_delivery_after_delivery(
    folder: Path, world: World, number: int
) -> None:
    world = replace(
        world,
        regions=real_regions(),
        equated=frozenset(EquatedDay.objects.values_list("day", flat=True)),
        staffing=tidy_staffing(world.staffing),
        equated_work=True,
        plan_start="notified_on",
    )
    earlier = replace(world, measures=[], waiting=[], safe_home=None)
    deliver(earlier, folder / f"{number}-earlier", EARLIER[0], EARLIER[-1])
    deliver(world, folder / f"{number}", MONTHS[0], MONTHS[-1])
    compute(EARLIER[0], MONTHS[-1])

    assert lines_of(exported()) == {("all", *key): one for key, one in by_hand(world, "").items()}
    by_group = lines_of(exported(MONTHS[0], MONTHS[-1], "--by=measure_group"))
    expected = {
        (group or "all", *key): one
        for group in ("", *MEASURE_GROUPS)
        for key, one in by_hand(world, group).items()
    }
    assert by_group == expected


def by_hand(world: World, group: str) -> dict[tuple[str, str, str], tuple[str, str, str]]:
    """What the second method would print."""
    return {
        (kpi, code, f"{month:%Y-%m}"): printed(found, percent=KPIS[kpi].unit is Unit.PERCENT)
        for (kpi, code, month), found in figures(world, delivered=MONTHS, group=group).items()
    }


def lines_of(rows: list[Row]) -> dict[tuple[str, str, str, str], tuple[str, str, str]]:
    """Group, indicator, place and month, with the three figures beside them."""
    found = {
        (line.get("measure_group", "all"), line["kpi"], line["scope_code"], line["period"]): (
            line["numerator"],
            line["denominator"],
            line["value"],
        )
        for line in rows
    }
    assert len(found) == len(rows)
    return found


def test_each_line_has_a_norm_and_a_verdict(folder: Path) -> None:
    valid_delivery().folder(folder / "d")
    world = replace(EMPTY, regions=real_regions())
    deliver(world, folder / "e")
    compute()
    lines = exported()
    judged = {line["kpi"]: (line["norm"], line["verdict"]) for line in lines}
    for kpi in ("contact_5wd", "assigned_5wd", "contacted_5wd", "plan_6w", "plan_current"):
        assert judged[kpi] == ("100", "no_cases")
    assert judged["vt_study_10w"] == ("100", "not_delivered")
    assert judged["vt_triage_5wd"] == ("", "not_delivered")
    assert judged["occupancy"] == ("", "not_delivered")
    assert judged["running_youths"] == ("", "no_norm")


def test_every_indicator_scope_and_month_is_printed_where_it_exists(folder: Path) -> None:
    lines = exported(date(2025, 1, 1), date(2025, 2, 1))
    places = {kpi: sum(line["kpi"] == kpi for line in lines) / 2 for kpi in KPIS}
    staffing = {"caseload", "absence", "absence_12m", "turnover_12m", "occupancy"}
    for kpi, count in places.items():
        expected = 3 if kpi in staffing else 12 if kpi.startswith("vt_") else 25
        assert count == expected, kpi
    assert {line["verdict"] for line in lines} == {"not_delivered"}
    assert {(line["numerator"], line["denominator"], line["value"]) for line in lines} == {
        ("", "", "")
    }


def test_only_cells_that_changed_are_written(folder: Path) -> None:
    world = replace(EMPTY, regions=real_regions())
    deliver(world, folder / "one")
    compute()
    count = KpiResult.objects.count()
    again = compute()
    assert again.changed == {"observations": [0, 0], "results": [0, 0]}
    assert KpiResult.objects.count() == count


def test_a_figure_read_back_is_the_one_that_the_run_computed(folder: Path) -> None:
    staffing = [
        {
            "region": region,
            "period": month,
            "role": role,
            **dict.fromkeys(QUANTITIES, 12),
            "filled_fte": Decimal("10.125"),
            "headcount_end": 13,
            "joiners": 13,
        }
        for region in ("drenthe", "groningen")
        for month in MONTHS
        for role in ROLES
    ]
    measures = [
        {
            "case_key": f"k{number}",
            "youth_key": f"y{number}",
            "municipality": "GM0014",
            "measure": 11,
            "entry": "new",
            "ordered_on": date(2025, 4, 2),
            "notified_on": date(2025, 4, 3) if number else None,
        }
        for number in range(12)
    ]
    world = replace(
        EMPTY, regions=real_regions(), staffing=tidy_staffing(staffing), measures=measures
    )
    deliver(world, folder / "one")
    compute()
    computed = compute_from(read_inputs(jbn(), MONTHS[0], MONTHS[-1])).results
    read = KpiResult.objects.current().judged()
    assert len(read) == len(computed)
    assert set(read) == set(computed)
    assert {type(figure.state) for figure in read} == {State}
    assert {type(figure.verdict) for figure in read} == {Verdict}
    assert any(figure.denominator is not None and figure.denominator % 1 for figure in read)


def test_what_was_known_before_stays_readable(folder: Path) -> None:
    deliver(replace(EMPTY, regions=real_regions()), folder / "one")
    first = compute()
    measure = {
        "case_key": "a",
        "youth_key": "y",
        "municipality": "GM0014",
        "measure": 11,
        "entry": "extension",
        "ordered_on": date(2025, 6, 2),
    }
    deliver(replace(EMPTY, regions=real_regions(), measures=[measure]), folder / "two")
    second = compute()
    june = KpiResult.objects.filter(
        kpi="running_measures", scope_code="jbn", month=date(2025, 6, 1)
    )
    assert first.finished_at is not None
    assert second.finished_at is not None
    assert june.as_known_at(first.finished_at).get().numerator == 0
    assert june.as_known_at(second.finished_at).get().numerator == 1
    assert june.current().get().run == second
    # In June three places changed, each in three stocks and in a share that is not known now.
    assert second.changed["results"] == [12, 12]
