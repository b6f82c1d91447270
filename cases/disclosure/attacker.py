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

from cases.disclosure.programmes import Programme, Table, programmes
from cases.disclosure.system import Bounds, Flags, Floats, System

HAIR: Final = 1e-6
"""What arithmetic with floats may be off."""
PATIENCE: Final = 2
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

    def exposed(self, hidden: Flags) -> list[Proof]:
        """Proofs for cells that are not safe; none only if every hidden cell is safe."""
        known = self._system.known(hidden)
        open_ = self._system.targets(hidden) & ~self._safe() & ~self.given_up
        if not open_.any():
            return []
        told = np.flatnonzero(open_ & ~known.free)
        if len(told):
            return [Proof(int(target), ()) for target in told]
        simple = list(self._by_single_sums(known, open_))
        if simple:
            return simple
        self._with_printed_exact(hidden, known, open_)
        return list(self._by_programmes(known, open_ & ~self._safe()))

    def _safe(self) -> Flags:
        return self._reach() >= self._width - HAIR

    def _reach(self) -> Floats:
        """How far apart two tables are in each column; of counts in whole numbers."""
        low, high = self.low, self.high
        whole = np.floor(high + HAIR) - np.ceil(low - HAIR)
        return np.where(self._system.whole, whole, high - low)

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
        if column >= len(self._system.cells):
            return False
        lines = self._system.lines_of[column]
        return bool(lines) and all(self._system.may_hide[line] for line in lines)

    # --- linear programmes -----------------------------------------------------------------

    def _with_printed_exact(self, hidden: Flags, known: Bounds, open_: Flags) -> None:
        """Tables that keep what is printed in fives as it is: fewer, but sooner found."""
        loose = hidden.copy()
        loose[len(self._system.cells) :] = True
        if not (known.free & ~loose).any():
            return
        held = Bounds(np.where(loose, known.low, 0.0), np.where(loose, known.high, 0.0))
        for programme in programmes(self._system.sums, held, open_ & held.free):
            self._try_many(programme, held, open_ & programme.inside & ~self._safe())

    def _by_programmes(self, known: Bounds, open_: Flags) -> Iterator[Proof]:
        """Proofs for cells for which no two tables are found that differ enough."""
        for programme in programmes(self._system.sums, known, open_):
            here = open_ & programme.inside & ~self._safe()
            self._try_many(programme, known, here)
            yield from self._one_by_one(programme, known, here & ~self._safe())

    def _try_many(self, programme: Programme, known: Bounds, open_: Flags) -> None:
        """Tables that move as many cells as possible just far enough, all at once.

        Each is pushed up or down by the toss of a coin, as all that add up to something printed
        cannot go up together. The coin is the same each time.
        """
        coin = np.random.default_rng(len(open_))
        idle = 0
        while open_.any() and idle < PATIENCE:
            before = int(open_.sum())
            toss = coin.choice([1.0, -1.0], len(open_)) * coin.uniform(0.5, 1.0, len(open_))
            for push in (toss, -toss):
                low, high = known.low.copy(), known.high.copy()
                up, down = open_ & (push > 0), open_ & (push < 0)
                high[up] = np.minimum(high[up], self.low[up] + self._width)
                low[down] = np.maximum(low[down], self.high[down] - self._width)
                self._keep(programme.best(-push * open_, Bounds(low, high)).deviations)
                open_ = open_ & ~self._safe()
            idle = 0 if int(open_.sum()) < before else idle + 1

    def _one_by_one(self, programme: Programme, known: Bounds, open_: Flags) -> Iterator[Proof]:
        """Each open cell lowest and highest; one cell of each connected part at a time."""
        for _ in range(WAVES):
            targets = programme.one_of_each_part(open_)
            if not targets:
                return
            goal = np.zeros(len(open_))
            goal[targets] = 1.0
            lowest, highest = programme.best(goal, known), programme.best(-goal, known)
            self._keep(lowest.deviations)
            self._keep(highest.deviations)
            safe = self._safe()
            for target in targets:
                if not safe[target]:
                    yield self._by_prices(known, programme, target, lowest, highest)
            open_[targets] = False
            open_ &= ~safe

    def _by_prices(
        self, known: Bounds, programme: Programme, target: int, lowest: Table, highest: Table
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

    def _keep(self, table: Floats) -> None:
        np.minimum(self.low, table, out=self.low)
        np.maximum(self.high, table, out=self.high)
