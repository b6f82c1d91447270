"""From a draft or a version to the document that is printed and read.

A draft asks for figures, always those that a council may see, as known at one instant; at
sign-off the outcome is frozen and never asked for again. Each place of the audience can have
a text of its own: the common one with its own sections and its own figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from certification.compliance.rules.scoring import INSTITUTION
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.clock import add_months, amsterdam_day, month_end
from jbn_oversight.files.scan.kinds import ENDINGS
from jbn_oversight.files.storage import read as read_file
from jbn_oversight.organisations.models import Municipality, MunicipalityRegion, Region
from reports.briefings.document.rules.content import picture_hashes, thaw
from reports.briefings.document.rules.references import PictureQuote, Reading, read
from reports.briefings.document.selectors.charts import chart_part
from reports.briefings.document.selectors.pictures import bytes_of
from reports.briefings.document.selectors.quoted_figures import (
    CHART_MONTHS,
    Quoting,
    Reader,
    Wanted,
    quoting_for,
)
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Attachment
from reports.briefings.models.versions import BriefingVersion, VersionAttachment, VersionVariant
from reports.briefings.sentences import embargo_sentence, place_in_words
from reports.documents import sentences as printing
from reports.documents.rules import (
    Attached,
    BriefingDocument,
    Chart,
    Definition,
    DocumentSection,
    KpiRow,
    KpiTable,
    Language,
)
from reports.figures.rules.figures import QuotedFigure
from reports.figures.selectors.figures import FigureScope


@dataclass(frozen=True, slots=True)
class DraftedSection:
    """A section as typed, and for whom alone it is; None for everybody."""

    heading: str
    text: str
    place: Reader = None


def document_of_draft(
    briefing: Briefing,
    at: datetime,
    *,
    number: int | None = None,
    place: Reader = None,
    known_at: datetime | None = None,
    sections: Sequence[DraftedSection] | None = None,
) -> BriefingDocument:
    """The draft as a document: what readers would get if it were signed off at ``at``.

    ``number`` is that of the version it becomes; without one it calls itself a draft. ``at``
    is an aware instant, and dates the file; the figures are those known at ``known_at``, or
    else at ``at``. ``place`` is a place of the audience, for the text that it gets.
    ``sections`` stand in the place of those of the draft, for what is not saved yet.
    """
    return _Draft(briefing, at, number, known_at, sections).document(place)


def documents_of_draft(
    briefing: Briefing,
    at: datetime,
    *,
    number: int | None = None,
    known_at: datetime | None = None,
) -> dict[Reader, BriefingDocument]:
    """The common text (under None), and one for each place of the audience where they differ.

    They differ where a section is for some places alone, or quotes a figure of one's own place.
    """
    draft = _Draft(briefing, at, number, known_at, None)
    readers: list[Reader] = [None, *(draft.readers if draft.differs else ())]
    return {reader: draft.document(reader) for reader in readers}


def quoted_in_draft(briefing: Briefing, at: datetime) -> list[QuotedFigure]:
    """Each figure that the texts of all places quote, once; of a chart its last month alone."""
    sections = drafted_sections(briefing)
    if not any("[[" in one.text for one in sections):
        return []
    draft = _Draft(briefing, at, None, None, sections, annex=False)
    readers = [None, *(draft.readers if draft.differs else ())]
    found: dict[QuotedFigure, None] = {}
    with translation.override(briefing.language):
        for one, reading in draft.sections:
            for reader in readers:
                if draft.is_for(one.place, reader):
                    found |= dict.fromkeys(draft.quoting.quoted(reading, reader))
    return list(found)


def places_of(briefing: Briefing, on: date) -> list[Municipality | Region]:
    """The places that can have a text of their own: the audience, and its regions' people."""
    rows = briefing.audience.select_related("municipality", "region")
    found: dict[Municipality | Region, None] = {}
    for row in rows:
        found[row.place] = None
        if row.region is not None:
            found |= dict.fromkeys(Municipality.objects.in_region(row.region, on))
    regions = sorted((one for one in found if isinstance(one, Region)), key=lambda one: one.name)
    others = [one for one in found if isinstance(one, Municipality)]
    return [*regions, *sorted(others, key=lambda one: one.sort_name)]


