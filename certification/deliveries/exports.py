"""Files about deliveries that go out, as a spreadsheet here opens them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cases.deliveries.imports.layout import FILES
from certification.deliveries.sentences import WordedProblem
from jbn_oversight.spreadsheets import MARK, csv_text, harmless


def empty_delivery() -> bytes:
    """A zip of all files of a delivery with their headers alone, to fill in."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, columns in FILES.items():
            header = csv_text([[column.name for column in columns]], delimiter=";")
            archive.writestr(file, MARK + header)
    return out.getvalue()


def problem_list(problems: Iterable[WordedProblem]) -> str:
    """The problems of an attempt, a line for each; no text in it can act as a formula."""
    rows = [(_("File"), _("Row"), _("Column"), _("What to do"))]
    for problem in problems:
        number = "" if problem.row is None else str(problem.row)
        told = (problem.file, number, problem.column, problem.sentence)
        rows.append((harmless(told[0]), told[1], harmless(told[2]), harmless(told[3])))
    return MARK + csv_text(rows, delimiter=";")
