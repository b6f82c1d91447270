"""Where the ticks of a chart stand and what they say, in the language of the chart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.utils import translation
from django.utils.formats import date_format, number_format

ChartUnit = Literal["percent", "count", "days", "per_fte", "fte"]


def ticks_of_scale(values: Sequence[float], unit: ChartUnit) -> list[float]:
    """The ticks of the vertical axis; the first is always zero, so heights do not flatter.

    Percentages that come above forty get the whole way to a hundred.
    """
    highest = max(values, default=0.0)
    if unit == "percent" and 40 < highest <= 100:
        return [0, 25, 50, 75, 100]
    if highest <= 0:
        return [0, 1]
    rough = highest * 1.04 / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough)
    if unit == "count":
        step = max(1.0, math.ceil(step))
    count = math.ceil(highest * 1.04 / step)
    return [round(step * n, 6) for n in range(count + 1)]


def month_label(month: date, language: str) -> str:
    """A month under the axis."""
    with translation.override(language):
        return date_format(month, "b Y" if language == "nl" else "M Y")


def number_label(value: float, language: str, unit: ChartUnit) -> str:
    """A number beside the axis."""
    decimals = 0 if value == int(value) else 1
    with translation.override(language):
        shown = number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return f"{shown}%" if unit == "percent" else shown
