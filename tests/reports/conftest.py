"""What tests of reports share."""

from __future__ import annotations

import pytest

from reports.briefings.printing.actions import copies
from reports.briefings.printing.models import PersonalCopy


@pytest.fixture
def plain_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mark copies of made-up files by their code alone, without a gate: they are no real PDFs."""

    def marked(copy: PersonalCopy, source: bytes) -> bytes:
        return source + copy.code.encode()

    monkeypatch.setattr(copies, "marked", marked)
    monkeypatch.setattr(copies, "gate", lambda data: [])
