"""Text that goes out for spreadsheets: one guard against formulas, one way to write CSV. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK: Final = "\ufeff"
"""The byte order mark by which a spreadsheet knows that a file is UTF-8."""


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula. Numbers need no guard: write them as such."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_text(
    rows: Iterable[Iterable[object]], *, delimiter: str = ",", line_end: str = "\r\n"
) -> str:
    """Rows as CSV, quoted where needed."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return out.getvalue()
