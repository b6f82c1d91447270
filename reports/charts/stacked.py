"""Two parts on top of each other per month, and a line to hold them against."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from reports.charts.drawing import (
    INK,
    WIDTH,
    Drawing,
    Layer,
    Series,
    Style,
    data,
    draw,
    line_layer,
    names_layer,
    x_axis,
    y_axis,
)
from reports.charts.scale import ChartUnit, ticks_of_scale


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
        alt.Chart(data(rows))
        .mark_bar(width=max(3, thick), stroke=INK, strokeWidth=0.8)
        .encode(
            x=x_axis(months, drawing),
            y=y_axis(ticks, unit, drawing, field="from"),
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
        layers.append(line_layer(line, Style(INK, (), "circle", 2.4), place))
        named.insert(0, line)
    layers.append(names_layer(tuple(named), ticks[-1], drawing, colors=False))
    return draw(layers, months, ticks, unit, drawing)


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
