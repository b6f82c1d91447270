"""A control chart: values, centre, limits and near limits per phase, special causes in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby, product
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from reports.charts.drawing import (
    INK,
    SOFT,
    WIDTH,
    Drawing,
    Layer,
    Series,
    Spec,
    data,
    draw,
    names_layer,
    norm_layer,
)
from reports.charts.scale import ChartUnit, ticks_of_scale

_SHAPES: Final = {
    "good": ("circle", 120, "#1b6440"),
    "bad": ("diamond", 170, "#9b2318"),
    "info": ("square", 110, "#0d4a5b"),
    "none": ("circle", 26, INK),
}
"""Of each kind of point the marker, its size and its colour; the word stands beside it."""


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """A month: its value, and for a special cause its kind (good, bad or info) and word."""

    month: date
    value: float | None
    kind: str = "none"
    word: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one phase, from its first to its last month; None where there are none."""

    first: date
    last: date
    centre: float | None
    limits: tuple[float, float, float, float] | None
    """Lower, near lower, near upper and upper; what falls off the scale is not drawn."""
    number: str = ""
    """How the page calls the phase; empty where there is one."""


def control_svg(
    points: Sequence[ControlPoint],
    stretches: Sequence[Stretch],
    *,
    names: tuple[str, str, str],
    language: str,
    key: str,
    title: str,
    description: str,
    unit: ChartUnit,
    norm: float | None = None,
    norm_label: str = "",
    width: int = WIDTH,
) -> SafeString:
    """One place's months with the lines of each phase.

    ``names`` are the words for the upper limit, the centre and the lower limit. Every phase
    breaks the line of values. ``key`` makes the ids unique on a page.
    """
    drawing = Drawing(key, title, description, language, False, width)
    shown = _control(tuple(points), tuple(stretches), names, drawing, unit, norm, norm_label)
    return mark_safe(shown)  # noqa: S308


@lru_cache(maxsize=512)
def _control(
    points: tuple[ControlPoint, ...],
    stretches: tuple[Stretch, ...],
    names: tuple[str, str, str],
    drawing: Drawing,
    unit: ChartUnit,
    norm: float | None,
    norm_label: str,
) -> str:
    months = [point.month for point in points]
    place = {month: number for number, month in enumerate(months)}
    high = [point.value for point in points if point.value is not None]
    high += [one.limits[3] for one in stretches if one.limits]
    if unit == "percent":
        # No percentage of cases lies above a hundred, so the scale need not either.
        high = [min(value, 100.0) for value in high]
    ticks = ticks_of_scale([*high, *([] if norm is None else [norm])], unit)
    top = ticks[-1]
    layers: list[Layer] = [_lines(stretches, place, top)]
    if norm is not None:
        layers.append(norm_layer(norm, norm_label, top))
    if len(stretches) > 1:
        layers.append(_borders(stretches, place))
    layers += [_values(points, one) for one in stretches]
    layers += [_marks(points), _words(points, top)]
    last = stretches[-1] if stretches else None
    if last is not None and last.centre is not None and last.limits is not None:
        ends = zip(names, (last.limits[3], last.centre, last.limits[0]), strict=True)
        named = [Series(name, ((last.last, value),)) for name, value in ends if 0 <= value <= top]
        layers.append(names_layer(tuple(named), top, drawing, colors=False))
    return draw(layers, months, ticks, unit, drawing)


def _lines(stretches: Sequence[Stretch], place: dict[date, int], top: float) -> Layer:
    import altair as alt

    def rows(which: str) -> Iterator[Spec]:
        for one in stretches:
            lower, near_lower, near_upper, upper = one.limits or (None,) * 4
            found = {"centre": (one.centre,), "limit": (lower, upper)}.get(
                which, (near_lower, near_upper)
            )
            for value in found:
                if value is not None and 0 <= value <= top:
                    ends = {"x": place[one.first] - 0.45, "x2": place[one.last] + 0.45}
                    yield {**ends, "y": value}

    looks = {"near": ([1, 4], 1.2), "limit": ([6, 3], 1.6), "centre": ([1, 0], 1.4)}
    return alt.layer(
        *(
            alt.Chart(data(list(rows(which))))
            .mark_rule(color=SOFT, strokeDash=dash, strokeWidth=thick)
            .encode(x="x:Q", x2="x2:Q", y="y:Q")
            for which, (dash, thick) in looks.items()
        )
    )


def _borders(stretches: Sequence[Stretch], place: dict[date, int]) -> Layer:
    """Where a phase begins, and its number at the top."""
    import altair as alt

    starts = [{"x": place[one.first] - 0.5} for one in stretches[1:]]
    heads = [{"x": place[one.first] - 0.4, "text": one.number} for one in stretches]
    rule = alt.Chart(data(starts)).mark_rule(color=INK, strokeWidth=1).encode(x="x:Q")
    word = (
        alt.Chart(data(heads))
        .mark_text(align="left", baseline="bottom", dy=-4, fontWeight=700, color=INK)
        .encode(x="x:Q", y=alt.value(0), text="text:N")
    )
    return alt.layer(rule, word)


def _values(points: Sequence[ControlPoint], stretch: Stretch) -> Layer:
    import altair as alt

    rows = [
        {"x": number, "y": point.value}
        for number, point in enumerate(points)
        if stretch.first <= point.month <= stretch.last
    ]
    return (
        alt.Chart(data(rows))
        .mark_line(color=INK, strokeWidth=2, invalid="break-paths-filter-domains")
        .encode(x="x:Q", y="y:Q")
    )


def _marks(points: Sequence[ControlPoint]) -> Layer:
    import altair as alt

    layers = []
    for kind, (shape, size, color) in _SHAPES.items():
        rows = [
            {"x": number, "y": point.value}
            for number, point in enumerate(points)
            if point.value is not None and point.kind == kind
        ]
        layers.append(
            alt.Chart(data(rows))
            .mark_point(shape=shape, size=size, filled=True, color=color, opacity=1)
            .encode(x="x:Q", y="y:Q")
        )
    return alt.layer(*layers)


def _words(points: Sequence[ControlPoint], top: float) -> Layer:
    """The word of special causes, once for those that follow one another."""
    import altair as alt

    rows: list[Spec] = []
    placed = [(number, point) for number, point in enumerate(points)]
    for (kind, word), group in groupby(placed, key=lambda one: (one[1].kind, one[1].word)):
        run = [(number, point.value) for number, point in group if point.value is not None]
        if kind == "none" or not run:
            continue
        number, value = run[len(run) // 2]
        edge = len(points) / 8
        align = "left" if number < edge else "right" if number >= len(points) - edge else "center"
        up = value < 0.9 * top
        rows.append({"x": number, "y": value, "text": word, "align": align, "up": up})
    layers: list[Layer] = []
    for align, up in product(("left", "center", "right"), (True, False)):
        mine = [row for row in rows if (row["align"], row["up"]) == (align, up)]
        looks: Spec = {"align": align, "fontWeight": 700, "fontSize": 12}
        looks |= {"dy": -10, "baseline": "bottom"} if up else {"dy": 10, "baseline": "top"}
        # White behind the word, for it may stand on a line.
        for paint in ({"color": "#fff", "stroke": "#fff", "strokeWidth": 4}, {"color": INK}):
            words = alt.Chart(data(mine)).mark_text(**looks, **paint)
            layers += [words.encode(x="x:Q", y="y:Q", text="text:N")] if mine else []
    return alt.layer(*layers) if layers else _marks(())
