"""A register as a spreadsheet."""

from __future__ import annotations

import io
from typing import Final

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from audits.rules.registers import Cell, Register
from jbn_oversight import spreadsheets

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_LETTERS: Final = 32_767
"""As many as a cell of a spreadsheet holds."""
_NARROW: Final = 10
_WIDE: Final = 34
_LONG: Final = 60
"""Widths in letters: at least, at most, and of a column with sentences."""
_SHEET_NAME: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, nor chokes on."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", text)[: MOST_LETTERS - 1]
    return spreadsheets.harmless(plain)


def xlsx(register: Register) -> bytes:
    """The register as a workbook of one sheet: headings on top, then the rows, then the notes.

    Days stay days and numbers stay numbers. No person or program is named in its properties.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = " ".join(register.title.translate(_SHEET_NAME).split())[:31] or _("Register")
    for position, column in enumerate(register.columns, start=1):
        _write(sheet, 1, position, column.label).font = Font(bold=True)
        width = _LONG if column.long else _width(register, position - 1)
        sheet.column_dimensions[get_column_letter(position)].width = width
    for number, row in enumerate(register.rows, start=2):
        for position, value in enumerate(row, start=1):
            _write(sheet, number, position, value)
    sheet.freeze_panes = "A2"
    last = len(register.rows) + 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(register.columns))}{last}"
    for number, note in enumerate((stand_in_words(register), *register.notes), start=last + 2):
        _write(sheet, number, 1, note).alignment = Alignment(wrap_text=False)
    book.properties.title = harmless(register.title)
    book.properties.creator = ""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def stand_in_words(register: Register) -> str:
    """As of which day the register stands."""
    return _("As known on %(day)s.") % {"day": date_format(register.stand, "j F Y")}


def file_name(register: Register, ending: str) -> str:
    """A name that tells what it is and as of when."""
    return f"{slugify(register.title)[:60] or 'register'}-{register.stand.isoformat()}.{ending}"


def download(data: bytes, content_type: str, name: str) -> HttpResponse:
    """A file that the browser saves and nobody keeps for others."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "no-store, private"
    return response


def xlsx_response(register: Register) -> HttpResponse:
    """The register as a spreadsheet to save."""
    return download(xlsx(register), XLSX, file_name(register, "xlsx"))


def _width(register: Register, at: int) -> int:
    longest = max((len(str(row[at])) for row in register.rows), default=0)
    return min(_WIDE, max(_NARROW, longest + 2, len(register.columns[at].label) + 4))


def _write(sheet: Worksheet, row: int, column: int, value: Cell) -> SheetCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, SheetCell)  # nothing is merged here
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        cell.value = harmless(value) or None
        if value:
            # Also what the library itself would take for a formula or an error stays text.
            cell.data_type = "s"
    else:
        cell.value = value
        if not cell.is_date:
            return cell
        cell.number_format = "d mmmm yyyy"
    return cell
