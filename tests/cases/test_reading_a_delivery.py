"""What is read from a delivery, however it was written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.deliveries.imports.hidden import hidden_character
from cases.deliveries.imports.spoiled import is_key_for_nothing
from tests.factories.deliveries import DeliveryFiles, places, problems_of, read, valid_delivery


def test_a_valid_delivery_is_read_whole(tmp_path: Path) -> None:
    parsed = read(valid_delivery().folder(tmp_path / "d"))
    assert parsed.reference_on == date(2025, 3, 31)
    measures = parsed.facts.measures
    assert measures.measure.tolist() == [11, 41, 21]
    assert measures.municipality.tolist() == [0, 2, 0]
    assert measures.youth[0] == measures.youth[1] != measures.youth[2]
    assert measures.notified_on[0] == np.datetime64("2025-01-07")
    assert np.isnat(measures.worker_assigned_on[1])
    assert parsed.facts.waiting.measure_row.tolist() == [0, 2]
    assert parsed.facts.safe_home is not None
    assert parsed.staffing[1].quantities["filled_fte"] == Decimal("31.5")
    assert parsed.staffing[1].quantities["leavers"] == 2
    assert parsed.staffing[0].quantities["headcount_start"] is None
    assert parsed.warnings == ()


def test_measures_stand_in_code_point_order_of_their_key(tmp_path: Path) -> None:
    delivery = valid_delivery()
    for row, key in zip(delivery.rows["measures.csv"], ("b", "é", "B"), strict=True):
        row["case_key"] = key
    delivery.rows["waiting.csv"] = []
    parsed = read(delivery.folder(tmp_path / "d"))
    assert parsed.facts.measures.measure.tolist() == [21, 11, 41]


def test_folder_zip_and_spreadsheet_have_the_same_identity(tmp_path: Path) -> None:
    delivery = valid_delivery()
    identities = {
        read(delivery.folder(tmp_path / "folder")).sha256,
        read(delivery.zip(tmp_path / "d.zip")).sha256,
        read(delivery.workbook(tmp_path / "d.xlsx")).sha256,
    }
    assert len(identities) == 1


def test_the_order_of_columns_and_rows_does_not_change_the_identity(tmp_path: Path) -> None:
    delivery = valid_delivery()
    before = read(delivery.folder(tmp_path / "one")).sha256
    for file in delivery.rows:
        delivery.headers[file].reverse()
        delivery.rows[file].reverse()
    assert read(delivery.folder(tmp_path / "two")).sha256 == before


def test_another_notation_of_days_and_numbers_does_not_change_the_identity(tmp_path: Path) -> None:
    delivery = valid_delivery()
    before = read(delivery.folder(tmp_path / "one")).sha256
    delivery.cell("measures.csv", 0, "ordered_on", "06-01-2025")
    delivery.cell("measures.csv", 0, "notified_on", "7-1-2025")
    delivery.cell("measures.csv", 0, "plan_adopted_on", "10-2-2025")
    delivery.cell("staffing.csv", 0, "filled_fte", "031,50")
    delivery.cell("staffing.csv", 0, "joiners", " 1.0 ")
    delivery.separator, delivery.encoding = ";", "utf-8-sig"
    assert read(delivery.folder(tmp_path / "two")).sha256 == before


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [
        ("measures.csv", "plan_adopted_on", "2025-02-11"),
        ("measures.csv", "youth_key", "Youth-02"),
        ("measures.csv", "case_key", "case-0001"),
        ("staffing.csv", "filled_fte", ""),
        ("veilig_thuis.csv", "triaged_on", ""),
    ],
)
def test_another_content_is_another_identity(
    tmp_path: Path, file: str, column: str, value: str
) -> None:
    delivery = valid_delivery()
    delivery.rows["waiting.csv"] = []
    before = read(delivery.folder(tmp_path / "one")).sha256
    delivery.cell(file, 0, column, value)
    assert read(delivery.folder(tmp_path / "two")).sha256 != before


def test_no_veilig_thuis_differs_from_none_reported(tmp_path: Path) -> None:
    delivery = valid_delivery()
    delivery.rows["veilig_thuis.csv"] = []
    none = read(delivery.folder(tmp_path / "none"))
    del delivery.rows["veilig_thuis.csv"]
    absent = read(delivery.folder(tmp_path / "absent"))
    assert none.facts.safe_home is not None
    assert len(none.facts.safe_home.received_on) == 0
    assert absent.facts.safe_home is None
    assert none.sha256 != absent.sha256


def test_a_file_with_only_its_header_has_no_rows(tmp_path: Path) -> None:
    delivery = valid_delivery()
    for file in delivery.rows:
        delivery.rows[file] = []
    parsed = read(delivery.folder(tmp_path / "d"))
    assert len(parsed.facts.measures.measure) == 0
    assert parsed.staffing == ()


def test_cells_and_headers_are_trimmed_and_spaces_are_empty(tmp_path: Path) -> None:
    delivery = valid_delivery()
    before = read(delivery.folder(tmp_path / "one")).sha256
    folder = tmp_path / "one"
    for path in folder.iterdir():
        lines = path.read_text().splitlines()
        padded = [line.replace(",", " ,\u00a0\t") + "  " for line in lines]
        path.write_text("\r\n".join(padded))
    assert read(folder).sha256 == before


def test_blank_lines_are_skipped_told_and_counted_in_row_numbers(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / "measures.csv"
    before = read(folder).sha256
    lines = path.read_text().splitlines()
    width = lines[0].count(",")
    path.write_text("\n".join([lines[0], "", lines[1], "   ", "," * width, *lines[2:], "", ""]))
    parsed = read(folder)
    assert parsed.sha256 == before
    assert [str(warning.message) for warning in parsed.warnings] == ["4 blank lines were skipped."]
    path.write_text(path.read_text().replace("2024-02-01,2024-02-01", "2024-02-31,2024-02-01"))
    assert places(folder) == [("measures.csv", 6, "ordered_on")]


def test_quoted_cells_are_read_as_their_contents(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    before = read(folder).sha256
    for path in folder.iterdir():
        lines = path.read_text().splitlines()
        path.write_text("\n".join('"' + line.replace(",", '", "') + '"' for line in lines))
    assert read(folder).sha256 == before


def test_a_separator_within_quotes_belongs_to_the_cell(tmp_path: Path) -> None:
    delivery = valid_delivery().cell("veilig_thuis.csv", 0, "notification_key", 'a,b;"c"')
    parsed = read(delivery.folder(tmp_path / "d"))
    cells = parsed.tables["veilig_thuis.csv"]["notification_key"].cells().to_list()
    assert 'a,b;"c"' in cells


def test_each_file_decides_its_own_separator(tmp_path: Path) -> None:
    delivery = valid_delivery()
    folder = delivery.folder(tmp_path / "d")
    before = read(folder).sha256
    delivery.separator = ";"
    (folder / "staffing.csv").write_text(delivery.text("staffing.csv"))
    assert read(folder).sha256 == before


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_header_row_alone_decides_the_separator(tmp_path: Path, newline: str) -> None:
    delivery = valid_delivery().cell("veilig_thuis.csv", 0, "notification_key", '"Call;1"')
    folder = delivery.folder(tmp_path / "d")
    text = delivery.text("veilig_thuis.csv").replace('"""', '"').replace("\r\n", newline)
    (folder / "veilig_thuis.csv").write_bytes(text.encode())
    cells = read(folder).tables["veilig_thuis.csv"]["notification_key"].cells()
    assert cells.to_list() == ["Call-2", "Call;1"]


