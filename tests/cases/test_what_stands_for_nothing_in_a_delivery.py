"""Words and days that stand for "not known" are refused wherever they stand, and told to go."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.deliveries.imports import messages
from cases.deliveries.imports.layout import FILES, ColumnKind
from cases.deliveries.imports.spoiled import (
    PLACEHOLDERS,
    is_key_for_nothing,
    stands_for_nothing,
)
from tests.factories.deliveries import places, problems_of, valid_delivery

WORDS = ("onbekend", "n.v.t.", "nvt", "null", "-", "#N/A")
NEVER = ("31-12-9999", "9999-12-31", "01-01-1900", "1-1-1900", "1900-01-01")
COLUMNS = [
    (file, column.name, column.kind, column.required)
    for file, columns in FILES.items()
    for column in columns
]
KEYS = [(file, name) for file, name, kind, _ in COLUMNS if kind is ColumnKind.KEY]
OTHERS = [
    (file, name, required) for file, name, kind, required in COLUMNS if kind is not ColumnKind.KEY
]


@pytest.mark.parametrize("word", [*WORDS, "0", "ONBEKEND", "N.v.t.", "NVT", "Null", "#n/a"])
@pytest.mark.parametrize(("file", "column"), KEYS)
def test_no_key_stands_for_nobody_known(tmp_path: Path, file: str, column: str, word: str) -> None:
    delivery = valid_delivery().cell(file, 1, column, f" {word} ")
    if (file, column) == ("measures.csv", "case_key"):
        delivery.rows["waiting.csv"] = []
    (problem,) = problems_of(delivery.folder(tmp_path / "d"))
    assert (problem.file, problem.row, problem.column) == (file, 3, column)
    assert problem.message == messages.KEY_FOR_NOTHING


def test_each_of_many_rows_under_one_placeholder_is_told_once(tmp_path: Path) -> None:
    delivery = valid_delivery()
    for row in delivery.rows["measures.csv"]:
        row["case_key"] = "onbekend"
    delivery.rows["waiting.csv"] = []
    expected = [("measures.csv", row, "case_key") for row in (2, 3, 4)]
    assert places(delivery.folder(tmp_path / "d")) == expected


@pytest.mark.parametrize("key", ["onbekend-1", "x-onbekend", "nul", "00", "--", "nvt2", "n.v.t"])
def test_a_key_that_only_looks_like_a_placeholder_is_a_key(tmp_path: Path, key: str) -> None:
    delivery = valid_delivery().cell("measures.csv", 0, "youth_key", key)
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


@pytest.mark.parametrize("word", [*WORDS, *NEVER, "Onbekend", "NULL"])
@pytest.mark.parametrize(("file", "column", "required"), OTHERS)
def test_what_stands_for_nothing_is_to_be_left_empty(
    tmp_path: Path, file: str, column: str, required: bool, word: str
) -> None:
    delivery = valid_delivery().cell(file, 0, column, word)
    found = problems_of(delivery.folder(tmp_path / "d"))
    assert [(one.file, one.row, one.column) for one in found] == [(file, 2, column)]
    expected = messages.EMPTY_IS_NOT_ENOUGH if required else messages.LEAVE_EMPTY
    assert found[0].message == expected
    assert "empty" in str(found[0].message)


@pytest.mark.parametrize("day", ["2025-04-15", "30-12-9999", "1-1-2190"])
def test_another_day_far_ahead_is_a_day_where_days_may_lie_ahead(tmp_path: Path, day: str) -> None:
    delivery = valid_delivery().cell("waiting.csv", 0, "next_check_due_on", day)
    delivery.cell("measures.csv", 0, "order_ends_on", day)
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_a_nought_is_a_number_where_numbers_stand(tmp_path: Path) -> None:
    delivery = valid_delivery().cell("staffing.csv", 0, "hired_fte", "0")
    delivery.cell("measures.csv", 0, "workers_so_far", "0")
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


@pytest.mark.parametrize(("sheet", "cell"), [("measures", "G2"), ("staffing", "D2")])
def test_an_error_for_not_available_is_told_alike_in_a_spreadsheet(
    tmp_path: Path, sheet: str, cell: str
) -> None:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(path)
    book[sheet][cell].value = "#N/A"
    book.save(path)
    (problem,) = problems_of(path)
    assert (problem.row, problem.message) == (2, messages.LEAVE_EMPTY)


@given(st.sampled_from(sorted(PLACEHOLDERS)), st.data())
def test_capitals_make_no_difference(word: str, data: st.DataObject) -> None:
    capitals = data.draw(st.lists(st.booleans(), min_size=len(word), max_size=len(word)))
    pairs = zip(word, capitals, strict=True)
    written = "".join(letter.upper() if up else letter for letter, up in pairs)
    assert stands_for_nothing(written)
    assert is_key_for_nothing(written)
