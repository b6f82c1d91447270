"""Two municipalities that go on as one in the middle of a period: parts add up in every month."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cases.deliveries.actions.receiving import receive_delivery
from cases.deliveries.imports import DeliveryRefusedError
from certification.models import KpiResult
from jbn_oversight.organisations.models import Municipality, MunicipalityRegion, Region
from tests.factories.deliveries import DeliveryFiles, valid_delivery

from .delivering import compute, exported, jbn

pytestmark = pytest.mark.django_db

MERGER = date(2025, 2, 1)
JANUARY, FEBRUARY, MARCH = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
BEFORE = {"GM0106": 2, "GM0114": 1, "GM0109": 2, "GM0014": 2}
AFTER = {"GM0106": 2, "GM9001": 3, "GM0014": 2}


@pytest.fixture(autouse=True)
def _merged() -> None:
    new = Municipality.objects.create(
        cbs_code="GM9001", name="Nieuw", sort_name="Nieuw", valid_from=MERGER
    )
    drenthe = Region.objects.get(slug="drenthe")
    MunicipalityRegion.objects.create(municipality=new, region=drenthe, from_on=MERGER)
    for old in Municipality.objects.filter(cbs_code__in=["GM0114", "GM0109"]):
        for span in old.regions.all():
            span.until_on = MERGER
            span.save()
        old.valid_until, old.successor = MERGER, new
        old.save()


def delivery(codes: dict[str, int]) -> DeliveryFiles:
    """Youths with a running measure, so many in each municipality."""
    files = valid_delivery()
    files.rows["waiting.csv"], files.rows["staffing.csv"] = [], []
    del files.rows["veilig_thuis.csv"]
    files.rows["measures.csv"] = [
        {
            "case_key": f"{code}-{number}",
            "youth_key": f"youth {code}-{number}",
            "municipality": code,
            "measure": "11",
            "entry": "new",
            "ordered_on": "2024-06-03",
            "worker_assigned_on": "2024-06-04",
        }
        for code, count in codes.items()
        for number in range(count)
    ]
    return files


def deliver(path: Path, codes: dict[str, int], first: date, last: date) -> None:
    receive_delivery(
        path=delivery(codes).folder(path),
        institution=jbn(),
        period_from=first,
        period_until=last,
        by=None,
    )


def running(first: date = JANUARY, last: date = MARCH) -> dict[str, dict[str, int]]:
    """Month -> code of each scope with youths, and how many."""
    found: dict[str, dict[str, int]] = {}
    for line in exported(first, last):
        if line["kpi"] == "running_youths" and line["value"] not in ("", "0"):
            found.setdefault(line["period"], {})[line["scope_code"]] = int(line["value"])
    return found


TOTALS = {"jbn": 7, "drenthe": 5, "groningen": 2}


def test_a_delivery_under_the_new_code_adds_up_in_every_month(tmp_path: Path) -> None:
    deliver(tmp_path / "d", AFTER, JANUARY, MARCH)
    compute(JANUARY, MARCH)
    each = {**TOTALS, **AFTER}
    assert running() == {"2025-01": each, "2025-02": each, "2025-03": each}


def test_one_month_computed_by_itself_gives_the_same(tmp_path: Path) -> None:
    deliver(tmp_path / "d", AFTER, JANUARY, MARCH)
    compute(JANUARY, JANUARY)
    assert running(JANUARY, JANUARY) == {"2025-01": {**TOTALS, **AFTER}}


def test_there_is_no_figure_of_a_code_that_the_delivery_could_not_name(tmp_path: Path) -> None:
    deliver(tmp_path / "d", AFTER, JANUARY, MARCH)
    compute(JANUARY, MARCH)
    printed = Counter(line["scope_code"] for line in exported(JANUARY, MARCH))
    assert printed["GM9001"] == printed["GM0106"]
    assert printed["GM0114"] == printed["GM0109"] == 0
    assert not KpiResult.objects.filter(scope_code__in=["GM0114", "GM0109"]).exists()


def test_months_that_rest_on_a_delivery_from_before_keep_its_codes(tmp_path: Path) -> None:
    deliver(tmp_path / "old", BEFORE, JANUARY, JANUARY)
    deliver(tmp_path / "new", AFTER, FEBRUARY, MARCH)
    compute(JANUARY, MARCH)
    assert running() == {
        "2025-01": {**TOTALS, **BEFORE},
        "2025-02": {**TOTALS, **AFTER},
        "2025-03": {**TOTALS, **AFTER},
    }
    assert not KpiResult.objects.filter(scope_code="GM9001", month=JANUARY).exists()


def test_a_later_delivery_of_such_a_month_takes_its_old_codes_away(tmp_path: Path) -> None:
    deliver(tmp_path / "old", BEFORE, JANUARY, JANUARY)
    compute(JANUARY, JANUARY)
    deliver(tmp_path / "new", AFTER, JANUARY, MARCH)
    compute(JANUARY, MARCH)
    current = KpiResult.objects.current().filter(month=JANUARY, kpi="running_youths")
    assert not current.filter(scope_code="GM0114").exists()
    assert current.get(scope_code="GM9001").numerator == 3


def test_the_old_codes_are_refused_row_by_row_and_the_new_one_named(tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefusedError) as refusal:
        deliver(tmp_path / "d", BEFORE, JANUARY, MARCH)
    assert [problem.row for problem in refusal.value.problems] == [4, 5, 6]
    assert all("GM9001" in str(problem.message) for problem in refusal.value.problems)
