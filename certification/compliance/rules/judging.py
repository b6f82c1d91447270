"""Holding a figure against its norm. Pure.

A verdict compares exact sums: for a ratio ``numerator * 100`` with ``threshold *
denominator``, never a rounded percentage. Thresholds are in the unit of the value (percent
0-100, days, youths per FTE, a count).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from certification.indicators.rules.shapes import Kpi, Shape, Unit

FEW_CASES: Final = 10
"""A denominator under this is too small to judge by."""


class State(StrEnum):
    """What is known of a figure."""

    KNOWN = "known"
    NOT_REACHED = "not_reached"
    """A median that the observed waits do not reach."""
    NOT_DELIVERED = "not_delivered"
    NOT_KNOWN = "not_known"
    """Delivered with an empty cell that the figure adds."""


Sum = Decimal | int
Counted = tuple[State, Sum | None, Sum | None, int | None]
"""What the series say: state, numerator, denominator, and of a median its days.

Sums are exact. A median has spells as denominator, and no numerator.
"""

NOT_DELIVERED: Final[Counted] = (State.NOT_DELIVERED, None, None, None)
NOT_KNOWN: Final[Counted] = (State.NOT_KNOWN, None, None, None)


class Verdict(StrEnum):
    """The outcome of holding a figure against its norm."""

    MET = "met"
    NOT_MET = "not_met"
    FEW_CASES = "few_cases"
    NO_CASES = "no_cases"
    NOT_DELIVERED = "not_delivered"
    NOT_KNOWN = "not_known"
    NO_NORM = "no_norm"


class Bound(StrEnum):
    """On which side of the threshold a figure meets the norm."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class NormRule:
    """A judging norm: for one indicator, one kind of scope or all, and some months."""

    kpi: str
    scope: str
    """``institution``, ``region`` or ``municipality``; empty for every scope."""
    threshold: Decimal
    bound: Bound
    valid_from: date
    """First day of the first month judged."""
    valid_until: date | None
    """First day of the first month no longer judged."""

    def holds_for(self, kpi: str, scope: str, month: date) -> bool:
        """Whether this norm judges the indicator at that kind of scope in that month."""
        return (
            self.kpi == kpi
            and self.scope in ("", scope)
            and self.valid_from <= month
            and (self.valid_until is None or month < self.valid_until)
        )

    def met_by(self, amount: Sum, of: Sum) -> bool:
        """Whether ``amount`` meets the threshold times ``of``; both exact."""
        target = self.threshold * of
        return amount >= target if self.bound is Bound.AT_LEAST else amount <= target


def norm_for(norms: Iterable[NormRule], kpi: str, scope: str, month: date) -> NormRule | None:
    """The one norm that judges; the database refuses a second for the same month."""
    return next((norm for norm in norms if norm.holds_for(kpi, scope, month)), None)


def judge(kpi: Kpi, norm: NormRule | None, counted: Counted) -> Verdict:
    """The verdict on what was counted for one indicator, place and month.

    What was not delivered or is not known comes first, then whether there is a norm at all,
    then whether there are cases enough, then the norm itself.
    """
    state, _, denominator, _ = counted
    if state is State.NOT_DELIVERED:
        return Verdict.NOT_DELIVERED
    if state is State.NOT_KNOWN:
        return Verdict.NOT_KNOWN
    if norm is None:
        return Verdict.NO_NORM
    if denominator is not None and denominator < FEW_CASES:
        return Verdict.FEW_CASES if denominator else Verdict.NO_CASES
    met = _meets(kpi, norm, counted)
    if met is None:
        return Verdict.NOT_KNOWN
    return Verdict.MET if met else Verdict.NOT_MET


def _meets(kpi: Kpi, norm: NormRule, counted: Counted) -> bool | None:
    """Whether it meets the norm; None for a median that is not reached.

    Such a median lies beyond what was watched, and nobody knows how far.
    """
    _, numerator, denominator, days = counted
    if kpi.shape is Shape.MEDIAN:
        return None if days is None else norm.met_by(days, 1)
    if numerator is None:
        raise ValueError("a known figure has a numerator")
    per = 100 if kpi.unit is Unit.PERCENT else 1
    return norm.met_by(numerator * per, 1 if denominator is None else denominator)
