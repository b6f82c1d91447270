"""What stands where in a printed document: tables and charts numbered as they are read.

Pure. Tables in the text come first, then the document's own table, then the tables behind the
charts, which stand together near the end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from reports.documents.rules import BriefingDocument, Chart, KpiTable, Part, Picture

ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpeg"}


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table of KPIs and its number."""

    table: KpiTable
    number: int
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A chart, its number, that of the table with its figures, and where its drawing is."""

    chart: Chart
    number: int
    table_number: int
    file: str
    kind: str = "chart"


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture and where it is."""

    picture: Picture
    file: str
    kind: str = "picture"


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A piece of text."""

    part: Part
    kind: str = "text"


Placed = PlacedText | PlacedTable | PlacedChart | PlacedPicture


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A heading and what stands below it."""

    heading: str
    parts: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a document in the order of reading."""

    sections: tuple[PlacedSection, ...]
    table: PlacedTable | None
    charts: tuple[PlacedChart, ...]

    def all_charts(self) -> tuple[PlacedChart, ...]:
        """The charts in the text and those after it."""
        placed = [part for section in self.sections for part in section.parts]
        return (*(part for part in placed if isinstance(part, PlacedChart)), *self.charts)

    def all_tables(self) -> tuple[PlacedTable, ...]:
        """The tables of KPIs in the text and the one after it."""
        placed = [part for section in self.sections for part in section.parts]
        tables = tuple(part for part in placed if isinstance(part, PlacedTable))
        return (*tables, self.table) if self.table else tables

    def pictures(self) -> Iterator[PlacedPicture]:
        """The pictures in the text."""
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, PlacedPicture))


def drawing_file(chart: Chart) -> str:
    """The name of a chart's drawing, the same for equal drawings."""
    return f"chart-{hashlib.sha256(chart.svg.encode()).hexdigest()[:20]}.svg"


def picture_file(picture: Picture) -> str:
    """The name of a picture, the same for equal pictures."""
    return f"picture-{picture.sha256[:20]}.{ENDINGS[picture.mime]}"


def outline_of(document: BriefingDocument) -> Outline:
    """The document's parts, numbered."""
    parts = [part for section in document.sections for part in section.parts]
    tables = sum(isinstance(part, KpiTable) for part in parts) + bool(document.kpi_table)
    table_numbers, chart_numbers, behind = count(1), count(1), count(tables + 1)

    def placed(part: Part) -> Placed:
        if isinstance(part, KpiTable):
            return PlacedTable(part, next(table_numbers))
        if isinstance(part, Chart):
            return chart(part)
        if isinstance(part, Picture):
            return PlacedPicture(part, picture_file(part))
        return PlacedText(part)

    def chart(drawn: Chart) -> PlacedChart:
        return PlacedChart(drawn, next(chart_numbers), next(behind), drawing_file(drawn))

    sections = tuple(
        PlacedSection(section.heading, tuple(map(placed, section.parts)))
        for section in document.sections
    )
    own = document.kpi_table
    return Outline(
        sections=sections,
        table=PlacedTable(own, next(table_numbers)) if own else None,
        charts=tuple(map(chart, document.charts)),
    )
