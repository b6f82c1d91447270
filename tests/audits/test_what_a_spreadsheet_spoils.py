"""What a spreadsheet made of a number, code or day is refused by row and column, never guessed."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from audits.audits_held.imports import TABLE as FINDINGS
from audits.frameworks.imports.rows import TABLE as FRAMEWORK
from audits.imports.tables import ReadTable, RowError, TableColumn, read_table
from audits.inspections.imports import COLUMNS as VERDICTS

FORMULA, ERROR = "=1+1", "#N/A"


@pytest.fixture(autouse=True)
def _in_dutch() -> Any:
    with translation.override("nl"):
        yield


def sheet(header: tuple[str, ...], *lines: tuple[Any, ...], shown_as: str = "") -> bytes:
    """A spreadsheet; ``shown_as`` is the format of every number in it."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for line in (header, *lines):
        page.append(line)
    if shown_as:
        for cell in (cell for row in page.iter_rows() for cell in row):
            if isinstance(cell.value, int | float):
                cell.number_format = shown_as
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def wrong(file: bytes, columns: tuple[TableColumn, ...]) -> list[RowError]:
    found = read_table(file, columns)
    assert isinstance(found, list), found
    return found


def right(file: bytes, columns: tuple[TableColumn, ...]) -> list[dict[str, str]]:
    found = read_table(file, columns)
    assert isinstance(found, ReadTable), found
    return [{name: text for name, text in row.cells.items() if text} for row in found.rows]


def only(columns: tuple[TableColumn, ...], name: str) -> tuple[TableColumn, ...]:
    """That column of a table alone."""
    return tuple(column for column in columns if column.name == name)


def test_a_number_of_a_finding_that_became_a_day_or_lost_its_zero_is_refused() -> None:
    header = ("nummer", "thema", "categorie", "bevinding")
    rest = ("organisatie", "kritisch feit", "Fictief.")
    file = sheet(header, *((number, *rest) for number in (date(2026, 1, 3), 3.10, "3.2")))
    day, number = wrong(file, FINDINGS)
    assert (day.row, day.column, number.row, number.column) == (2, "nummer", 3, "nummer")
    assert day.sentence.startswith("Hier staat een dag waar een nummer of code hoort.")
    assert number.sentence.startswith("3.1 kan 3.10 zijn geweest.")
    for error in (day, number):
        assert "Maak van de cel tekst" in error.sentence


CODES = [
    (FINDINGS, "nummer"),
    (FINDINGS, "thema"),
    (FINDINGS, "eis"),
    (FRAMEWORK, "kader"),
    (FRAMEWORK, "versie"),
    (FRAMEWORK, "thema_code"),
    (FRAMEWORK, "eis_code"),
    (VERDICTS, "norm"),
]
SPOILED = [
    (date(2026, 1, 3), ""),
    (datetime(2026, 1, 3, 10, 0), ""),  # noqa: DTZ001 - as a spreadsheet keeps it
    (time(3, 10), ""),
    (timedelta(hours=30), ""),
    (3.1, ""),
    (1.0e20, ""),
    (1234567890123456, ""),
    (7, "000"),
    (0.05, "0%"),
    (3, "0.0%"),
    (True, ""),
    (FORMULA, ""),
    (ERROR, ""),
]


@pytest.mark.parametrize(("columns", "name"), CODES)
@pytest.mark.parametrize(("value", "shown_as"), SPOILED)
def test_a_code_that_a_spreadsheet_spoiled_is_refused_in_its_place(
    columns: tuple[TableColumn, ...], name: str, value: Any, shown_as: str
) -> None:
    file = sheet((name,), ("1",), (value,), shown_as=shown_as)
    found = wrong(file, only(columns, name))
    assert [(error.row, error.column) for error in found] == [(3, name)]


@pytest.mark.parametrize(("columns", "name"), CODES)
@pytest.mark.parametrize(
    "text", ["3-jan", "jan-26", "03-01-2026", "2026-01-03", "1,23457E+15", "#N/B", "#REF!"]
)
def test_a_code_that_was_spoiled_before_it_was_saved_as_csv_is_refused_too(
    columns: tuple[TableColumn, ...], name: str, text: str
) -> None:
    found = wrong(f'{name}\n1\n"{text}"\n'.encode(), only(columns, name))
    assert [(error.row, error.column) for error in found] == [(3, name)]


@pytest.mark.parametrize("text", ["3.10", "3.1", "007", "3E1", "A-1", "1-2-3a", "2026.1"])
@pytest.mark.parametrize("as_csv", [True, False])
def test_a_code_that_is_text_stays_as_it_was_typed(text: str, as_csv: bool) -> None:
    columns = (TableColumn("nummer", holds=FINDINGS[0].holds),)
    file = f"nummer\n{text}\n".encode() if as_csv else sheet(("nummer",), (text,))
    assert right(file, columns) == [{"nummer": text}]


def test_a_whole_number_is_a_code_like_any_other() -> None:
    assert right(sheet(("nummer",), (12,)), FINDINGS[:1]) == [{"nummer": "12"}]


WORDS = [(FINDINGS, "bevinding"), (FINDINGS, "reden"), (VERDICTS, "opmerking")]


@pytest.mark.parametrize(("columns", "name"), WORDS)
@pytest.mark.parametrize(
    ("value", "shown_as"), [(date(2026, 1, 3), ""), (time(9, 0), ""), (0.05, "0%"), (True, "")]
)
def test_words_that_became_something_else_are_refused_too(
    columns: tuple[TableColumn, ...], name: str, value: Any, shown_as: str
) -> None:
    found = wrong(sheet((name,), ("x",), (value,), shown_as=shown_as), only(columns, name))
    assert [(error.row, error.column) for error in found] == [(3, name)]


def test_a_day_with_a_time_is_refused_as_such() -> None:
    at = datetime(2026, 1, 3, 10, 0)  # noqa: DTZ001 - as a spreadsheet keeps it
    (error,) = wrong(sheet(("herstellen_voor",), (at,)), (FINDINGS[5],))
    assert "tijd" in error.sentence
    assert right(sheet(("herstellen_voor",), (at.date(),)), (FINDINGS[5],)) == [
        {"herstellen_voor": "2026-01-03"}
    ]


def test_true_and_false_are_yes_and_no_in_whatever_language() -> None:
    file = sheet(("afwijking_aanvaard",), (True,), (False,))
    with translation.override("en"):
        assert right(file, (FINDINGS[6],)) == [
            {"afwijking_aanvaard": "ja"},
            {"afwijking_aanvaard": "nee"},
        ]


@pytest.mark.parametrize("shown_as", ["General", "0", "#,##0", '0 "stuks 5%"', "0_ ;-0"])
def test_a_format_that_changes_nothing_refuses_nothing(shown_as: str) -> None:
    assert right(sheet(("nummer",), (12,), shown_as=shown_as), FINDINGS[:1]) == [{"nummer": "12"}]
