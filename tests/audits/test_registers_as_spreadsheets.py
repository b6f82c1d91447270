from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from audits.exports import file_name, harmless, xlsx, xlsx_response
from audits.rules.registers import Register, RegisterColumn, Row

COLUMNS = (
    RegisterColumn("Nummer"),
    RegisterColumn("Bevinding", long=True),
    RegisterColumn("Uiterlijk"),
    RegisterColumn("Kosten"),
)
ROW: Row = ("1.2", "De planning ontbreekt.", date(2031, 3, 27), Decimal("1200.50"))


def register(*rows: Row, notes: tuple[str, ...] = ()) -> Register:
    return Register("Bevindingen: audit 3", date(2031, 1, 2), COLUMNS, rows, notes)


def opened(one: Register) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx(one)))


def test_a_row_must_fill_its_columns() -> None:
    with pytest.raises(ValueError, match="row 2: 1 cells for 4 columns"):
        register(ROW, ("te kort",))


def test_a_register_without_columns_is_none() -> None:
    with pytest.raises(ValueError, match="needs columns"):
        Register("Leeg", date(2031, 1, 2), (), ())


def test_days_and_numbers_stay_what_they_are() -> None:
    sheet = opened(register(ROW)).active
    assert [cell.value for cell in sheet[1]] == ["Nummer", "Bevinding", "Uiterlijk", "Kosten"]
    number, text, on, cost = (cell.value for cell in sheet[2])
    assert (number, text, cost) == ("1.2", "De planning ontbreekt.", 1200.5)
    assert on == datetime(2031, 3, 27)  # noqa: DTZ001 - as a spreadsheet gives a day
    assert sheet["C2"].is_date


def test_the_headings_stay_in_sight_and_can_be_filtered() -> None:
    sheet = opened(register(ROW, ROW)).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["A"].width


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", '=cmd|"/c"!A1'])
def test_no_text_becomes_a_formula(text: str) -> None:
    cell = opened(register(("1", text, "", ""))).active["B2"]
    assert cell.data_type == "s"
    assert cell.value == f"'{text}"


def test_text_that_looks_like_an_error_or_a_number_stays_text() -> None:
    sheet = opened(register(("007", "#N/A", "", ""))).active
    assert (sheet["A2"].value, sheet["B2"].data_type) == ("007", "s")


def test_signs_that_a_spreadsheet_cannot_hold_are_left_out() -> None:
    assert harmless("een\x00twee\x0b") == "eentwee"
    assert len(harmless("a" * 40_000)) < 32_768


def test_below_the_rows_stands_as_of_when_and_the_notes() -> None:
    sheet = opened(register(ROW, notes=("Fictief.",))).active
    assert sheet["A4"].value == "Zoals bekend op 2 januari 2031."
    assert sheet["A5"].value == "Fictief."


def test_the_properties_name_nobody() -> None:
    book = opened(register(ROW))
    assert book.properties.creator in (None, "")
    assert book.properties.lastModifiedBy is None
    with ZipFile(io.BytesIO(xlsx(register(ROW)))) as archive:
        assert b"openpyxl" not in archive.read("docProps/core.xml")


def test_a_title_with_signs_that_no_sheet_may_have_is_mended() -> None:
    assert opened(register(ROW)).sheetnames == ["Bevindingen audit 3"]


def test_the_response_is_kept_by_nobody_and_named_after_its_day() -> None:
    response = xlsx_response(register(ROW))
    assert response["Cache-Control"] == "no-store, private"
    assert "bevindingen-audit-3-2031-01-02.xlsx" in response["Content-Disposition"]
    assert file_name(register(ROW), "pdf").endswith("2031-01-02.pdf")
