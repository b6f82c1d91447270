"""Zips and spreadsheets that are made to do harm are refused before they can."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from tests.factories.deliveries import places, problems_of, valid_delivery

V = "veilig_thuis.csv"


@pytest.mark.parametrize(
    "name",
    ["../measures.csv", "data/measures.csv", "/etc/passwd", "./waiting.csv", "readme.txt", "data/"],
)
def test_any_other_name_refuses_the_zip_and_is_told(tmp_path: Path, name: str) -> None:
    path = valid_delivery().zip(tmp_path / "d.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")
    (problem,) = problems_of(path)
    assert (problem.file, problem.row) == ("zip", None)
    assert f"“{name}”" in str(problem.message)


def test_a_link_refuses_the_zip(tmp_path: Path) -> None:
    delivery = valid_delivery()
    del delivery.rows[V]
    path = delivery.zip(tmp_path / "d.zip")
    link = zipfile.ZipInfo(V)
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert places(path) == [("zip", None, "")]


def test_a_name_twice_refuses_the_zip(tmp_path: Path) -> None:
    path = valid_delivery().zip(tmp_path / "d.zip")
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(V, "x")
    assert places(path) == [(V, None, "")]


def _bomb(megabytes: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(V, "w") as to:
        for _each in range(megabytes):
            to.write(b"\n" * 1_000_000)
    return buffer.getvalue()


def test_a_zip_that_grows_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    path.write_bytes(_bomb(101))
    assert path.stat().st_size < 1_000_000
    (problem,) = problems_of(path)
    assert "100 MB" in str(problem.message)


def test_a_zip_that_lies_about_its_size_is_measured(tmp_path: Path) -> None:
    content = bytearray(_bomb(101))
    at = content.rfind(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    path = tmp_path / "d.zip"
    path.write_bytes(content)
    (problem,) = problems_of(path)
    assert problem.file == "zip"


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(valid_delivery().zip(tmp_path / "d.zip").read_bytes())
    content[60:90] = b"\xff" * 30
    (tmp_path / "d.zip").write_bytes(content)
    assert places(tmp_path / "d.zip") == [("zip", None, "")]


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    content = valid_delivery().zip(tmp_path / "d.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            entry.flag_bits |= 1
    marked = bytearray(content)
    at = marked.find(b"PK\x01\x02")
    marked[at + 8] |= 1
    (tmp_path / "d.zip").write_bytes(marked)
    (problem,) = problems_of(tmp_path / "d.zip")
    assert "password" in str(problem.message)


def _workbook(tmp_path: Path) -> tuple[Path, openpyxl.Workbook]:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    return path, openpyxl.load_workbook(path)


CELLS = {
    "a formula": ("F2", "=TODAY()"),
    "an error": ("F2", "#N/A"),
    "a number where a day belongs": ("F2", 45663),
    "a day with a time": ("F2", datetime.combine(date(2025, 1, 6), time(12, 30))),
    "a truth": ("D2", True),
    "a day where a code belongs": ("D2", date(2025, 1, 6)),
    "a negative number": ("D2", -11),
    "a formula among keys": ("B2", '=HYPERLINK("https://example.org")'),
}


@pytest.mark.parametrize(("place", "value"), CELLS.values(), ids=CELLS)
def test_cells_that_hold_no_plain_value_are_refused(
    tmp_path: Path, place: str, value: str | int | date
) -> None:
    path, book = _workbook(tmp_path)
    if isinstance(value, int):
        book["measures"][place].number_format = "General"
    book["measures"][place] = value
    book.save(path)
    column = {"F": "ordered_on", "D": "measure", "B": "youth_key"}[place[0]]
    assert places(path) == [("measures.csv", 2, column)]


def test_a_cell_beside_the_table_is_refused(tmp_path: Path) -> None:
    path, book = _workbook(tmp_path)
    book["measures"]["S3"] = "note"
    book.save(path)
    assert places(path) == [("measures.csv", 3, "")]


@pytest.mark.parametrize("place", ["XFD2", "BM1"])
def test_a_sheet_that_reaches_far_is_refused(tmp_path: Path, place: str) -> None:
    path, book = _workbook(tmp_path)
    book["measures"][place] = "x"
    book.save(path)
    assert places(path) == [("xlsx", None, "")]


def _with_part(path: Path, name: str, change: tuple[bytes, bytes]) -> Path:
    """The spreadsheet with something replaced in one of its parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    assert change[0] in parts[name]
    parts[name] = parts[name].replace(*change)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)
    return path


def test_a_huge_extent_that_is_only_claimed_does_no_harm(tmp_path: Path) -> None:
    path, _book = _workbook(tmp_path)
    _with_part(path, "xl/worksheets/sheet1.xml", (b"A1:R4", b"A1:XFD1048576"))
    assert problems_of(path) == ()


def test_a_row_far_beyond_the_sheet_is_refused(tmp_path: Path) -> None:
    path, _book = _workbook(tmp_path)
    _with_part(path, "xl/worksheets/sheet1.xml", (b'<row r="4"', b'<row r="999999999"'))
    assert places(path) == [("xlsx", None, "")]


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    path, _book = _workbook(tmp_path)
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet '
    _with_part(path, "xl/worksheets/sheet1.xml", (b"<worksheet ", declared))
    assert places(path) == [("xlsx", None, "")]


def test_a_spreadsheet_that_grows_too_large_is_refused(tmp_path: Path) -> None:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/picture.png", "w") as to,
    ):
        for _each in range(101):
            to.write(b"\x00" * 1_000_000)
    (problem,) = problems_of(path)
    assert "100 MB" in str(problem.message)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_damaged_spreadsheet_is_refused(tmp_path: Path, part: str) -> None:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    _with_part(path, part, (b"<", b"<<"))
    assert places(path) == [("xlsx", None, "")]


def test_a_spreadsheet_without_a_sheet_misses_its_files(tmp_path: Path) -> None:
    path, book = _workbook(tmp_path)
    del book["staffing"]
    del book["veilig_thuis"]
    book.save(path)
    assert places(path) == [("staffing.csv", None, "")]
