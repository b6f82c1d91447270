"""What a scan finds: reasons to refuse, and what it took out. Codes only, no content."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class RefusalReason(StrEnum):
    """Why a file is refused."""

    NOT_WHAT_IT_SAYS = "not_what_it_says"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    PROGRAM = "program"
    """It asks to start a program."""
    DYNAMIC_FORM = "dynamic_form"
    PORTFOLIO = "portfolio"
    LAYERS = "layers"
    """Layers that are switched off."""
    DRAWN_OVER = "drawn_over"
    """Shapes or text drawn over a page, under which the original may still stand."""
    REDACTION = "redaction"
    """Marked to be blackened, but not done."""
    HIDDEN_TEXT = "hidden_text"
    NUMBERS = "numbers"
    FORMULA = "formula"
    TOO_MUCH = "too_much"
    """Pages, pixels, time or memory."""


class Removed(StrEnum):
    """What was taken out of an accepted file."""

    METADATA = "metadata"
    COMMENTS = "comments"
    FILES = "files"
    SCRIPTS = "scripts"
    ACTIONS = "actions"
    FORM = "form"
    SIGNATURE = "signature"
    REVISIONS = "revisions"


class Note(StrEnum):
    """What a person must still look at."""

    PICTURES = "pictures"
    """Pages, or a file, without text that could be searched."""
    RECOGNISED = "recognised"
    """Text recognised behind scanned pages; it was searched too."""


@dataclass(frozen=True, slots=True)
class RefusedFile(Exception):  # noqa: N818 - a verdict, not an accident
    """The file cannot be accepted. ``place`` is a page or a line, from 1."""

    reason: RefusalReason
    place: int | None = None
    count: int | None = None


@dataclass(slots=True)
class AcceptedFile:
    """An accepted file."""

    data: bytes
    removed: set[Removed] = field(default_factory=set)
    notes: set[Note] = field(default_factory=set)
