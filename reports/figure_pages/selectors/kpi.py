"""Everything on the page of one indicator, put together before anything is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audits.oversight.selectors import timeline
from audits.rules.moments import Matter
from certification.compliance.rules.judging import Verdict
from certification.compliance.rules.scoring import FigureScope
from certification.control_charts.actions import phase_starts
from certification.indicators.rules.shapes import Kpi
from jbn_oversight.clock import month_of as month_start
from reports.charts import NARROW, WIDTH, ChartEvent, Series, trend_svg
from reports.documents.sentences import cases_of, month_of, value_of
from reports.figure_pages.forms.days import AskedDay
from reports.figure_pages.rules.months import known_in, last_month, spoken_month
from reports.figure_pages.rules.movement import Movement
from reports.figure_pages.selectors.control import ControlPart, control_part
from reports.figure_pages.selectors.method import Method, method
from reports.figure_pages.selectors.rows import KpiLine, label_of, line, shown
from reports.figure_pages.selectors.visibility import FigureVisibility
from reports.figures.rules.figures import QuotedFigure
from reports.figures.selectors.figures import FigureTable

MARKED: Final = frozenset({"certificate", "audit", "inspection", "management"})
MOST_EVENTS: Final = 8


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """An event, and the letter that marks its month in the chart."""

    letter: str
    month: date
    day: str
    title: str


@dataclass(frozen=True)
class KpiPage:
    """One indicator for one person on one day."""

    kpi: Kpi
    label: str
    question: str
    why: str
    counted: str
    out_of: str
    clock: str
    law: str
    asked: AskedDay
    month: date | None
    """The month that the page speaks for; None where nothing was ever delivered."""
    line: KpiLine | None
    reading: str
    chart: SafeString
    chart_small: SafeString
    events: tuple[MarkedEvent, ...]
    control: ControlPart | None
    """Whether one place wavers or changes; None where there is nothing to tell."""
    columns: tuple[str, ...]
    months: tuple[tuple[date, tuple[QuotedFigure, ...]], ...]
    """The latest month first; a region may be ahead of the whole."""
    municipalities: tuple[QuotedFigure, ...]
    method: Method | None

    def quoted(self) -> list[QuotedFigure]:
        """Every figure on the page, in order of time and place."""
        rows = [one for _month, row in reversed(self.months) for one in row]
        return [*rows, *self.municipalities]


def kpi_page(view: FigureVisibility, kpi: Kpi, asked: AskedDay, place: FigureScope) -> KpiPage:
    """The page of an indicator as this person may see it, with the control chart of a place."""
    months = asked.months()
    table = view.figures([kpi.code], months, municipalities=True, known_at=asked.known_at)
    known = known_in(table)
    month, latest = spoken_month(known, view.main[0]), last_month(known, *view.main)
    of_place = last_month(known, place) or month
    places = tuple(place for place in view.main if table.exists(kpi.code, place))
    events = _events(view, asked, months)
    phases = phase_starts(view.institution, asked.known_at)
    first = None if month is None else line(table, view, kpi.code, month, phases)
    return KpiPage(
        kpi=kpi,
        label=label_of(kpi.code),
        question=_(kpi.question),
        why=_(kpi.why) if kpi.why else "",
        counted=_(kpi.counted),
        out_of=_(kpi.out_of) if kpi.out_of else "",
        clock=_(kpi.clock) if kpi.clock else "",
        law=_(kpi.law) if kpi.law else "",
        asked=asked,
        month=month,
        line=first,
        reading="" if first is None else reading(first),
        chart=_chart(table, view, first, events),
        chart_small=_chart(table, view, first, events, width=NARROW),
        events=events,
        control=(
            None if of_place is None else control_part(table, view, kpi, asked, of_place, place)
        ),
        columns=tuple(view.name(place) for place in places),
        months=tuple(
            (each, tuple(shown(table, view, kpi.code, place, each) for place in places))
            for each in reversed(months)
            if latest is not None and each <= latest
        ),
        municipalities=tuple(
            shown(table, view, kpi.code, place, month)
            for place in view.municipalities
            if month is not None and table.exists(kpi.code, place)
        ),
        method=None if month is None else method(view.institution, kpi, month, asked.known_at),
    )


def reading(first: KpiLine) -> str:
    """The sentence that reads the figure: value, cases, norm and movement."""
    figure = first.whole
    names = {
        "place": figure.scope_name,
        "month": month_of(figure.month),
        "value": value_of(figure),
        "norm": first.norm,
    }
    parts = [_("For %(place)s it was %(value)s in %(month)s.") % names]
    if figure.value is None:
        parts = [_("For %(place)s there is no number in %(month)s: %(value)s.") % names]
    if cases := cases_of(figure):
        parts = [
            _("For %(place)s it was %(value)s in %(month)s (%(cases)s).")
            % {**names, "cases": cases}
        ]
    if figure.judged:
        met = figure.verdict is Verdict.MET
        parts.append(
            (_("The norm of %(norm)s is met.") if met else _("The norm of %(norm)s is not met."))
            % names
        )
    if first.movement is Movement.TOO_LITTLE:
        parts.append(_("There is too little data to say how it moves."))
    else:
        parts.append(_("By its control chart it %(word)s.") % {"word": first.movement_word})
    return " ".join(parts)


def _events(view: FigureVisibility, asked: AskedDay, months: list[date]) -> tuple[MarkedEvent, ...]:
    """What happened in these months, as known on the day: the latest few, a letter per month."""
    known: list[Matter] = [
        matter
        for matter in timeline(view.institution, asked.on)
        if matter.kind in MARKED and matter.actual and months[0] <= matter.actual.on.first
    ]
    marked: list[MarkedEvent] = []
    letters = iter(ascii_uppercase)
    letter_of: dict[date, str] = {}
    for matter in known[-MOST_EVENTS:]:
        assert matter.actual is not None
        month = month_start(matter.actual.on.first)
        if month not in letter_of:
            letter_of[month] = next(letters)
        marked.append(MarkedEvent(letter_of[month], month, matter.actual.words, matter.title))
    return tuple(marked)


def _chart(
    table: FigureTable,
    view: FigureVisibility,
    first: KpiLine | None,
    events: tuple[MarkedEvent, ...],
    *,
    width: int = WIDTH,
) -> SafeString:
    if first is None:
        return SafeString("")
    kpi = first.kpi
    places = [place for place in view.main if table.exists(kpi.code, place)]
    lines = [
        Series(
            view.short_name(place),
            tuple(
                (figure.month, None if figure.value is None else float(figure.value))
                for figure in table.series(kpi.code, place)
            ),
        )
        for place in places
    ]
    norm = first.whole.norm
    return trend_svg(
        lines,
        language=get_language() or "nl",
        print=False,
        key=f"chart-{kpi.code}-{width}",
        title=label_of(kpi.code),
        description=reading(first),
        unit=kpi.unit.value,
        norm=None if norm is None else float(norm),
        norm_label=_("norm %(norm)s") % {"norm": first.norm},
        events=list(dict.fromkeys(ChartEvent(event.month, event.letter) for event in events)),
        width=width,
    )
