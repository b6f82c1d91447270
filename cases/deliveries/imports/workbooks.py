"""Reading an XLSX file: each sheet becomes the same columns of text as a CSV file.

A cell knows its kind, so days come as days and numbers as numbers; both are written back as
the text that a CSV file would hold. A formula, an error or a day with a time becomes a mark
that no text can be (see ``cells``), and the column's parser refuses it.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Final, Protocol, cast
from xml.parsers import expat

import numpy as np
import openpyxl

from cases.deliveries.imports import cells, messages
from cases.deliveries.imports.archives import WORKBOOK, almost, is_of_the_machine, refuse, unpack
from cases.deliveries.imports.layout import (
    DATES,
    FILES,
    NUMBERS,
    ColumnKind,
    DeliveryColumn,
    columns_of,
)
from cases.deliveries.imports.problems import DeliveryRefusedError, Problems
from cases.deliveries.imports.separated import as_columns, check_header, note_filled_columns
from cases.deliveries.imports.spoiled import (
    NOT_AVAILABLE,
    hidden_zeros,
    is_percentage,
    is_too_long,
)
from cases.deliveries.imports.tables import RawTable, raw_table


class _Cell(Protocol):
    """What openpyxl gives of a cell when it only reads."""

    @property
    def value(self) -> object: ...

    @property
    def data_type(self) -> str: ...

    @property
    def number_format(self) -> str: ...


class _Sheet(Protocol):
    """What openpyxl gives of a sheet when it only reads."""

    def reset_dimensions(self) -> None: ...

    def iter_rows(self) -> Iterator[tuple[_Cell, ...]]: ...


_ROWS: Final = 1_048_576
_COLUMNS: Final = 64
_ELEMENTS: Final = 5_000_000
_SUFFIX: Final = ".csv"
_THREE: Final = 3
_BOOK: Final = "xl/workbook.xml"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
"""Names the variant of XLSX in which openpyxl finds no sheets at all."""


def read_workbook(
    archive: zipfile.ZipFile, file: IO[bytes], problems: Problems
) -> tuple[dict[str, RawTable], int]:
    """The tables of the sheets that are files of a delivery, and how many others there were."""
    check_parts(archive)
    with nothing_repeated():
        return _read_sheets(file, problems)


@contextmanager
def nothing_repeated() -> Iterator[None]:
    """Let openpyxl warn nobody: what it says of a cell repeats what the cell holds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _read_sheets(file: IO[bytes], problems: Problems) -> tuple[dict[str, RawTable], int]:
    try:
        # An open file, never a path: of a path openpyxl judges the ending of the name.
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # openpyxl fails in many ways on a damaged file
        if is_of_the_machine(error):
            raise
        raise refuse(WORKBOOK, messages.BROKEN_WORKBOOK) from error
    tables: dict[str, RawTable] = {}
    others = 0
    names = tuple(file.removesuffix(_SUFFIX) for file in FILES)
    try:
        for title in workbook.sheetnames:
            table = title.lower() + _SUFFIX
            if table in tables:
                problems.add(table, None, "", messages.NAME_TWICE)
            elif table in FILES:
                tables[table] = _read_sheet(table, cast(_Sheet, workbook[title]), problems)
            elif almost(title, names):
                problems.add(WORKBOOK, None, "", messages.WRONG_CASE)
            else:
                others += 1
    except DeliveryRefusedError:
        raise
    except Exception as error:  # the sheets are parsed while they are read
        if is_of_the_machine(error):
            raise
        raise refuse(WORKBOOK, messages.BROKEN_WORKBOOK) from error
    finally:
        workbook.close()
    return tables, others


def check_parts(archive: zipfile.ZipFile) -> None:
    """Count the bytes and the elements of all parts before anything of them is used."""
    names = archive.namelist()
    if len(set(names)) != len(names):
        raise refuse(WORKBOOK, messages.BROKEN_WORKBOOK)
    watch = _Watch()
    for entry, content in unpack(archive, WORKBOOK):
        if entry.filename == _BOOK and _STRICT in content:
            raise refuse(WORKBOOK, messages.STRICT_WORKBOOK)
        parser = expat.ParserCreate()
        parser.StartElementHandler = watch.element
        parser.StartDoctypeDeclHandler = watch.declaration
        with suppress(expat.ExpatError):  # a picture, say; openpyxl refuses what it needs
            parser.Parse(content, True)


