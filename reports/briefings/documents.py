"""From a draft or a version to the document that is printed and read.

The only place where a briefing asks for figures, always those that a council may see; at
sign-off the outcome is frozen and never asked for again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final, cast

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from certification.kpis import KPIS
from certification.scoring import INSTITUTION, REGION
from jbn_oversight.clock import add_months, amsterdam_day, month_end
from jbn_oversight.files.storage import read
from jbn_oversight.organisations.models import InstitutionTask
from reports import printing
from reports.briefings.content import thaw
from reports.briefings.scan.kinds import ENDINGS
from reports.briefings.words import embargo_sentence
from reports.charts import Series, trend_svg
from reports.documents import (
    Attached,
    BriefingDocument,
    Chart,
    Definition,
    KpiRow,
    KpiTable,
    Language,
    QuotedFigure,
    Section,
    Unit,
)
from reports.figures import Audience, FigureTable, Place, figures
from reports.models import (
    Attachment,
    Briefing,
    BriefingVersion,
    VersionAttachment,
    VersionVariant,
)

CHART_MONTHS: Final = 24

Column = tuple[Place, str]
"""A place and its name."""


def document_of_draft(
    briefing: Briefing, at: datetime, *, number: int | None = None
) -> BriefingDocument:
    """The draft as a document: what readers would get if it were signed off at ``at``.

    ``number`` is that of the version it becomes; without one it calls itself a draft. ``at``
    is an aware instant, and dates the file.
    """
    with translation.override(briefing.language):
        as_of = month_end(briefing.figures_as_of) if briefing.figures_as_of else None
        label = gettext("Draft") if number is None else version_label(number)
        before = number - 1 if number and number > 1 else None
        files = briefing.attachments.filter(removed_at=None).select_related("stored")
        table, charts = _figures(briefing)
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
            version_label=label,
            as_of=as_of or briefing.document_date or amsterdam_day(at),
            fictional=settings.DEMO,
            frozen_at=at,
            sections=tuple(
                Section.written(section.heading, section.text)
                for section in briefing.sections.all()
            ),
            kpi_table=table,
            charts=charts,
            attachments=_attached(list(files), at),
            definitions=_definitions([*briefing.kpis, *briefing.charts]),
            changes=(briefing.change_reason.strip(),) if before else (),
            previous_version_label=version_label(before) if before else "",
            contact=briefing.contact,
        )


def document_of_version(version: BriefingVersion) -> BriefingDocument:
    """The document that was signed off, with its files. Asks for no figure."""
    files = version.attachments.select_related("stored")
    return thaw(version.content, _attached(list(files), version.approved_at))


def document_of_variant(variant: VersionVariant) -> BriefingDocument:
    """The document of one place that was signed off, with the version's files."""
    version = variant.version
    files = version.attachments.select_related("stored")
    return thaw(variant.content, _attached(list(files), version.approved_at))


def version_label(number: int) -> str:
    """What a version is called, in the language that is active."""
    return gettext("Version %(number)s") % {"number": number}


def file_name(title: str, position: int, content_type: str) -> str:
    """A plain file name for an attachment: no folder, no control characters."""
    stem = "".join(c for c in title if c.isprintable() and c not in '/\\:"').strip(". ")[:80]
    ending = ENDINGS.get(content_type, ".pdf")
    return f"{position} {stem or gettext('attachment')}{ending}"


def _attached(
    files: Sequence[Attachment] | Sequence[VersionAttachment], modified: datetime
) -> tuple[Attached, ...]:
    rows: Iterator[Attachment | VersionAttachment] = iter(files)
    return tuple(
        Attached(
            name=file_name(one.title, position, one.stored.content_type),
            data=read(one.stored),
            mime=one.stored.content_type,
            description=one.title,
            modified=modified,
        )
        for position, one in enumerate(rows, start=1)
    )