class _Draft:
    """One draft on its way to documents: read once, its figures asked for once."""

    def __init__(
        self,
        briefing: Briefing,
        at: datetime,
        number: int | None,
        known_at: datetime | None,
        sections: Sequence[DraftedSection] | None,
        *,
        annex: bool = True,
    ) -> None:
        self.briefing, self.at, self.number = briefing, at, number
        self.known_at = known_at or at
        on = amsterdam_day(self.known_at)
        self.readers = places_of(briefing, on)
        spans = MunicipalityRegion.objects.running(on)
        self.region_of = {span.municipality_id: span.region_id for span in spans}
        self.quoting: Quoting = quoting_for(briefing, self.known_at)
        vocabulary = self.quoting.names.vocabulary()
        drafted = drafted_sections(briefing) if sections is None else sections
        self.sections: list[tuple[DraftedSection, Reading]] = [
            (one, read(one.text, vocabulary)) for one in drafted
        ]
        self.columns = (*self.quoting.names.served, self.quoting.names.institution)
        wanted = self._annex()
        self.quoting.ask([reading for _, reading in self.sections], [None, *self.readers], wanted)
        if annex:
            with translation.override(briefing.language):
                self.table, self.charts = self._annex_parts(wanted)
            self.files = self._files()

    @property
    def differs(self) -> bool:
        """Whether places have texts of their own."""
        return any(
            one.place is not None or any(quote.is_own for quote in reading.quotes())
            for one, reading in self.sections
        )

    def document(self, reader: Reader) -> BriefingDocument:
        """The document of one reader's place, or of everybody."""
        briefing = self.briefing
        with translation.override(briefing.language):
            shown = [
                (one, reading) for one, reading in self.sections if self.is_for(one.place, reader)
            ]
            codes = [code for _, reading in shown for q in reading.quotes() for code in q.kpis]
            before = self.number - 1 if self.number and self.number > 1 else None
            return BriefingDocument(
                title=briefing.title,
                kind=briefing.get_document_type_display(),
                language=cast(Language, briefing.language),
                addressees=tuple(filter(None, map(str.strip, briefing.addressees.splitlines()))),
                sender=briefing.sender,
                on=briefing.document_date,
                subject=briefing.subject,
                status_line=briefing.status_line,
                embargo_line=(
                    embargo_sentence(briefing.embargo_until) if briefing.embargo_until else None
                ),
                version_label=(
                    gettext("Draft") if self.number is None else version_label(self.number)
                ),
                as_of=self._as_of(shown),
                fictional=settings.DEMO,
                frozen_at=self.at,
                sections=tuple(
                    DocumentSection(one.heading, self.quoting.parts(reading, reader))
                    for one, reading in shown
                ),
                kpi_table=self.table,
                charts=self.charts,
                attachments=self.files,
                definitions=_definitions([*briefing.kpis, *briefing.charts, *codes]),
                changes=(briefing.change_reason.strip(),) if before else (),
                previous_version_label=version_label(before) if before else "",
                contact=briefing.contact,
                as_known_at=self.known_at,
                source=gettext("deliveries of %(institution)s")
                % {"institution": briefing.institution.name},
                place="" if reader is None or not self.differs else place_in_words(reader),
            )

    def is_for(self, place: Reader, reader: Reader) -> bool:
        """Whether a section for a place stands in the text of a reader."""
        if place is None or place == reader:
            return True
        if isinstance(place, Region) and isinstance(reader, Municipality):
            return self.region_of.get(reader.pk) == place.pk
        return False

    def _as_of(self, shown: Sequence[tuple[DraftedSection, Reading]]) -> date:
        briefing = self.briefing
        if briefing.figures_as_of is not None:
            return month_end(briefing.figures_as_of)
        quoted = [quote.month for _, reading in shown for quote in reading.quotes()]
        if quoted:
            return month_end(max(quoted))
        return briefing.document_date or amsterdam_day(self.at)

    def _annex(self) -> Wanted:
        """The figures after the text, by the choices in the form."""
        last = self.briefing.figures_as_of
        codes = dict.fromkeys([*self.briefing.kpis, *self.briefing.charts])
        chosen = tuple(code for code in codes if code in KPIS)
        if last is None or not chosen:
            return Wanted()
        months = (add_months(last, back - CHART_MONTHS + 1) for back in range(CHART_MONTHS))
        return Wanted(chosen, self.columns, tuple(months))

    def _annex_parts(self, annex: Wanted) -> tuple[KpiTable | None, tuple[Chart, ...]]:
        if not annex.kpis:
            return None, ()
        last, briefing = annex.months[-1], self.briefing
        rows = tuple(
            KpiRow(
                gettext(KPIS[code].label),
                tuple(self.quoting.figure(code, place, last) for place in self.columns),
            )
            for code in briefing.kpis
            if code in KPIS
        )
        table = KpiTable(
            caption=gettext("Indicators in %(month)s") % {"month": printing.month_of(last)},
            month=last,
            scope_names=tuple(self.quoting.names.names[place] for place in self.columns),
            rows=rows,
        )
        drawn = [place for place in self.columns if _is_drawn(briefing, place)]
        charts = tuple(
            chart_part(
                code,
                [[self.quoting.figure(code, place, m) for m in annex.months] for place in drawn],
                key=f"briefing-{code}",
            )
            for code in briefing.charts
            if code in KPIS
        )
        return table if rows else None, charts

    def _files(self) -> tuple[Attached, ...]:
        """The attachments, but for pictures that stand in the text."""
        shown = {
            self.quoting.pictures.rows[piece.number].pk
            for _, reading in self.sections
            for piece in reading.pieces
            if isinstance(piece, PictureQuote) and self.quoting.pictures.has(piece.number)
        }
        rows = self.briefing.attachments.filter(removed_at=None).select_related("stored")
        return _attached(list(rows), self.at, {row.pk for row in rows if row.pk in shown})


