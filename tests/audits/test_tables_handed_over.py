"""Tables that are handed over: read whole, or refused with every error by row."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from audits.imports.tables import MOST_BYTES, ReadTable, RowError, TableColumn, read_table

COLUMNS = (
    TableColumn("nummer", required=True, most=10),
    TableColumn("oordeel", codes=("voldoet", "voldoet niet")),
    TableColumn("hersteld_op", is_day=True),
)
GOOD = "nummer;oordeel;hersteld_op\n1.1;voldoet;27-03-2031\n1.2;Voldoet niet;maart 2031\n"


@pytest.fixture(autouse=True)
def _in_dutch() -> Any:
    with translation.override("nl"):
        yield


def rows(file: bytes) -> list[tuple[int, dict[str, str]]]:
    table = read_table(file, COLUMNS)
    assert isinstance(table, ReadTable), table
    return [(number, dict(cells)) for number, cells in table.rows]


def errors(file: bytes) -> list[RowError]:
    found = read_table(file, COLUMNS)
    assert isinstance(found, list)
    return found


def sheet(*lines: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


EXPECTED = [
    (2, {"nummer": "1.1", "oordeel": "voldoet", "hersteld_op": "27-03-2031"}),
    (3, {"nummer": "1.2", "oordeel": "Voldoet niet", "hersteld_op": "maart 2031"}),
]


@pytest.mark.parametrize(
    "file",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace(";", ",").encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("hersteld_op", "Hersteld op").encode(),
    ],
)
def test_a_csv_file_is_read_however_it_was_saved(file: bytes) -> None:
    assert rows(file) == EXPECTED


def test_a_file_of_an_old_windows_program_keeps_its_accents() -> None:
    columns = (TableColumn("tekst"),)
    table = read_table("tekst\ngeëist\n".encode("cp1252"), columns)
    assert isinstance(table, ReadTable)
    assert table.rows[0].cells["tekst"] == "geëist"


def test_a_spreadsheet_gives_days_and_numbers_as_text() -> None:
    on = datetime(2031, 3, 27)  # noqa: DTZ001 - as a spreadsheet keeps a day
    file = sheet(("nummer", "oordeel", "hersteld_op"), (), (1.5, "voldoet", on), (2, None, None))
    assert rows(file) == [
        (3, {"nummer": "1.5", "oordeel": "voldoet", "hersteld_op": "2031-03-27"}),
        (4, {"nummer": "2", "oordeel": "", "hersteld_op": ""}),
    ]


def test_a_column_that_is_not_required_may_be_left_out() -> None:
    assert rows(b"nummer\n7\n") == [(2, {"nummer": "7", "oordeel": "", "hersteld_op": ""})]


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (";voldoet;", "nummer", "leeg"),
        ("1;misschien;", "oordeel", '"misschien"'),
        ("1;voldoet;31-02-2031", "hersteld_op", '"31-02-2031"'),
        ("12345678901;voldoet;", "nummer", "langer dan 10"),
        ("1;voldoet;;over", "", "meer cellen"),
        ("1;BSN 111222333;", "oordeel", "persoon"),
    ],
)
def test_each_error_names_its_row_its_column_and_what_to_do(
    line: str, column: str, words: str
) -> None:
    (error,) = errors(f"nummer;oordeel;hersteld_op\n1;voldoet;\n{line}\n".encode())
    assert (error.row, error.column) == (3, column)
    assert words in error.sentence
    assert "111222333" not in error.sentence


def test_a_long_value_is_never_repeated() -> None:
    (error,) = errors(f"nummer;oordeel\n1;{'lang ' * 9}\n".encode())
    assert "lang" not in error.sentence


def test_all_errors_are_told_at_once_in_the_order_of_the_rows() -> None:
    found = errors(b"nummer;oordeel\n1;x\n;voldoet\n3;y\n")
    assert [(error.row, error.column) for error in found] == [
        (2, "oordeel"),
        (3, "nummer"),
        (4, "oordeel"),
    ]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "eerste rij"),
        (b"a;b\n1;2\n", "nummer, oordeel, hersteld_op"),
        (b"nummer;nummer\n1;2\n", "twee keer"),
        (b"nummer;iets\n1;2\n", "nummer 2"),
        (b"oordeel\nvoldoet\n", "ontbreekt"),
        (b"nummer;oordeel\n", "geen rijen"),
        (b'nummer\n"1\n', "aanhalingsteken"),
        (b"nummer\x00\n1\n", "geen tabel"),
        (b"\xd0\xcf\x11\xe0 oud", "oude soort"),
        (b"PK\x03\x04 kapot", "niet worden gelezen"),
        (b"nummer\n" + b"1\n" * 2_001, "meer dan 2000 rijen"),
        (b"x" * (MOST_BYTES + 1), "2 MB"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(file: bytes, words: str) -> None:
    assert words in errors(file)[0].sentence


@pytest.mark.parametrize("value", ["=1+1", "#N/A"])
def test_a_formula_or_an_error_of_a_spreadsheet_is_refused(value: str) -> None:
    (error,) = errors(sheet(("nummer",), (value,)))
    assert (error.row, error.column) == (2, "nummer")


def test_a_number_that_a_spreadsheet_takes_for_a_day_is_repeated_nowhere() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(("nummer", "hersteld_op"))
    book.active.append(("1.1", 111222333))
    book.active["B2"].number_format = "yyyy-mm-dd"
    out = io.BytesIO()
    book.save(out)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        read_table(out.getvalue(), COLUMNS)
    assert not [one for one in warned if "111222333" in str(one.message)]


def test_a_spreadsheet_that_grows_a_thousandfold_is_refused() -> None:
    out = io.BytesIO(sheet(("nummer",), ("1",)))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(110_000_000))
    (error,) = errors(out.getvalue())
    assert "100 MB" in error.sentence


def test_an_open_file_is_read_too() -> None:
    assert isinstance(read_table(io.BytesIO(GOOD.encode()), COLUMNS), ReadTable)
