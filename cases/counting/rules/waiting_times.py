"""Median waiting time: Kaplan-Meier with late entry (left truncation) and right censoring.

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
from jbn_oversight.clock import add_months, month_end

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

WINDOW_MONTHS: Final = 12
NOT_REACHED: Final = -1
"""Stands for a median that the observed waits do not reach."""

_ENTERED_WITHIN: Final = -1
_CLOSE: Final = 1e-9
"""Nearer to one half than this, survival is compared again in whole numbers."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Spells as a risk set sees them, in days of age; one row a spell."""

    group: Numbers
    """Which group (municipality) the spell belongs to."""
    joined_after: Numbers
    """At risk at every age above this; -1 for a spell at risk from its first day (t = 0)."""
    left_at: Numbers
    """Age at which the spell ended or was last seen."""
    helped: Flags
    """Whether it ended in help; otherwise it is censored at that age."""


@dataclass(frozen=True, slots=True)
class Medians:
    """Per union of groups: number of spells, and the median in days or ``NOT_REACHED``."""

    spells: Numbers
    days: Numbers


def waits_in_window(facts: Facts, month: date) -> Waits:
    """Spells on the wachtlijst of the twelve months that end with ``month`` (its first day).

    A spell belongs to the window when it was open on any of its days, the day of leaving
    included. What happened after the month's end is not known yet.
    """
    end = np.datetime64(month_end(month), "D")
    opens = np.datetime64(add_months(month, 1 - WINDOW_MONTHS), "D")
    waiting = facts.waiting
    rows = np.flatnonzero(
        (waiting.list == LISTS.index("wachtlijst"))
        & (waiting.entered_on <= end)
        & ~(waiting.left_on < opens)
    )
    entered, left = waiting.entered_on[rows], waiting.left_on[rows]
    gone = left <= end
    return Waits(
        group=facts.measures.municipality[waiting.measure_row[rows]].astype(np.int64),
        joined_after=np.where(
            entered < opens,
            _days(opens - np.timedelta64(1, "D") - entered),
            np.int64(_ENTERED_WITHIN),
        ),
        left_at=np.where(gone, _days(left - entered), _days(end - entered)),
        helped=gone & _is_helped(waiting.exit_reason[rows]),
    )


def medians(waits: Waits, unions: Flags) -> Medians:
    """Median per union of groups; ``unions`` says by row which groups (columns) it joins.

    The smallest age t with S(t) <= 1/2, where S is the product over the ages of events of
    1 - events / at risk, and events come before censorings of the same day. No interpolation.
    """
    groups = unions.shape[1]
    joined = unions.astype(np.float64)  # sums stay far below 2**53, so they are exact
    spells = joined @ np.bincount(waits.group, minlength=groups)
    ages = np.unique(waits.left_at[waits.helped])
    none = np.full(len(unions), NOT_REACHED, dtype=np.int64)
    if len(ages) == 0:
        return Medians(spells.astype(np.int64), none)

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

    reached = survival <= 0.5
    for union, age in np.argwhere(np.abs(survival - 0.5) < _CLOSE):
        reached[union, age] = _at_most_half(at_risk[union, : age + 1], events[union, : age + 1])
    first = np.argmax(reached, axis=1)
    days = np.where(reached.any(axis=1), ages[first], NOT_REACHED)
    return Medians(spells.astype(np.int64), days.astype(np.int64))


def _at_most_half(at_risk: NDArray[np.float64], events: NDArray[np.float64]) -> bool:
    """Whether the product of 1 - events / at risk is at most 1/2, in whole numbers."""
    remaining, whole = 1, 1
    for risk, gone in zip(at_risk.tolist(), events.tolist(), strict=True):
        if gone:
            remaining *= int(risk - gone)
            whole *= int(risk)
    return 2 * remaining <= whole


def _is_helped(reason: Codes) -> Flags:
    helped: Flags = reason == EXIT_REASONS.index("helped")
    return helped


def _days(span: NDArray[np.timedelta64]) -> Numbers:
    return span.astype("timedelta64[D]").astype(np.int64)
