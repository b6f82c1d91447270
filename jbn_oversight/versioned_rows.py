"""Writing only the cells that changed, for tables that keep what was known before.

A cell is a row without ``superseded_at``. A changed or vanished cell closes its row and a new
or changed one adds a row, all at one instant and in the caller's transaction, so that "as
known on" is a question the table can answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import Final

from django.db import connection, transaction
from psycopg import Cursor, sql

NULL: Final = "\\N"
"""An empty cell in COPY's text format."""
_CHUNK: Final = 5000


@dataclass(frozen=True, slots=True)
class CellTable:
    """A table of cells, each of an institution and a month."""

    table: str
    keys: Sequence[str]
    """Columns that together name a cell of a month; any of them may be empty."""
    values: Sequence[str]
    """Columns that say what the cell holds."""
    writer: str
    """Column that says which run wrote the row."""


@dataclass(frozen=True, slots=True)
class Changed:
    """How many rows were closed and how many added."""

    closed: int
    added: int


def write_changed(
    cells: CellTable,
    *,
    institution_id: int,
    months: Sequence[date],
    lines: Iterable[str],
    writer: int | str,
    at: datetime,
) -> Changed:
    """Make the institution's cells of the months equal to ``lines``; in a transaction only.

    A line is one cell in COPY's text format, without its newline: month, keys, values.
    ``writer`` and ``at`` (aware) go into each new row. The caller sees to it that nobody else
    writes cells of the institution meanwhile.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("cells are written in a transaction")
    columns = ["month", *cells.keys, *cells.values]
    constants = ["institution_id", cells.writer, "recorded_at"]
    table = sql.Identifier(cells.table)
    with connection.cursor() as wrapped:
        cursor: Cursor = wrapped.cursor
        cursor.execute(
            sql.SQL(
                "SELECT FROM {table} WHERE institution_id = %s AND month = ANY(%s)"
                " AND superseded_at IS NULL LIMIT 1"
            ).format(table=table),
            [institution_id, list(months)],
        )
        if cursor.fetchone() is None:
            suffix = f"\t{institution_id}\t{writer}\t{at.isoformat()}\n"
            return Changed(0, _copy(cursor, cells.table, [*columns, *constants], lines, suffix))
        cursor.execute(
            sql.SQL(
                "CREATE TEMPORARY TABLE new_cells ON COMMIT DROP AS"
                " SELECT {columns} FROM {table} WITH NO DATA"
            ).format(columns=_names(columns), table=table)
        )
        _copy(cursor, "new_cells", columns, lines, "\n")
        cursor.execute("ANALYZE new_cells")
        now = {"institution": institution_id, "months": list(months), "writer": writer, "at": at}
        cursor.execute(_close(cells), now)
        closed = cursor.rowcount
        cursor.execute(_add(cells, columns, constants), now)
        added = cursor.rowcount
        cursor.execute("DROP TABLE new_cells")
    return Changed(closed, added)


def _copy(
    cursor: Cursor, table: str, columns: Sequence[str], lines: Iterable[str], suffix: str
) -> int:
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(table), columns=_names(columns)
    )
    with cursor.copy(statement) as copy:
        for chunk in _chunks(lines):
            copy.write(suffix.join(chain(chunk, [""])))
    return cursor.rowcount


def _close(cells: CellTable) -> sql.Composed:
    return sql.SQL(
        "UPDATE {table} SET superseded_at = %(at)s WHERE id IN ("
        "SELECT old.id FROM {table} old LEFT JOIN new_cells new ON {same}"
        " WHERE old.institution_id = %(institution)s AND old.month = ANY(%(months)s)"
        " AND old.superseded_at IS NULL AND (new.month IS NULL OR {different}))"
    ).format(
        table=sql.Identifier(cells.table),
        same=_same_cell(cells),
        different=sql.SQL("({old}) IS DISTINCT FROM ({new})").format(
            old=_names(cells.values, "old"), new=_names(cells.values, "new")
        ),
    )


def _add(cells: CellTable, columns: Sequence[str], constants: Sequence[str]) -> sql.Composed:
    # What differed has just been closed, so each cell without a current row is to be added.
    return sql.SQL(
        "INSERT INTO {table} ({columns}, {constants})"
        " SELECT {new_columns}, %(institution)s, %(writer)s, %(at)s FROM new_cells new"
        " LEFT JOIN {table} old ON {same} AND old.institution_id = %(institution)s"
        " AND old.superseded_at IS NULL WHERE old.id IS NULL"
    ).format(
        table=sql.Identifier(cells.table),
        columns=_names(columns),
        constants=_names(constants),
        new_columns=_names(columns, "new"),
        same=_same_cell(cells),
    )


def _same_cell(cells: CellTable) -> sql.Composed:
    """Equal month and keys; an empty key equals an empty one (as text, so a hash can join)."""
    equal = sql.SQL("coalesce(new.{key}::text, '') = coalesce(old.{key}::text, '')")
    month: list[sql.Composable] = [sql.SQL("new.month = old.month")]
    keys = [equal.format(key=sql.Identifier(key)) for key in cells.keys]
    return sql.SQL(" AND ").join([*month, *keys])


def _names(columns: Sequence[str], table: str | None = None) -> sql.Composed:
    names = [sql.Identifier(table, name) if table else sql.Identifier(name) for name in columns]
    return sql.SQL(", ").join(names)


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(lines)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
