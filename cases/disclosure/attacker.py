"""Who tries to work out what is hidden: the lowest and the highest count that each cell can have.

The attacker knows everything printed, every sum, that counts are not negative, and what was
told before. A cell is safe where two tables that agree with all that differ enough in it.
Tables found for one cell are kept, as they say something of all cells. Where a cell is not
safe, the linear programme's own proof of that names the printed cells that it leans on: as
long as these stay printed the cell stays exposed, whatever else is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix

from cases.disclosure.programmes import PossibleTable, Programme, programmes
from cases.disclosure.system import HAIR, Bounds, Flags, Floats, System

PATIENCE: Final = 2
"""Times that few cells are found safe before each is looked at by itself."""
WORTH: Final = 0.1
"""The part of the cells tried that is few."""
SHARE: Final = 5
"""One in so many cells of a part is raised at once: more would be in each other's way."""
WAVES: Final = 10
"""Cells of one connected part that are tried by themselves before something is hidden."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a cell is not safe: at least so much of these printed cells must be hidden.

    The parts of ``leans_on`` that get hidden must add up to one, or the cell stays exposed.
    Empty where nothing that is still to be printed helps.
    """

    target: int
    leans_on: tuple[tuple[int, float], ...]


class Attacker:
    """One attacker, who remembers the tables found."""

    def __init__(self, system: System, width: float) -> None:
        self._system: Final = system
        self._width: Final = width
        self._by_column: Final = csr_matrix(system.sums.T)
        columns = len(system.counts)
        self.low: Final = np.zeros(columns)
        """The lowest deviation in any table found."""
        self.high: Final = np.zeros(columns)
        self.given_up: Final = np.zeros(columns, dtype=np.bool_)
        """Cells known too well whatever is hidden now."""

    def give_up(self, column: int) -> None:
        """Ask no more after a cell."""
        self.given_up[column] = True

    def forget(self, columns: Flags) -> None:
        """Drop what was found for some columns, because more is printed than then."""
        self.low[columns] = self.high[columns] = 0.0

    def keep(self, table: Floats) -> None:
        """Remember a table that agrees with everything known."""
        np.minimum(self.low, table, out=self.low)
        np.maximum(self.high, table, out=self.high)

    def unsafe(self, hidden: Flags) -> Flags:
        """Columns that nobody may work out, and for which no two tables are known to differ."""
        return self._system.targets(hidden) & ~self._safe() & ~self.given_up

    def step(self, column: int, *, up: bool) -> float:
        """How far a table must move the column to be far enough from another one."""
        if up:
            return self._width - float(self._far(-self.low)[column])
        return float(self._far(self.high)[column]) - self._width

    def is_safe(self, column: int) -> bool:
        """Whether two tables are known that differ enough in the column."""
        return bool(self._safe()[column])

    def at_a_glance(self, hidden: Flags) -> list[Proof]:
        """Proofs that anybody sees with the tables in hand: what was told, and single sums."""
        known, open_ = self._system.known(hidden), self.unsafe(hidden)
        if told := np.flatnonzero(open_ & ~known.free).tolist():
            return [Proof(target, ()) for target in told]
        return list(self._by_single_sums(known, open_))

    def search(self, hidden: Flags) -> None:
        """Look for tables that show cells to be safe, many at once."""
        known = self._system.known(hidden)
        self._with_printed_exact(hidden, known)
        for programme in programmes(self._system.sums, known, self.unsafe(hidden)):
            self._try_many(programme, known, self.unsafe(hidden) & programme.inside)

    def proofs(self, hidden: Flags, among: Flags) -> Iterator[Proof]:
        """Proofs for some of the unsafe cells, by linear programmes; others become safe by it."""
        known = self._system.known(hidden)
        for programme in programmes(self._system.sums, known, self.unsafe(hidden) & among):
            yield from self._one_by_one(programme, known, self.unsafe(hidden) & programme.inside)

    def _safe(self) -> Flags:
        return self._reach() >= self._width - HAIR

    def _reach(self) -> Floats:
        """How far apart two tables are in each column; of counts in whole numbers."""
        return self._far(self.high) + self._far(-self.low)

    def _far(self, reached: Floats) -> Floats:
        return np.where(self._system.whole, np.floor(reached + HAIR), reached)

    # --- one sum at a time: what anybody sees with the table in hand -----------------------

    def _by_single_sums(self, known: Bounds, open_: Flags) -> Iterator[Proof]:
        sums = self._system.sums
        rows = np.repeat(np.arange(sums.shape[0]), np.diff(sums.indptr))
        factor, column = sums.data, sums.indices
        least = np.where(factor > 0, factor * known.low[column], factor * known.high[column])
        most = np.where(factor > 0, factor * known.high[column], factor * known.low[column])
        rest_least = np.bincount(rows, least, sums.shape[0])[rows] - least
        rest_most = np.bincount(rows, most, sums.shape[0])[rows] - most
        low = np.where(factor > 0, -rest_most, rest_least) / np.abs(factor)
        high = np.where(factor > 0, -rest_least, rest_most) / np.abs(factor)
        room = np.minimum(high, known.high[column]) - np.maximum(low, known.low[column])
        for entry in np.flatnonzero(open_[column] & (room < self._width - HAIR)):
            target = int(column[entry])
            others = slice(sums.indptr[rows[entry]], sums.indptr[rows[entry] + 1])
            weight = -factor[others] / factor[entry]
            gains: dict[int, float] = {}
            sides = (
                (weight, high[entry], known.high[target]),
                (-weight, -low[entry], -known.low[target]),
            )
            for direction, reached, end in sides:
                if reached >= end:
                    continue
                for other, push in zip(column[others], direction, strict=True):
                    if other != target:
                        gain = min(self._loosened(known, int(other), push), end - reached)
                        gains[int(other)] = gains.get(int(other), 0.0) + gain
            yield self._proof(target, gains, float(room[entry]))

    def _loosened(self, known: Bounds, column: int, push: float) -> float:
        """How much further a push on the target goes once the column is not printed."""
        if push > 0:
            return float(push * (self._system.unprinted.high[column] - known.high[column]))
        return float(push * (self._system.unprinted.low[column] - known.low[column]))

    def _proof(self, target: int, gains: Mapping[int, float], room: float) -> Proof:
        lacking = self._width - room
        parts = []
        for cell, gain in sorted(gains.items()):
            if gain > HAIR and self._can_hide(cell):
                parts.append((cell, 1.0 if lacking <= HAIR else min(1.0, gain / lacking)))
        return Proof(target, tuple(parts))

    def _can_hide(self, column: int) -> bool:
        return bool(self._system.hideable[column])

    # --- linear programmes -----------------------------------------------------------------

    def _with_printed_exact(self, hidden: Flags, known: Bounds) -> None:
        """Tables that keep what is printed in fives as it is: fewer, but sooner found."""
        loose = hidden.copy()
        loose[len(self._system.cells) :] = True
        if not (known.free & ~loose).any():
            return
        held = Bounds(np.where(loose, known.low, 0.0), np.where(loose, known.high, 0.0))
        for programme in programmes(self._system.sums, held, self.unsafe(hidden) & held.free):
            self._try_many(programme, held, self.unsafe(hidden) & programme.inside)

    def _try_many(self, programme: Programme, known: Bounds, open_: Flags) -> None:
        """Tables that move as many cells as possible just far enough, all at once.

        Cells that share sums cannot all rise together, so chance picks some of each part; the
        chance is the same each time.
        """
        chance = np.random.default_rng(len(open_))
        idle, share = 0, SHARE
        while open_.any() and idle < PATIENCE:
            some = programme.some_of_each_part(chance.permutation(np.flatnonzero(open_)), share)
            high, goal = known.high.copy(), np.zeros(len(open_))
            high[some] = np.minimum(high[some], self._width - self._far(-self.low)[some])
            goal[some] = -chance.uniform(0.5, 1.0, len(some))
            self.keep(programme.best(goal, Bounds(known.low, high)).deviations)
            before = int(open_.sum())
            open_ = open_ & ~self._safe()
            if before - int(open_.sum()) >= WORTH * len(some):
                idle = 0
            else:  # they were in each other's way, or cannot be safe
                idle, share = idle + 1, share * SHARE

    def _one_by_one(self, programme: Programme, known: Bounds, open_: Flags) -> Iterator[Proof]:
        """Each open cell lowest and highest; one cell of each connected part at a time."""
        for _ in range(WAVES):
            targets = programme.one_of_each_part(open_)
            if not targets:
                return
            goal = np.zeros(len(open_))
            goal[targets] = 1.0
            lowest, highest = programme.best(goal, known), programme.best(-goal, known)
            self.keep(lowest.deviations)
            self.keep(highest.deviations)
            safe = self._safe()
            for target in targets:
                if not safe[target]:
                    yield self._by_prices(known, programme, target, lowest, highest)
            open_[targets] = False
            open_ &= ~safe

    def _by_prices(
        self,
        known: Bounds,
        programme: Programme,
        target: int,
        lowest: PossibleTable,
        highest: PossibleTable,
    ) -> Proof:
        """The proof that the two programmes of a cell give: what each bound is worth to them."""
        rows = programme.rows_with(target)
        gains: dict[int, float] = {}
        for table in (lowest, highest):
            prices = np.where(rows, table.prices, 0.0)
            worth = -(self._by_column @ prices)
            for column in np.flatnonzero(np.abs(worth) > HAIR):
                if column != target:
                    gain = self._loosened(known, int(column), -float(worth[column]))
                    gains[int(column)] = gains.get(int(column), 0.0) + gain
        room = highest.deviations[target] - lowest.deviations[target]
        return self._proof(target, gains, float(room))
