"""Which of the scanners looks at a file: by what it is, not by what it calls itself."""

from __future__ import annotations

from jbn_oversight.files.scan import pdf, pictures, separated
from jbn_oversight.files.scan.findings import AcceptedFile, RefusalReason, RefusedFile
from jbn_oversight.files.scan.kinds import CSV, PDF, PNG, STARTS


def clean(data: bytes, content_type: str) -> AcceptedFile:
    """The cleaned file. Raises RefusedFile."""
    if content_type == CSV:
        if any(data.startswith(start) for start in STARTS.values()):
            raise RefusedFile(RefusalReason.NOT_WHAT_IT_SAYS)
        return separated.clean(data)
    if content_type not in STARTS or not data.startswith(STARTS[content_type]):
        raise RefusedFile(RefusalReason.NOT_WHAT_IT_SAYS)
    if content_type == PDF:
        return pdf.clean(data)
    return pictures.clean(data, "PNG" if content_type == PNG else "JPEG")
