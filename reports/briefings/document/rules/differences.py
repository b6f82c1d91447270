"""What differs between two texts, word by word, and between two documents. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final, Literal

from reports.documents.markdown import with_slots
from reports.documents.rules import (
    BriefingDocument,
    Chart,
    DocumentSection,
    KpiTable,
    Part,
    Picture,
)
from reports.figures.rules.figures import QuotedFigure

Change = Literal["same", "added", "removed"]
_TOKENS: Final = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TOKENS: Final = 4_000
"""Longer paragraphs are compared as wholes: word by word would take seconds."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and what happened to it."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section in both texts; ``is_new`` or ``is_gone`` where it stands in one alone."""

    heading: tuple[Piece, ...]
    text: tuple[Piece, ...]
    is_new: bool = False
    is_gone: bool = False

    @property
    def is_same(self) -> bool:
        """Whether nothing in it changed."""
        return all(piece.change == "same" for piece in (*self.heading, *self.text))


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that stands in both with another value, or in one alone (None)."""

    before: QuotedFigure | None
    after: QuotedFigure | None

    @property
    def figure(self) -> QuotedFigure:
        """Of what, where and when."""
        figure = self.after or self.before
        assert figure is not None  # one of the two is there
        return figure


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """The text with what was removed and added, by paragraph first and then by word."""
    pieces: list[Piece] = []
    old, new = _paragraphs(before), _paragraphs(after)
    for a, b in _matching(old, new):
        if a == b:
            pieces += [Piece("same", "".join(a))] if a else []
        else:
            pieces += _by_word("".join(a), "".join(b))
    return tuple(_joined(pieces))


def _paragraphs(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _matching(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _tag, a0, a1, b0, b1 in matcher.get_opcodes():
        yield old[a0:a1], new[b0:b1]


def _by_word(before: str, after: str) -> Iterator[Piece]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        old, new = [before], [after]
    for a, b in _matching(old, new):
        if a == b:
            yield Piece("same", "".join(a))
            continue
        if a:
            yield Piece("removed", "".join(a))
        if b:
            yield Piece("added", "".join(b))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one, and nothing empty."""
    waiting: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if waiting is not None and waiting.change == piece.change:
            waiting = Piece(waiting.change, waiting.text + piece.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting


def sections_changed(
    before: BriefingDocument, after: BriefingDocument, *, value: Wording
) -> list[SectionChange]:
    """The sections of both, in the order of the later one, by their headings.

    ``value`` says a figure in words. Sections between others with the same headings on both
    sides are taken for one and the same with a new heading.
    """
    old, new = before.sections, after.sections
    matcher = SequenceMatcher(
        None, [one.heading for one in old], [one.heading for one in new], autojunk=False
    )
    found: list[SectionChange] = []
    for _tag, a0, a1, b0, b1 in matcher.get_opcodes():
        pairs = min(a1 - a0, b1 - b0)
        for offset in range(pairs):
            found.append(_changed(old[a0 + offset], new[b0 + offset], value))
        found += [_changed(one, None, value) for one in old[a0 + pairs : a1]]
        found += [_changed(None, one, value) for one in new[b0 + pairs : b1]]
    return found


def _changed(
    before: DocumentSection | None, after: DocumentSection | None, value: Wording
) -> SectionChange:
    old = ("", "") if before is None else (before.heading, section_text(before, value))
    new = ("", "") if after is None else (after.heading, section_text(after, value))
    return SectionChange(
        words_changed(old[0], new[0]),
        words_changed(old[1], new[1]),
        is_new=before is None,
        is_gone=after is None,
    )


class Wording:
    """How figures and other parts are said in a text that is compared."""

    def figure(self, figure: QuotedFigure) -> str:
        """A figure in words."""
        raise NotImplementedError

    def part(self, kind: Literal["table", "chart", "picture"], title: str) -> str:
        """A line for what is no text."""
        raise NotImplementedError


def section_text(section: DocumentSection, value: Wording) -> str:
    """A section as text: figures in words, a line for each table, chart and picture."""
    return "\n\n".join(_part_text(part, value) for part in section.parts)


def _part_text(part: Part, value: Wording) -> str:
    if isinstance(part, KpiTable):
        return value.part("table", part.caption)
    if isinstance(part, Chart):
        return value.part("chart", part.title)
    if isinstance(part, Picture):
        return value.part("picture", part.alt)
    figures = part.figures

    def words(number: int) -> str:
        return value.figure(figures[number]) if number < len(figures) else ""

    return with_slots(part.markdown, words)


def figures_changed(before: BriefingDocument, after: BriefingDocument) -> list[FigureChange]:
    """Figures that are not the same in both, the latest month first."""
    old, new = _by_cell(before), _by_cell(after)
    changed = [
        FigureChange(old.get(cell), new.get(cell))
        for cell in {**new, **old}
        if _said(old.get(cell)) != _said(new.get(cell))
    ]
    return sorted(
        changed,
        key=lambda one: (-one.figure.month.toordinal(), one.figure.label, one.figure.scope_name),
    )


def _by_cell(document: BriefingDocument) -> dict[tuple[str, str, str, date], QuotedFigure]:
    return {(one.kpi, one.scope, one.scope_code, one.month): one for one in document.figures()}


def _said(figure: QuotedFigure | None) -> tuple[object, ...] | None:
    if figure is None:
        return None
    return (figure.state, figure.value, figure.numerator, figure.denominator, figure.verdict)
