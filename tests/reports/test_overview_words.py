"""The dashboard's words: how a figure moves, and the sentences written by rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from certification.compliance.rules.judging import Verdict
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Unit
from jbn_oversight.clock import add_months
from reports.figure_pages.rules.movement import Movement, chart_of, movement
from reports.figure_pages.rules.sparkline import HEIGHT, WIDTH, sparkline
from reports.figure_pages.selectors.rows import KpiLine
from reports.figures.rules.figures import Figure, FigureState
from reports.overview.sentences import (
    NormCount,
    certificate_sentence,
    movement_sentence,
    norms_sentence,
)


def series(values: Sequence[float | None], unit: Unit = Unit.PERCENT) -> list[Figure]:
    """Months in order; percentages of a hundred cases."""
    return [
        Figure(
            kpi="contact_5wd",
            scope="institution",
            scope_code="jbn",
            month=add_months(date(2023, 1, 1), number),
            unit=unit,
            state=FigureState.HIDDEN if value is None else FigureState.KNOWN,
            verdict=Verdict.NO_NORM,
            numerator=None if value is None else Decimal(str(value)),
            denominator=None if value is None else Decimal(100),
            value=None if value is None else Decimal(str(value)),
        )
        for number, value in enumerate(values)
    ]


CALM = [40.0, 44.0] * 8
"""Chance by the book: mean 42, limits 31.36 and 52.64."""


def moved(figures: Sequence[Figure], kpi: str = "contact_5wd", *starts: date) -> Movement:
    """The word of a series of a KPI."""
    return movement(chart_of(figures, KPIS[kpi], starts))


def test_a_last_month_beyond_the_limit_moves_to_the_side_that_is_better() -> None:
    up = series([*CALM, 90])
    assert moved(up, "contact_5wd") is Movement.BETTER
    assert moved(up, "safety_overdue") is Movement.WORSE
    assert moved(up, "running_youths") is Movement.UP
    assert moved(series([*CALM, 2]), "running_youths") is Movement.DOWN


def test_what_misses_its_norm_by_most_comes_first_whichever_way_is_better() -> None:
    def ranked(kpi: str, *values: int) -> list[float | None]:
        lines = [
            KpiLine(
                kpi=KPIS[kpi],
                label="",
                whole=replace(figure, norm=Decimal(50), verdict=Verdict.NOT_MET).quoted("", ""),
                regions=(),
                movement=Movement.WAVERS,
                spark=None,
            )
            for figure in series(values)
        ]
        worst_first = sorted(lines, key=lambda line: line.rank)
        return [None if one.whole.value is None else float(one.whole.value) for one in worst_first]

    assert ranked("contact_5wd", 40, 10, 30) == [10, 30, 40]
    assert ranked("safety_overdue", 60, 90, 70) == [90, 70, 60]


def test_a_difference_that_chance_can_make_is_wavering() -> None:
    assert moved(series([*CALM, 50])) is Movement.WAVERS


def test_a_month_that_stood_out_before_the_last_is_wavering_again() -> None:
    assert moved(series([*CALM, 90, 41])) is Movement.WAVERS


def test_six_months_are_too_little_and_hidden_ones_do_not_count() -> None:
    assert moved(series([50] * 6)) is Movement.TOO_LITTLE
    assert moved(series([50] * 7)) is Movement.SAME
    assert moved(series([50, 51] * 4)) is Movement.WAVERS
    assert moved(series([50, None] * 8)) is Movement.TOO_LITTLE


def test_approximate_months_tell_no_movement() -> None:
    rising = [replace(figure, approximate=True) for figure in series([*CALM, 90])]
    assert moved(rising, "safety_overdue") is Movement.TOO_LITTLE


def test_months_that_share_a_year_tell_no_movement() -> None:
    assert moved(series([*CALM, 90]), "absence_12m") is Movement.TOO_LITTLE


def test_after_a_phase_only_what_came_since_counts() -> None:
    figures = series([*CALM, *[80, 84] * 6])
    assert moved(figures) is Movement.BETTER
    assert moved(figures, "contact_5wd", figures[16].month) is Movement.WAVERS
    assert moved(figures, "contact_5wd", figures[-3].month) is Movement.TOO_LITTLE


def test_a_phase_before_or_after_the_months_shown_splits_nothing() -> None:
    figures = series([*CALM, 90])
    for start in (date(2020, 1, 1), figures[0].month, date(2030, 1, 1)):
        assert moved(figures, "contact_5wd", start) is Movement.BETTER


@given(st.lists(st.none() | st.floats(0, 1e6, allow_nan=False), max_size=40))
def test_a_small_chart_stays_in_its_box(values: list[float | None]) -> None:
    drawn = sparkline(values, norm=100, words="")
    if drawn is None:
        assert all(value is None for value in values)
        return
    points = [tuple(map(float, p.split(","))) for piece in drawn.pieces for p in piece.split()]
    for x, y in [*points, *drawn.dots]:
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_a_month_without_a_figure_breaks_the_line() -> None:
    drawn = sparkline([1, 2, None, 3, 4], norm=None, words="")
    assert drawn is not None
    assert len(drawn.pieces) == 2


@pytest.mark.parametrize(
    ("days", "about", "sentence"),
    [
        (41, False, "Het certificaat loopt over 41 dagen af."),
        (1, False, "Het certificaat loopt over 1 dag af."),
        (41, True, "Het certificaat loopt over ongeveer 41 dagen af."),
        (0, False, "Het certificaat loopt vandaag af."),
        (None, False, "Het certificaat geldt; tot wanneer is niet bekend."),
    ],
)
def test_the_certificate_is_told_in_days(days: int | None, about: bool, sentence: str) -> None:
    facts = SimpleNamespace(kind_label="certificaat", days_left=days, about=about)
    with translation.override("nl"):
        assert certificate_sentence(facts, date(2025, 9, 30)) == sentence  # type: ignore[arg-type]


def test_without_a_certificate_it_says_so() -> None:
    with translation.override("nl"):
        assert certificate_sentence(None, date(2025, 9, 30)).startswith("Er is geen certificaat")


@pytest.mark.parametrize(
    ("now", "before", "sentence"),
    [
        ((2, 5), (0, 5), "2 van de 5 normen worden gehaald, dat waren er in maart 0."),
        ((2, 5), (2, 5), "2 van de 5 normen worden gehaald, net zoveel als in maart."),
        ((2, 5), None, "2 van de 5 normen worden gehaald."),
        ((0, 0), (2, 5), ""),
    ],
)
def test_norms_are_counted_now_and_half_a_year_ago(
    now: tuple[int, int], before: tuple[int, int] | None, sentence: str
) -> None:
    count = NormCount(date(2025, 9, 1), *now)
    earlier = None if before is None else NormCount(date(2025, 3, 1), *before)
    with translation.override("nl"):
        assert norms_sentence(count, earlier) == sentence


def test_movement_is_told_in_one_sentence() -> None:
    def lines(*moves: Movement) -> list[SimpleNamespace]:
        return [SimpleNamespace(movement=move) for move in moves]

    with translation.override("nl"):
        assert movement_sentence(lines(Movement.WAVERS)) == ""  # type: ignore[arg-type]
        sentence = movement_sentence(lines(Movement.BETTER, Movement.BETTER))  # type: ignore[arg-type]
    assert sentence == "2 cijfers verbeteren en er verslechtert er geen."
