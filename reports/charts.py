"""Charts as SVG, for a page and for paper: the only module that knows the chart library.

Every chart reads in black and white: a series has its own dash, marker and name at its end
beside its colour. A month without a figure is a gap, never a nought. The picture holds no
script, style or link, so it passes a strict content policy inline, and it tells its title
and description to who cannot see it. Numbers and months are written in the language given,
that of the page or the document. Values are drawn as they come in: protected figures only.

A picture costs a tenth of a second or two, so equal ones are drawn once per process.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils.safestring import SafeString, mark_safe

from reports.chart_scale import ChartUnit, month_label, number_label, ticks_of_scale
from reports.chart_svg import clean

if TYPE_CHECKING:
    import altair as alt

# The library takes a second to load, so only what draws a chart loads it.

FONTS: Final = Path(__file__).resolve().parent.parent / "static" / "vendor" / "fonts"

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
class Event:
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


def trend_svg(
    series: Sequence[Series],
    *,
    language: str,
    print: bool,  # noqa: A002
    key: str = "trend",
    title: str = "",
    description: str = "",
    unit: ChartUnit = "percent",
    norm: float | None = None,
    norm_label: str = "",
    events: Sequence[Event] = (),
    width: int = WIDTH,
) -> SafeString:
    """Lines per month with the norm, for one to four series over the same months.

    ``key`` makes the ids of title and description unique on a page. ``print`` draws for
    paper: heavier type, no background. An empty series list gives an empty picture.
    """
    drawing = Drawing(key, title, description, language, print, width)
    return mark_safe(_trend(tuple(series), drawing, unit, norm, norm_label, tuple(events)))  # noqa: S308


def stacked_svg(
    lower: Series,
    upper: Series,
    line: Series | None,
    *,
    language: str,
    print: bool,  # noqa: A002
    key: str = "stack",
    title: str = "",
    description: str = "",
    unit: ChartUnit = "fte",
    width: int = WIDTH,
) -> SafeString:
    """Two parts on top of each other per month, and a line to hold them against.

    Made for staffing: permanent staff, supernumerary staff apart, establishment as the line.
    """
    drawing = Drawing(key, title, description, language, print, width)
    return mark_safe(_stacked(lower, upper, line, drawing, unit))  # noqa: S308


@lru_cache(maxsize=512)
def _trend(
    series: tuple[Series, ...],
    drawing: Drawing,
    unit: ChartUnit,
    norm: float | None,
    norm_label: str,
    events: tuple[Event, ...],
) -> str:
    months = sorted({month for one in series for month, _ in one.points})
    place = {month: number for number, month in enumerate(months)}
    known = [value for one in series for _, value in one.points if value is not None]
    ticks = ticks_of_scale([*known, *([] if norm is None else [norm])], unit)
    top = ticks[-1]
    layers: list[Layer] = [_event_layer(events, place, top)] if events else []
    if norm is not None:
        layers.append(_norm_layer(norm, norm_label, top))
    layers += [_line_layer(one, STYLES[i % 4], place) for i, one in enumerate(series)]
    layers.append(_names_layer(series, top, drawing))
    return _draw(layers, months, ticks, unit, drawing)


@lru_cache(maxsize=128)
def _stacked(
    lower: Series, upper: Series, line: Series | None, drawing: Drawing, unit: ChartUnit
) -> str:
    import altair as alt

    months = sorted({month for one in (lower, upper) for month, _ in one.points})
    place = {month: number for number, month in enumerate(months)}
    over = dict(upper.points)
    rows = []
    tops: list[float] = []
    for month, value in lower.points:
        if value is not None:
            more = value + (over.get(month) or 0)
            rows.append({"x": place[month], "from": 0, "to": value, "part": 0})
            rows.append({"x": place[month], "from": value, "to": more, "part": 1})
            tops.append(more)
    tops += [value for _, value in (line.points if line else ()) if value is not None]
    ticks = ticks_of_scale(tops, unit)
    thick = drawing.width // max(len(months), 1) - 2
    bars = (
        alt.Chart(_data(rows))
        .mark_bar(width=max(3, thick), stroke=INK, strokeWidth=0.8)
        .encode(
            x=_x(months, drawing),
            y=_y(ticks, unit, drawing, field="from"),
            y2="to:Q",
            color=alt.Color(
                "part:N",
                legend=None,
                scale=alt.Scale(domain=[0, 1], range=["#0d6478", "#f3d9a4"]),
            ),
        )
    )
    layers: list[Layer] = [bars]
    named = [Series(lower.label, _middle(lower.points, None))]
    named.append(Series(upper.label, _middle(upper.points, lower.points)))
    if line is not None:
        layers.append(_line_layer(line, Style(INK, (), "circle", 2.4), place))
        named.insert(0, line)
    layers.append(_names_layer(tuple(named), ticks[-1], drawing, colors=False))
    return _draw(layers, months, ticks, unit, drawing)


def _middle(
    points: tuple[tuple[date, float | None], ...],
    below: tuple[tuple[date, float | None], ...] | None,
) -> tuple[tuple[date, float | None], ...]:
    """Where the name of a part of a bar stands: at half its height."""
    base = dict(below or ())
    return tuple(
        (month, None if value is None else (base.get(month) or 0) + value / 2)
        for month, value in points
    )


def _data(rows: list[Spec]) -> alt.InlineData:
    import altair as alt

    return alt.InlineData(values=rows)


def _choice(texts: dict[str, str]) -> str:
    """A label expression that picks a ready text by the value of the tick."""
    pairs = ",".join(f"'{key}':'{text}'" for key, text in texts.items())
    return f"{{{pairs}}}[datum.value]"


def _x(months: Sequence[date], drawing: Drawing) -> alt.X:
    import altair as alt

    step = (3 if len(months) <= 15 else 6) * (2 if drawing.width < HALF else 1)
    last = len(months) - 1
    ticks = [i for i in range(len(months)) if (last - i) % step == 0]
    labels = {str(i): month_label(months[i], drawing.language) for i in ticks}
    return alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(domain=[-0.6, max(last, 1) + 0.6], nice=False, zero=False),
        axis=alt.Axis(values=ticks, labelExpr=_choice(labels), grid=False, tickColor=SOFT),
    )


def _y(ticks: Sequence[float], unit: ChartUnit, drawing: Drawing, field: str = "y") -> alt.Y:
    import altair as alt

    labels = {f"{tick:.12g}": number_label(tick, drawing.language, unit) for tick in ticks}
    return alt.Y(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=[0, ticks[-1]], nice=False),
        axis=alt.Axis(values=list(ticks), labelExpr=_choice(labels), domain=False, ticks=False),
    )


def _line_layer(one: Series, style: Style, place: dict[date, int]) -> Layer:
    import altair as alt

    rows = [{"x": place[month], "y": value} for month, value in one.points]
    marker = alt.OverlayMarkDef(
        shape=style.marker, filled=True, size=34, color=style.color, strokeDash=[1, 0]
    )
    return (
        alt.Chart(_data(rows))
        .mark_line(
            color=style.color,
            strokeDash=list(style.dash) or [1, 0],
            strokeWidth=style.width,
            point=marker,
            invalid="break-paths-filter-domains",
        )
        .encode(x="x:Q", y="y:Q")
    )


def _names_layer(
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
        alt.Chart(_data(rows))
        .mark_text(align="left", baseline="middle", fontSize=12, fontWeight=600)
        .encode(
            x=alt.value(drawing.width + 8),
            y=alt.Y("px:Q", scale=None),
            text="name:N",
            color=alt.Color("color:N", scale=None),
        )
    )


def _norm_layer(norm: float, label: str, top: float) -> Layer:
    import altair as alt

    under = norm / top > 0.93
    rule = (
        alt.Chart(_data([{"y": norm}]))
        .mark_rule(color=SOFT, strokeDash=[10, 4], strokeWidth=1.4)
        .encode(y="y:Q")
    )
    word = (
        alt.Chart(_data([{"y": norm, "text": label}]))
        .mark_text(
            align="left", baseline="top" if under else "bottom", dy=4 if under else -4, color=SOFT
        )
        .encode(x=alt.value(6), y="y:Q", text="text:N")
    )
    return alt.layer(rule, word)


def _event_layer(events: tuple[Event, ...], place: dict[date, int], top: float) -> Layer:
    import altair as alt

    rows = [{"x": place[e.month], "letter": e.letter} for e in events if e.month in place]
    rule = alt.Chart(_data(rows)).mark_rule(color=SOFT, strokeDash=[1, 3]).encode(x="x:Q")
    word = (
        alt.Chart(_data(rows))
        .mark_text(baseline="bottom", dy=-4, fontWeight=700, color=INK)
        .encode(x="x:Q", y=alt.value(0), text="letter:N")
    )
    return alt.layer(rule, word)


def _draw(
    layers: Sequence[Layer],
    months: Sequence[date],
    ticks: Sequence[float],
    unit: ChartUnit,
    drawing: Drawing,
) -> str:
    import altair as alt

    axes = (
        alt.Chart(_data([{"x": 0, "y": 0}]))
        .mark_point(opacity=0)
        .encode(x=_x(months, drawing), y=_y(ticks, unit, drawing))
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
