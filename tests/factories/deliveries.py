"""A small delivery in which all is well, to be broken in one place."""

from __future__ import annotations

import copy
import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import openpyxl

from cases.deliveries.imports import DeliveryRefusedError, ParsedDelivery, Problem, read_delivery
from cases.deliveries.imports.layout import DATES, FILES, NUMBERS, columns_of
from jbn_oversight.clock import months_between
from jbn_oversight.organisations.rules import OversightScope

FIRST = date(2025, 1, 1)
LAST = date(2025, 3, 1)

MEASURES = (
    {
        "case_key": "Case-0001",
        "youth_key": "Youth-01",
        "municipality": "GM0014",
        "measure": "11",
        "entry": "new",
        "ordered_on": "2025-01-06",
        "notified_on": "2025-01-07",
        "worker_assigned_on": "2025-01-09",
        "first_contact_on": "2025-01-13",
        "plan_adopted_on": "2025-02-10",
    },
    {
        "case_key": "Case-0002",
        "youth_key": "Youth-01",
        "municipality": "GM0106",
        "measure": "41",
        "entry": "extension",
        "ordered_on": "2024-02-01",
        "notified_on": "2024-02-01",
        "plan_adopted_on": "2024-03-01",
        "plan_reviewed_on": "2025-01-20",
        "ended_on": "2025-03-20",
        "end_reason": "21",
    },
    {
        "case_key": "Case-0003",
        "youth_key": "Youth-02",
        "municipality": "GM0014",
        "measure": "21",
        "entry": "transfer_in",
        "ordered_on": "2023-05-01",
        "notified_on": "2025-02-03",
    },
)
WAITING = (
    {
        "case_key": "Case-0001",
        "list": "wachtlijst",
        "entered_on": "2025-01-07",
        "left_on": "2025-01-09",
        "exit_reason": "helped",
        "safety_checked_on": "2025-01-08",
        "next_check_due_on": "2025-04-15",
    },
    {"case_key": "Case-0003", "list": "doorstroomlijst", "entered_on": "2025-02-03"},
)
STAFFING = (
    {
        "period": "2025-01",
        "region": "groningen",
        "role": "youth_protection_worker",
        "establishment_fte": "40",
        "filled_fte": "31.5",
        "supernumerary_fte": "2",
        "hired_fte": "3.25",
        "vacancy_fte": "8.5",
        "sick_days": "61.5",
        "available_days": "976.5",
        "headcount_start": "36",
        "headcount_end": "35",
        "joiners": "1",
        "leavers": "2",
    },
    {
        "period": "2025-02",
        "region": "groningen",
        "role": "youth_protection_worker",
        "establishment_fte": "40",
        "headcount_start": "35",
    },
    {"period": "2025-01", "region": "drenthe", "role": "other", "filled_fte": "4.4"},
)
SAFE_HOME = (
    {
        "notification_key": "Call-1",
        "municipality": "GM0014",
        "received_on": "2025-01-02",
        "triaged_on": "2025-01-06",
        "study_needed_on": "2025-01-06",
        "study_concluded_on": "2025-03-03",
    },
    {"notification_key": "Call-2", "municipality": "GM0037", "received_on": "2025-03-30"},
)


def scope() -> OversightScope:
    """Two regions of two municipalities; Veilig Thuis in Groningen alone."""
    regions = {"GM0014": "groningen", "GM0037": "groningen", "GM0106": "drenthe"}
    regions["GM0109"] = "drenthe"
    return OversightScope(
        institution="jbn",
        municipalities=tuple(sorted(regions)),
        regions=("drenthe", "groningen"),
        regions_by_month={
            (code, month): region
            for code, region in regions.items()
            for month in months_between(FIRST, LAST)
        },
        safe_home_regions=frozenset({"groningen"}),
    )


@dataclass
class DeliveryFiles:
    """A delivery's rows by file; change what should be wrong and write it down."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    headers: dict[str, list[str]] = field(default_factory=dict)
    separator: str = ","
    encoding: str = "utf-8"
    above: str = ""
    """What stands above the header of each CSV file."""

    def cell(self, file: str, index: int, column: str, value: str) -> DeliveryFiles:
        """Put a value in one cell."""
        self.rows[file][index][column] = value
        return self

    def table(self, file: str) -> list[list[str]]:
        """Header and rows of one file."""
        header = self.headers[file]
        return [header, *([row.get(name, "") for name in header] for row in self.rows[file])]

    def text(self, file: str) -> str:
        """One file as CSV."""
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=self.separator).writerows(self.table(file))
        return self.above + buffer.getvalue()

    def folder(self, path: Path) -> Path:
        """Write a folder."""
        path.mkdir(parents=True, exist_ok=True)
        for file in self.rows:
            (path / file).write_bytes(self.text(file).encode(self.encoding))
        return path

    def zip(self, path: Path) -> Path:
        """Write a zip."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in self.rows:
                archive.writestr(file, self.text(file).encode(self.encoding))
        return path

    def workbook(self, path: Path) -> Path:
        """Write an XLSX file whose days are dates and whose numbers are numbers."""
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for file in self.rows:
            sheet = book.create_sheet(file.removesuffix(".csv"))
            header = self.headers[file]
            sheet.append(header)
            for row in self.table(file)[1:]:
                sheet.append(
                    [_typed(file, name, value) for name, value in zip(header, row, strict=True)]
                )
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # a text that starts with "=" is no formula
        book.save(path)
        return path


def _typed(file: str, name: str, value: str) -> object:
    column = columns_of(file).get(name)
    if value == "" or column is None:
        return value or None
    if column.kind in DATES:
        return datetime.fromisoformat(value)
    if column.kind in NUMBERS:
        return float(value) if "." in value else int(value)
    if name in {"measure", "end_reason"} and value.isdigit():
        return int(value)
    return value


def valid_delivery() -> DeliveryFiles:
    """A delivery of January to March 2025 in which all is well."""
    rows = dict(zip(FILES, (MEASURES, WAITING, STAFFING, SAFE_HOME), strict=True))
    return DeliveryFiles(
        rows={file: [dict(row) for row in copy.deepcopy(rows[file])] for file in FILES},
        headers={file: [column.name for column in columns] for file, columns in FILES.items()},
    )


def read(path: Path) -> ParsedDelivery:
    """Read a delivery for January to March 2025."""
    return read_delivery(path, scope=scope(), period_from=FIRST, period_until=LAST)


def warnings_of(path: Path) -> list[tuple[str, int | None, str, str]]:
    """What is remarked of an accepted delivery: file, row, column and the sentence."""
    return [
        (warning.file, warning.row, warning.column, str(warning.message))
        for warning in read(path).warnings
    ]


def problems_of(path: Path) -> tuple[Problem, ...]:
    """What is wrong with the delivery at the path; nothing when it is accepted."""
    try:
        read(path)
    except DeliveryRefusedError as refusal:
        return refusal.problems
    return ()


def places(path: Path) -> list[tuple[str, int | None, str]]:
    """Where something is wrong: file, row and column."""
    return [(problem.file, problem.row, problem.column) for problem in problems_of(path)]
