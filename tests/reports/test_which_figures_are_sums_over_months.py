"""Disclosure control knows which printed figures are the sum of other printed ones."""

from __future__ import annotations

from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Shape
from reports.figures.rules import tables


def test_only_shares_over_several_months_are_sums_over_months() -> None:
    # Of turnover the denominator is a mean of two stocks, and no sum of months.
    assert set(tables._WINDOWS) == {
        ("sick_days over 12 months", "sick_days", 12),
        ("available_days over 12 months", "available_days", 12),
    }
    assert {kpi.code for kpi in KPIS.values() if kpi.shape is Shape.MEAN_OF_STOCKS} == {
        "turnover_12m"
    }


def test_every_figure_stands_under_the_theme_under_which_bodies_judge_it() -> None:
    themes: dict[str, set[str]] = {}
    for kpi in KPIS.values():
        themes.setdefault(kpi.theme, set()).add(kpi.code)
    del themes[""]
    assert themes == {
        "op-tijd": {"contact_5wd", "waiting_youths", "waiting_median_days"},
        "zicht": {"plan_6w", "plan_current", "safety_overdue"},
        "samenwerking": {"help_3m"},
        "medewerkers": {"caseload", "absence_12m", "turnover_12m", "occupancy"},
    }
