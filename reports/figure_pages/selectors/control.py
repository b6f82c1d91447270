"""The control chart of one place on the page of an indicator, put together before printing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certification.compliance.rules.scoring import FigureScope
from certification.control_charts.rules.limits import ChartSpan, ControlChart
from certification.indicators.rules.shapes import Kpi
from certification.models.chart_phases import ChartPhase
from jbn_oversight.organisations.models import Institution
from reports.charts import NARROW, WIDTH, ControlPoint, Stretch, control_svg
from reports.documents.sentences import in_unit, month_of, norm_in_words
from reports.figure_pages.forms.days import AskedDay
from reports.figure_pages.rules.movement import chart_of, counts
from reports.figure_pages.selectors.rows import label_of, shown
from reports.figure_pages.selectors.visibility import FigureVisibility
from reports.figure_pages.sentences.charts import (
    Sign,
    assurance_sign,
    limits_words,
    month_words,
    near_words,
    proposal_of,
    reading_of,
    side_of,
    variation_sign,
)
from reports.figures.rules.figures import QuotedFigure
from reports.figures.selectors.figures import FigureTable

SHORT: Final = 6
"""Months; a phase that is shorter has only its number above the chart."""


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase as its table shows it."""

    number: str
    first: date
    months: int
    centre: str
    limits: str
    near: str
    is_trial: bool
    row: ChartPhase | None
    """Who set it and why; None for the first months."""


@dataclass(frozen=True)
class ControlPart:
    """The part of the page that says whether a figure wavers or changes."""

    place: FigureScope
    name: str
    tabs: tuple[tuple[str, str, bool], ...]
    """Places to choose from: word, address, and whether it is this one."""
    reading: str
    variation: Sign | None
    assurance: Sign | None
    chart: SafeString
    chart_small: SafeString
    rows: tuple[tuple[date, QuotedFigure, str], ...]
    """Month, figure, and what the chart says of it; the latest first."""
    phases: tuple[PhaseLine, ...]
    removed: tuple[ChartPhase, ...]
    proposal: str
    """Why whoever may should begin a new phase; empty where nothing asks for one."""
    skipped: int
    """Months with a figure that is approximate, which the chart leaves out."""

    @property
    def fits(self) -> bool:
        """Whether the figure has a control chart at all."""
        return self.variation is not None


def asked_place(view: FigureVisibility, code: str) -> FigureScope:
    """The place in the address; the whole institution where there is none. Raises Http404."""
    if not code:
        return view.main[0]
    found = next((place for place in view.main if place.code == code), None)
    if found is None:
        raise Http404
    return found


def address_of(institution: Institution, kpi: Kpi, asked: AskedDay, place: FigureScope) -> str:
    """The page of an indicator with the chart of a place."""
    base = reverse("reports:kpi", args=[institution.code, kpi.code])
    if place.code == institution.code:
        return f"{base}{asked.query}"
    return f"{base}{asked.query}{'&' if asked.query else '?'}place={place.code}"


def phases_of(
    institution: Institution, kpi: Kpi, place: FigureScope, known_at: datetime | None
) -> tuple[list[ChartPhase], list[ChartPhase]]:
    """The phases that stand for a chart, and those that were removed."""
    rows = ChartPhase.objects.filter(
        institution=institution, kpi=kpi.code, scope=place.scope, scope_code=place.code
    ).select_related("set_by", "removed_by")
    standing = list(rows.standing(known_at).order_by("starts_month"))
    gone = rows.filter(removed_at__isnull=False).order_by("-removed_at")
    if known_at is not None:
        gone = gone.filter(removed_at__lte=known_at)
    return standing, list(gone)


