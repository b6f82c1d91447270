"""Disclosure control of one release: hide, let the attacker try, hide what that takes, again.

Primary: small counts and percentages over few cases. Secondary: as long as the attacker proves
that a hidden cell is known too well, the cheapest lines are hidden that leave no proof
standing. Each proof is a condition that every safe choice meets, so where the choice is made
exactly the outcome is the cheapest there is. In large tables with many secrets what is seen at a
glance goes first, and then one cheap table for each cell that is still exposed: see ``opening``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from cases.disclosure.attacker import Attacker, Proof
from cases.disclosure.large_tables import opened
from cases.disclosure.suppression import cheapest, greedy
from cases.disclosure.system import HAIR, Flags, System, compile_system
from cases.disclosure.table import (
    Cell,
    Line,
    Protected,
    Range,
    Relation,
    Settings,
    SuppressionReason,
)

EXACT: Final = 300
"""Lines in one linked part up to which the cheapest choice is found; above it, a cheap one."""
SPARSE: Final = 30
"""Where so few of them must be hidden, it is found in larger parts too: there a cheap choice
hides up to three times as much, and there are few proofs to choose by."""
LARGEST: Final = 800
"""Lines in one linked part above which it is never looked for."""


def protect(
    cells: Iterable[Cell],
    relations: Iterable[Relation] = (),
    lines: Iterable[Line] | None = None,
    settings: Settings | None = None,
) -> Protected:
    """The release with as little hidden as keeps every hidden cell safe.

    All tables of the release go in at once, with every sum that links them. Without ``lines``
    each cell is printed by itself. The same tables give the same result in any order. Raises
    ValueError for a key twice, a negative count, and a relation or line on no cell.
    """
    rules = settings or Settings()
    every = tuple(cells)
    printed = tuple(Line(c.key, (c.key,)) for c in every) if lines is None else tuple(lines)
    system = compile_system(every, relations, printed, rules)
    return _Protection(system, rules).run()


class _Protection:
    """One run."""

    def __init__(self, system: System, settings: Settings) -> None:
        self._system: Final = system
        self._settings: Final = settings
        self._attacker: Final = Attacker(system, settings.protection)
        self._must: Final = np.array([reason is not None for reason in system.reasons], dtype=bool)
        self._line_part, self._column_part = _linked_parts(system)
        sizes = np.bincount(self._line_part, minlength=int(self._column_part.max(initial=0)) + 1)
        secrets = np.bincount(self._line_part[self._must], minlength=len(sizes))
        sparse = (secrets <= SPARSE) & (sizes <= LARGEST)
        self._small_parts: Final[Flags] = (sizes <= EXACT) | sparse
        self._small: Final[Flags] = self._small_parts[self._column_part]
        """Columns of parts in which the choice is exact."""

    def run(self) -> Protected:
        """Hide until nothing is exposed, but for what nobody can fix."""
        hiding = self._must.copy()
        proofs: list[Proof] = []
        while True:
            hidden = self._system.hidden(hiding)
            found = self._mendable(self._attacker.at_a_glance(hidden))
            unsafe = np.zeros_like(hidden)
            if not found:
                self._attacker.search(hidden)
                unsafe = self._attacker.unsafe(hidden)
                if not unsafe.any():
                    return self._outcome(hiding, hidden)
                found = self._mendable(self._attacker.proofs(hidden, unsafe & self._small))
            exact = [proof for proof in found if self._small[proof.target]]
            rough = [proof for proof in found if not self._small[proof.target]]
            proofs = [p for p in proofs if not self._attacker.given_up[p.target]] + exact
            hiding = self._choose(hiding, proofs, rough)
            hiding = self._open(hiding, unsafe & ~self._small)
            now = self._system.hidden(hiding)
            if (now == hidden).all():  # what is left lies within a hair of what floats can tell
                for proof in found:
                    self._attacker.give_up(proof.target)
            back = hidden & ~now
            self._attacker.forget(np.isin(self._column_part, self._column_part[back]))

    def _open(self, hiding: Flags, unsafe: Flags) -> Flags:
        """More hidden, until the unsafe columns of large parts are safe."""
        targets = np.flatnonzero(unsafe).tolist()
        return opened(self._system, self._attacker, hiding, targets, self._column_part)

    def _mendable(self, found: Iterable[Proof]) -> list[Proof]:
        """Proofs that hiding more can do something about."""
        return [proof for proof in found if not self._given_up(proof)]

    def _choose(self, hiding: Flags, exact: Sequence[Proof], rough: Sequence[Proof]) -> Flags:
        """What to hide now: chosen again where that is exact, and more of it elsewhere."""
        lines_exact = self._small_parts[self._line_part]
        chosen = greedy(self._system, hiding, rough) if rough else hiding.copy()
        if exact:
            chosen[lines_exact] = cheapest(self._system, self._must, exact)[lines_exact]
        return chosen

    def _given_up(self, proof: Proof) -> bool:
        """Whether hiding more cannot help; the attacker need not be asked again."""
        lines = self._lines(proof.target)
        fixed = all(self._must[line] for line in lines)
        exact = self._small[proof.target]
        beyond = sum(part for _, part in proof.leans_on) < 1.0 - HAIR and (fixed or not exact)
        if beyond:
            self._attacker.give_up(proof.target)
        return beyond

    def _lines(self, column: int) -> tuple[int, ...]:
        return self._system.lines_of[column] if column < len(self._system.lines_of) else ()

    def _outcome(self, hiding: Flags, hidden: Flags) -> Protected:
        system, attacker = self._system, self._attacker
        cells, ranges, exposed = {}, {}, set()
        targets = system.targets(hidden)
        for number, cell in enumerate(system.cells):
            if targets[number]:
                low = float(cell.count) + float(attacker.low[number])
                high = float(cell.count) + float(attacker.high[number])
                ranges[cell.key] = Range(low, high)
                if attacker.given_up[number]:
                    exposed.add(cell.key)
            elif system.lines_of[number]:
                known = cell.known
                cells[cell.key] = cell.count if known else self._settings.published(cell.count)
        return Protected(
            hidden={
                line.key: system.reasons[number] or SuppressionReason.COVER
                for number, line in enumerate(system.lines)
                if hiding[number]
            },
            cells=cells,
            ranges=ranges,
            exposed=frozenset(exposed),
        )


def _linked_parts(system: System) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which lines, and which columns, have to do with each other through sums or lines."""
    columns = len(system.counts)
    entries = [
        (columns + line, cell) for cell, lines in enumerate(system.lines_of) for line in lines
    ]
    rows, cells = zip(*entries, strict=True) if entries else ((), ())
    size = columns + len(system.lines)
    beside = csr_matrix((np.ones(len(rows)), (rows, cells)), shape=(size, size))
    sums = abs(system.sums)
    together = (sums.T @ sums).tocoo()
    linked = csr_matrix((together.data, (together.row, together.col)), shape=(size, size))
    _, part = connected_components(beside + linked, directed=False)
    numbers = part.astype(np.intp)
    return numbers[columns:], numbers[:columns]
