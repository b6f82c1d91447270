"""A file that was handed over as a framework, or as rows, or as what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO

from audits.frameworks.imports.rows import TABLE, from_rows, from_toml, is_toml
from audits.frameworks.rules import FrameworkFile
from audits.imports.problems import WrongFileError, WrongRow
from audits.imports.tables import MOST_BYTES, ReadTable, TableColumn, read_table


def read_framework(file: IO[bytes]) -> FrameworkFile:
    """The framework in an open TOML, CSV or XLSX file, told by what stands in it.

    Raises WrongFileError.
    """
    data = file.read(MOST_BYTES + 1)
    if is_toml(data):
        return from_toml(data)
    return from_rows(read_rows(data, TABLE))


def read_rows(
    file: IO[bytes] | bytes, columns: Sequence[TableColumn]
) -> list[tuple[int, Mapping[str, str]]]:
    """The rows of a table by number. Raises WrongFileError with every error."""
    read = read_table(file, columns)
    if not isinstance(read, ReadTable):
        raise WrongFileError(WrongRow(each.row, each.column, each.sentence) for each in read)
    return [(row.number, row.cells) for row in read.rows]
