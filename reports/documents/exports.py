"""The figures of a document as CSV: what travels inside the PDF and beside the page.

Made of the document alone, so it cannot hold a number that the document does not show.
Headers, codes and verdicts are the English ones of the portal's exports; names and remarks
are in the document's language. UTF-8, commas, decimal points.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from certification.indicators.rules.shapes import Unit
from jbn_oversight.spreadsheets import csv_text, harmless
from reports.documents.rules import Attached, BriefingDocument
from reports.documents.sentences import aside_of, value_of
from reports.figures.rules.figures import FigureState, QuotedFigure

HEADER: Final = (
    "kpi",
    "scope",
    "scope_code",
    "period",
    "numerator",
    "denominator",
    "value",
    "norm",
    "verdict",
    "name",
    "place",
    "shown",
    "remark",
)
MIME: Final = "text/csv"


def _plain(number: Decimal | None) -> str:
    """A number with a point and at most six decimals, without trailing zeros."""
    if number is None:
        return ""
    text = f"{number:.6f}"
    return text.rstrip("0").rstrip(".")


def _row(figure: QuotedFigure, fictional: str) -> tuple[str, ...]:
    value = _plain(figure.value)
    if figure.state is FigureState.NOT_REACHED:
        value = figure.state.value
    hidden = figure.state is FigureState.HIDDEN
    return (
        figure.kpi,
        figure.scope,
        figure.scope_code,
        f"{figure.month:%Y-%m}",
        _plain(figure.value if figure.unit is Unit.COUNT else figure.numerator),
        _plain(figure.denominator),
        value,
        _plain(figure.norm),
        "" if hidden else figure.verdict.value,
        harmless(figure.label),
        harmless(figure.scope_name),
        harmless(value_of(figure)),
        harmless("; ".join(part for part in (fictional, aside_of(figure)) if part)),
    )


def figures_text(figures: Iterable[QuotedFigure], *, fictional: bool) -> str:
    """The figures as CSV, a header and one line each, words in the language that is active."""
    mark = gettext("fictional") if fictional else ""
    return csv_text([HEADER, *(_row(figure, mark) for figure in figures)])


def figures_csv(document: BriefingDocument) -> Attached | None:
    """The document's figures as a file to attach; None where it quotes no figure."""
    figures = list(document.figures())
    if not figures:
        return None
    with translation.override(document.language):
        text = figures_text(figures, fictional=document.fictional)
        taken = {attached.name.casefold() for attached in document.attachments}
        name = gettext("figures.csv")
        while name.casefold() in taken:
            name = f"_{name}"
        return Attached(
            name=name,
            data=text.encode("utf-8"),
            mime=MIME,
            description=gettext("The figures of this document, one line each"),
            modified=document.frozen_at,
            relationship="Data",
        )
