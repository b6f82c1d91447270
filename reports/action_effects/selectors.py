"""Did the figure change after the action? Put together before anything is printed.

The figures are those that the reader may see, protected as on every page; what is hidden is a
gap. The months before are those of the running phase of the chart: where somebody had a phase
begin, older months are of another way of working. The answer tells of time, never of cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile
from typing import Final

from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audits.models.plans import PlanAction
from certification.compliance.rules.scoring import FigureScope
from certification.control_charts.actions import phase_starts
from certification.control_charts.rules.limits import (
    ChartSpan,
    Effect,
    EffectOutcome,
    effect_of,
    fits_a_chart,
)
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Kpi, Unit
from reports.action_effects.sentences import effect_sentence, no_months_sentence
from reports.charts import NARROW, WIDTH, ControlPoint, Stretch, control_svg
from reports.documents.sentences import in_unit, norm_in_words
from reports.figure_pages.forms.days import AskedDay
from reports.figure_pages.rules.months import known_in, last_month
from reports.figure_pages.rules.movement import counts
from reports.figure_pages.selectors.rows import label_of, shown
from reports.figure_pages.selectors.visibility import FigureVisibility
from reports.figure_pages.sentences.charts import limits_words, side_of
from reports.figures.rules.figures import FigureState, QuotedFigure


@dataclass(frozen=True, slots=True)
class SideLine:
    """The months before the action, or those after it, as the table shows them."""

    label: str
    first: date
    months: int
    mean: str
    limits: str


@dataclass(frozen=True)
class EffectPage:
    """The figure of one place before and after an action."""

    label: str
    name: str
    place: FigureScope
    works_from: date
    sentence: str
    kind: str
    """good, bad, info or none, by the outcome."""
    chart: SafeString
    chart_small: SafeString
    sides: tuple[SideLine, ...]
    rows: tuple[tuple[QuotedFigure, str], ...]
    """Each month with "before" or "after", the latest first."""


_NOTHING: Final = FigureState.NOT_DELIVERED
_KINDS: Final = {
    EffectOutcome.BETTER: "good",
    EffectOutcome.WORSE: "bad",
    EffectOutcome.HIGHER: "info",
    EffectOutcome.LOWER: "info",
}


def effect_page(
    view: FigureVisibility, asked: AskedDay, action: PlanAction, place: FigureScope
) -> EffectPage:
    """The comparison for one place. Raises Http404 where the action names no month or figure."""
    kpi = KPIS.get(action.kpi)
    start = action.works_from
    if kpi is None or start is None or not fits_a_chart(kpi):
        raise Http404
    table = view.figures([kpi.code], asked.months(), known_at=asked.known_at)
    last = last_month(known_in(table), place)
    begun = _baseline(view, asked, kpi, place, start)
    months = [
        month
        for month in table.months
        if last is not None and month <= last and (begun is None or month >= begun)
    ]
    shown_cells = (shown(table, view, kpi.code, place, month) for month in months)
    # Months before the first delivery are no gaps: the chart begins with the first one.
    cells = list(dropwhile(lambda one: one.state == _NOTHING, shown_cells))
    effect = _effect(cells, kpi, start)
    if effect is None:
        sentence = no_months_sentence(start, last)
        pictures = [SafeString(""), SafeString("")]
    else:
        sentence = effect_sentence(effect, kpi, start)
        pictures = [_picture(effect, cells, kpi, sentence, width) for width in (WIDTH, NARROW)]
    return EffectPage(
        label=label_of(kpi.code),
        name=view.name(place),
        place=place,
        works_from=start,
        sentence=sentence,
        kind="none" if effect is None else _KINDS.get(effect.outcome, "none"),
        chart=pictures[0],
        chart_small=pictures[1],
        sides=_sides(effect, cells, kpi.unit),
        rows=tuple(
            (one, _("before") if one.month < start else _("after")) for one in reversed(cells)
        ),
    )


def _baseline(
    view: FigureVisibility, asked: AskedDay, kpi: Kpi, place: FigureScope, start: date
) -> date | None:
    """The month in which the phase that ran before the action began; None for the first."""
    starts = phase_starts(view.institution, asked.known_at).get((kpi.code, place), ())
    return max((month for month in starts if month < start), default=None)


def _effect(cells: Sequence[QuotedFigure], kpi: Kpi, start: date) -> Effect | None:
    """The test, or None without any month before or after."""
    before = sum(one.month < start for one in cells)
    if not 0 < before < len(cells):
        return None
    values = [one.value if counts(one) else None for one in cells]
    return effect_of(values, kpi.direction, before)


def _sides(
    effect: Effect | None, cells: Sequence[QuotedFigure], unit: Unit
) -> tuple[SideLine, ...]:
    if effect is None:
        return ()
    return tuple(
        SideLine(
            label=label,
            first=cells[phase.first].month,
            months=phase.count,
            mean="" if phase.centre is None else in_unit(phase.centre, unit),
            limits=limits_words(phase, unit),
        )
        for label, phase in ((_("before"), effect.before), (_("after"), effect.after))
    )


def _picture(
    effect: Effect, cells: Sequence[QuotedFigure], kpi: Kpi, description: str, width: int
) -> SafeString:
    points = []
    for one, mark in zip(cells, effect.chart.marks, strict=True):
        value = one.value if counts(one) else None
        kind, word = ("none", "") if mark is None else side_of(mark, kpi.direction)
        points.append(ControlPoint(one.month, None if value is None else float(value), kind, word))
    names = (_("before"), _("after"))
    stretches = [
        _stretch(phase, cells, name)
        for phase, name in zip((effect.before, effect.after), names, strict=True)
    ]
    last = cells[-1]
    return control_svg(
        points,
        stretches,
        names=(_("upper limit"), _("mean"), _("lower limit")),
        language=get_language() or "nl",
        key=f"effect-{kpi.code}-{width}",
        title=label_of(kpi.code),
        description=description,
        unit=kpi.unit.value,
        norm=None if last.norm is None else float(last.norm),
        norm_label=_("norm %(norm)s") % {"norm": norm_in_words(last)},
        width=width,
    )


def _stretch(phase: ChartSpan, cells: Sequence[QuotedFigure], name: str) -> Stretch:
    limits = phase.limits
    lines = (
        None
        if limits is None
        else (
            float(limits.lower),
            float(limits.near_lower),
            float(limits.near_upper),
            float(limits.upper),
        )
    )
    return Stretch(
        first=cells[phase.first].month,
        last=cells[phase.last].month,
        centre=None if phase.centre is None else float(phase.centre),
        limits=lines,
        number=name,
    )
