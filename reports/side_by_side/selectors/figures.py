"""The own figures of a theme: the last protected one of each, beside its norm."""

from __future__ import annotations

from collections.abc import Iterable

from audits.comparison.rules.disagreement import Party, PartyJudgement, of_figure
from certification.compliance.rules.scoring import INSTITUTION, FigureScope
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.organisations.models import Institution
from reports.figure_pages.forms.days import AskedDay
from reports.figure_pages.selectors.rows import shown
from reports.figure_pages.selectors.visibility import FigureVisibility
from reports.figures.rules.figures import Figure, FigureState, QuotedFigure
from reports.figures.selectors.figures import Audience, FigureTable, figures


def whole_of(institution: Institution) -> FigureScope:
    """The place that the figures are of: the institution, all regions together."""
    return FigureScope(INSTITUTION, institution.code)


def figures_for_the_rule(
    institution: Institution, kpis: Iterable[str], asked: AskedDay
) -> FigureTable:
    """The figures by which disagreements are found: protected, and the same for every reader."""
    return figures(
        institution=institution,
        kpis=kpis,
        scopes=(whole_of(institution),),
        months=asked.months(),
        audience=Audience.PROTECTED,
        known_at=asked.known_at,
    )


def last_figure(table: FigureTable, kpi: str, place: FigureScope) -> Figure | None:
    """The figure of the last month that was delivered; None where none was."""
    series = reversed(table.series(kpi, place))
    return next((one for one in series if one.state is not FigureState.NOT_DELIVERED), None)


def verdicts_of(
    table: FigureTable, kpis: Iterable[str], place: FigureScope
) -> list[PartyJudgement]:
    """What the last figures say against their norms; only figures that may be shown say it."""
    found = []
    for kpi in kpis:
        figure = last_figure(table, kpi, place) if kpi in KPIS else None
        if figure is not None and figure.judged:
            value = f"{figure.verdict.value}:{figure.norm}"
            found.append(
                PartyJudgement(
                    Party.FIGURES, f"figure:{kpi}", value, of_figure(figure.verdict.value)
                )
            )
    return found


def last_figures(
    table: FigureTable, view: FigureVisibility, kpis: Iterable[str]
) -> tuple[QuotedFigure, ...]:
    """The last figure of each, as this reader may see it."""
    place = whole_of(view.institution)
    found = (last_figure(table, kpi, place) for kpi in kpis if kpi in KPIS)
    return tuple(shown(table, view, one.kpi, place, one.month) for one in found if one is not None)
