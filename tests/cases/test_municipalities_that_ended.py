"""A code that ended names what it went on as; a new one counts where its forerunners lay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cases.deliveries.imports import DeliveryRefusedError, ParsedDelivery, Problem, read_delivery
from jbn_oversight.clock import add_months
from jbn_oversight.organisations.rules import (
    MunicipalityInTime,
    OversightScope,
    SpanInRegion,
    scope_of,
)
from tests.factories.deliveries import FIRST, LAST, DeliveryFiles, valid_delivery

LONG_AGO = date(2015, 1, 1)
MERGER = date(2025, 3, 1)
MONTHS = [FIRST, add_months(FIRST, 1), LAST]


def municipality(
    code: str, region: str, *, since: date = LONG_AGO, until: date | None = None, heir: str = ""
) -> MunicipalityInTime:
    span = SpanInRegion(region, since, until)
    return MunicipalityInTime(code, since, until, heir, (span,))


GRONINGEN = municipality("GM0014", "groningen")
ASSEN = municipality("GM0106", "drenthe")
STADSKANAAL = municipality("GM0037", "groningen", until=MERGER, heir="GM9001")
COEVORDEN = municipality("GM0109", "drenthe", until=MERGER, heir="GM9001")
EMMEN = municipality("GM0114", "drenthe", until=MERGER, heir="GM9001")
MERGED = municipality("GM9001", "drenthe", since=MERGER)


def scope(*municipalities: MunicipalityInTime) -> OversightScope:
    return scope_of(
        institution="jbn",
        municipalities=municipalities,
        regions={"groningen", "drenthe"},
        safe_home_regions={"groningen"},
        first=FIRST,
        last=LAST,
    )


def regions(found: OversightScope, code: str) -> list[str | None]:
    return [found.region_of(code, month) for month in MONTHS]


# --- the scope ---------------------------------------------------------------------------


def test_a_new_code_counts_in_the_region_of_its_forerunners_before_its_first_day() -> None:
    found = scope(GRONINGEN, ASSEN, COEVORDEN, EMMEN, MERGED)
    assert regions(found, "GM9001") == ["drenthe"] * 3
    assert regions(found, "GM0109") == ["drenthe", "drenthe", None]
    assert found.begun == {"GM9001": MERGER}
    assert found.from_two_regions == {}
    assert found.existing == ("GM0014", "GM0106", "GM9001")


def test_a_new_code_counts_there_also_where_it_lies_in_another_region_itself() -> None:
    moved = replace(MERGED, regions=(SpanInRegion("groningen", MERGER),))
    found = scope(GRONINGEN, ASSEN, COEVORDEN, EMMEN, moved)
    assert regions(found, "GM9001") == ["drenthe", "drenthe", "groningen"]


def test_a_new_code_from_two_regions_counts_in_its_own_first_region_with_a_remark() -> None:
    found = scope(GRONINGEN, ASSEN, STADSKANAAL, EMMEN, MERGED)
    assert regions(found, "GM9001") == ["drenthe"] * 3
    assert found.from_two_regions == {"GM9001": "drenthe"}


def test_what_its_forerunners_went_on_from_in_turn_counts_too() -> None:
    between = municipality(
        "GM9000", "groningen", since=date(2025, 2, 1), until=MERGER, heir="GM9001"
    )
    emmen = replace(EMMEN, until_on=date(2025, 2, 1), successor="GM9000")
    found = scope(GRONINGEN, emmen, between, MERGED)
    assert regions(found, "GM9001") == ["drenthe", "groningen", "drenthe"]
    assert found.ended["GM0114"].successor == "GM9001"


def test_a_new_code_without_known_forerunners_counts_in_its_own_first_region() -> None:
    later = SpanInRegion("groningen", date(2025, 3, 15))
    moved = replace(MERGED, regions=(later, SpanInRegion("drenthe", MERGER, date(2025, 3, 15))))
    assert regions(scope(GRONINGEN, moved), "GM9001") == ["drenthe", "drenthe", "groningen"]


def test_forerunners_of_another_institution_do_not_make_it_its_own_before() -> None:
    friesland = municipality("GM0080", "friesland", until=MERGER, heir="GM9001")
    found = scope(GRONINGEN, friesland, MERGED)
    assert regions(found, "GM9001") == [None, None, "drenthe"]
    assert found.ended["GM0080"].successor == "GM9001"


def test_a_code_that_begins_after_the_months_counts_in_them_and_may_not_be_named_yet() -> None:
    after = date(2025, 4, 1)
    ends = replace(EMMEN, until_on=after, regions=(SpanInRegion("drenthe", LONG_AGO, after),))
    begins = municipality("GM9001", "drenthe", since=after)
    found = scope(GRONINGEN, ends, begins)
    assert found.existing == ("GM0014", "GM0114")
    assert found.ended_as("GM0114") is None
    assert regions(found, "GM9001") == regions(found, "GM0114") == ["drenthe"] * 3
    for code, before, then in (("GM0114", True, False), ("GM9001", False, True)):
        assert found.may_be_named(code, date(2025, 3, 31)) is before
        assert found.may_be_named(code, after) is then


def test_codes_that_went_on_as_each_other_are_no_endless_road() -> None:
    one = municipality("GM9101", "drenthe", until=MERGER, heir="GM9102")
    two = municipality("GM9102", "drenthe", until=MERGER, heir="GM9101")
    assert scope(GRONINGEN, one, two).ended["GM9101"].successor == ""


# --- reading a delivery ------------------------------------------------------------------


def read(delivery: DeliveryFiles, path: Path, found: OversightScope) -> ParsedDelivery:
    return read_delivery(delivery.folder(path), scope=found, period_from=FIRST, period_until=LAST)


def problems(delivery: DeliveryFiles, path: Path, found: OversightScope) -> tuple[Problem, ...]:
    with pytest.raises(DeliveryRefusedError) as refusal:
        read(delivery, path, found)
    return refusal.value.problems


def delivery_with(code: str) -> DeliveryFiles:
    delivery = valid_delivery().cell("measures.csv", 2, "municipality", code)
    return delivery.cell("veilig_thuis.csv", 1, "municipality", "GM0014")


def test_a_code_that_ended_is_refused_in_each_row_and_what_it_went_on_as_is_named(
    tmp_path: Path,
) -> None:
    found = scope(GRONINGEN, ASSEN, COEVORDEN, EMMEN, MERGED)
    delivery = delivery_with("GM0114").cell("measures.csv", 1, "municipality", "GM0109")
    for problem, row in zip(problems(delivery, tmp_path / "d", found), (3, 4), strict=True):
        assert (problem.file, problem.row, problem.column) == ("measures.csv", row, "municipality")
        assert "2025-03-01" in str(problem.message)
        assert "GM9001" in str(problem.message)


def test_a_code_that_ended_on_the_reference_date_is_refused_and_the_day_after_taken(
    tmp_path: Path,
) -> None:
    last = date(2025, 3, 31)
    ended = replace(EMMEN, until_on=last, successor="")
    (problem,) = problems(delivery_with("GM0114"), tmp_path / "d", scope(GRONINGEN, ASSEN, ended))
    assert "2025-03-31" in str(problem.message)
    stands = replace(EMMEN, until_on=date(2025, 4, 1))
    read(delivery_with("GM0114"), tmp_path / "e", scope(GRONINGEN, ASSEN, stands))


def test_the_new_code_is_taken_for_all_months(tmp_path: Path) -> None:
    found = scope(GRONINGEN, ASSEN, COEVORDEN, EMMEN, MERGED)
    parsed = read(delivery_with("GM9001"), tmp_path / "d", found)
    assert parsed.facts.measures.municipality.tolist() == [
        found.municipalities.index(code) for code in ("GM0014", "GM0106", "GM9001")
    ]
    assert parsed.warnings == ()


def test_a_code_that_does_not_exist_yet_is_no_municipality(tmp_path: Path) -> None:
    begins = municipality("GM9001", "drenthe", since=date(2025, 4, 1))
    (problem,) = problems(delivery_with("GM9001"), tmp_path / "d", scope(GRONINGEN, ASSEN, begins))
    assert "not the CBS code of a municipality" in str(problem.message)


def test_a_code_from_two_regions_is_remarked_where_it_is_delivered(tmp_path: Path) -> None:
    found = scope(GRONINGEN, ASSEN, STADSKANAAL, EMMEN, MERGED)
    (warning,) = read(delivery_with("GM9001"), tmp_path / "d", found).warnings
    assert (warning.file, warning.row, warning.column) == ("measures.csv", None, "municipality")
    assert warning.message.params == {"code": "GM9001", "region": "drenthe"}
    assert read(delivery_with("GM0014"), tmp_path / "e", found).warnings == ()


def test_veilig_thuis_names_what_a_code_went_on_as_too(tmp_path: Path) -> None:
    heir = municipality("GM9002", "groningen", since=MERGER)
    ended = replace(STADSKANAAL, successor="GM9002")
    found = scope(GRONINGEN, ASSEN, ended, heir)
    delivery = valid_delivery()
    (problem,) = problems(delivery, tmp_path / "d", found)
    assert (problem.file, problem.row) == ("veilig_thuis.csv", 3)
    assert "GM9002" in str(problem.message)
    delivery.cell("veilig_thuis.csv", 1, "municipality", "GM9002")
    read(delivery, tmp_path / "e", found)
