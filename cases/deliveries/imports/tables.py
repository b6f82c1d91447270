"""A file's cells as columns in which each distinct text stands once.

A delivery holds few distinct days and codes and many rows, so every text is trimmed, checked
and parsed once, and rows only carry its number. polars finds the distinct texts, NumPy turns
numbers back into values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from cases.counting.rules.columns import UNKNOWN, Days
from cases.deliveries.imports import messages
from cases.deliveries.imports.cells import PLAIN_KEY, SPACES, Parser, Value, writes_comma
from cases.deliveries.imports.layout import (
    DATES,
    NUMBERS,
    ColumnKind,
    DeliveryColumn,
    columns_of,
)
from cases.deliveries.imports.problems import Message, Problems
from cases.deliveries.imports.spoiled import PLACEHOLDERS

Numbers = NDArray[np.int32]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

EMPTY: Final = 0
"""The number of the empty text, in every column."""
_WORDS_FOR_NOTHING: Final = pl.Series(
    sorted(
        "".join(letters)
        for word in PLACEHOLDERS
        for letters in product(*({letter.lower(), letter.upper()} for letter in word))
    )
)
"""Every way of writing them in small letters and capitals, to be found among a million keys."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One column: the number of each row's text, and the trimmed texts by number.

    The texts stand in code-point order, the empty text first.
    """

    numbers: Numbers
    texts: pl.Series


def encode(cells: pl.Series) -> Encoded:
    """Trim the cells and number their distinct texts."""
    trimmed = cells.str.strip_chars(SPACES).alias("text")
    texts = trimmed.unique()
    if "" not in texts:
        texts = pl.concat([texts, pl.Series("text", [""])])
    texts = texts.sort()
    places = pl.DataFrame({"text": texts, "number": np.arange(len(texts), dtype=np.int32)})
    joined = trimmed.to_frame().join(places, on="text", how="left", maintain_order="left")
    return Encoded(joined["number"].to_numpy(), texts)


@dataclass(slots=True)
class RawTable:
    """A file as it was read: known columns only, blank lines left out."""

    file: str
    columns: dict[str, Encoded] = field(default_factory=dict)
    rows: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    """Row number in the file of each row; the header is row 1."""
    blank_lines: int = 0
    complete: bool = True
    """False when reading stopped before the end of the file."""
    in_refused_rows: frozenset[str] = frozenset()
    """Cells of rows that were left out for their width; any of them may be a row's key."""
    empty_columns: int = 0
    """Columns without a header in which every cell is empty."""
    filled_columns: tuple[int, ...] = ()
    """Positions, from 1 on, of columns without a header in which a cell is filled."""

    @property
    def writes_comma(self) -> bool:
        """Whether a number in the file has a comma before its decimals."""
        known = columns_of(self.file)
        return any(
            known[name].kind in NUMBERS and writes_comma(column.texts)
            for name, column in self.columns.items()
        )


def raw_table(
    file: str,
    header: Sequence[str | None],
    cells: Sequence[pl.Series],
    rows: Rows,
    blank_lines: int = 0,
) -> RawTable:
    """Number the cells; a row of nothing but empty cells counts as a blank line.

    ``header`` names the columns to keep; None stands for one to leave out, and an empty name
    for one without a header, which is left out if it is empty.
    """
    encoded = [encode(column) for column in cells]
    filled = np.zeros(len(rows), np.bool_)
    for column in encoded:
        filled |= column.numbers != EMPTY
    named = {
        name: Encoded(column.numbers[filled], column.texts)
        for name, column in zip(header, encoded, strict=True)
        if name
    }
    nameless = {
        position: bool((column.numbers != EMPTY).any())
        for position, (name, column) in enumerate(zip(header, encoded, strict=True), start=1)
        if name == ""
    }
    return RawTable(
        file,
        named,
        rows[filled],
        blank_lines + int(len(rows) - filled.sum()),
        empty_columns=sum(not is_filled for is_filled in nameless.values()),
        filled_columns=tuple(position for position, is_filled in nameless.items() if is_filled),
    )


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """One checked column. A cell that is empty or refused has no value."""

    column: DeliveryColumn
    numbers: Numbers
    values: Sequence[Value | None]
    """What each distinct text stands for; left empty for keys, which are their text."""
    canonical: pl.Series
    """Each distinct text in the one way of writing it; empty where there is no value."""
    delivered: bool
    """False when the column itself is missing, so that its emptiness says nothing."""
    by_number: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    """The values of days and codes as an array: NaT or -1 where there is none."""

    @property
    def given(self) -> Mask:
        """Where a cell is not empty, be it right or wrong."""
        given: Mask = self.numbers != EMPTY
        return given

    @property
    def absent(self) -> Mask:
        """Where a cell is empty, of a column that is there."""
        absent: Mask = self.numbers == EMPTY
        return absent & self.delivered

    @property
    def accepted(self) -> Mask:
        """Where a cell has a value."""
        by_number: Mask = (self.canonical != "").to_numpy()
        return by_number[self.numbers]

    def days(self) -> Days:
        """The days of a date column; NaT where there is none."""
        return self.by_number[self.numbers]

    def positions(self) -> NDArray[np.int16]:
        """Positions in the list of codes; -1 where there is none."""
        return self.by_number[self.numbers]

    def counts(self) -> NDArray[np.int32]:
        """The numbers of a column of whole numbers; ``UNKNOWN`` where there is none."""
        by_number = [value if isinstance(value, int) else UNKNOWN for value in self.values]
        return np.array(by_number, np.int32)[self.numbers]

    def cells(self) -> pl.Series:
        """Canonical text of each row."""
        return self.canonical.gather(pl.Series(self.numbers))

    def value_at(self, index: int) -> Value | None:
        """The value in one row."""
        return self.values[int(self.numbers[index])]

    def text_at(self, index: int) -> str:
        """The canonical text in one row."""
        return str(self.canonical[int(self.numbers[index])])


