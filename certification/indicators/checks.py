"""What a new indicator forgets is told when the portal starts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from cases.counting.rules.observations import MEASURE_SERIES, SAFE_HOME_SERIES
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.series import forgotten
from certification.indicators.rules.shapes import FactSource, Kpi, Shape

LONGEST_CODE = 30
HOME = "certification/indicators/rules"
OF_STAFF = frozenset(
    {
        "available_days",
        "establishment_fte",
        "filled_fte",
        "headcount_end",
        "headcount_start",
        "hired_fte",
        "leavers",
        "sick_days",
        "youths_running",
    }
)
"""Quantities of a staffing version, and the youths that stand against them."""
SERIES = {
    FactSource.MEASURES: frozenset(MEASURE_SERIES),
    FactSource.SAFE_HOME: frozenset(SAFE_HOME_SERIES),
    FactSource.STAFFING: OF_STAFF,
}


def problems(kpi: Kpi) -> Iterator[tuple[str, str]]:
    """What an indicator lacks, and where it is written."""
    for name in ("label", "question", "counted", "why"):
        if not getattr(kpi, name):
            yield f"has no {name!r} in words", f"{HOME}/kpis.py"
    if len(kpi.code) > LONGEST_CODE:
        yield f"has a code of more than {LONGEST_CODE} characters", f"{HOME}/kpis.py"
    if kpi.window_months < 1:
        yield "counts over no month", f"{HOME}/kpis.py"
    if kpi.aside and kpi.aside not in SERIES[kpi.source]:
        yield f"shows {kpi.aside!r} beside it, which nothing counts", f"{HOME}/kpis.py"
    if (kpi.shape is not Shape.STOCK) != bool(kpi.out_of):
        yield "says out of what it counts if and only if it is no stock", f"{HOME}/kpis.py"
    if kpi.shape is Shape.MEDIAN:
        return
    if bool(kpi.denominator) == (kpi.shape is Shape.STOCK) or not kpi.numerator:
        yield "does not have the sums of its shape", f"{HOME}/kpis.py"
    for series in (*kpi.numerator, *kpi.denominator):
        if series not in SERIES[kpi.source]:
            yield f"adds the series {series!r}, which nothing counts", "cases/counting/rules"
    for series in forgotten(kpi):
        yield (
            f"adds the series {series!r}, of which no bound is known: in a table with other "
            "figures too little of it would be hidden",
            f"{HOME}/series.py",
        )


@register()
def check_indicators(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Each indicator is whole."""
    return [
        Error(f"The indicator {kpi.code!r} {said}.", hint=f"Add it in {where}.", id="jbn.E010")
        for kpi in KPIS.values()
        for said, where in problems(kpi)
    ]
