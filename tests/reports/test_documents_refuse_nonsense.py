"""A document cannot be made that shows what it should hide or names what it should not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from certification.compliance.rules.judging import Verdict
from certification.indicators.rules.shapes import Unit
from reports.documents.rules import Attached, Missing
from reports.figures.rules.figures import Figure, FigureState
from tests.factories.documents import (
    FROZEN_AT,
    MONTH,
    chart,
    kpi_table,
    ordinary_document,
    ratio,
    short_document,
    silent,
)


@pytest.mark.parametrize(
    "state", [FigureState.HIDDEN, FigureState.NOT_DELIVERED, FigureState.NOT_KNOWN]
)
@pytest.mark.parametrize("field", ["value", "numerator", "denominator"])
def test_a_figure_that_is_not_shown_carries_no_number(state: FigureState, field: str) -> None:
    figure = silent(state, Verdict.NOT_KNOWN)
    number: Any = {field: Decimal(3)}
    with pytest.raises(ValueError, match="contact_5wd"):
        replace(figure, **number)


@pytest.mark.parametrize("state", list(FigureState))
def test_no_figure_of_any_reader_has_a_value_beside_a_state_that_denies_it(
    state: FigureState,
) -> None:
    """Not only what a document quotes: a page and a chart print what a ``Figure`` holds."""
    with pytest.raises(ValueError, match="running_youths"):
        Figure(
            kpi="running_youths",
            unit=Unit.COUNT,
            scope="region",
            scope_code="drenthe",
            month=MONTH,
            state=state,
            verdict=Verdict.NO_NORM,
            value=None if state is FigureState.KNOWN else Decimal(3),
        )


def test_a_known_figure_has_a_value() -> None:
    with pytest.raises(ValueError, match="without a value"):
        replace(ratio(1, 2), value=None)


def test_a_chart_has_words_and_figures() -> None:
    with pytest.raises(ValueError, match="alternative text"):
        replace(chart(), alt=" ")
    with pytest.raises(ValueError, match="figures"):
        replace(chart(), figures=())


def test_a_row_fills_every_column() -> None:
    with pytest.raises(ValueError, match="columns"):
        replace(kpi_table(), scope_names=("Groningen",))


@pytest.mark.parametrize("name", ["/home/x/rapport.pdf", "a\\b.pdf", "C:x", " ", 'a"b'])
def test_an_attachment_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        Attached(name, b"", "text/plain", "", FROZEN_AT)


def test_two_attachments_have_two_names() -> None:
    one = Attached("a.txt", b"", "text/plain", "", FROZEN_AT)
    with pytest.raises(ValueError, match="one name"):
        replace(short_document(), attachments=(one, replace(one, name="A.TXT")))


def test_moments_have_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(short_document(), frozen_at=datetime(2025, 1, 1))  # noqa: DTZ001


def test_what_the_heading_lacks_is_told() -> None:
    assert ordinary_document().missing() == ()
    bare = replace(short_document(), sender=" ", on=None, addressees=())
    assert bare.missing() == (Missing.SENDER, Missing.DATE, Missing.ADDRESSEES)


def test_the_table_of_a_chart_has_a_row_a_month_and_a_column_a_place() -> None:
    drawn = chart(months=5)
    assert drawn.columns == ("Groningen", "Drenthe")
    assert [row.month.month for row in drawn.rows] == [5, 6, 7, 8, 9]
    assert all(len(row.figures) == 2 for row in drawn.rows)
