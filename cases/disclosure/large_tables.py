"""What to hide besides in large tables: for an exposed cell, the cheapest table that clears it.

A table in which the cell lies far enough from what else it can be is sought as if nothing were
printed, but moving a printed number costs what hiding it does. Whatever that table moves is
hidden, and the table itself is then the proof that the cell is safe. That is one programme for
each cell, where proof after proof would take several.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

from cases.disclosure.attacker import Attacker
from cases.disclosure.programmes import Places
from cases.disclosure.system import HAIR, Flags, Floats, System
from cases.disclosure.table import CHEAP

NEARLY_FREE: Final = 1e-3
"""What it costs to move a hidden cell, so that no more of them move than must."""
PRIZE: Final = 1e4
"""For each step of the exposed cell: more than hiding whatever moves with it costs."""


def opened(
    system: System, attacker: Attacker, hiding: Flags, exposed: Iterable[int], part: Places
) -> Flags:
    """The hidden lines, and more until each of the exposed columns is safe or given up.

    ``part`` numbers the linked parts, by column.
    """
    hiding = hiding.copy()
    for target in exposed:
        for up in (True, False):
            if attacker.is_safe(target):
                continue
            search = _Search(system, hiding, np.flatnonzero(part == part[target]))
            table = search.cheapest(target, attacker.step(target, up=up))
            hiding |= system.lines_printing(search.printed_and_moved(table))
            attacker.keep(table)
        if not attacker.is_safe(target):
            attacker.give_up(target)
    return hiding


class _Search:
    """For tables of one part, while some lines are hidden.

    Each column moves by four amounts, none below zero: up and down as far as is known of it
    now, and beyond that, up and down as far as it could go once it is hidden.
    """

    def __init__(self, system: System, hiding: Flags, inside: Places) -> None:
        self._system: Final = system
        self._inside: Final = inside
        self._known: Final = system.known(system.hidden(hiding))
        known, far = self._known, system.unprinted
        spans = (known.high, -known.low, far.high - known.high, known.low - far.low)
        price = np.where(system.hideable, system.cost_of_hiding(hiding) / CHEAP, np.inf)
        near = np.full(len(price), NEARLY_FREE)
        most = np.concatenate([span[inside] for span in spans])
        prices = np.concatenate([one[inside] for one in (near, near, price, price)])
        used = np.flatnonzero((most > HAIR) & np.isfinite(prices))
        self._most: Final[Floats] = most[used]
        self._prices: Final[Floats] = prices[used]
        self._sign: Final[Floats] = np.repeat([1.0, -1.0, 1.0, -1.0], len(inside))[used]
        self._column: Final[Places] = inside[used % len(inside)]
        sums = csc_matrix(system.sums)[:, self._column].multiply(self._sign).tocsr()
        self._sums: Final = sums[np.diff(sums.indptr) > 0]

    def printed_and_moved(self, table: Floats) -> Flags:
        """Columns that the table takes out of what is known of them."""
        low, high = self._known.low - HAIR, self._known.high + HAIR
        flags: Flags = (table < low) | (table > high)
        return flags

    def cheapest(self, target: int, step: float) -> Floats:
        """The table in which the target goes up to ``step``, or as far as it can."""
        goal = self._column == target
        towards = np.where(self._sign * step > 0, abs(step), 0.0)
        most = np.where(goal, np.minimum(self._most, towards), self._most)
        some = self._sums.shape[0] > 0
        found = linprog(
            np.where(goal, -PRIZE, self._prices),
            A_eq=self._sums if some else None,
            b_eq=np.zeros(self._sums.shape[0]) if some else None,
            bounds=np.column_stack([np.zeros(len(most)), most]),
            method="highs-ds",
            options={"presolve": False},
        )
        table = np.zeros(len(self._system.counts))
        if found.x is not None:
            np.add.at(table, self._column, self._sign * found.x)
        return table
