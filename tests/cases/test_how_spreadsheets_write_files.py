"""What spreadsheets write in and around a CSV file is read as it is meant, or refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.deliveries.imports import messages
from cases.deliveries.imports.cells import parse_date
from cases.deliveries.imports.problems import Message
from tests.factories.deliveries import places, problems_of, read, valid_delivery, warnings_of

M, W, S, V = "measures.csv", "waiting.csv", "staffing.csv", "veilig_thuis.csv"


@given(st.dates(date(1990, 1, 1)))
def test_a_day_may_be_written_in_any_of_the_ways(day: date) -> None:
    iso = day.isoformat()
    for text in (
        iso,
        f"{day.day}-{day.month}-{day.year:04}",
        f"{day.day:02}-{day.month:02}-{day.year:04}",
        f"{day.day:02}-{day.month}-{day.year:04}",
        f"{day.day}-{day.month:02}-{day.year:04}",
    ):
        assert parse_date(text) == (day, iso)


@pytest.mark.parametrize("text", ["2025-1-6", "6-1-25", "006-1-2025", "6/1/2025", "1-13-2025"])
def test_no_other_way_of_writing_a_day_is_guessed(tmp_path: Path, text: str) -> None:
    delivery = valid_delivery().cell(M, 0, "ordered_on", text)
    assert places(delivery.folder(tmp_path / "d")) == [(M, 2, "ordered_on")]


@pytest.mark.parametrize("above", ["sep=;\r\n", "sep=;\n", "SEP=;\r\n", '"sep=;"\r\n', "sep=,\r\n"])
@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_line_that_excel_puts_first_is_no_row(
    tmp_path: Path, above: str, separator: str, encoding: str
) -> None:
    before = read(valid_delivery().folder(tmp_path / "one")).sha256
    delivery = valid_delivery()
    delivery.above, delivery.separator, delivery.encoding = above, separator, encoding
    folder = delivery.folder(tmp_path / "two")
    assert read(folder).sha256 == before
    assert warnings_of(folder) == []
    delivery.cell(M, 1, "entry", "x")
    assert places(delivery.folder(tmp_path / "three")) == [(M, 3, "entry")]


def test_a_file_with_that_line_alone_has_no_header(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    (folder / V).write_text("sep=;")
    assert places(folder) == [(V, 1, "")]


def test_such_a_line_further_down_is_a_row(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / V
    path.write_text(path.read_text() + "sep=,\n")
    assert (V, 4, "") in places(folder)


@pytest.mark.parametrize("separator", [";", ","])
def test_separators_at_the_end_of_every_line_are_empty_columns(
    tmp_path: Path, separator: str
) -> None:
    delivery = valid_delivery()
    before = read(delivery.folder(tmp_path / "one")).sha256
    delivery.separator = separator
    folder = delivery.folder(tmp_path / "two")
    for file in (M, W):
        text = (folder / file).read_text()
        (folder / file).write_text(text.replace("\n", f"{separator * 3}\n"))
    assert read(folder).sha256 == before
    told = "Empty columns without a header, left aside: 3."
    assert warnings_of(folder) == [(M, None, "", told), (W, None, "", told)]


def test_an_empty_column_in_the_middle_is_left_aside_also_in_a_spreadsheet(
    tmp_path: Path,
) -> None:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    before = read(path).sha256
    book = openpyxl.load_workbook(path)
    book["waiting"].insert_cols(3)
    book["waiting"].cell(2, 3).value = "  "
    book.save(path)
    assert read(path).sha256 == before
    assert warnings_of(path) == [(W, None, "", "Empty columns without a header, left aside: 1.")]


def test_a_column_without_a_header_that_holds_something_is_refused(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / V
    lines = path.read_text().splitlines()
    path.write_text("\n".join([f"{lines[0]},,", f"{lines[1]},,", f"{lines[2]},x,"]))
    (problem,) = problems_of(folder)
    assert (problem.file, problem.row, problem.column) == (V, 1, "")
    assert "number 7 " in str(problem.message)
    book_path = valid_delivery().workbook(tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(book_path)
    book["veilig_thuis"].insert_cols(2)
    book["veilig_thuis"].cell(3, 2).value = "x"
    book.save(book_path)
    (problem,) = problems_of(book_path)
    assert problem.message.msgid == messages.FILLED_COLUMN.msgid
    assert problem.message.params == {"position": 2}


def test_separators_at_the_end_of_rows_alone_are_cells_too_many(tmp_path: Path) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    path = folder / V
    header, newline, rows = path.read_text().partition("\n")
    path.write_text(header + newline + rows.replace("\n", ",\n"))
    assert places(folder) == [(V, 2, ""), (V, 3, "")]


@pytest.mark.parametrize("blank", ["", "  ", ",,,,,"])
def test_blank_lines_are_skipped_and_counted(tmp_path: Path, blank: str) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    before = read(folder).sha256
    path = folder / V
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], blank, lines[1], blank, lines[2], ""]))
    assert read(folder).sha256 == before
    assert warnings_of(folder) == [(V, None, "", "2 blank lines were skipped.")]


# --- a point or a comma before decimals --------------------------------------------------


@pytest.mark.parametrize("other", ["31,5", "0,25", "1.234,5"])
@pytest.mark.parametrize(
    ("column", "value"),
    [("hired_fte", "1.000"), ("headcount_start", "1.000"), ("sick_days", "12.345")],
)
def test_a_point_before_three_digits_is_doubtful_where_decimals_have_a_comma(
    tmp_path: Path, column: str, value: str, other: str
) -> None:
    delivery = valid_delivery().cell(S, 1, column, value).cell(S, 0, "vacancy_fte", other)
    found = {(one.row, one.column): one.message for one in problems_of(delivery.folder(tmp_path))}
    assert found.pop((3, column)) == messages.DOUBTFUL_POINT
    assert set(found) == ({(2, "vacancy_fte")} if "." in other else set())


@pytest.mark.parametrize("value", ["1.00", "1.0000", "31.5", "1000"])
def test_other_points_are_no_doubt(tmp_path: Path, value: str) -> None:
    delivery = valid_delivery().cell(S, 0, "vacancy_fte", "8,5").cell(S, 1, "hired_fte", value)
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_a_point_before_three_digits_is_decimal_where_no_comma_is_written(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(S, 0, "hired_fte", "3.250")
    assert (
        read(delivery.folder(tmp_path / "d")).sha256
        == read(valid_delivery().folder(tmp_path / "e")).sha256
    )


def test_a_comma_in_another_file_raises_no_doubt(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(M, 0, "workers_so_far", "1,0").cell(S, 0, "hired_fte", "3.250")
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_a_number_in_a_spreadsheet_is_no_doubt_beside_text_with_a_comma(tmp_path: Path) -> None:
    path = valid_delivery().cell(S, 0, "hired_fte", "3.125").workbook(tmp_path / "d.xlsx")
    before = read(path).sha256
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book["staffing"][1]]
    book["staffing"].cell(2, 1 + header.index("vacancy_fte")).value = "8,5"
    book.save(path)
    assert read(path).sha256 == before
    book["staffing"].cell(2, 1 + header.index("hired_fte")).value = "3.125"
    book.save(path)
    assert [one.message for one in problems_of(path)] == [messages.DOUBTFUL_POINT]


# --- files of another kind under a name that ends in .csv -----------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04", messages.SPREADSHEET_AS_CSV),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", messages.SPREADSHEET_AS_CSV),
        (b"<html><table>", messages.SPREADSHEET_AS_CSV),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", messages.SPREADSHEET_AS_CSV),
        (b"%PDF-1.7", messages.DOCUMENT),
    ],
)
def test_another_kind_of_file_named_csv_is_told_as_such(
    tmp_path: Path, content: bytes, message: Message
) -> None:
    folder = valid_delivery().folder(tmp_path / "d")
    (folder / V).write_bytes(content + b" " * 40)
    (problem,) = problems_of(folder)
    assert (problem.file, problem.message) == (V, message)
