"""What the charts share: styles, axes, lines, names at their ends, and the way to SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reports.charts.scale import ChartUnit, month_label, number_label
from reports.charts.svg import clean

if TYPE_CHECKING:
    import altair as alt

# The library takes a second to load, so only what draws a chart loads it.

FONTS: Final = Path(__file__).resolve().parent.parent.parent / "static" / "vendor" / "fonts"

Spec = dict[str, Any]
Layer = Any
"""A part of a chart; the library's own types differ from version to version."""

WIDTH: Final = 620
HALF: Final = 420
"""The width where two charts stand side by side; type keeps its size."""
NARROW: Final = 285
"""The width on a phone."""
HEIGHT: Final = 250
LINE_STEP: Final = 15
"""Pixels between two names that would otherwise overlap."""
INK: Final = "#17242b"
SOFT: Final = "#46565f"
GRID: Final = "#d5dcdf"


@dataclass(frozen=True, slots=True)
class Style:
    """How a series is told from the others, with and without colour."""

    color: str
    dash: tuple[int, ...]
    marker: str
    width: float


STYLES: Final = (
    Style(INK, (), "circle", 2.6),
    Style("#0d6478", (7, 3), "square", 2.0),
    Style("#a8470f", (2, 2), "triangle-up", 2.0),
    Style("#5b3a86", (9, 3, 2, 3), "diamond", 2.0),
)


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name and its value per month (the first day), None where there is none."""

    label: str
    points: tuple[tuple[date, float | None], ...]


@dataclass(frozen=True, slots=True)
class ChartEvent:
    """Something that happened in a month, marked with a letter that the page explains."""

    month: date
    letter: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What all pictures have: words for who cannot see it, language, and a key for its ids."""

    key: str
    title: str
    description: str
    language: str
    print: bool = False
    width: int = WIDTH
    """How wide the lines run, in pixels; names stand to the right of it."""


def data(rows: list[Spec]) -> alt.InlineData:
    """Rows as the library takes them."""
    import altair as alt

    return alt.InlineData(values=rows)


def choice(texts: dict[str, str]) -> str:
    """A label expression that picks a ready text by the value of the tick."""
    pairs = ",".join(f"'{key}':'{text}'" for key, text in texts.items())
    return f"{{{pairs}}}[datum.value]"


def x_axis(months: Sequence[date], drawing: Drawing) -> alt.X:
    """The months, with as many of them named as there is room for."""
    import altair as alt

    step = (3 if len(months) <= 15 else 6) * (2 if drawing.width < HALF else 1)
    last = len(months) - 1
    ticks = [i for i in range(len(months)) if (last - i) % step == 0]
    labels = {str(i): month_label(months[i], drawing.language) for i in ticks}
    return alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(domain=[-0.6, max(last, 1) + 0.6], nice=False, zero=False),
        axis=alt.Axis(values=ticks, labelExpr=choice(labels), grid=False, tickColor=SOFT),
    )


def y_axis(ticks: Sequence[float], unit: ChartUnit, drawing: Drawing, field: str = "y") -> alt.Y:
    """The scale, with its ticks in words."""
    import altair as alt

    labels = {f"{tick:.12g}": number_label(tick, drawing.language, unit) for tick in ticks}
    return alt.Y(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=[0, ticks[-1]], nice=False),
        axis=alt.Axis(values=list(ticks), labelExpr=choice(labels), domain=False, ticks=False),
    )


def line_layer(one: Series, style: Style, place: dict[date, int]) -> Layer:
    """One line with its points; a month without a value is a gap."""
    import altair as alt

    rows = [{"x": place[month], "y": value} for month, value in one.points]
    marker = alt.OverlayMarkDef(
        shape=style.marker, filled=True, size=34, color=style.color, strokeDash=[1, 0]
    )
    return (
        alt.Chart(data(rows))
        .mark_line(
            color=style.color,
            strokeDash=list(style.dash) or [1, 0],
            strokeWidth=style.width,
            point=marker,
            invalid="break-paths-filter-domains",
        )
        .encode(x="x:Q", y="y:Q")
    )


