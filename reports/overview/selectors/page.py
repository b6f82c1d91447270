"""Everything on the dashboard, put together before anything is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from audits.oversight.selectors import InspectionView, latest_inspection
from audits.plans.sentences.plan_actions import late_sentence
from certification.certificates.selectors import CertificateView, certificate_on
from certification.control_charts.actions import phase_starts
from certification.dates.rules import DatedThing, DateKind
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.clock import add_months
from reports.calendar.rules import Agenda
from reports.charts import HALF, NARROW, Series, trend_svg
from reports.documents.sentences import month_of, number, value_of
from reports.figure_pages.forms.days import AskedDay
from reports.figure_pages.rules.months import known_in, spoken_month
from reports.figure_pages.selectors.rows import KpiLine, label_of, line, shown
from reports.figure_pages.selectors.visibility import FigureVisibility
from reports.figures.rules.figures import QuotedFigure
from reports.figures.selectors.figures import FigureTable
from reports.figures.selectors.waiting import Flow
from reports.overview.selectors.staffing import Staffing, staffing
from reports.overview.sentences import (
    certificate_sentence,
    movement_sentence,
    norms_met,
    norms_sentence,
    overdue_sentence,
    tasks_sentence,
)
from reports.side_by_side.selectors.page import unexplained
from reports.side_by_side.sentences import waiting_sentence

COMPARED_MONTHS: Final = 6
"""How far back the first line looks for the number of norms met."""
LISTS: Final = {
    "waiting_youths": gettext_lazy("waiting list"),
    "flow_waiting_youths": gettext_lazy("flow-through list"),
}
CHART_MONTHS: Final = 24
MOST_DATES: Final = 6
"""Of what comes and of what is late; the rest stands in the agenda."""
WAYS_OUT: Final = {
    "helped": gettext_lazy("Out: helped"),
    "withdrawn": gettext_lazy("Out: withdrawn"),
    "list_cleaned": gettext_lazy("Out: list cleaned"),
    "transferred": gettext_lazy("Out: transferred"),
    "unknown": gettext_lazy("Out: reason not known"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """The waiting lists: a sentence, a picture, its table."""

    reading: str
    chart: SafeString
    chart_small: SafeString
    labels: tuple[str, ...]
    rows: tuple[tuple[date, tuple[QuotedFigure, ...]], ...]
    moves: tuple[tuple[str, str], ...]
    """In and out by reason in the last month: label and number; empty where not counted."""


@dataclass(frozen=True)
class Overview:
    """The dashboard of one person for one institution and day."""

    lead: str
    certificate: CertificateView | None
    next_audit: DatedThing | None
    inspection: InspectionView | None
    month: date | None
    lines: tuple[KpiLine, ...]
    """Worst first."""
    waiting: Waiting | None
    staffing: Staffing | None
    coming: tuple[DatedThing, ...]
    more: int
    """How many more come in these days than are shown."""
    overdue: tuple[DatedThing, ...]
    """What is late, but for actions."""
    more_overdue: int
    """How many more of these are late than are shown."""
    late_words: str
    """How many actions are past their last day; empty where none is."""
    to_explain: int
    """How many disagreements between parties wait for this person's explanation."""


def overview(
    view: FigureVisibility,
    asked: AskedDay,
    *,
    agenda: Agenda,
    tasks: int = 0,
    explains: bool = False,
) -> Overview:
    """The dashboard as this person may see it; ``tasks`` is how many briefings wait for them.

    ``explains`` says whether the person explains disagreements. All dates are those of the
    ``agenda``; which overdue actions are the person's own is told first.
    """
    table = view.figures(KPIS, asked.months(), known_at=asked.known_at)
    month = spoken_month(known_in(table), view.main[0])
    institution = view.institution
    certificate = certificate_on(institution, asked.on)
    coming = agenda.soon()
    actions = [one for one in agenda.late if one.kind is DateKind.ACTION]
    overdue = tuple(one for one in agenda.late if one.kind is not DateKind.ACTION)
    own = sum(one.is_mine for one in actions)
    late_words = late_sentence(len(actions), own)
    phases = phase_starts(institution, asked.known_at)
    lines = () if month is None else tuple(line(table, view, kpi, month, phases) for kpi in KPIS)
    # An owner reads first what is theirs to do.
    parts = [late_words if own else "", certificate_sentence(certificate, asked.on)]
    if month is not None:
        earlier = add_months(month, -COMPARED_MONTHS)
        whole = view.main[0]
        parts.append(
            norms_sentence(norms_met(table, whole, month), norms_met(table, whole, earlier))
        )
        parts.append(movement_sentence(lines))
    # Who sees no exact figures reads the very table that disagreements are found by.
    rule_table = None if view.exact else table
    to_explain = unexplained(institution, asked, rule_table) if explains else 0
    parts += [overdue_sentence(len(overdue)), tasks_sentence(tasks), waiting_sentence(to_explain)]
    return Overview(
        lead=" ".join(part for part in parts if part),
        certificate=certificate,
        next_audit=next((one for one in coming if one.kind is DateKind.AUDIT), None),
        inspection=latest_inspection(institution, asked.on),
        month=month,
        lines=tuple(sorted(lines, key=lambda one: one.rank)),
        waiting=None if month is None else _waiting(table, view, month, asked),
        staffing=None if month is None else staffing(view, month, asked),
        coming=coming[:MOST_DATES],
        more=len(coming[MOST_DATES:]),
        overdue=overdue[:MOST_DATES],
        more_overdue=len(overdue[MOST_DATES:]),
        late_words=late_words,
        to_explain=to_explain,
    )


def _waiting(table: FigureTable, view: FigureVisibility, month: date, asked: AskedDay) -> Waiting:
    whole = view.main[0]
    months = [each for each in table.months if each <= month][-CHART_MONTHS:]
    now, flow = (shown(table, view, kpi, whole, month) for kpi in LISTS)
    median = shown(table, view, "waiting_median_days", whole, month)
    names = {
        "month": month_of(month),
        "now": value_of(now),
        "flow": value_of(flow),
        "median": value_of(median),
    }
    parts = [
        _("On the waiting list in %(month)s: %(now)s. On the flow-through list: %(flow)s.") % names,
        _("Median wait for a permanent worker: %(median)s.") % names,
    ]
    reading = " ".join(parts)
    lines = [
        Series(
            str(name),
            tuple(
                (each, None if value is None else float(value))
                for each in months
                for value in [table.get(kpi, whole, each).value]
            ),
        )
        for kpi, name in LISTS.items()
    ]
    charts = [
        trend_svg(
            lines,
            language=get_language() or "nl",
            print=False,
            key=f"waiting-{width}",
            title=_("Youths who wait for a worker"),
            description=reading,
            unit="count",
            width=width,
        )
        for width in (HALF, NARROW)
    ]
    return Waiting(
        reading=reading,
        chart=charts[0],
        chart_small=charts[1],
        labels=tuple(label_of(kpi) for kpi in LISTS),
        rows=tuple(
            (each, tuple(shown(table, view, kpi, whole, each) for kpi in LISTS))
            for each in reversed(months)
        ),
        moves=_moves(view.waiting_flow(month, known_at=asked.known_at)),
    )


def _moves(flow: Flow | None) -> tuple[tuple[str, str], ...]:
    if flow is None:
        return ()
    ways = ((str(label), _count(flow.left[reason])) for reason, label in WAYS_OUT.items())
    return ((_("In"), _count(flow.entered)), *ways)


def _count(value: int | None) -> str:
    return _("hidden, small number") if value is None else number(Decimal(value))