def _columns(briefing: Briefing) -> list[Column]:
    """The regions of the institution, and the institution as a whole."""
    on = month_end(briefing.figures_as_of) if briefing.figures_as_of else date.max
    tasks = InstitutionTask.objects.running(on).filter(institution=briefing.institution)
    regions = {task.region for task in tasks.select_related("region")}
    columns = [(Place(REGION, one.slug), one.name) for one in regions]
    columns.sort(key=lambda column: column[1])
    return [*columns, (Place(INSTITUTION, briefing.institution.code), briefing.institution.name)]


def _figures(briefing: Briefing) -> tuple[KpiTable | None, tuple[Chart, ...]]:
    last = briefing.figures_as_of
    chosen = [code for code in dict.fromkeys([*briefing.kpis, *briefing.charts]) if code in KPIS]
    if last is None or not chosen:
        return None, ()
    columns = _columns(briefing)
    found = figures(
        institution=briefing.institution,
        kpis=chosen,
        scopes=[place for place, _ in columns],
        months=[add_months(last, -back) for back in range(CHART_MONTHS)],
        audience=Audience.COUNCIL,
    )
    rows = [code for code in briefing.kpis if code in KPIS]
    table = _table(found, rows, columns, last) if rows else None
    drawn = [column for column in columns if _is_drawn(briefing, column[0])]
    charts = tuple(_chart(found, code, drawn) for code in briefing.charts if code in KPIS)
    return table, charts


def _is_drawn(briefing: Briefing, place: Place) -> bool:
    region = briefing.figures_region
    return region is None or place.scope == INSTITUTION or place.code == region.slug


def _quoted(found: FigureTable, code: str, column: Column, month: date) -> QuotedFigure:
    place, name = column
    return found.get(code, place, month).quoted(gettext(KPIS[code].label), name)


def _table(
    found: FigureTable, codes: Sequence[str], columns: Sequence[Column], month: date
) -> KpiTable:
    return KpiTable(
        caption=gettext("Indicators in %(month)s") % {"month": printing.month_of(month)},
        month=month,
        scope_names=tuple(name for _, name in columns),
        rows=tuple(
            KpiRow(
                gettext(KPIS[code].label),
                tuple(_quoted(found, code, column, month) for column in columns),
            )
            for code in codes
        ),
    )


def _chart(found: FigureTable, code: str, columns: Sequence[Column]) -> Chart:
    kpi = KPIS[code]
    label = gettext(kpi.label)
    series = [
        (name, [_quoted(found, code, (place, name), month) for month in found.months])
        for place, name in columns
    ]
    norm = next((f.norm for _, line in series for f in reversed(line) if f.norm is not None), None)
    reading = _reading(series)
    alt = gettext("Line chart: %(label)s, per month from %(first)s to %(last)s. %(reading)s") % {
        "label": label,
        "first": printing.month_of(found.months[0]),
        "last": printing.month_of(found.months[-1]),
        "reading": reading,
    }
    svg = trend_svg(
        [
            Series(
                name, tuple((f.month, None if f.value is None else float(f.value)) for f in line)
            )
            for name, line in series
        ],
        language=translation.get_language() or "nl",
        print=True,
        key=f"briefing-{code}",
        title=label,
        description=alt,
        unit=kpi.unit.value,
        norm=None if norm is None else float(norm),
        norm_label=(
            ""
            if norm is None
            else gettext("Norm %(norm)s") % {"norm": printing.in_unit(norm, Unit(kpi.unit.value))}
        ),
    )
    quoted = tuple(figure for _, line in series for figure in line)
    return Chart(title=label, svg=str(svg), alt=alt, figures=quoted, reading=reading)


def _reading(series: Sequence[tuple[str, Sequence[QuotedFigure]]]) -> str:
    """The last value of each line in words, from the protected figures alone."""
    parts = [f"{name}: {printing.value_of(line[-1])}" for name, line in series]
    month = printing.month_of(series[0][1][-1].month)
    return gettext("In %(month)s: %(values)s.") % {"month": month, "values": "; ".join(parts)}


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
