"""Reading a CSV file: its encoding, its separator, its header and its rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from cases.deliveries.imports import messages
from cases.deliveries.imports.archives import almost
from cases.deliveries.imports.cells import SPACES, is_citizen_number, trimmed
from cases.deliveries.imports.hidden import hidden_character, without_hidden
from cases.deliveries.imports.layout import DeliveryColumn, columns_of
from cases.deliveries.imports.problems import Message, Problems
from cases.deliveries.imports.tables import RawTable, raw_table

_SPREADSHEETS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<")
_DOCUMENTS: Final = (b"%PDF", b"{\\rtf")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_SEPARATOR_LINE: Final = re.compile(
    rb"[ \t]*\"?sep=[,;]\"?[ \t,;]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE
)
"""Tells Excel how to read the file, and is not shown in it."""
_MANY_DIGITS: Final = re.compile(r"(?:[^0-9]*[0-9]){4}")
"""Four digits or more, wherever they stand."""
_OF_BLANK_LINES: Final = SPACES + ',;"\r\n'
"""What may stand in a blank line above the header, which decides the separator."""
_LIKE_A_HEADER: Final = 2
"""Names that are those of columns, or almost: from so many on a row is a header."""


def read_separated(file: str, content: bytes, problems: Problems) -> RawTable:
    """The table in a CSV file; what is wrong with the file itself goes to ``problems``."""
    text = _text(file, content, problems)
    if text is None:
        return RawTable(file, complete=False)
    separator = ";" if ";" in _header_line(text) else ","
    records = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    row = 0
    try:
        for cells in records:
            row += 1
            if any(cell.strip(_OF_BLANK_LINES) for cell in cells):
                break
        else:
            problems.add(file, 1, "", messages.NO_HEADER)
            return RawTable(file, complete=False)
    except csv.Error:
        problems.add(file, row + 1, "", messages.UNREADABLE_ROW)
        return RawTable(file, complete=False)
    header = check_header(file, cells, row, problems)
    if header is None:
        return RawTable(file, complete=False)
    if row == 1 and (columns := read_plain(text, separator, len(header))) is not None:
        table = raw_table(file, header, columns, np.arange(2, 2 + len(columns[0])))
    else:
        reader = _RowReader(file, len(header), problems)
        reader.read(records, row + 1)
        table = reader.table(header, row - 1)
    note_filled_columns(table, row, problems)
    return table


def read_plain(text: str, separator: str, width: int) -> list[pl.Series] | None:
    """The cells below the first line, if the text is so plain that any reader sees the same.

    Plain is: no quotation marks, and in each line as many cells as ``width``. Ten times as fast
    as the reader of the standard library, which reads whatever is not plain; else None.
    """
    if '"' in text or text.count("\r") != text.count("\r\n"):
        return None
    _first, _newline, body = text.replace("\r\n", "\n").partition("\n")
    if body.startswith("\ufeff"):  # the fast reader would leave it out
        return None
    if body and not body.endswith("\n"):
        body += "\n"
    content = body.encode()
    array = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero(array == ord("\n"))
    separators = np.flatnonzero(array == ord(separator))
    if (np.diff(np.searchsorted(separators, ends), prepend=0) != width - 1).any():
        return None
    if not content:
        return [pl.Series(dtype=pl.String) for _column in range(width)]
    frame = pl.read_csv(
        content,
        has_header=False,
        separator=separator,
        quote_char=None,
        infer_schema=False,
        empty_string_is_null=False,
        new_columns=[str(number) for number in range(width)],
    )
    return frame.get_columns()


def _text(file: str, content: bytes, problems: Problems) -> str | None:
    content = content.removeprefix(_BYTE_ORDER_MARK)
    if content.startswith(_SPREADSHEETS):
        problems.add(file, None, "", messages.SPREADSHEET_AS_CSV)
        return None
    if content.startswith(_DOCUMENTS):
        problems.add(file, None, "", messages.DOCUMENT)
        return None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add(file, None, "", messages.NOT_UTF8)
        return None
    if line := _SEPARATOR_LINE.match(content):
        content = content[line.end() :]
    nul = content.find(b"\x00")
    if nul >= 0:
        problems.add(file, content.count(b"\n", 0, nul) + 1, "", messages.NUL_BYTE)
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        problems.add(file, row, "", messages.NOT_UTF8)
        return None


def _header_line(text: str) -> str:
    """The first line with a name in it, however lines end."""
    for line in io.StringIO(text[:1_000_000], newline=None):
        if line.strip(_OF_BLANK_LINES):
            return line
    return ""


def check_header(
    file: str, cells: Sequence[str], row: int, problems: Problems
) -> list[str | None] | None:
    """The known columns in their places, or None when there is no header here.

    None stands for a column that is refused, an empty name for one without a header. A missing,
    unknown or doubled column is noted. A name that is not known is only repeated when it can be
    nothing but a name: a first row of data must not find its way into a message.
    """
    known = columns_of(file)
    names = [trimmed(cell) for cell in cells]
    names = [_seen(file, name, row, known, problems) for name in names]
    counted = Counter(name for name in names if name in known)
    if sum(almost(name, tuple(known)) for name in names) < _LIKE_A_HEADER:
        problems.add(file, row, "", messages.NO_HEADER)
        return None
    header: list[str | None] = []
    for position, name in enumerate(names, start=1):
        if name in known or not name:
            header.append(None if name and name in header else name)
            continue
        header.append(None)
        if _can_be_told(name):
            problems.add(file, row, name, messages.UNKNOWN_COLUMN)
        elif is_citizen_number(name, separated=True):
            problems.add(file, row, "", messages.CITIZEN_NUMBER)
        else:
            message = Message(messages.UNNAMED_COLUMN.msgid, {"position": position})
            problems.add(file, row, "", message)
    for name, column in known.items():
        if not counted[name]:
            if not column.optional:
                problems.add(file, row, name, messages.MISSING_COLUMN)
        elif counted[name] > 1:
            problems.add(file, row, name, messages.DOUBLED_COLUMN)
    return header


def _seen(
    file: str, name: str, row: int, known: Mapping[str, DeliveryColumn], problems: Problems
) -> str:
    """The name without what nobody sees in it, if it is a known one then; that is noted."""
    hidden = hidden_character(name)
    plain = trimmed(without_hidden(name)) if hidden is not None else name
    if hidden is None or plain not in known:
        return name
    problems.add(file, row, plain, hidden)
    return plain


def note_filled_columns(table: RawTable, row: int, problems: Problems) -> None:
    """Refuse columns that hold something and have no header, in the header's row."""
    for position in table.filled_columns:
        message = replace(messages.FILLED_COLUMN, params={"position": position})
        problems.add(table.file, row, "", message)


