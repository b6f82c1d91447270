"""From what was handed over to a delivery that is read, checked and typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cases.counting.rules.columns import Facts
from cases.deliveries.imports import messages
from cases.deliveries.imports.archives import (
    FOLDER,
    WORKBOOK,
    ZIP,
    is_workbook,
    open_archive,
    read_folder,
    read_zip,
    refuse,
)
from cases.deliveries.imports.cells import parser_for
from cases.deliveries.imports.checks import (
    Checked,
    check_measures,
    check_safe_home,
    check_staffing,
    check_waiting,
)
from cases.deliveries.imports.facts import facts_of, in_canonical_order
from cases.deliveries.imports.identity import identity_of
from cases.deliveries.imports.layout import (
    FILES,
    MEASURES,
    OPTIONAL_FILES,
    SAFE_HOME,
    STAFFING,
    WAITING,
)
from cases.deliveries.imports.problems import Problem, Problems
from cases.deliveries.imports.remarks import remark_on_measures, remark_on_regions
from cases.deliveries.imports.separated import read_separated
from cases.deliveries.imports.tables import RawTable, check_column
from cases.deliveries.imports.workbooks import read_workbook
from cases.staffing.rules import StaffingRow
from jbn_oversight.clock import month_end, months_between
from jbn_oversight.organisations.rules import OversightScope

Progress: TypeAlias = Callable[[str, int], None]
"""Told the step (``reading``, ``checking``) and how far the whole is, in percent."""


@dataclass(frozen=True, slots=True)
class ParsedDelivery:
    """A delivery without a single error."""

    period_from: date
    period_until: date
    """First days of the first and the last month."""
    reference_on: date
    sha256: str
    """Identity of the contents: the same for folder, zip and XLSX, whatever the notation."""
    tables: dict[str, Checked]
    """By file, in canonical order of rows; no Veilig Thuis when it was not delivered."""
    facts: Facts
    staffing: tuple[StaffingRow, ...]
    warnings: tuple[Problem, ...]

    @property
    def months(self) -> list[date]:
        """First days of the months that it covers."""
        return months_between(self.period_from, self.period_until)


def _silent(_step: str, _percent: int) -> None:
    """Tell nobody."""


def read_delivery(
    path: Path,
    *,
    scope: OversightScope,
    period_from: date,
    period_until: date,
    progress: Progress = _silent,
) -> ParsedDelivery:
    """Read and check the delivery at ``path``: a folder, a zip or an XLSX file.

    The months are given by their first days; the last day of ``period_until`` is the reference
    date. Raises ``DeliveryRefusedError`` with every problem found (at most 200 are kept), or
    with one when the delivery as a whole cannot be trusted. Never repeats what a cell holds.
    """
    problems, warnings = Problems(), Problems()
    if period_until < period_from:
        raise refuse("", messages.PERIOD_ORDER)
    progress("reading", 5)
    raw = _read(path, problems, warnings)
    for file in FILES:
        if file not in raw and file not in OPTIONAL_FILES:
            problems.add(file, None, "", messages.MISSING_FILE)
    progress("checking", 30)
    reference = month_end(period_until)
    tables = {}
    for file, table in raw.items():
        comma = table.writes_comma
        columns = {
            column.name: check_column(
                table,
                column,
                parser_for(column, scope, period_from, period_until, reference, comma=comma),
                problems,
            )
            for column in FILES[file]
        }
        tables[file] = Checked(table, columns)
    staffing, rows = _check_tables(tables, problems, warnings)
    problems.raise_if_any()
    for table in raw.values():
        for message, count in (
            (messages.BLANK_LINES, table.blank_lines),
            (messages.EMPTY_COLUMNS, table.empty_columns),
        ):
            if count:
                warnings.add(table.file, None, "", replace(message, params={"count": count}))
    remark_on_measures(tables[MEASURES], tables[WAITING], rows, reference, warnings)
    remark_on_regions(tables[MEASURES], scope, warnings)
    tables = in_canonical_order(tables)
    progress("checking", 50)
    return ParsedDelivery(
        period_from=period_from,
        period_until=period_until,
        reference_on=reference,
        sha256=identity_of(tables),
        tables=tables,
        facts=facts_of(tables, reference),
        staffing=tuple(staffing),
        warnings=tuple(warnings.in_order()),
    )


def _read(path: Path, problems: Problems, warnings: Problems) -> dict[str, RawTable]:
    if path.is_dir():
        where = FOLDER
        files, others = read_folder(path, problems)
        tables = _separated(files, problems)
    elif path.is_file():
        with path.open("rb") as file, open_archive(file) as archive:
            if is_workbook(archive):
                where = WORKBOOK
                tables, others = read_workbook(archive, file, problems)
            else:
                where, others = ZIP, 0
                tables = _separated(read_zip(archive, problems, warnings), problems)
    else:
        raise refuse("", messages.NOT_FOUND)
    if others:
        message = replace(messages.OTHER_NAMES_LEFT_ASIDE, params={"count": others})
        warnings.add(where, None, "", message)
    return tables


def _separated(files: Mapping[str, bytes | None], problems: Problems) -> dict[str, RawTable]:
    return {
        file: RawTable(file, complete=False)
        if content is None
        else read_separated(file, content, problems)
        for file, content in files.items()
    }


def _check_tables(
    tables: dict[str, Checked], problems: Problems, warnings: Problems
) -> tuple[list[StaffingRow], NDArray[np.int32]]:
    """The rows of staffing, and for each spell the row of its measure."""
    rows = np.zeros(0, np.int32)
    measures = tables.get(MEASURES)
    if measures is not None:
        check_measures(measures, problems)
    if WAITING in tables:
        rows = check_waiting(tables[WAITING], measures, problems, warnings)
    if SAFE_HOME in tables:
        check_safe_home(tables[SAFE_HOME], problems)
    if STAFFING in tables:
        return check_staffing(tables[STAFFING], problems, warnings), rows
    return [], rows
