"""The figures that travel with a document hold what it shows and nothing more."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

from django.utils import translation

from certification.indicators.rules.shapes import Unit
from reports.documents.exports import HEADER, figures_csv
from reports.documents.rules import KpiRow
from reports.figures.rules.figures import QuotedFigure
from tests.factories.documents import kpi_table, ordinary_document, ratio, short_document


def rows(document=None) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]
    attached = figures_csv(document or ordinary_document())
    assert attached is not None
    return list(csv.DictReader(io.StringIO(attached.data.decode("utf-8"), newline="")))


def table_of(figure: QuotedFigure):  # type: ignore[no-untyped-def]
    table = replace(kpi_table(1), scope_names=("x",), rows=(KpiRow(figure.label, (figure,)),))
    return replace(short_document(), kpi_table=table)


def test_every_line_has_every_column() -> None:
    attached = figures_csv(ordinary_document())
    assert attached is not None
    lines = list(csv.reader(io.StringIO(attached.data.decode("utf-8"), newline="")))
    assert tuple(lines[0]) == HEADER
    assert {len(line) for line in lines} == {len(HEADER)}


def test_a_percentage_comes_with_its_sums() -> None:
    row = rows()[0]
    assert (row["numerator"], row["denominator"], row["value"]) == ("70", "120", "58.333333")
    assert (row["kpi"], row["scope_code"], row["period"]) == ("contact_5wd", "groningen", "2025-09")
    assert (row["norm"], row["verdict"], row["shown"]) == ("100", "not_met", "58,3%")


def test_a_hidden_figure_has_no_number_and_no_verdict() -> None:
    hidden = [row for row in rows() if row["shown"].startswith("afgeschermd")]
    assert len(hidden) == 1
    assert [hidden[0][key] for key in ("numerator", "denominator", "value", "verdict")] == [""] * 4


def test_each_figure_stands_in_it_once() -> None:
    keys = [(row["kpi"], row["scope_code"], row["period"], row["value"]) for row in rows()]
    assert len(keys) == len(set(keys))


def test_the_words_follow_the_document_and_not_the_reader() -> None:
    with translation.override("nl"):
        attached = figures_csv(ordinary_document("en"))
    assert attached is not None
    assert attached.name == "figures.csv"
    assert b"58.3%" in attached.data
    assert {row["remark"] for row in rows(ordinary_document("en"))} >= {"fictional"}


def test_text_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    row = rows(table_of(replace(ratio(1, 2), label="=1+1", scope_name="@x")))[0]
    assert row["name"] == "'=1+1"
    assert row["place"] == "'@x"


def test_a_count_stands_in_numerator_and_value() -> None:
    count = replace(
        ratio(1, 2), unit=Unit.COUNT, value=Decimal(40), numerator=None, denominator=None
    )
    row = rows(table_of(count))[0]
    assert (row["numerator"], row["denominator"], row["value"]) == ("40", "", "40")


def test_a_document_without_figures_has_no_file() -> None:
    assert figures_csv(short_document()) is None
