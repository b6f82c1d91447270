"""Edges of reading a delivery: what is equal, what is blank, and in which order rows stand."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.factories.deliveries import problems_of, read, valid_delivery


def test_spells_of_one_case_have_one_identity_in_either_notation_of_days(tmp_path: Path) -> None:
    delivery = valid_delivery()
    first = delivery.rows["waiting.csv"][0]
    first |= {"entered_on": "2025-01-07", "left_on": "2025-01-20", "exit_reason": ""}
    first |= {"safety_checked_on": "", "next_check_due_on": ""}
    delivery.rows["waiting.csv"].insert(1, {**first, "entered_on": "2025-02-03", "left_on": ""})
    before = read(delivery.folder(tmp_path / "one")).sha256
    # As texts these days stand the other way round.
    delivery.cell("waiting.csv", 0, "entered_on", "07-01-2025")
    delivery.cell("waiting.csv", 1, "entered_on", "03-02-2025")
    assert read(delivery.folder(tmp_path / "two")).sha256 == before


@pytest.mark.parametrize(("due", "warnings"), [("2025-02-01", 0), ("2025-01-31", 1)])
def test_a_supplier_hears_of_a_check_that_is_due_before_the_last_one_alone(
    tmp_path: Path, due: str, warnings: int
) -> None:
    delivery = valid_delivery()
    delivery.cell("waiting.csv", 0, "safety_checked_on", "2025-02-01")
    delivery.cell("waiting.csv", 0, "next_check_due_on", due)
    parsed = read(delivery.folder(tmp_path / "d"))
    assert len([one for one in parsed.warnings if one.column == "next_check_due_on"]) == warnings


def test_a_supplier_hears_how_many_rows_of_a_sheet_were_blank(tmp_path: Path) -> None:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(path)
    book["measures"].insert_rows(3, 2)
    book.save(path)
    (remark,) = read(path).warnings
    assert remark.message.params["count"] == 2


def test_a_supplier_hears_that_a_number_is_no_day(tmp_path: Path) -> None:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["measures"]
    (column,) = [cell.column for cell in sheet[1] if cell.value == "ordered_on"]
    assert column is not None
    cell = sheet.cell(2, column)
    cell.value, cell.number_format = 12, "General"
    book.save(path)
    (problem,) = problems_of(path)
    assert "another kind of value" in problem.message.msgid


def test_a_supplier_who_leaves_a_start_empty_hears_of_no_difference(tmp_path: Path) -> None:
    delivery = valid_delivery()
    first, *_ = delivery.rows["staffing.csv"]
    same = [
        row
        for row in delivery.rows["staffing.csv"]
        if (row["region"], row["role"]) == (first["region"], first["role"])
    ]
    assert len(same) > 1
    same[0] |= {"headcount_start": "10", "headcount_end": "10", "joiners": "0", "leavers": "0"}
    same[1] |= {"headcount_start": "", "headcount_end": "", "joiners": "", "leavers": ""}
    parsed = read(delivery.folder(tmp_path / "d"))
    assert not [one for one in parsed.warnings if one.column == "headcount_start"]
