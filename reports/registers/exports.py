"""A register as a PDF/A-3a that is also a PDF/UA-1, on its side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audits.exports import stand_in_words
from audits.rules.registers import Cell, Register
from reports.pdf.render import RenderedPdf, render_table
from reports.registers.rules import widths

TEMPLATE: Final = "reports/pdf/register.html"
ROWS: Final = 100
"""Of one table: laying out a longer one takes more time than its rows explain."""


@dataclass(frozen=True, slots=True)
class PrintedRegister:
    """What the file says of itself."""

    title: str
    subject: str
    language: str
    frozen_at: datetime


def in_words(cell: Cell) -> str:
    """A cell as it is printed, in the language that is active."""
    if isinstance(cell, date):
        return date_format(cell, "j F Y")
    if isinstance(cell, Decimal):
        places = max(0, -int(cell.normalize().as_tuple().exponent))
        return str(number_format(cell, decimal_pos=min(places, 6), force_grouping=True))
    return cell


def printed(register: Register, about: str) -> RenderedPdf:
    """The register in the language that is active; ``about`` is whom it is about.

    The same register gives the same bytes. Raises RenderError.
    """
    language = get_language() or settings.LANGUAGE_CODE
    stand = stand_in_words(register)
    described = PrintedRegister(
        title=f"{register.title}, {about}",
        subject=stand,
        language=language,
        frozen_at=datetime.combine(register.stand, time(), UTC),
    )
    words = [[in_words(cell) for cell in row] for row in register.rows]
    shares = widths([column.label for column in register.columns], words)
    html = render_to_string(
        TEMPLATE,
        {
            "register": register,
            "about": about,
            "described": described,
            "stand": stand,
            "columns": [
                (column.label, f"{share:.2f}")
                for column, share in zip(register.columns, shares or [], strict=False)
            ],
            "tables": _parts(register, words) if shares else [],
            "records": [] if shares else _records(register, words),
            "fictional": settings.DEMO,
        },
    )
    return render_table(html, described)


def _parts(register: Register, words: list[list[str]]) -> list[dict[str, object]]:
    """The rows in tables of a bearable length, each with its caption."""
    chunks = [words[start : start + ROWS] for start in range(0, len(words), ROWS)]
    return [
        {
            "caption": register.title
            if len(chunks) == 1
            else _("%(title)s, part %(number)s of %(total)s")
            % {"title": register.title, "number": number, "total": len(chunks)},
            "rows": chunk,
        }
        for number, chunk in enumerate(chunks, start=1)
    ]


def _records(register: Register, words: list[list[str]]) -> list[dict[str, object]]:
    """Each row as a table of its own with a line for each column that says something."""
    labels = [column.label for column in register.columns]
    return [
        {
            "caption": f"{number}. {' · '.join(_name(words, row))}",
            "lines": [(label, cell) for label, cell in zip(labels, row, strict=True) if cell],
        }
        for number, row in enumerate(words, start=1)
    ]


def _name(words: list[list[str]], row: list[str]) -> list[str]:
    """What tells the row from the others: its first cells, three at the most."""
    said = [[cell for cell in other if cell][:3] for other in words]
    own = [cell for cell in row if cell][:3] or ["–"]
    for many in (1, 2):
        if sum(other[:many] == own[:many] for other in said) == 1:
            return own[:many]
    return own
