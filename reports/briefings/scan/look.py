"""Which of the scanners looks at a file: by what it is, not by what it calls itself."""

from __future__ import annotations

from typing import Final

from reports.briefings.scan import pdf, pictures, separated
from reports.briefings.scan.findings import Outcome, Reason, RefusedFile

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
CSV: Final = "text/csv"


def clean(data: bytes, content_type: str) -> Outcome:
    """The cleaned file. Raises RefusedFile."""
    starts = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff"}
    if content_type == CSV:
        if any(data.startswith(start) for start in starts.values()):
            raise RefusedFile(Reason.NOT_WHAT_IT_SAYS)
        return separated.clean(data)
    if content_type not in starts or not data.startswith(starts[content_type]):
        raise RefusedFile(Reason.NOT_WHAT_IT_SAYS)
    if content_type == PDF:
        return pdf.clean(data)
    return pictures.clean(data, "PNG" if content_type == PNG else "JPEG")
