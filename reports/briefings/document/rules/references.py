"""Figures, tables, charts and pictures in a text, by reference to what they are. Pure.

A writer types (or inserts) ``[[tabel: contact_5wd | regio's | 2025-09]]`` on a line of its own,
``[[cijfer: contact_5wd | eigen gemeente | 2025-09]]`` in a sentence, ``![words](afbeelding:2)``
for a picture. Dutch and English words mean the same. Here they are found and read; which number
belongs to one is asked elsewhere. What cannot be read stays as it was typed, and is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from certification.compliance.rules.scoring import FigureScope
from jbn_oversight.clock import parse_month
from reports.documents.markdown import slot, without_slots


class ReferenceKind(StrEnum):
    """What is shown of the figures."""

    FIGURE = "figure"
    TABLE = "table"
    CHART = "chart"


class Own(StrEnum):
    """A place that is another one for each reader's organisation."""

    MUNICIPALITY = "own municipality"
    REGION = "own region"


Scope = FigureScope | Own


@dataclass(frozen=True, slots=True)
class Quote:
    """A reference that can be read: figures of some indicators, places and a month's first day.

    A figure has one indicator and one place, a chart one indicator and ends with the month.
    """

    kind: ReferenceKind
    kpis: tuple[str, ...]
    scopes: tuple[Scope, ...]
    month: date

    @property
    def is_own(self) -> bool:
        """Whether it is about the reader's own place."""
        return any(isinstance(scope, Own) for scope in self.scopes)


@dataclass(frozen=True, slots=True)
class PictureQuote:
    """A picture by its number among the draft's pictures, from 1 on."""

    number: int
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Markdown, with a slot for each of ``quotes``."""

    markdown: str
    quotes: tuple[Quote, ...] = ()


Piece = Words | Quote | PictureQuote


class ReferenceFault(StrEnum):
    """What can be wrong with a reference."""

    NOT_CLOSED = "not closed"
    KIND = "kind"
    PARTS = "parts"
    KPI = "kpi"
    PLACE = "place"
    MONTH = "month"
    ONE_KPI = "one kpi"
    ONE_PLACE = "one place"
    OWN_LINE = "own line"
    PICTURE_LINE = "picture line"
    PICTURE_WORDS = "picture words"
    MANY_PLACES = "many places"
    PICTURE = "picture"
    """There is no picture of that number; only who knows the draft can say so."""


@dataclass(frozen=True, slots=True)
class ReferenceProblem:
    """A reference that cannot be shown: as typed, what is wrong, and which of its words."""

    typed: str
    wrong: ReferenceFault
    words: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a reference mean; the keys are as ``plain`` leaves them."""

    kpis: Mapping[str, str]
    """Codes and names of indicators, to the code."""
    places: Mapping[str, tuple[Scope, ...]]
    """Codes and names of places, one or several together."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, taken apart."""

    pieces: tuple[Piece, ...]
    problems: tuple[ReferenceProblem, ...]

    def quotes(self) -> Iterator[Quote]:
        """Every readable reference to figures, in order."""
        for piece in self.pieces:
            if isinstance(piece, Quote):
                yield piece
            elif isinstance(piece, Words):
                yield from piece.quotes


KINDS: Final[Mapping[str, ReferenceKind]] = {
    "cijfer": ReferenceKind.FIGURE,
    "figure": ReferenceKind.FIGURE,
    "tabel": ReferenceKind.TABLE,
    "table": ReferenceKind.TABLE,
    "grafiek": ReferenceKind.CHART,
    "chart": ReferenceKind.CHART,
}
WRITTEN: Final[Mapping[str, Mapping[ReferenceKind, str]]] = {
    "nl": {
        ReferenceKind.FIGURE: "cijfer",
        ReferenceKind.TABLE: "tabel",
        ReferenceKind.CHART: "grafiek",
    },
    "en": {
        ReferenceKind.FIGURE: "figure",
        ReferenceKind.TABLE: "table",
        ReferenceKind.CHART: "chart",
    },
}
MONTHS: Final[Mapping[str, int]] = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_REFERENCE: Final = re.compile(r"\[\[([^\[\]\n]*)\]\]")
_OPENED: Final = re.compile(r"\[\[[^\n]{0,60}")
_PICTURE: Final = re.compile(
    r"""!\[(?P<alt>[^\]\n]*)\]\(\s*(?:afbeelding|image)\s*:\s*(?P<number>[0-9]{1,3})"""
    r"""(?:\s+"(?P<caption>[^"\n]*)")?\s*\)""",
    re.IGNORECASE,
)
_NAMED_MONTH: Final = re.compile(r"([a-z]+) ([0-9]{4})")


class _UnreadableReferenceError(Exception):
    """A reference that means nothing; carries what is wrong."""

    def __init__(self, wrong: ReferenceFault, words: str = "") -> None:
        super().__init__(wrong)
        self.wrong, self.words = wrong, words


