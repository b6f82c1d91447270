"""A figure as somebody may see it, and as a text quotes it. Pure.

The last two of the four shapes that a figure has on its way to a page (docs/architecture.md).
Whoever makes one has decided what may be shown; a number beside a state that denies it is
refused here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from certification.compliance.rules.judging import Verdict
from certification.compliance.rules.scoring import FigureScope
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Unit
from jbn_oversight.clock import month_end


class FigureState(StrEnum):
    """Whether a figure has a value to show, and if not, why not."""

    KNOWN = "known"
    NO_CASES = "no_cases"
    FEW_CASES = "few_cases"
    HIDDEN = "hidden"
    NOT_REACHED = "not_reached"
    NOT_DELIVERED = "not_delivered"
    NOT_KNOWN = "not_known"


SILENT: Final = frozenset({FigureState.NOT_DELIVERED, FigureState.NOT_KNOWN, FigureState.HIDDEN})
"""States without any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of one place and month, already protected for its audience.

    ``month`` is its first day. ``value`` and ``norm`` are in ``unit``, a percentage from 0 to
    100; a number is None wherever it may not be shown or does not exist, and ``state`` says
    which. Raises ``ValueError`` where a number stands beside a state that says there is none.
    """

    kpi: str
    unit: Unit
    scope: str
    scope_code: str
    month: date
    state: FigureState
    verdict: Verdict
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    norm: Decimal | None = None
    approximate: bool = False
    aside: int | None = None
    """Measures without a clock, shown beside the figure; None where there is nothing to say."""

    def __post_init__(self) -> None:
        """Refuse a number that the state says is not there."""
        if (self.state is FigureState.KNOWN) is (self.value is None):
            without = "without a value" if self.value is None else "with a value"
            raise ValueError(f"{self.kpi} {self.scope_code}: {self.state}, but {without}")
        if self.state in SILENT and (self.numerator is not None or self.denominator is not None):
            raise ValueError(f"{self.kpi} {self.scope_code}: {self.state}, but with its sums")

    @property
    def place(self) -> FigureScope:
        """Of which place it is."""
        return FigureScope(self.scope, self.scope_code)

    @property
    def as_of(self) -> date:
        """The day that it stands for: the last one of its month."""
        return month_end(self.month)

    @property
    def hidden(self) -> bool:
        """Whether there is a figure that may not be shown."""
        return self.state is FigureState.HIDDEN

    @property
    def judged(self) -> bool:
        """Whether it says that a norm is met or not."""
        return self.verdict in {Verdict.MET, Verdict.NOT_MET} and not self.hidden

    def quoted(self, label: str, scope_name: str) -> QuotedFigure:
        """The figure with its words, in the language of whoever reads it."""
        own = {name: getattr(self, name) for name in _OWN}
        return QuotedFigure(**own, label=label, scope_name=scope_name)


_OWN: Final = tuple(field.name for field in fields(Figure))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedFigure(Figure):
    """A figure as a page or a document prints it, with the names of its KPI and its place.

    A version freezes it whole: the names of its fields are keys of what was signed
    (``briefings.document.rules.content``), so that none may be renamed, added or left out.
    """

    label: str
    scope_name: str


@dataclass(frozen=True)
class FigureTable:
    """Figures by KPI, place and month; one that was never computed is "not delivered"."""

    months: tuple[date, ...]
    cells: Mapping[tuple[str, str, str, date], Figure]

    def get(self, kpi: str, place: FigureScope, month: date) -> Figure:
        """The figure of a cell. Raises KeyError for an unknown KPI."""
        found = self.cells.get((kpi, place.scope, place.code, month))
        return found or Figure(
            kpi=kpi,
            unit=KPIS[kpi].unit,
            scope=place.scope,
            scope_code=place.code,
            month=month,
            state=FigureState.NOT_DELIVERED,
            verdict=Verdict.NOT_DELIVERED,
        )

    def series(self, kpi: str, place: FigureScope) -> tuple[Figure, ...]:
        """The figures of all months, in order."""
        return tuple(self.get(kpi, place, month) for month in self.months)

    def exists(self, kpi: str, place: FigureScope) -> bool:
        """Whether any month has a row for it, with or without a number."""
        return any((kpi, place.scope, place.code, month) in self.cells for month in self.months)
