"""A draft as passages that can be chosen one by one: each paragraph below its heading."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from reports.briefings.document.selectors.documents import document_of_draft
from reports.briefings.models.briefings import Briefing
from reports.documents import sentences as printing
from reports.documents.markdown import with_slots
from reports.documents.rules import Text

_BLANK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class DraftPassage:
    """One paragraph, with its figures as words; ``key`` names exactly this text."""

    key: str
    heading: str
    text: str


def passages_of(briefing: Briefing, at: datetime) -> list[DraftPassage]:
    """The paragraphs of the common text of the draft as it stands at an aware instant."""
    found: dict[str, DraftPassage] = {}
    for section in document_of_draft(briefing, at).sections:
        for part in section.parts:
            if not isinstance(part, Text):
                continue
            text = with_slots(part.markdown, partial(_figure, part))
            for paragraph in _BLANK.split(text):
                said = paragraph.strip()
                if said:
                    key = hashlib.sha256(f"{section.heading}\0{said}".encode()).hexdigest()[:32]
                    found.setdefault(key, DraftPassage(key, section.heading, said))
    return list(found.values())


def _figure(part: Text, number: int) -> str:
    return printing.value_of(part.figures[number]) if number < len(part.figures) else ""
