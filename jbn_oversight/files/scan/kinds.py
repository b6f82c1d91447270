"""The kinds of files that are accepted."""

from __future__ import annotations

from typing import Final

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
CSV: Final = "text/csv"

STARTS: Final = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff"}
"""The first bytes of those that have such; a CSV is text and has none."""

ENDINGS: Final = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", CSV: ".csv"}
"""The ending of a file's name, by what the file is."""
