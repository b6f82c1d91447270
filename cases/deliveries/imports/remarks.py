"""What is looked at once a delivery is accepted: odd, perhaps right, and told with a count or row.

The tables hold no errors any more, so every cell is either empty or a value.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cases.counting.rules.columns import ENTRIES, Days
from cases.deliveries.imports import messages
from cases.deliveries.imports.checks import Checked
from cases.deliveries.imports.problems import Problems
from cases.deliveries.imports.tables import Mask
from jbn_oversight.organisations.rules import OversightScope

MOST_AT_ONCE: Final = 6
"""More rows of one youth than these do not run on one day, unless a key stands for many."""


def remark_on_measures(
    measures: Checked,
    waiting: Checked,
    measure_of_spell: NDArray[np.int32],
    reference: date,
    warnings: Problems,
) -> None:
    """Youths with too many rows on one day, and measures with nobody that wait on no list."""
    start, until = _run(measures)
    _many_at_once(measures, start, until, warnings)
    last = np.datetime64(reference, "D")
    runs = (start <= last) & (until > last)
    unattended = runs & np.isnat(measures.days("worker_assigned_on"))
    waits = np.isnat(waiting.days("left_on")) | (waiting.days("left_on") > last)
    unattended[measure_of_spell[waits]] = False
    count = int(unattended.sum())
    if count:
        message = replace(messages.NOBODY_AND_NO_LIST, params={"count": count})
        warnings.add(measures.file, None, "worker_assigned_on", message)


def _run(measures: Checked) -> tuple[Days, Days]:
    """The first day on which each measure runs here, and the first on which it does no more."""
    ordered, notified = measures.days("ordered_on"), measures.days("notified_on")
    taken_over = measures["entry"].positions() == ENTRIES.index("transfer_in")
    start = np.where(taken_over & ~np.isnat(notified), notified, ordered)
    ended = measures.days("ended_on")
    return start, np.where(np.isnat(ended), np.datetime64(date.max, "D"), ended)


def _many_at_once(measures: Checked, start: Days, until: Days, warnings: Problems) -> None:
    youth = measures["youth_key"].numbers
    rows = np.flatnonzero((np.bincount(youth) > MOST_AT_ONCE)[youth] & (start < until))
    # At the end of a day: who comes is counted after who goes on the same day.
    steps: NDArray[np.int64] = np.repeat([1, -1], len(rows))
    days = np.concatenate([start[rows], until[rows]])
    whose = np.tile(youth[rows], 2)
    order = np.lexsort((steps, days, whose))
    # Each youth's steps add up to nothing, so the sum starts anew with the next.
    at_once = np.cumsum(steps[order])
    crowded = order[at_once > MOST_AT_ONCE]
    first_of_youth = crowded[np.unique(whose[crowded], return_index=True)[1]]
    where: Mask = np.zeros(len(measures), np.bool_)
    where[rows[first_of_youth]] = True
    message = replace(messages.MANY_AT_ONCE, params={"most": MOST_AT_ONCE})
    measures.refuse(warnings, where, "youth_key", message)


def remark_on_regions(measures: Checked, scope: OversightScope, warnings: Problems) -> None:
    """Codes that count in their own first region in months before they began."""
    if not scope.from_two_regions:
        return
    delivered = set(measures["municipality"].cells().unique().to_list())
    for code, region in sorted(scope.from_two_regions.items()):
        if code in delivered:
            params = {"code": code, "region": region}
            message = replace(messages.FORMERLY_IN_TWO_REGIONS, params=params)
            warnings.add(measures.file, None, "municipality", message)
