"""The month that a page speaks for, of all months with figures. Pure.

Staffing of a month can be there weeks before the delivery of that month, of one region before
the other. A page with figures from deliveries stays with the last delivery until the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from certification.compliance.rules.scoring import FigureScope
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import FactSource
from reports.figures.rules.figures import FigureState, FigureTable

Known = tuple[str, FigureScope, date]
"""A figure that is known in some way: its code, its place and the first day of its month."""


def known_in(table: FigureTable) -> list[Known]:
    """What was delivered, or typed and approved."""
    return [
        (figure.kpi, figure.place, figure.month)
        for figure in table.cells.values()
        if figure.state is not FigureState.NOT_DELIVERED
    ]


def spoken_month(known: Iterable[Known], whole: FigureScope) -> date | None:
    """The last month in which the whole has a figure of a delivery; None for never.

    Where it never had one: the last with any figure of the whole, then of a part.
    """
    delivered: set[date] = set()
    of_whole: set[date] = set()
    anywhere: set[date] = set()
    for kpi, place, month in known:
        anywhere.add(month)
        if place == whole:
            of_whole.add(month)
            if KPIS[kpi].source is not FactSource.STAFFING:
                delivered.add(month)
    return max(delivered or of_whole or anywhere, default=None)


def last_month(known: Iterable[Known], *places: FigureScope) -> date | None:
    """The last month in which one of the places has any figure; None for never."""
    return max((month for _kpi, place, month in known if place in places), default=None)