def names_layer(
    series: tuple[Series, ...], top: float, drawing: Drawing, colors: bool = True
) -> Layer:
    """The name of each series at the end of its line, moved apart where they would touch."""
    import altair as alt

    ends = []
    for index, one in enumerate(series):
        last = next((p for p in reversed(one.points) if p[1] is not None), None)
        if last is not None:
            ends.append([HEIGHT * (1 - (last[1] or 0) / top), index])
    ends.sort()
    for before, after in pairwise(ends):
        after[0] = max(after[0], before[0] + LINE_STEP)
    overflow = (ends[-1][0] - HEIGHT) if ends else 0
    for end in ends:
        end[0] -= max(0.0, overflow)
    rows = [
        {
            "px": y,
            "name": series[int(index)].label,
            "color": STYLES[int(index) % 4].color if colors else INK,
        }
        for y, index in ends
    ]
    return (
        alt.Chart(data(rows))
        .mark_text(align="left", baseline="middle", fontSize=12, fontWeight=600)
        .encode(
            x=alt.value(drawing.width + 8),
            y=alt.Y("px:Q", scale=None),
            text="name:N",
            color=alt.Color("color:N", scale=None),
        )
    )


def norm_layer(norm: float, label: str, top: float) -> Layer:
    """The norm as a line with its word."""
    import altair as alt

    under = norm / top > 0.93
    rule = (
        alt.Chart(data([{"y": norm}]))
        .mark_rule(color=SOFT, strokeDash=[10, 4], strokeWidth=1.4)
        .encode(y="y:Q")
    )
    word = (
        alt.Chart(data([{"y": norm, "text": label}]))
        .mark_text(
            align="left", baseline="top" if under else "bottom", dy=4 if under else -4, color=SOFT
        )
        .encode(x=alt.value(6), y="y:Q", text="text:N")
    )
    return alt.layer(rule, word)


def event_layer(events: tuple[ChartEvent, ...], place: dict[date, int], top: float) -> Layer:
    """Months in which something happened, each with its letter."""
    import altair as alt

    rows = [{"x": place[e.month], "letter": e.letter} for e in events if e.month in place]
    rule = alt.Chart(data(rows)).mark_rule(color=SOFT, strokeDash=[1, 3]).encode(x="x:Q")
    word = (
        alt.Chart(data(rows))
        .mark_text(baseline="bottom", dy=-4, fontWeight=700, color=INK)
        .encode(x="x:Q", y=alt.value(0), text="letter:N")
    )
    return alt.layer(rule, word)


def draw(
    layers: Sequence[Layer],
    months: Sequence[date],
    ticks: Sequence[float],
    unit: ChartUnit,
    drawing: Drawing,
) -> str:
    """The picture of the layers over months and a scale, as clean SVG."""
    import altair as alt

    axes = (
        alt.Chart(data([{"x": 0, "y": 0}]))
        .mark_point(opacity=0)
        .encode(x=x_axis(months, drawing), y=y_axis(ticks, unit, drawing))
    )
    chart = (
        alt.layer(axes, *layers)
        .properties(
            width=drawing.width,
            height=HEIGHT,
            padding={"left": 4, "top": 4, "right": 12, "bottom": 4},
            background="transparent",
        )
        .configure(font="Noto Sans")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            labelFontSize=13 if drawing.print else 12,
            gridColor=GRID,
            domainColor=SOFT,
            labelPadding=6,
        )
    )
    spec = chart.to_dict(validate=False)
    svg = _renderer()(spec)
    return clean(svg, key=drawing.key, title=drawing.title, description=drawing.description)


@cache
def _renderer() -> Callable[[Spec], str]:
    """From a specification to SVG, with our fonts, in the version that altair writes."""
    import altair as alt
    import vl_convert

    if FONTS.is_dir():
        vl_convert.register_font_directory(str(FONTS))
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return lambda spec: str(vl_convert.vegalite_to_svg(spec, vl_version=version))