def drafted_sections(briefing: Briefing) -> list[DraftedSection]:
    """The sections of the draft as they are saved, in order."""
    rows = briefing.sections.select_related("region", "municipality").order_by("position")
    return [DraftedSection(row.heading, row.text, row.place) for row in rows]


def document_of_version(version: BriefingVersion) -> BriefingDocument:
    """The document that was signed off, with its files. Asks for no figure.

    It names the hour as it stands: two people may have moved that since the sign-off.
    """
    return with_hour(_thawed(version.content, version), version.briefing.embargo_until)


def document_of_variant(variant: VersionVariant) -> BriefingDocument:
    """The document of one place that was signed off, with the version's files."""
    version = variant.version
    return with_hour(_thawed(variant.content, version), version.briefing.embargo_until)


def with_hour(document: BriefingDocument, until: datetime | None) -> BriefingDocument:
    """The document with the line that names this hour, an aware instant; None leaves its own."""
    if until is None:
        return document
    with translation.override(document.language):
        return replace(document, embargo_line=embargo_sentence(until))


def document_of_content(content: dict[str, Any]) -> BriefingDocument:
    """Frozen content as a document with its pictures, without its files."""
    return thaw(content, (), bytes_of)


def _thawed(content: dict[str, Any], version: BriefingVersion) -> BriefingDocument:
    rows = list(version.attachments.select_related("stored"))
    shown = picture_hashes(content)
    in_text = {row.pk for row in rows if row.stored.sha256 in shown}
    return thaw(content, _attached(rows, version.approved_at, in_text), bytes_of)


def version_label(number: int) -> str:
    """What a version is called, in the language that is active."""
    return gettext("Version %(number)s") % {"number": number}


def file_name(title: str, position: int, content_type: str) -> str:
    """A plain file name for an attachment: no folder, no control characters."""
    stem = "".join(c for c in title if c.isprintable() and c not in '/\\:"').strip(". ")[:80]
    ending = ENDINGS.get(content_type, ".pdf")
    return f"{position} {stem or gettext('attachment')}{ending}"


def _attached(
    files: Sequence[Attachment] | Sequence[VersionAttachment],
    modified: datetime,
    in_text: set[int],
) -> tuple[Attached, ...]:
    rows: Iterator[Attachment | VersionAttachment] = iter(files)
    return tuple(
        Attached(
            name=file_name(one.title, position, one.stored.content_type),
            data=read_file(one.stored),
            mime=one.stored.content_type,
            description=one.title,
            modified=modified,
        )
        for position, one in enumerate(rows, start=1)
        if one.pk not in in_text
    )


def _is_drawn(briefing: Briefing, place: FigureScope) -> bool:
    region = briefing.figures_region
    return region is None or place.scope == INSTITUTION or place.code == region.slug


def _definitions(codes: Sequence[str]) -> tuple[Definition, ...]:
    found = []
    for code in dict.fromkeys(codes):
        kpi = KPIS.get(code)
        if kpi is None:
            continue
        text = [gettext(kpi.question)]
        if kpi.clock:
            text.append(gettext("The term: %(term)s.") % {"term": gettext(kpi.clock)})
        if kpi.law:
            text.append(gettext("Source: %(law)s.") % {"law": gettext(kpi.law)})
        found.append(Definition(gettext(kpi.label), " ".join(text)))
    return tuple(found)
