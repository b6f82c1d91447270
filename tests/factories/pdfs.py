"""Printed briefings, each printed once per test run."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pikepdf

from reports.documents import BriefingDocument
from reports.pdf.render import RenderedPdf, render
from tests.factories.documents import chart, odd_document, ordinary_document, short_document

DOCUMENTS: dict[str, Callable[[], BriefingDocument]] = {
    "short": short_document,
    "short, English": lambda: short_document("en"),
    "ordinary": ordinary_document,
    "ordinary, English": lambda: ordinary_document("en"),
    "long": lambda: ordinary_document(rows=60),
    "odd": odd_document,
    "small": lambda: replace(ordinary_document(rows=2), charts=(chart(0, months=3),)),
}


@cache
def printed(name: str) -> RenderedPdf:
    """The PDF of a document of that name."""
    return render(DOCUMENTS[name]())


def opened(name: str) -> pikepdf.Pdf:
    """The same, open for looking inside or for breaking."""
    return pikepdf.open(io.BytesIO(printed(name).data))


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of an opened PDF after something was changed in it."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
