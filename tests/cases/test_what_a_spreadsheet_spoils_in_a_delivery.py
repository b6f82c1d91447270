"""What a spreadsheet made of a key or a number is refused in its place, with the right reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cases.deliveries.imports import messages
from cases.deliveries.imports.problems import Message
from tests.factories.deliveries import problems_of, read, valid_delivery

KEY = ("measures", "B2", "youth_key")
NUMBER = ("staffing", "D2", "establishment_fte")
WHOLE = ("staffing", "K2", "headcount_start")
CELLS = [
    (KEY, date(2026, 1, 3), "", messages.DAY_CELL),
    (KEY, datetime(2026, 1, 3, 9, 0), "", messages.DAY_CELL),  # noqa: DTZ001
    (KEY, time(9, 0), "", messages.WRONG_CELL_TYPE),
    (KEY, True, "", messages.WRONG_CELL_TYPE),
    (KEY, 3.1, "", messages.LOST_ZEROS),
    (KEY, 7, "0000", messages.LOST_ZEROS),
    (KEY, 1234567890123456, "", messages.LONG_NUMBER),
    (KEY, 1.5e20, "", messages.LONG_NUMBER),
    (KEY, 0.07, "0%", messages.PERCENTAGE),
    (KEY, "1,23457E+15", "", messages.LONG_NUMBER),
    (KEY, "12E+3", "", messages.LONG_NUMBER),
    (KEY, "1,2E-05", "", messages.LONG_NUMBER),
    (KEY, "#N/B", "", messages.ERROR_CELL),
    (KEY, "#N/A", "", messages.KEY_FOR_NOTHING),
    (KEY, 0, "", messages.KEY_FOR_NOTHING),
    (NUMBER, "#N/A", "", messages.LEAVE_EMPTY),
    (NUMBER, "#VERW!", "", messages.ERROR_CELL),
    (KEY, "=1+1", "", messages.FORMULA),
    (NUMBER, date(2026, 1, 3), "", messages.DAY_CELL),
    (NUMBER, datetime(1900, 1, 3, 12, 0), "", messages.DAY_CELL),  # noqa: DTZ001
    (NUMBER, 0.4, "0.00%", messages.PERCENTAGE),
    (WHOLE, date(2026, 1, 3), "", messages.DAY_CELL),
    (WHOLE, 0.36, "0%", messages.PERCENTAGE),
]


def changed(path: Path, sheet: str, cell: str, value: Any, shown_as: str = "") -> Path:
    """A workbook in which all is well but one cell."""
    valid_delivery().workbook(path)
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file)
    book[sheet][cell].value = value
    if shown_as:
        book[sheet][cell].number_format = shown_as
    book.save(path)
    return path


@pytest.mark.parametrize(("place", "value", "shown_as", "message"), CELLS)
def test_a_spoiled_cell_is_refused_in_its_place(
    tmp_path: Path, place: tuple[str, str, str], value: Any, shown_as: str, message: Message
) -> None:
    sheet, cell, column = place
    (problem,) = problems_of(changed(tmp_path / "book", sheet, cell, value, shown_as))
    assert (problem.file, problem.row, problem.column) == (f"{sheet}.csv", 2, column)
    assert problem.message == message


@pytest.mark.parametrize(
    "value", [7, 123456789012345, "1234567890123456", "007", "3.10", "2026-01-03", "3E1", "12E-3"]
)
def test_a_key_that_is_whole_is_taken(tmp_path: Path, value: Any) -> None:
    assert problems_of(changed(tmp_path / "book", "measures", "B2", value)) == ()


def test_a_code_keeps_the_zero_that_its_list_has(tmp_path: Path) -> None:
    delivery = valid_delivery().cell("measures.csv", 1, "measure", "11")
    delivery.cell("measures.csv", 1, "end_reason", "01")
    by_text = read(delivery.zip(tmp_path / "zip")).sha256
    assert read(delivery.workbook(tmp_path / "book")).sha256 == by_text


@pytest.mark.parametrize("name", ["levering", "levering.csv", "levering.xls", "levering.zip.tmp"])
def test_no_name_decides_how_a_file_is_read(tmp_path: Path, name: str) -> None:
    expected = read(valid_delivery().folder(tmp_path / "folder")).sha256
    for write in (valid_delivery().zip, valid_delivery().workbook):
        assert read(write(tmp_path / name)).sha256 == expected


def parts(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100_000)
PASSWORD = OLD + "EncryptedPackage".encode("utf-16-le") + bytes(600)
OLD_DOCUMENT = OLD + "WordDocument".encode("utf-16-le") + bytes(600)
TYPES = ("[Content_Types].xml", b"<Types/>")
OPEN, OPEN_TEXT = (
    parts(("mimetype", b"application/vnd.oasis.opendocument." + kind), ("content.xml", b"<a/>"))
    for kind in (b"spreadsheet", b"text")
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (OLD, messages.OLD_SPREADSHEET),
        (OLD_DOCUMENT, messages.DOCUMENT),
        (parts(TYPES, ("word/document.xml", b"<a/>")), messages.DOCUMENT),
        (parts(TYPES, ("ppt/presentation.xml", b"<a/>")), messages.DOCUMENT),
        (parts(TYPES, ("xl/workbook.bin", b"")), messages.BINARY_WORKBOOK),
        (parts(("Index/Document.iwa", b"")), messages.OTHER_PROGRAM),
        (b"%PDF-1.7", messages.DOCUMENT),
        (b"{\\rtf1", messages.DOCUMENT),
        (b"<html><table>", messages.MARKED_UP),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", messages.MARKED_UP),
        (PASSWORD, messages.ENCRYPTED),
        (OPEN, messages.OPEN_DOCUMENT),
        (OPEN_TEXT, messages.DOCUMENT),
        (b"no file of any kind", messages.NOT_A_DELIVERY),
    ],
)
def test_another_kind_of_file_is_told_what_it_is(
    tmp_path: Path, content: bytes, message: Message
) -> None:
    path = tmp_path / "levering.xlsx"
    path.write_bytes(content)
    (problem,) = problems_of(path)
    assert problem.message == message


def test_a_nought_that_is_shown_as_a_day_is_to_be_left_empty(tmp_path: Path) -> None:
    path = changed(tmp_path / "book", "measures", "O2", 0, "dd-mm-yyyy")
    (problem,) = problems_of(path)
    assert (problem.row, problem.message) == (2, messages.LEAVE_EMPTY)


def test_a_strict_workbook_is_told_how_to_save_it(tmp_path: Path) -> None:
    path = valid_delivery().workbook(tmp_path / "book")
    with zipfile.ZipFile(path) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    strict = (b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/")
    path.write_bytes(parts(*((name, content.replace(*strict)) for name, content in entries)))
    (problem,) = problems_of(path)
    assert problem.message == messages.STRICT_WORKBOOK