def _can_be_told(name: str) -> bool:
    """Keys, days, codes and numbers have four digits or more, and long text is no name.

    A colon would be taken for the end of the name in ``FILE:ROW:COLUMN``.
    """
    short = 0 < len(name) <= 40 and name.isprintable() and ":" not in name
    return short and not _MANY_DIGITS.match(name)


class _RowReader:
    """Reads the rows below a header and keeps those that are as wide."""

    def __init__(self, file: str, width: int, problems: Problems) -> None:
        self._file = file
        self._width = width
        self._problems = problems
        self._cells: list[list[str]] = []
        self._rows: list[int] = []
        self._blank = 0
        self._complete = True
        self._in_refused_rows: set[str] = set()

    def read(self, records: Iterator[list[str]], row: int) -> None:
        """Read all records; ``row`` is the row number of the first."""
        try:
            for cells in records:
                if len(cells) == self._width:
                    self._cells.append(cells)
                    self._rows.append(row)
                elif len(cells) <= 1 and not any(trimmed(cell) for cell in cells):
                    self._blank += 1
                else:
                    self._problems.add(self._file, row, "", messages.OTHER_WIDTH)
                    self._in_refused_rows.update(trimmed(cell) for cell in cells)
                row += 1
        except csv.Error:
            self._problems.add(self._file, row, "", messages.UNREADABLE_ROW)
            self._complete = False

    def table(self, header: list[str | None], blank_lines: int) -> RawTable:
        """The rows that were kept; ``blank_lines`` stood above the header."""
        columns = as_columns(self._cells, self._width)
        rows = np.array(self._rows, np.int64)
        table = raw_table(self._file, header, columns, rows, self._blank + blank_lines)
        table.complete = self._complete
        table.in_refused_rows = frozenset(self._in_refused_rows)
        return table


def as_columns(rows: Sequence[Sequence[str]], width: int) -> list[pl.Series]:
    """Rows of equal width as columns of text."""
    if not rows:
        return [pl.Series(dtype=pl.String) for _column in range(width)]
    return [pl.Series(cells, dtype=pl.String) for cells in zip(*rows, strict=True)]