@pytest.mark.parametrize("above", [",,,,,", ";;;;;", " ; "])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_blank_line_above_the_header_says_nothing_of_its_separator(
    tmp_path: Path, above: str, separator: str
) -> None:
    delivery = valid_delivery()
    delivery.separator = separator
    folder = delivery.folder(tmp_path / "d")
    path = folder / "veilig_thuis.csv"
    path.write_text(f"{above}\n{path.read_text()}")
    assert read(folder).sha256 == read(valid_delivery().folder(tmp_path / "e")).sha256


def test_cells_of_spaces_around_a_table_in_a_spreadsheet_are_empty(tmp_path: Path) -> None:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    whole = read(path).sha256
    book = openpyxl.load_workbook(path)
    sheet = book["waiting"]
    sheet.cell(2, 12).value = "  "
    sheet.cell(9, 1).value = " "
    sheet.insert_rows(1)
    sheet.cell(1, 2).value = " \u00a0"
    book.save(path)
    assert read(path).sha256 == whole


@pytest.mark.parametrize("key", ["=SUM(A1)", "+31", "-x", "@home", "O'Neil\\\t1"[:8], "\\N"])
def test_text_that_looks_like_a_formula_is_a_key_like_another(tmp_path: Path, key: str) -> None:
    delivery = valid_delivery().cell("veilig_thuis.csv", 0, "notification_key", key)
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_the_next_check_alone_may_lie_after_the_reference_date(tmp_path: Path) -> None:
    delivery = valid_delivery().cell("waiting.csv", 0, "next_check_due_on", "2031-01-01")
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_a_start_that_differs_from_the_previous_end_is_a_warning(tmp_path: Path) -> None:
    delivery = valid_delivery().cell("staffing.csv", 1, "headcount_start", "34")
    parsed = read(delivery.folder(tmp_path / "d"))
    assert [(w.file, w.row, w.column) for w in parsed.warnings] == [
        ("staffing.csv", 3, "headcount_start")
    ]


