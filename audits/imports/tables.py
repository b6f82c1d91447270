"""A table that somebody hands over, as XLSX or CSV: all of its rows, or every error by row.

The rows come as text; what it means is for the caller. A file is never trusted: a spreadsheet
is unpacked and counted as deliveries are, and no sentence repeats more than a code.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final, NamedTuple, TypeAlias

import openpyxl
from django.utils.translation import gettext as _

from audits.imports.cells import Holds, Spoiled, check_text, text_of
from audits.letters.rules import day_of
from cases.deliveries.imports import messages
from cases.deliveries.imports.archives import is_workbook, open_archive
from cases.deliveries.imports.problems import DeliveryRefusedError
from cases.deliveries.imports.workbooks import check_parts, nothing_repeated
from jbn_oversight.personal_numbers import count_in

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_ROWS: Final = 2_000
MOST_LETTERS: Final = 5_000
MOST_ERRORS: Final = 200
"""As many as are told of one file."""
_MOST_COLUMNS: Final = 64
_CODE: Final = 20
"""A sentence repeats no value longer than this."""
_NO_TEXT: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""A zip, an empty one, and what old Office programs write."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column that a table may have, by the name in its first row.

    ``codes`` are the words that a cell may hold (any case), ``is_day`` asks for a day as
    ``audits.letters.rules.day_of`` reads it. A column that is not ``required`` may be left out.
    """

    name: str
    required: bool = False
    is_day: bool = False
    codes: tuple[str, ...] = ()
    most: int = MOST_LETTERS
    holds: Holds = Holds.WORDS
    """What a spreadsheet may have kept in its cells; of a day there is no choice."""


@dataclass(frozen=True, slots=True)
class RowError:
    """What to fix: the row (the headings are row 1; 0 is the whole file) and the column."""

    row: int
    column: str
    sentence: str


class TableRow(NamedTuple):
    """A row with its number in the file and the text of every column, empty where there is none.

    A day keeps its text; in a spreadsheet a cell that is a day gives ``YYYY-MM-DD``.
    """

    number: int
    cells: Mapping[str, str]


Cells: TypeAlias = list[Any]
"""The cells of a line: text from a CSV file, cells as openpyxl gives them from a spreadsheet."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table without a single error."""

    rows: tuple[TableRow, ...]


class _UnreadableError(Exception):
    """The file as a whole; the message says what to do."""


def read_table(
    file: bytes | IO[bytes], columns: Sequence[TableColumn]
) -> ReadTable | list[RowError]:
    """The rows of an XLSX or CSV file below its headings, or what is wrong with them.

    CSV has semicolons or commas and is UTF-8 or Windows-1252. Of an XLSX file the first sheet
    is read. Nothing of a table with an error may be stored.
    """
    data = file if isinstance(file, bytes) else file.read(MOST_BYTES + 1)
    with nothing_repeated():
        return _read(data, columns)


def _read(data: bytes, columns: Sequence[TableColumn]) -> ReadTable | list[RowError]:
    try:
        lines = _lines(data)
        header, rows = _split(lines)
        errors = _header_errors(header, columns)
        if errors:
            return errors
        found = [_row(number, header, cells, columns) for number, cells in rows]
    except _UnreadableError as error:
        return [RowError(0, "", str(error))]
    wrong = [error for _row_found, errors in found for error in errors]
    if not found:
        return [RowError(0, "", _("The file holds no rows below the headings."))]
    if wrong:
        return sorted(wrong, key=lambda error: error.row)[:MOST_ERRORS]
    return ReadTable(tuple(row for row, _errors in found))


def _lines(data: bytes) -> Iterator[tuple[int, Cells]]:
    """Each line with its number; empty ones are left out."""
    if len(data) > MOST_BYTES:
        raise _UnreadableError(_("This file is larger than 2 MB. Hand over less at once."))
    lines = _sheet(data) if data.startswith(_NO_TEXT) else _separated(data)
    for count, (number, cells) in enumerate(lines):
        if count > MOST_ROWS:
            raise _UnreadableError(
                _("This file has more than %(n)s rows. Hand over less at once.") % {"n": MOST_ROWS}
            )
        yield number, cells


def _separated(data: bytes) -> Iterator[tuple[int, Cells]]:
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = ";" if ";" in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            trimmed = [cell.strip() for cell in cells]
            if any(trimmed):
                yield number, trimmed
    except csv.Error as error:
        raise _UnreadableError(
            _(
                "Row %(row)s cannot be read: a quotation mark is not closed, or a cell is far "
                "too long. Mend the row."
            )
            % {"row": number + 1}
        ) from error


