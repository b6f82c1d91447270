"""A briefing as a document: everything that is printed, before anything is printed.

Pure: frozen dataclasses, no Django, no database, no clock. The PDF and the readable page
print the same ``BriefingDocument`` and look nowhere else, so what was frozen at sign-off is
what a reader gets. Figures in it are already protected, once, by
``reports.figures``: a hidden figure cannot carry a number, its constructor refuses it.

Free text is in the language of the document. Fixed words, numbers and dates are not in the
document; anyone who prints it writes them in ``BriefingDocument.language``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal

from certification.indicators.rules.shapes import Unit
from reports.figures.rules.figures import QuotedFigure

Language = Literal["nl", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")
PICTURE_TYPES: Final = frozenset({"image/png", "image/jpeg"})


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One KPI of the table: its name and one figure per scope, in the table's order."""

    label: str
    figures: tuple[QuotedFigure, ...]

    @property
    def norm(self) -> Decimal | None:
        """The norm of the row: that of the first figure that has one, in the figure's unit."""
        return next((figure.norm for figure in self.figures if figure.norm is not None), None)

    @property
    def unit(self) -> Unit:
        """The unit of the row's figures, and so of its norm."""
        return self.figures[0].unit


@dataclass(frozen=True, slots=True)
class KpiTable:
    """The KPIs of one month, scopes side by side. ``month`` is the first day of the month."""

    caption: str
    month: date
    scope_names: tuple[str, ...]
    rows: tuple[KpiRow, ...]

    def __post_init__(self) -> None:
        """Refuse a row that does not fill every column."""
        for row in self.rows:
            if len(row.figures) != len(self.scope_names):
                raise ValueError(f"{row.label}: {len(row.figures)} figures for the columns")


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One month of a chart's table; None where a series has no figure for the month."""

    month: date
    figures: tuple[QuotedFigure | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, the words for who cannot see it, and the figures that it draws.

    ``svg`` is a whole SVG document drawn from ``figures`` alone. ``alt`` says what the picture
    shows, ``reading`` is the sentence printed below it. The table is made from ``figures``.
    """

    title: str
    svg: str
    alt: str
    figures: tuple[QuotedFigure, ...]
    reading: str = ""

    def __post_init__(self) -> None:
        """Refuse a chart without words or without figures: nobody could check it."""
        if not self.alt.strip():
            raise ValueError(f"{self.title}: a chart needs an alternative text")
        if not self.figures:
            raise ValueError(f"{self.title}: a chart needs the figures that it draws")

    def _series(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys((f.label, f.scope_name) for f in self.figures))

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the table: the places, the KPIs, or both where both differ."""
        series = self._series()
        if len({label for label, _ in series}) == 1:
            return tuple(name for _, name in series)
        if len({name for _, name in series}) == 1:
            return tuple(label for label, _ in series)
        return tuple(f"{label}, {name}" for label, name in series)

    @property
    def rows(self) -> tuple[ChartRow, ...]:
        """The table under the chart, one row a month in order of time."""
        series = self._series()
        at = {(f.month, f.label, f.scope_name): f for f in self.figures}
        return tuple(
            ChartRow(month, tuple(at.get((month, *one)) for one in series))
            for month in sorted({f.month for f in self.figures})
        )


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs in the small Markdown of ``reports.documents.markdown``.

    Where the words quote a figure, a slot (``markdown.slot``) stands in their place: its number
    is the place of the figure in ``figures``.
    """

    markdown: str
    figures: tuple[QuotedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing or photograph in the text, with words for who cannot see it."""

    name: str
    data: bytes
    mime: Literal["image/png", "image/jpeg"]
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        """Refuse a picture without words, and a kind of file that no reader was promised."""
        if not self.alt.strip():
            raise ValueError(f"{self.name}: a picture needs an alternative text")
        if self.mime not in PICTURE_TYPES:
            raise ValueError(f"{self.name}: not a kind of picture: {self.mime}")

    @property
    def sha256(self) -> str:
        """The hash of its bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


Part = Text | KpiTable | Chart | Picture


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """A heading, and what stands below it in the order in which it is read."""

    heading: str
    parts: tuple[Part, ...] = ()

    @classmethod
    def written(cls, heading: str, markdown: str) -> DocumentSection:
        """A section of text alone."""
        return cls(heading, (Text(markdown),))

    @property
    def markdown(self) -> str:
        """The text of the section, without its tables, charts and pictures."""
        return "\n\n".join(part.markdown for part in self.parts if isinstance(part, Text))

    def figures(self) -> Iterator[QuotedFigure]:
        """Every figure in it, in order; one that stands in it twice comes twice."""
        for part in self.parts:
            yield from _figures_of(part)


def _figures_of(part: Part) -> tuple[QuotedFigure, ...]:
    if isinstance(part, KpiTable):
        return tuple(figure for row in part.rows for figure in row.figures)
    return () if isinstance(part, Picture) else part.figures


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that travels inside the PDF. ``modified`` has a time zone.

    ``relationship`` is the PDF's word: ``Data`` for the figures behind the document,
    ``Supplement`` for a report that goes with it.
    """

    name: str
    data: bytes
    mime: str
    description: str
    modified: datetime
    relationship: Literal["Data", "Source", "Supplement"] = "Supplement"

    @property
    def in_words(self) -> str:
        """Its name, and what it is where somebody said so."""
        return f"{self.name}: {self.description}" if self.description else self.name

    def __post_init__(self) -> None:
        """Refuse a name that tells a folder, an empty name and a time without a zone."""
        if not self.name.strip() or set(self.name) & set('/\\:"\0'):
            raise ValueError(f"not a plain file name: {self.name!r}")
        if self.modified.tzinfo is None:
            raise ValueError(f"{self.name}: the time needs a zone")


@dataclass(frozen=True, slots=True)
class Definition:
    """A word or a KPI, and exactly what is meant by it."""

    term: str
    text: str


class Missing(StrEnum):
    """A fact of the heading that a letter should have and this one lacks."""

    SENDER = "sender"
    DATE = "date"
    ADDRESSEES = "addressees"


@dataclass(frozen=True, slots=True)
class BriefingDocument:
    """One version of a briefing, complete.

    ``on`` is the letter's own date, ``as_of`` the day that the figures stand for, both
    Amsterdam days. ``frozen_at`` (with a zone) is the moment of sign-off; it dates the file,
    so the same document gives the same bytes at any hour. ``embargo_line`` is a whole
    sentence in words, None for a document that never had an embargo. ``as_known_at`` is the
    aware instant whose knowledge the figures are, ``source`` says in words where they come
    from. ``place`` names for whom this text is; empty for the text that everybody gets.
    """

    title: str
    kind: str
    language: Language
    addressees: tuple[str, ...]
    sender: str
    on: date | None
    subject: str
    status_line: str
    embargo_line: str | None
    version_label: str
    as_of: date
    fictional: bool
    frozen_at: datetime
    sections: tuple[DocumentSection, ...] = ()
    kpi_table: KpiTable | None = None
    charts: tuple[Chart, ...] = ()
    attachments: tuple[Attached, ...] = ()
    definitions: tuple[Definition, ...] = ()
    changes: tuple[str, ...] = ()
    previous_version_label: str = ""
    contact: str = ""
    as_known_at: datetime | None = None
    source: str = ""
    place: str = ""
    secrecy_line: str = ""
    """A whole sentence while a duty of secrecy runs. Never frozen: it comes and goes by itself."""

    def __post_init__(self) -> None:
        """Refuse an unknown language, a moment without a zone and two files of one name."""
        if self.language not in LANGUAGES:
            raise ValueError(f"not a language of documents: {self.language}")
        if self.frozen_at.tzinfo is None:
            raise ValueError("frozen_at needs a zone")
        if self.as_known_at is not None and self.as_known_at.tzinfo is None:
            raise ValueError("as_known_at needs a zone")
        names = [attached.name.casefold() for attached in self.attachments]
        if len(set(names)) != len(names):
            raise ValueError("two attachments of one name")

    def missing(self) -> tuple[Missing, ...]:
        """What the heading lacks; for a warning to the author, not an error."""
        return tuple(
            fact
            for fact, present in (
                (Missing.SENDER, self.sender.strip()),
                (Missing.DATE, self.on),
                (Missing.ADDRESSEES, self.addressees),
            )
            if not present
        )

    def figures(self) -> Iterator[QuotedFigure]:
        """Every figure quoted, in the order of the document, each once."""
        quoted: dict[QuotedFigure, None] = {}
        for section in self.sections:
            quoted.update(dict.fromkeys(section.figures()))
        if self.kpi_table is not None:
            quoted.update(dict.fromkeys(_figures_of(self.kpi_table)))
        for chart in self.charts:
            quoted.update(dict.fromkeys(chart.figures))
        yield from quoted

    def pictures(self) -> Iterator[Picture]:
        """Every picture in the text, in order; one that stands in it twice comes twice."""
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, Picture))
