"""A figure as a page prints it: its words, its shape, and how it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.compliance.rules.judging import Verdict
from certification.compliance.rules.scoring import FigureScope
from certification.control_charts.actions import Starts
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Direction, Kpi
from reports.documents.sentences import month_of, norm_in_words, number, value_of
from reports.figure_pages.rules.movement import Movement, chart_of, movement
from reports.figure_pages.rules.sparkline import Sparkline, sparkline
from reports.figure_pages.selectors.visibility import FigureVisibility
from reports.figures.rules.disclosure import interval_of
from reports.figures.rules.figures import Figure, FigureState, QuotedFigure
from reports.figures.selectors.figures import FigureTable

SPARK_MONTHS: Final = 24
MOVEMENTS: Final[dict[Movement, tuple[str, Promise]]] = {
    Movement.BETTER: ("good", gettext_lazy("improves")),
    Movement.WORSE: ("bad", gettext_lazy("gets worse")),
    Movement.UP: ("info", gettext_lazy("goes up")),
    Movement.DOWN: ("info", gettext_lazy("goes down")),
    Movement.WAVERS: ("none", gettext_lazy("wavers")),
    Movement.SAME: ("none", gettext_lazy("stays the same")),
    Movement.TOO_LITTLE: ("none", gettext_lazy("too little data")),
}
"""The kind and the word of each movement."""


def label_of(kpi: str) -> str:
    """The KPI's name in the active language."""
    return _(KPIS[kpi].label)


def shown(
    table: FigureTable, sight: FigureVisibility, kpi: str, place: FigureScope, month: date
) -> QuotedFigure:
    """The figure of one cell with its words."""
    return table.get(kpi, place, month).quoted(label_of(kpi), sight.name(place))


@dataclass(frozen=True, slots=True)
class KpiLine:
    """One KPI in a list: the whole first, its regions beside it."""

    kpi: Kpi
    label: str
    whole: QuotedFigure
    regions: tuple[QuotedFigure, ...]
    movement: Movement
    spark: Sparkline | None

    def beside(self, places: Sequence[FigureScope]) -> list[QuotedFigure | None]:
        """The regions by their columns; None under a region of which there is no such figure."""
        found = {one.place: one for one in self.regions}
        return [found.get(place) for place in places]

    @property
    def movement_kind(self) -> str:
        """The kind of the movement word."""
        return MOVEMENTS[self.movement][0]

    @property
    def movement_word(self) -> str:
        """How it moves, in a word."""
        return str(MOVEMENTS[self.movement][1])

    @property
    def norm(self) -> str:
        """The norm in its unit; empty where there is none."""
        return norm_in_words(self.whole)

    @property
    def interval(self) -> str:
        """The interval beside a small number of cases, in words; empty elsewhere."""
        interval = interval_of(self.whole)
        if interval is None:
            return ""
        low, high = (number(Decimal(round(bound))) for bound in interval)
        return _("chance alone makes it lie between %(low)s and %(high)s percent") % {
            "low": low,
            "high": high,
        }

    @property
    def rank(self) -> tuple[int, float]:
        """Worst first: norms not met by how far, then what gets worse, then the rest."""
        figure = self.whole
        if figure.judged and figure.verdict is Verdict.NOT_MET:
            over = float((figure.value or 0) - (figure.norm or 0))
            return (0, -over if self.kpi.direction is Direction.LOWER else over)
        if figure.state is not FigureState.KNOWN:
            return (5, 0)
        if figure.judged:
            return (4, 0)
        return (
            {Movement.WORSE: 1, Movement.WAVERS: 2, Movement.BETTER: 3}.get(self.movement, 2),
            0,
        )


def line(
    table: FigureTable, sight: FigureVisibility, kpi: str, month: date, phases: Starts
) -> KpiLine:
    """One KPI in the list for the month, with its last two years.

    ``phases`` are those of the institution's charts.
    """
    whole, *regions = sight.main
    until = [figure for figure in table.series(kpi, whole) if figure.month <= month]
    series = until[-SPARK_MONTHS:]
    first = shown(table, sight, kpi, whole, month)
    move = movement(chart_of(until, KPIS[kpi], phases.get((kpi, whole), ())))
    norm = first.norm
    return KpiLine(
        kpi=KPIS[kpi],
        label=label_of(kpi),
        whole=first,
        regions=tuple(
            shown(table, sight, kpi, place, month) for place in regions if table.exists(kpi, place)
        ),
        movement=move,
        spark=sparkline(
            [None if figure.value is None else float(figure.value) for figure in series],
            norm=None if norm is None else float(norm),
            words=_spark_words(series, str(MOVEMENTS[move][1])),
        ),
    )


def _spark_words(series: list[Figure], word: str) -> str:
    known = [figure for figure in series if figure.value is not None]
    if not known:
        return ""
    start, end = known[0], known[-1]
    return _("from %(start)s in %(first)s to %(end)s in %(last)s: %(word)s") % {
        "start": value_of(start),
        "first": month_of(start.month),
        "end": value_of(end),
        "last": month_of(end.month),
        "word": word,
    }
