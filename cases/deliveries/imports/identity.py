"""The identity of a delivery: a hash of what it says, not of how it was written."""

from __future__ import annotations

import hashlib

from cases.deliveries.imports.checks import Checked
from cases.deliveries.imports.layout import FILES

_CELL = "\x1f"
_COLUMN = "\x1e"
_FILE = "\x1d"
"""No cell can hold these separators: control characters are refused."""


def identity_of(tables: dict[str, Checked]) -> str:
    """SHA-256 of the canonical cells, in hexadecimal.

    File by file and column by column in the order of the format, rows in canonical order: the
    same for folder, zip and XLSX, for any order of rows and columns and any notation of days
    and numbers. A file that was not delivered differs from one without rows; an optional column
    that was left out does not differ from one that is empty, nor from a time that did not know it.
    """
    digest = hashlib.sha256()
    for file, columns in FILES.items():
        if file not in tables:
            continue
        digest.update(f"{file}{_FILE}".encode())
        for column in columns:
            typed = tables[file][column.name]
            if column.optional and not typed.accepted.any():
                continue
            cells = typed.cells()
            digest.update(f"{column.name}{_CELL}".encode())
            digest.update((cells.str.join(_CELL).item() or "").encode())
            digest.update(_COLUMN.encode())
    return digest.hexdigest()
