"""``forecast_score``: how good forecasts were, afterwards. Pure.

Source of the interval score: Gneiting and Raftery (2007), "Strictly proper scoring rules", at
alpha 0.05.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import Ge, Le

from jbn_oversight.calculations.rules import MOST, CalculationInput, Fault, refuse

PENALTY = 40.0
"""2 over an alpha of 0.05."""
Value = Annotated[float, Ge(-MOST), Le(MOST)]


@dataclass(frozen=True, slots=True)
class Forecast(CalculationInput):
    """One forecast and what came."""

    made_on: date
    for_: date
    last: Value
    """The value that was known when it was made."""
    p2_5: Value
    p50: Value
    p97_5: Value
    actual: Value

    def __post_init__(self) -> None:
        faults = []
        if self.made_on >= self.for_:
            faults.append(Fault("made_on", f"{self.made_on} is not before for, {self.for_}"))
        if self.p50 < self.p2_5:
            faults.append(Fault("p50", f"{self.p50:g} is under p2_5, {self.p2_5:g}"))
        if self.p97_5 < self.p50:
            faults.append(Fault("p97_5", f"{self.p97_5:g} is under p50, {self.p50:g}"))
        refuse(faults)


@dataclass(frozen=True, slots=True)
class Forecasts(CalculationInput):
    """Forecasts to be judged together."""

    rows: list[Forecast]


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """All None without forecasts; errors in the forecast's unit."""

    n: int
    coverage_95: float | None = None
    mean_error: float | None = None
    """Above 0: too high."""
    mean_absolute_error: float | None = None
    relative_to_naive: float | None = None
    """Under 1: better than saying that all stays as it was."""
    interval_score: float | None = None


def forecast_score(given: Forecasts) -> ForecastScore:
    """How often the 95 % band held, how far off, and whether better than "as it was"."""
    rows = given.rows
    n = len(rows)
    if not n:
        return ForecastScore(0)
    absolute = sum(abs(row.p50 - row.actual) for row in rows) / n
    naive = sum(abs(row.last - row.actual) for row in rows) / n
    return ForecastScore(
        n=n,
        coverage_95=sum(row.p2_5 <= row.actual <= row.p97_5 for row in rows) / n,
        mean_error=sum(row.p50 - row.actual for row in rows) / n,
        mean_absolute_error=absolute,
        relative_to_naive=absolute / naive if naive else None,
        interval_score=sum(map(_interval_score, rows)) / n,
    )


def _interval_score(row: Forecast) -> float:
    outside = max(0.0, row.p2_5 - row.actual) + max(0.0, row.actual - row.p97_5)
    return row.p97_5 - row.p2_5 + PENALTY * outside
