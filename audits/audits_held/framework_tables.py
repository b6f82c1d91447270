"""A file that was handed over as a framework, or as rows, or as what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO

from audits.audits_held.framework_files import COLUMNS, from_rows, from_toml
from audits.audits_held.framework_rows import FrameworkFile
from audits.audits_held.wrong_rows import Wrong, WrongFileError
from audits.importing import MOST_BYTES, Table, TableColumn, read_table


def read_framework(file: IO[bytes], name: str) -> FrameworkFile:
    """The framework in a TOML, CSV or XLSX file, told by its name. Raises WrongFileError."""
    if name.lower().endswith(".toml"):
        return from_toml(file.read(MOST_BYTES))
    return from_rows(read_rows(file, [TableColumn(column) for column in COLUMNS]))


def read_rows(
    file: IO[bytes] | bytes, columns: Sequence[TableColumn]
) -> list[tuple[int, Mapping[str, str]]]:
    """The rows of a table by number. Raises WrongFileError with every error."""
    read = read_table(file, columns)
    if not isinstance(read, Table):
        raise WrongFileError(Wrong(each.row, each.column, each.sentence) for each in read)
    return [(row.number, row.cells) for row in read.rows]
