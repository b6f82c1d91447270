"""Lines per month with the norm."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from reports.charts.drawing import (
    STYLES,
    WIDTH,
    ChartEvent,
    Drawing,
    Layer,
    Series,
    draw,
    event_layer,
    line_layer,
    names_layer,
    norm_layer,
)
from reports.charts.scale import ChartUnit, ticks_of_scale


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
    events: Sequence[ChartEvent] = (),
    width: int = WIDTH,
) -> SafeString:
    """Lines per month with the norm, for one to four series over the same months.

    ``key`` makes the ids of title and description unique on a page. ``print`` draws for
    paper: heavier type, no background. An empty series list gives an empty picture.
    """
    drawing = Drawing(key, title, description, language, print, width)
    return mark_safe(_trend(tuple(series), drawing, unit, norm, norm_label, tuple(events)))  # noqa: S308


@lru_cache(maxsize=512)
def _trend(
    series: tuple[Series, ...],
    drawing: Drawing,
    unit: ChartUnit,
    norm: float | None,
    norm_label: str,
    events: tuple[ChartEvent, ...],
) -> str:
    months = sorted({month for one in series for month, _ in one.points})
    place = {month: number for number, month in enumerate(months)}
    known = [value for one in series for _, value in one.points if value is not None]
    ticks = ticks_of_scale([*known, *([] if norm is None else [norm])], unit)
    top = ticks[-1]
    layers: list[Layer] = [event_layer(events, place, top)] if events else []
    if norm is not None:
        layers.append(norm_layer(norm, norm_label, top))
    layers += [line_layer(one, STYLES[i % 4], place) for i, one in enumerate(series)]
    layers.append(names_layer(series, top, drawing))
    return draw(layers, months, ticks, unit, drawing)
