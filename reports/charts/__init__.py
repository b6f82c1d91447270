"""Charts as SVG, for a page and for paper: the only package that knows the chart library.

Every chart reads in black and white: a series has its own dash, marker and name at its end
beside its colour. A month without a figure is a gap, never a zero. The picture holds no
script, style or link, so it passes a strict content policy inline, and it tells its title
and description to who cannot see it. Numbers and months are written in the language given,
that of the page or the document. Values are drawn as they come in: protected figures only.

A picture costs a tenth of a second or two, so equal ones are drawn once per process.
"""

from __future__ import annotations

from reports.charts.control import ControlPoint, Stretch, control_svg
from reports.charts.drawing import HALF, NARROW, WIDTH, ChartEvent, Series
from reports.charts.stacked import stacked_svg
from reports.charts.trend import trend_svg

__all__ = [
    "HALF",
    "NARROW",
    "WIDTH",
    "ChartEvent",
    "ControlPoint",
    "Series",
    "Stretch",
    "control_svg",
    "stacked_svg",
    "trend_svg",
]  # fmt: skip