def check_column(
    table: RawTable, column: DeliveryColumn, parse: Parser, problems: Problems
) -> TypedColumn:
    """Parse each distinct text of the column and note each cell that is refused."""
    encoded = table.columns.get(column.name)
    if encoded is None:
        nothing = np.zeros(len(table.rows), np.int32)
        array = _array(column, [None], [""])
        return TypedColumn(
            column, nothing, [None], pl.Series([""]), delivered=False, by_number=array
        )
    refused: dict[int, Message] = {EMPTY: messages.REQUIRED} if column.required else {}
    if column.kind is ColumnKind.KEY:
        typed = _keys(column, encoded, parse, refused)
    else:
        typed = _parsed(column, encoded, parse, refused)
    if refused:
        _note_refused(table, typed, refused, problems)
    return typed


def _keys(
    column: DeliveryColumn, encoded: Encoded, parse: Parser, refused: dict[int, Message]
) -> TypedColumn:
    """Keys may be a million different ones, so only those that are not plain are looked at."""
    plain = encoded.texts.str.contains(PLAIN_KEY) & ~encoded.texts.is_in(
        _WORDS_FOR_NOTHING.implode()
    )
    odd = (~plain).arg_true().to_list()
    canonical = encoded.texts
    for number in odd:
        found = parse(encoded.texts[number]) if number != EMPTY else None
        if isinstance(found, Message):
            refused[number] = found
    wrong = [number for number in refused if number != EMPTY]
    if wrong:
        canonical = canonical.scatter(wrong, "")
    return TypedColumn(column, encoded.numbers, (), canonical, delivered=True)


def _parsed(
    column: DeliveryColumn, encoded: Encoded, parse: Parser, refused: dict[int, Message]
) -> TypedColumn:
    values: list[Value | None] = [None]
    canonical = [""]
    for number, text in enumerate(encoded.texts.to_list()[1:], start=1):
        found = parse(text)
        if isinstance(found, Message):
            refused[number] = found
            values.append(None)
            canonical.append("")
        else:
            values.append(found[0])
            canonical.append(found[1])
    array = _array(column, values, canonical)
    texts = pl.Series(canonical)
    return TypedColumn(column, encoded.numbers, values, texts, delivered=True, by_number=array)


def _array(
    column: DeliveryColumn, values: Sequence[Value | None], canonical: Sequence[str]
) -> NDArray[Any]:
    if column.kind in DATES:
        return np.array([text or "NaT" for text in canonical], dtype="datetime64[D]")
    if column.kind in NUMBERS or column.kind in {ColumnKind.KEY, ColumnKind.MONTH}:
        return np.zeros(0)
    return np.array([-1 if value is None else value for value in values], dtype=np.int16)


def _note_refused(
    table: RawTable, typed: TypedColumn, refused: dict[int, Message], problems: Problems
) -> None:
    wrong = np.flatnonzero(np.isin(typed.numbers, list(refused)))
    # A parser refuses with the same few messages again and again.
    for message in {id(message): message for message in refused.values()}.values():
        of_message = [number for number, other in refused.items() if other is message]
        rows = wrong[np.isin(typed.numbers[wrong], of_message)]
        problems.add_rows(table.file, table.rows[rows], typed.column.name, message)