def test_codes_and_days_in_a_spreadsheet_may_be_typed_or_text(tmp_path: Path) -> None:
    delivery = valid_delivery()
    before = read(delivery.folder(tmp_path / "one")).sha256
    book = openpyxl.load_workbook(delivery.workbook(tmp_path / "d.xlsx"))
    sheet = book["measures"]
    sheet["F2"] = "06-01-2025"
    sheet["D2"] = "11"
    book.create_sheet("Sheet1")["A1"] = "notes"
    book.save(tmp_path / "d.xlsx")
    parsed = read(tmp_path / "d.xlsx")
    assert parsed.sha256 == before
    assert len(parsed.warnings) == 1


def test_a_reason_read_as_a_number_is_padded(tmp_path: Path) -> None:
    delivery = valid_delivery().cell("measures.csv", 0, "ended_on", "2025-03-31")
    delivery.cell("measures.csv", 0, "end_reason", "01")
    before = read(delivery.folder(tmp_path / "one")).sha256
    assert read(delivery.workbook(tmp_path / "d.xlsx")).sha256 == before


_KEYS = st.text(
    st.characters(blacklist_categories=("C", "Z", "M", "Lo"), blacklist_characters='0123456789"'),
    min_size=1,
    max_size=12,
).filter(lambda key: not is_key_for_nothing(key) and hidden_character(key) is None)
_DAYS = st.dates(date(2025, 2, 1), date(2025, 3, 31)).map(date.isoformat)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    keys=st.lists(_KEYS, min_size=3, max_size=3, unique=True),
    days=st.lists(st.one_of(st.just(""), _DAYS), min_size=3, max_size=3),
    fte=st.decimals(0, 900, places=3, allow_nan=False),
    separator=st.sampled_from(",;"),
)
def test_any_delivery_is_the_same_in_each_form(
    tmp_path_factory: pytest.TempPathFactory,
    keys: list[str],
    days: list[str],
    fte: Decimal,
    separator: str,
) -> None:
    delivery: DeliveryFiles = valid_delivery()
    delivery.separator = separator
    delivery.rows["waiting.csv"] = []
    for row, key, day in zip(delivery.rows["measures.csv"], keys, days, strict=True):
        row["case_key"] = key
        row["suitable_help_started_on"] = day if "ended_on" not in row else ""
    delivery.cell("staffing.csv", 2, "hired_fte", str(fte))
    path = tmp_path_factory.mktemp("any")
    folder = read(delivery.folder(path / "folder"))
    assert read(delivery.zip(path / "d.zip")).sha256 == folder.sha256
    assert read(delivery.workbook(path / "d.xlsx")).sha256 == folder.sha256
