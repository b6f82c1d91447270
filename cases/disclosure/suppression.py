"""What to hide besides: the cheapest lines that leave no proof of the attacker standing.

Each proof names printed cells of which some must go; choosing lines that hit every proof at
the lowest cost is a small integer programme. Where there are too many lines for that, the line
that hits most for its cost is taken again and again.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from cases.disclosure.attacker import Proof
from cases.disclosure.system import HAIR, Flags, System


def cheapest(system: System, must: Flags, proofs: Sequence[Proof]) -> Flags:
    """The lines to hide, those of ``must`` among them, at the lowest cost that hits all proofs.

    Of equally cheap choices always the same one: see ``System.costs``.
    """
    lines = sorted(
        {
            line
            for proof in proofs
            for cell in (proof.target, *(cell for cell, _ in proof.leans_on))
            if cell < len(system.cells)
            for line in system.lines_of[cell]
            if not must[line] and system.may_hide[line]
        }
    )
    if not lines:
        return must.copy()
    cells = sorted(
        {cell for proof in proofs for cell in (proof.target, *(c for c, _ in proof.leans_on))}
    )
    hidden = must.copy()
    model = _Model(system, must, lines, cells)
    for proof in proofs:
        model.hit(proof)
    chosen = model.solve()
    if chosen is None:
        # Covers that nothing covers: what must be hidden comes first, they are not secret.
        model = _Model(system, must, lines, cells)
        for proof in proofs:
            if not model.is_cover(proof.target):
                model.hit(proof)
        chosen = model.solve()
    hidden[lines if chosen is None else chosen] = True
    return hidden


def greedy(system: System, hidden: Flags, proofs: Sequence[Proof]) -> Flags:
    """The hidden lines, and more until every proof is hit: those that hit most for their cost."""
    hidden = hidden.copy()
    gone = system.hidden(hidden)
    lacking = [1.0 - sum(part for cell, part in proof.leans_on if gone[cell]) for proof in proofs]
    uses: dict[int, list[tuple[int, float]]] = {}
    for number, proof in enumerate(proofs):
        for cell, part in proof.leans_on:
            if not gone[cell]:
                uses.setdefault(cell, []).append((number, part))

    def worth(cell: int) -> float:
        gain = sum(
            min(part, lacking[number]) for number, part in uses[cell] if lacking[number] > HAIR
        )
        lines = [line for line in system.lines_of[cell] if not hidden[line]]
        return gain / max(float(system.costs[lines].sum()), HAIR)

    queue = [(-worth(cell), cell) for cell in sorted(uses)]
    heapq.heapify(queue)
    while queue:
        before, cell = heapq.heappop(queue)
        now = worth(cell)
        if now <= HAIR / 1000:
            continue
        if now < -before - HAIR / 1000:
            heapq.heappush(queue, (-now, cell))
            continue
        hidden[list(system.lines_of[cell])] = True
        for number, part in uses[cell]:
            lacking[number] -= part
    return hidden


class _Model:
    """The integer programme: is a line hidden, and then, is a cell?"""

    def __init__(
        self, system: System, must: Flags, lines: Sequence[int], cells: Sequence[int]
    ) -> None:
        self._system: Final = system
        self._must: Final = must
        self._lines: Final = list(lines)
        self._line_at: Final = {line: number for number, line in enumerate(lines)}
        self._rows: list[dict[int, float]] = []
        self._least: list[float] = []
        self._cell_at: Final[dict[int, int]] = {}
        self._always: Final[set[int]] = set()
        count = len(lines)
        for cell in cells:
            of = system.lines_of[cell] if cell < len(system.cells) else ()
            open_ = [self._line_at[line] for line in of if not must[line]]
            if not open_:
                self._always.add(cell)
            elif len(open_) == 1:
                self._cell_at[cell] = open_[0]
            else:
                self._cell_at[cell] = count
                for line in open_:
                    self._add({line: 1.0, count: -1.0}, 0.0)
                self._add({count: 1.0, **dict.fromkeys(open_, -1.0)}, 1.0 - len(open_))
                count += 1
        self._count: Final = count

    def is_cover(self, cell: int) -> bool:
        """Whether the cell is hidden by choice alone."""
        return cell not in self._always

    def _add(self, row: dict[int, float], least: float) -> None:
        self._rows.append(row)
        self._least.append(least)

    def hit(self, proof: Proof) -> None:
        """Hidden parts add up to one, or the target is printed."""
        row: dict[int, float] = {}
        least = 0.0
        for cell, part in proof.leans_on:
            if cell in self._always:
                least -= part
            else:
                at = self._cell_at[cell]
                row[at] = row.get(at, 0.0) + part
        if proof.target in self._always:
            least += 1.0
        else:
            at = self._cell_at[proof.target]
            row[at] = row.get(at, 0.0) - 1.0
        if least > -HAIR and sum(part for part in row.values() if part > 0) >= least - HAIR:
            self._add(row, least)

    def solve(self) -> list[int] | None:
        """The lines to hide; None where no choice hits every proof."""
        rows = [(row, least) for row, least in zip(self._rows, self._least, strict=True)]
        cost = np.zeros(self._count)
        lines = len(self._lines)
        cost[:lines] = self._system.costs[self._lines]
        integral = np.zeros(self._count, dtype=np.int64)
        integral[:lines] = 1
        entries = [
            (value, number, at)
            for number, (row, _) in enumerate(rows)
            for at, value in sorted(row.items())
        ]
        if not entries:
            return []
        values, numbers, columns = zip(*entries, strict=True)
        matrix = csr_matrix((values, (numbers, columns)), shape=(len(rows), self._count))
        found = milp(
            cost,
            integrality=integral,
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, np.array([least for _, least in rows]), np.inf),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None
        return [line for line, chosen in zip(self._lines, found.x, strict=False) if chosen > 0.5]