def plain(words: str) -> str:
    """Words as they are looked up: small letters, single spaces, one kind of apostrophe."""
    return " ".join(words.replace("’", "'").casefold().split())


def written(
    kind: ReferenceKind,
    kpis: tuple[str, ...],
    places: tuple[str, ...],
    month: date,
    *,
    language: str,
) -> str:
    """The reference as a writer would type it."""
    word = WRITTEN["nl" if language == "nl" else "en"][kind]
    return f"[[{word}: {', '.join(kpis)} | {', '.join(places)} | {month:%Y-%m}]]"


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """Take a typed text apart into words, tables, charts and pictures, in order."""
    pieces: list[Piece] = []
    problems: list[ReferenceProblem] = []
    lines: list[str] = []

    def close_words() -> None:
        if any(line.strip() for line in lines):
            pieces.append(_words("\n".join(lines), vocabulary, problems))
        lines.clear()

    for line in without_slots(text).replace("\r\n", "\n").split("\n"):
        block = _block(line.strip(), vocabulary)
        if block is None:
            lines.append(line)
        else:
            close_words()
            pieces.append(block)
    close_words()
    return Reading(tuple(pieces), tuple(problems))


def _block(line: str, vocabulary: Vocabulary) -> Piece | None:
    """What stands on a line of its own; None for running text and for what cannot be read."""
    reference = _REFERENCE.fullmatch(line)
    if reference:
        try:
            quote = _quote(reference[1], vocabulary)
        except _UnreadableReferenceError:
            return None
        return None if quote.kind is ReferenceKind.FIGURE else quote
    picture = _PICTURE.fullmatch(line)
    if picture and picture["alt"].strip():
        return PictureQuote(
            int(picture["number"]), picture["alt"].strip(), (picture["caption"] or "").strip()
        )
    return None


def _words(text: str, vocabulary: Vocabulary, problems: list[ReferenceProblem]) -> Words:
    quotes: list[Quote] = []

    def replaced(found: re.Match[str]) -> str:
        try:
            quote = _quote(found[1], vocabulary)
            if quote.kind is not ReferenceKind.FIGURE:
                raise _UnreadableReferenceError(ReferenceFault.OWN_LINE)
        except _UnreadableReferenceError as error:
            problems.append(ReferenceProblem(found[0], error.wrong, error.words))
            return found[0]
        quotes.append(quote)
        return slot(len(quotes) - 1)

    markdown = _REFERENCE.sub(replaced, text)
    for found in _OPENED.finditer(_REFERENCE.sub("", text)):
        problems.append(ReferenceProblem(found[0].strip(), ReferenceFault.NOT_CLOSED))
    for found in _PICTURE.finditer(text):
        wrong = (
            ReferenceFault.PICTURE_LINE if found["alt"].strip() else ReferenceFault.PICTURE_WORDS
        )
        problems.append(ReferenceProblem(found[0], wrong))
    return Words(markdown.strip("\n"), tuple(quotes))


def _quote(inside: str, vocabulary: Vocabulary) -> Quote:
    word, colon, rest = inside.partition(":")
    kind = KINDS.get(plain(word))
    if not colon or kind is None:
        raise _UnreadableReferenceError(ReferenceFault.KIND, word.strip())
    parts = [part.strip() for part in rest.split("|")]
    if len(parts) != 3 or not all(parts):
        raise _UnreadableReferenceError(ReferenceFault.PARTS)
    kpis = tuple(dict.fromkeys(_kpis(parts[0], vocabulary)))
    scopes = tuple(dict.fromkeys(_scopes(parts[1], vocabulary)))
    month = _month(parts[2])
    if kind is not ReferenceKind.TABLE and len(kpis) > 1:
        raise _UnreadableReferenceError(ReferenceFault.ONE_KPI)
    if kind is ReferenceKind.FIGURE and len(scopes) > 1:
        raise _UnreadableReferenceError(ReferenceFault.ONE_PLACE)
    return Quote(kind, kpis, scopes, month)


def _kpis(words: str, vocabulary: Vocabulary) -> Iterator[str]:
    for word in words.split(","):
        code = vocabulary.kpis.get(plain(word))
        if code is None:
            raise _UnreadableReferenceError(ReferenceFault.KPI, word.strip())
        yield code


def _scopes(words: str, vocabulary: Vocabulary) -> Iterator[Scope]:
    for word in words.split(","):
        places = vocabulary.places.get(plain(word))
        if not places:
            raise _UnreadableReferenceError(ReferenceFault.PLACE, word.strip())
        yield from places


def _month(words: str) -> date:
    named = _NAMED_MONTH.fullmatch(plain(words))
    if named and named[1] in MONTHS and int(named[2]):
        return date(int(named[2]), MONTHS[named[1]], 1)
    try:
        return parse_month(words)
    except ValueError as error:
        raise _UnreadableReferenceError(ReferenceFault.MONTH, words) from error