def control_part(
    table: FigureTable,
    view: FigureVisibility,
    kpi: Kpi,
    asked: AskedDay,
    month: date,
    place: FigureScope,
) -> ControlPart:
    """The chart of one place up to the month, as this person may see it."""
    standing, removed = phases_of(view.institution, kpi, place, asked.known_at)
    series = [figure for figure in table.series(kpi.code, place) if figure.month <= month]
    chart = chart_of(series, kpi, [row.starts_month for row in standing])
    figures = [shown(table, view, kpi.code, place, figure.month) for figure in series]
    norm = norm_in_words(series[-1])
    reading = proposal = ""
    rows: list[tuple[date, QuotedFigure, str]] = []
    lines: tuple[PhaseLine, ...] = ()
    pictures = [SafeString(""), SafeString("")]
    if chart is not None:
        reading = reading_of(chart, series[-1].unit, norm)
        proposal = proposal_of(chart, [figure.month for figure in series])
        lines = _lines(chart, figures, standing)
        rows = [
            (
                one.month,
                one,
                month_words(
                    mark,
                    kpi.direction,
                    counted=counts(one),
                    speaks=_phase_of(chart, number).speaks,
                ),
            )
            for number, (one, mark) in enumerate(zip(figures, chart.marks, strict=True))
        ]
        if any(phase.limits or phase.is_same for phase in chart.phases):
            pictures = [
                _picture(chart, figures, lines, kpi, f"{reading} {_told(rows, chart)}", width)
                for width in (WIDTH, NARROW)
            ]
    return ControlPart(
        place=place,
        name=view.name(place),
        tabs=tuple(
            (
                view.short_name(one),
                f"{address_of(view.institution, kpi, asked, one)}#control",
                one == place,
            )
            for one in view.main
            if table.exists(kpi.code, one)
        ),
        reading=reading,
        variation=None if chart is None else variation_sign(chart),
        assurance=None if chart is None else assurance_sign(chart),
        chart=pictures[0],
        chart_small=pictures[1],
        rows=tuple(reversed(rows)),
        phases=lines,
        removed=tuple(removed),
        proposal=proposal,
        skipped=sum(figure.approximate and figure.value is not None for figure in series),
    )


def _phase_of(chart: ControlChart, number: int) -> ChartSpan:
    return next(phase for phase in chart.phases if phase.first <= number <= phase.last)


def _lines(
    chart: ControlChart, figures: list[QuotedFigure], standing: list[ChartPhase]
) -> tuple[PhaseLine, ...]:
    unit = figures[0].unit
    lines = []
    for number, phase in enumerate(chart.phases, start=1):
        first = figures[phase.first].month
        # Of phases that began before the first month shown, the last one is running in it.
        begun = [row for row in standing if row.starts_month <= first]
        lines.append(
            PhaseLine(
                number=str(number),
                first=first,
                months=phase.count,
                centre="" if phase.centre is None else in_unit(phase.centre, unit),
                limits=limits_words(phase, unit),
                near=near_words(phase, unit),
                is_trial=phase.trial,
                row=begun[-1] if begun else None,
            )
        )
    return tuple(lines)


def _told(rows: list[tuple[date, QuotedFigure, str]], chart: ControlChart) -> str:
    """The special causes in words, for who does not see the picture."""
    told = [
        f"{month_of(month)}: {words}"
        for (month, _one, words), mark in zip(rows, chart.marks, strict=True)
        if mark is not None
    ]
    if not told:
        return _("No month stands out.")
    return _("Months that stand out: %(months)s.") % {"months": "; ".join(told)}


def _picture(
    chart: ControlChart,
    figures: list[QuotedFigure],
    lines: tuple[PhaseLine, ...],
    kpi: Kpi,
    description: str,
    width: int,
) -> SafeString:
    points = []
    for one, mark in zip(figures, chart.marks, strict=True):
        value = float(one.value) if counts(one) and one.value is not None else None
        kind, word = ("none", "") if mark is None else side_of(mark, kpi.direction)
        points.append(ControlPoint(one.month, value, kind, word))
    stretches = []
    for phase, row in zip(chart.phases, lines, strict=True):
        limits = phase.limits
        stretches.append(
            Stretch(
                first=figures[phase.first].month,
                last=figures[phase.last].month,
                centre=None if phase.centre is None else float(phase.centre),
                limits=None
                if limits is None
                else (
                    float(limits.lower),
                    float(limits.near_lower),
                    float(limits.near_upper),
                    float(limits.upper),
                ),
                # Over a short phase there is no room for the word.
                number=row.number
                if phase.last - phase.first < SHORT
                else _("phase %(number)s") % {"number": row.number},
            )
        )
    last = figures[-1]
    return control_svg(
        points,
        stretches,
        names=(_("upper limit"), _("mean"), _("lower limit")),
        language=get_language() or "nl",
        key=f"control-{kpi.code}-{width}",
        title=label_of(kpi.code),
        description=description,
        unit=kpi.unit.value,
        norm=None if last.norm is None else float(last.norm),
        norm_label=_("norm %(norm)s") % {"norm": norm_in_words(last)},
        width=width,
    )