class _Watch:
    """Refuses a part that declares entities, has too many elements or reaches too far."""

    def __init__(self) -> None:
        self.elements = 0

    def declaration(self, *_declared: object) -> None:
        raise refuse(WORKBOOK, messages.BROKEN_WORKBOOK)

    def element(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > _ELEMENTS:
            raise refuse(WORKBOOK, messages.SHEET_TOO_LARGE)
        if name.rpartition(":")[2] not in {"c", "row"} or "r" not in attributes:
            return
        reference = attributes["r"]
        letters = reference.rstrip("0123456789")
        row = reference[len(letters) :]
        if len(row) > 7 or int(row or 1) > _ROWS or _column_number(letters) > _COLUMNS:
            raise refuse(WORKBOOK, messages.SHEET_TOO_LARGE)


def _column_number(letters: str) -> int:
    if len(letters) > 3:
        return _COLUMNS + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _read_sheet(file: str, sheet: _Sheet, problems: Problems) -> RawTable:
    sheet.reset_dimensions()
    known = columns_of(file)
    header: list[str | None] | None = None
    kinds: list[DeliveryColumn | None] = []
    texts: list[list[str]] = []
    rows: list[int] = []
    blank = 0
    header_row = 1
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if all(_is_empty(cell) for cell in row):
            blank += 1
        elif header is None:
            names = [_as_text(cell, None) for cell in row]
            while not cells.trimmed(names[-1]):
                names.pop()
            header, header_row = check_header(file, names, number, problems), number
            if header is None:
                return RawTable(file, complete=False)
            kinds = [known.get(name) if name else None for name in header]
        elif not all(_is_empty(cell) for cell in row[len(kinds) :]):
            problems.add(file, number, "", messages.OTHER_WIDTH)
        else:
            cells_of_row = [_as_text(*both) for both in zip(row, kinds, strict=False)]
            texts.append(cells_of_row + [""] * (len(kinds) - len(cells_of_row)))
            rows.append(number)
    if header is None:
        problems.add(file, 1, "", messages.NO_HEADER)
        return RawTable(file, complete=False)
    table = raw_table(file, header, as_columns(texts, len(header)), np.array(rows, np.int64), blank)
    note_filled_columns(table, header_row, problems)
    return table


def _is_empty(cell: _Cell) -> bool:
    """Whether nothing but spaces stands in the cell."""
    return cell.value is None or (isinstance(cell.value, str) and not cells.trimmed(cell.value))


def _as_text(cell: _Cell, column: DeliveryColumn | None) -> str:
    """The text that a CSV file would hold in this cell's place."""
    kind = column.kind if column is not None else None
    match cell.value:
        case None:
            text = ""
        case _ if cell.data_type == "f":
            text = cells.FORMULA
        case _ if cell.data_type == "e":
            text = NOT_AVAILABLE if cell.value == NOT_AVAILABLE else cells.ERROR_CELL
        case str() as value:
            text = value
        case datetime() as value:
            text = _date_text(value, kind)
        case date() as value:
            text = _date_text(datetime.combine(value, time()), kind)
        case bool():
            text = cells.WRONG_TYPE
        case time() as value if value == time() and kind in DATES:
            text = "1900-01-01"  # a nought, which a spreadsheet shows as the day before it
        case int() | float() as number:
            text = _number_text(number, kind, cell.number_format)
        case _:
            text = cells.WRONG_TYPE
    return text


def _date_text(value: datetime, kind: ColumnKind | None) -> str:
    if kind is ColumnKind.KEY or kind in NUMBERS:
        return cells.DAY_CELL  # what was typed, 3.1 or 3-1, cannot be told any more
    if value.time() != time():
        return cells.WITH_TIME
    if kind in DATES:
        return value.date().isoformat()
    if kind is ColumnKind.MONTH and value.day == 1:
        # Spreadsheets turn 2025-01 into the first day of that month by themselves.
        return value.date().isoformat()[:7]
    return cells.WRONG_TYPE


def _number_text(value: float, kind: ColumnKind | None, number_format: str) -> str:
    number = Decimal(repr(value))
    if not number.is_finite():
        return cells.ERROR_CELL
    if is_percentage(number_format) and kind is not None:
        return cells.PERCENTAGE
    if kind is ColumnKind.KEY and (spoiled := _spoiled_key(number, number_format)):
        return spoiled
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if kind in DATES or kind is ColumnKind.MONTH:
        digits = cells.is_citizen_number(text, separated=False)
        return text if digits else cells.WRONG_TYPE
    if kind is ColumnKind.CODE:
        text = text.zfill(2)
    elif kind in NUMBERS and len(text.partition(".")[2]) == _THREE:
        text += "0"  # a cell that is a number leaves no doubt about its point
    return text


def _spoiled_key(number: Decimal, number_format: str) -> str:
    """The mark of a key of which the spreadsheet kept less than was typed; else nothing."""
    if is_too_long(number):
        return cells.LONG_NUMBER
    if number != number.to_integral_value() or hidden_zeros(number, number_format):
        return cells.LOST_ZEROS
    return ""
