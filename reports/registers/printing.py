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

from audits.exporting import stand_in_words
from audits.registers import Cell, Register
from reports.pdf.render import RenderedPdf, render_table

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
    parts = _parts(register)
    html = render_to_string(
        TEMPLATE,
        {
            "register": register,
            "about": about,
            "described": described,
            "stand": stand,
            "tables": parts,
            "fictional": settings.DEMO,
        },
    )
    return render_table(html, described)


def _parts(register: Register) -> list[dict[str, object]]:
    """The rows in tables of a bearable length, each with its caption."""
    starts = range(0, len(register.rows), ROWS)
    chunks = [register.rows[start : start + ROWS] for start in starts]
    return [
        {
            "caption": register.title
            if len(chunks) == 1
            else _("%(title)s, part %(number)s of %(total)s")
            % {"title": register.title, "number": number, "total": len(chunks)},
            "rows": [[in_words(cell) for cell in row] for row in chunk],
        }
        for number, chunk in enumerate(chunks, start=1)
    ]