def _decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise _UnreadableError(_("This is not a table. Save it as XLSX or as CSV, UTF-8."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _UnreadableError(_("This is not a table. Save it as XLSX or as CSV, UTF-8."))


def _sheet(data: bytes) -> Iterator[tuple[int, Cells]]:
    broken = _("The spreadsheet cannot be read. Save it again as XLSX, without a password.")
    try:
        with open_archive(io.BytesIO(data)) as archive:
            if not is_workbook(archive):
                raise _UnreadableError(_("This is not a table. Save it as XLSX or as CSV, UTF-8."))
            check_parts(archive)
        book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet: Any = book[book.sheetnames[0]]
        sheet.reset_dimensions()
        rows = sheet.iter_rows()
    except _UnreadableError:
        raise
    except DeliveryRefusedError as refused:
        message = refused.problems[0].message
        if message == messages.NOT_A_DELIVERY:
            raise _UnreadableError(broken) from refused
        raise _UnreadableError(_(message.msgid) % message.params) from refused
    except Exception as error:  # openpyxl fails in many ways on a damaged file
        raise _UnreadableError(broken) from error
    number = 0
    while True:
        number += 1
        try:
            row = next(rows, None)
        except Exception as error:  # a sheet is parsed while it is read
            raise _UnreadableError(broken) from error
        if row is None:
            return
        cells = list(row[:_MOST_COLUMNS])
        if not all(map(_is_empty, cells)):
            yield number, cells


def _is_empty(cell: Any) -> bool:
    value = cell if isinstance(cell, str) else cell.value
    return value is None or (isinstance(value, str) and not value.strip())


def _text(cell: Any, holds: Holds) -> str | Spoiled:
    return check_text(cell, holds) if isinstance(cell, str) else text_of(cell, holds)


def _split(
    lines: Iterator[tuple[int, Cells]],
) -> tuple[list[str], Iterator[tuple[int, Cells]]]:
    _number, header = next(lines, (0, []))
    # A cell that holds no text is no name of a column.
    texts = [_text(cell, Holds.WORDS) for cell in header]
    names = [_plain(text) if isinstance(text, str) else "?" for text in texts]
    while names and not names[-1]:
        names.pop()
    return names, lines


def _plain(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())


def _header_errors(header: list[str], columns: Sequence[TableColumn]) -> list[RowError]:
    known = {_plain(column.name): column for column in columns}
    if not set(header) & set(known):
        names = ", ".join(column.name for column in columns)
        return [
            RowError(
                1,
                "",
                _("The first row must hold the names of the columns: %(names)s.")
                % {"names": names},
            )
        ]
    errors = []
    for position, name in enumerate(header, start=1):
        if name not in known:
            errors.append(
                RowError(
                    1,
                    "",
                    _("Column number %(position)s is not one of this table. Remove it.")
                    % {"position": position},
                )
            )
        elif header.index(name) + 1 != position:
            errors.append(RowError(1, known[name].name, _("This column stands here twice.")))
    errors += [
        RowError(1, column.name, _("This column is missing. Add it."))
        for name, column in known.items()
        if column.required and name not in header
    ]
    return errors


def _row(
    number: int, header: list[str], cells: Cells, columns: Sequence[TableColumn]
) -> tuple[TableRow, list[RowError]]:
    errors = []
    if not all(map(_is_empty, cells[len(header) :])):
        errors.append(
            RowError(number, "", _("This row has more cells than there are column names."))
        )
    by_name = dict(zip(header, cells, strict=False))
    texts = {}
    for column in columns:
        text = _text(
            by_name.get(_plain(column.name), ""), Holds.DAY if column.is_day else column.holds
        )
        texts[column.name] = text if isinstance(text, str) else ""
        sentence = _wrong(column, text) if isinstance(text, str) else text.sentence
        if sentence:
            errors.append(RowError(number, column.name, sentence))
    return TableRow(number, texts), errors


def _wrong(column: TableColumn, text: str) -> str:
    """What is wrong with a cell, or nothing."""
    shown = f' "{text}"' if 0 < len(text) <= _CODE and not count_in(text) else ""
    if not text:
        return _("This cell is empty. Fill it in.") if column.required else ""
    if count_in(text):
        return _("This cell holds the number or birth date of a person. Take it out.")
    if len(text) > column.most:
        return _("This cell is longer than %(n)s characters. Shorten it.") % {"n": column.most}
    if column.is_day and day_of(text) is None:
        return _(
            "This is not a day%(shown)s. Write it like 27-03-2025, or as precisely as the source "
            "says: maart 2025, eind maart 2025, 2025."
        ) % {"shown": shown}
    if column.codes and text.casefold() not in {code.casefold() for code in column.codes}:
        return _("This word is not known here%(shown)s. Use one of: %(codes)s.") % {
            "shown": shown,
            "codes": ", ".join(column.codes),
        }
    return ""
