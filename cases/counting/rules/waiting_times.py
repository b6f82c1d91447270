"""Waiting times: Kaplan-Meier with late entry (left truncation) and right censoring.

Pure. Waits are whole days from the day of entry on the list. A spell joins the risk set after
the age it had when the window opened, since spells that ended before cannot be seen; only
being helped ends a wait, every other exit stops the watching. Source: Kaplan and Meier
(1958) for the estimate; Tsai, Jewell and Wang (1987) for late entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cases.counting.rules.columns import EXIT_REASONS, LISTS, Codes, Facts
from cases.counting.rules.observations import MEASURE_GROUPS
from jbn_oversight.clock import add_months, month_end

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

WINDOW_MONTHS: Final = 12
NOT_REACHED: Final = -1
"""Stands for a median, or a P90, that the observed waits do not reach."""
KIND_OF: Final[Numbers] = np.zeros(100, dtype=np.int64)
"""By code of a measure the number of its kind, in the order of ``MEASURE_GROUPS``."""
for _number, _codes in enumerate(MEASURE_GROUPS.values()):
    KIND_OF[list(_codes)] = _number

_ENTERED_WITHIN: Final = -1
_CLOSE: Final = 1e-9
"""Nearer to one half or one tenth than this, survival is compared again in whole numbers."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Spells as a risk set sees them, in days of age; one row a spell."""

    group: Numbers
    """Which group the spell belongs to: its municipality, and the kind of its measure."""
    joined_after: Numbers
    """At risk at every age above this; -1 for a spell at risk from its first day (t = 0)."""
    left_at: Numbers
    """Age at which the spell ended or was last seen."""
    helped: Flags
    """Whether it ended in help; otherwise it is censored at that age."""
    other: Flags
    """Whether it ended in another way, known or not."""


@dataclass(frozen=True, slots=True)
class WaitingTimes:
    """Per union of groups: how many spells, and how long they took."""

    spells: Numbers
    median_days: Numbers
    """The first age at which at most one half still waits, or ``NOT_REACHED``."""
    p90_days: Numbers
    """The first age at which at most one tenth still waits, or ``NOT_REACHED``."""
    helped: Numbers
    """Spells that ended in help, in the window."""
    other: Numbers
    """Spells that ended in another way."""


def waits_in_window(facts: Facts, month: date) -> Waits:
    """Spells on the wachtlijst of the twelve months that end with ``month`` (its first day).

    A spell belongs to the window when it was open on any of its days, the day of leaving
    included. What happened after the month's end is not known yet.
    """
    end = np.datetime64(month_end(month), "D")
    opens = np.datetime64(add_months(month, 1 - WINDOW_MONTHS), "D")
    waiting, measures = facts.waiting, facts.measures
    rows = np.flatnonzero(
        (waiting.list == LISTS.index("wachtlijst"))
        & (waiting.entered_on <= end)
        & ~(waiting.left_on < opens)
    )
    entered, left = waiting.entered_on[rows], waiting.left_on[rows]
    gone = left <= end
    helped = gone & _is_helped(waiting.exit_reason[rows])
    of = waiting.measure_row[rows]
    return Waits(
        group=measures.municipality[of].astype(np.int64) * len(MEASURE_GROUPS)
        + KIND_OF[measures.measure[of]],
        joined_after=np.where(
            entered < opens,
            _days(opens - np.timedelta64(1, "D") - entered),
            np.int64(_ENTERED_WITHIN),
        ),
        left_at=np.where(gone, _days(left - entered), _days(end - entered)),
        helped=helped,
        other=gone & ~helped,
    )


def by_kind(joins: Flags) -> Flags:
    """Unions of municipalities (by row) as unions of groups, for each kind of measure.

    The rows come once for all kinds together and then once for each of ``MEASURE_GROUPS``.
    """
    kinds = np.eye(len(MEASURE_GROUPS), dtype=np.bool_)
    every = np.ones((1, len(MEASURE_GROUPS)), dtype=np.bool_)
    return np.vstack([np.kron(joins, row).astype(np.bool_) for row in (every, *kinds[:, None])])


def waiting_times(waits: Waits, unions: Flags) -> WaitingTimes:
    """Waiting times per union of groups; ``unions`` says by row which groups (columns) it joins.

    A median is the smallest age t with S(t) <= 1/2, a P90 that with S(t) <= 1/10, where S is the
    product over the ages of events of 1 - events / at risk, and events come before censorings of
    the same day. No interpolation.
    """
    groups = unions.shape[1]
    joined = unions.astype(np.float64)  # sums stay far below 2**53, so they are exact
    ages = np.unique(waits.left_at[waits.helped])

    def number(rows: Flags | slice) -> Numbers:
        found = joined @ np.bincount(waits.group[rows], minlength=groups)
        return found.astype(np.int64)

    numbers = (number(slice(None)), number(waits.helped), number(waits.other))
    if len(ages) == 0:
        none = np.full(len(unions), NOT_REACHED, dtype=np.int64)
        return WaitingTimes(numbers[0], none, none, *numbers[1:])

    width = len(ages) + 1

    def by_age(first_age: Numbers, rows: Flags | slice) -> NDArray[np.float64]:
        cells = np.bincount(waits.group[rows] * width + first_age[rows], minlength=groups * width)
        return joined @ cells.reshape(groups, width)

    everyone = slice(None)
    # At the j-th age of events: those that joined before it, less those that left before it.
    in_from = np.searchsorted(ages, waits.joined_after, side="right")
    out_from = np.searchsorted(ages, waits.left_at, side="right")
    arrived, departed = by_age(in_from, everyone), by_age(out_from, everyone)
    at_risk = np.cumsum(arrived - departed, axis=1)[:, :-1]
    events = by_age(np.searchsorted(ages, waits.left_at, side="left"), waits.helped)[:, :-1]
    factors = np.divide(at_risk - events, at_risk, out=np.ones_like(at_risk), where=events > 0)
    survival = np.cumprod(factors, axis=1)

    def first_at_most(one_in: int) -> Numbers:
        """By union the first age at which at most one in so many still waits."""
        reached = survival <= 1 / one_in
        for union, age in np.argwhere(np.abs(survival - 1 / one_in) < _CLOSE):
            upto = slice(age + 1)
            reached[union, age] = _at_most(one_in, at_risk[union, upto], events[union, upto])
        first = np.argmax(reached, axis=1)
        return np.where(reached.any(axis=1), ages[first], NOT_REACHED).astype(np.int64)

    return WaitingTimes(numbers[0], first_at_most(2), first_at_most(10), *numbers[1:])


def _at_most(one_in: int, at_risk: NDArray[np.float64], events: NDArray[np.float64]) -> bool:
    """Whether the product of 1 - events / at risk is at most 1 / one_in, in whole numbers."""
    remaining, whole = 1, 1
    for risk, gone in zip(at_risk.tolist(), events.tolist(), strict=True):
        if gone:
            remaining *= int(risk - gone)
            whole *= int(risk)
    return one_in * remaining <= whole


def _is_helped(reason: Codes) -> Flags:
    helped: Flags = reason == EXIT_REASONS.index("helped")
    return helped


def _days(span: NDArray[np.timedelta64]) -> Numbers:
    return span.astype("timedelta64[D]").astype(np.int64)
