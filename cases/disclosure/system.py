"""The tables as one system of sums, in the numbers that a linear programme takes.

Everything is written as a deviation from the truth: a table that agrees with what is published
is a vector ``d`` with ``sums @ d == 0`` between the bounds, and the truth itself is ``d == 0``.
So there is always one, whatever the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cases.disclosure.table import Cell, Key, Line, Number, Relation, Settings, SuppressionReason

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FAR: Final = 100.0
"""Times the largest count and the width: stands for "no bound above", and is kind to arithmetic."""

HAIR: Final = 1e-6
"""What arithmetic with floats may be off."""
NUDGE: Final = 0.003
"""The most that a name adds to a cost: hundreds of lines together make no difference of one."""


@dataclass(frozen=True)
class Bounds:
    """How far each column may deviate from the truth, as far as somebody can tell."""

    low: Floats
    high: Floats

    @property
    def free(self) -> Flags:
        """Columns that are not known exactly."""
        flags: Flags = self.low < self.high
        return flags


@dataclass(frozen=True)
class System:
    """Columns are the cells in order of their keys, then a slack for each inequality."""

    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]
    sums: csr_matrix
    counts: Floats
    """By column; of a slack how much room there is."""
    unprinted: Bounds
    """What is known of a cell that is not printed."""
    printed: Bounds
    """What is known of it once it is."""
    small: Flags
    """By column: must not be given away, printed in this release or not."""
    whole: Flags
    """By column: a count, so that only whole deviations are meant."""
    reasons: tuple[SuppressionReason | None, ...]
    """By line: why it must be hidden."""
    may_hide: Flags
    """By line."""
    costs: Floats
    """By line, with a hair more or less by its name, so that no two choices cost the same."""
    lines_of: tuple[tuple[int, ...], ...]
    """By cell: the lines that print it."""
    prints: csr_matrix
    """The same as cells by lines: one where the line prints the cell."""
    choosable: Flags
    """By column: printed or not by choice, and not known from elsewhere."""
    hideable: Flags
    """By column: in lines, all of which may be hidden."""

    def hidden(self, hidden_lines: Flags) -> Flags:
        """By column: cells that no line prints."""
        flags = np.zeros(len(self.counts), dtype=np.bool_)
        flags[: len(self.cells)] = self.prints @ ~hidden_lines == 0
        return flags

    def lines_printing(self, columns: Flags) -> Flags:
        """By line: whether it prints one of the columns."""
        flags: Flags = self.prints.T @ columns[: len(self.cells)] > 0
        return flags

    def cost_of_hiding(self, hidden_lines: Flags) -> Floats:
        """By column: what it costs to hide it, as things are."""
        costs = np.zeros(len(self.counts))
        costs[: len(self.cells)] = self.prints @ np.where(hidden_lines, 0.0, self.costs)
        return costs

    def targets(self, hidden: Flags) -> Flags:
        """By column: hidden cells that nobody may work out."""
        flags: Flags = hidden & (self.small | self.choosable)
        return flags

    def known(self, hidden: Flags) -> Bounds:
        """What the attacker knows of each column while these cells are hidden."""
        free = hidden.copy()
        free[len(self.cells) :] = True
        return Bounds(
            np.where(free, self.unprinted.low, self.printed.low),
            np.where(free, self.unprinted.high, self.printed.high),
        )


def compile_system(
    cells: Iterable[Cell],
    relations: Iterable[Relation],
    lines: Iterable[Line],
    settings: Settings,
) -> System:
    """The system of a release; the order in which things are handed over does not matter.

    Raises ValueError for a key twice, a negative count, and a relation or line on no cell.
    """
    columns = sorted(cells, key=lambda cell: cell.key)
    printed = sorted(lines, key=lambda line: line.key)
    number_of = {cell.key: number for number, cell in enumerate(columns)}
    rules = sorted({_canonical(rule) for rule in relations})
    _check(columns, printed, rules, number_of)
    sums, slack = _matrix(rules, number_of, columns)
    counts = np.concatenate([np.array([float(cell.count) for cell in columns]), slack])
    far = FAR * (float(counts.max(initial=0)) + settings.protection)
    unprinted = Bounds(-counts, np.full(len(counts), far))
    seen = Bounds(np.zeros(len(counts)), np.zeros(len(counts)))
    for number, cell in enumerate(columns):
        _learn(unprinted, number, cell, cell.told)
        _learn(unprinted, number, cell, (cell.count, cell.count) if cell.known else (None, None))
        seen.low[number], seen.high[number] = unprinted.low[number], unprinted.high[number]
        _learn(seen, number, cell, settings.told(cell.count))
    count_of = {cell.key: cell for cell in columns}
    guarded = [
        not cell.known and (cell.guarded or settings.is_small(cell.count)) for cell in columns
    ]
    may_hide = np.array([not _all_known(line, count_of) for line in printed], dtype=np.bool_)
    prints = _prints(printed, number_of)
    in_line = prints @ np.ones(len(printed)) > 0
    no_slack = np.zeros(len(slack), dtype=np.bool_)
    return System(
        cells=tuple(columns),
        lines=tuple(printed),
        sums=sums,
        counts=counts,
        unprinted=unprinted,
        printed=seen,
        small=np.concatenate([np.array(guarded, dtype=np.bool_), no_slack]),
        whole=np.array([cell.count % 1 == 0 for cell in columns] + [False] * len(slack)),
        reasons=tuple(_reason(line, count_of, settings) for line in printed),
        may_hide=may_hide,
        costs=_costs(printed),
        lines_of=tuple(
            tuple(of.tolist())
            for of in np.split(prints.indices, prints.indptr[1:-1])[: len(columns)]
        ),
        prints=prints,
        choosable=np.concatenate([in_line & [not cell.known for cell in columns], no_slack]),
        hideable=np.concatenate([in_line & (prints @ ~may_hide == 0), no_slack]),
    )


def _canonical(rule: Relation) -> Relation:
    """The relation with each cell once, in order; an equation starts with a positive term."""
    added: dict[Key, int] = {}
    for key, factor in rule.terms:
        added[key] = added.get(key, 0) + factor
    terms = tuple(sorted((key, factor) for key, factor in added.items() if factor))
    if terms and not rule.at_most and terms[0][1] < 0:
        terms = tuple((key, -factor) for key, factor in terms)
    return Relation(terms, rule.at_most)


def _check(
    cells: Sequence[Cell],
    lines: Sequence[Line],
    rules: Sequence[Relation],
    number_of: dict[Key, int],
) -> None:
    if len(number_of) < len(cells) or len({line.key for line in lines}) < len(lines):
        raise ValueError("a key stands for one cell and for one line")
    if any(cell.count < 0 for cell in cells):
        raise ValueError("counts are not negative")
    named = {key for line in lines for key in line.cells}
    named.update(key for rule in rules for key, _ in rule.terms)
    if strange := sorted(named - number_of.keys()):
        raise ValueError(f"no cell {strange[0]}")


def _matrix(
    rules: Sequence[Relation], number_of: dict[Key, int], cells: Sequence[Cell]
) -> tuple[csr_matrix, Floats]:
    """The relations as rows, and the room that each inequality leaves."""
    entries: list[tuple[float, int, int]] = []
    slack: list[float] = []
    for row, rule in enumerate(rules):
        entries += [(float(factor), row, number_of[key]) for key, factor in rule.terms]
        if rule.at_most:
            entries.append((1.0, row, len(cells) + len(slack)))
            used = sum((factor * cells[number_of[key]].count for key, factor in rule.terms), 0)
            slack.append(max(-float(used), 0.0))
    values, rows, columns = zip(*entries, strict=True) if entries else ((), (), ())
    shape = (len(rules), len(cells) + len(slack))
    return csr_matrix((values, (rows, columns)), shape=shape), np.array(slack)


def _prints(lines: Sequence[Line], number_of: dict[Key, int]) -> csr_matrix:
    """Cells by lines: one where the line prints the cell."""
    pairs = [(number_of[key], n) for n, line in enumerate(lines) for key in set(line.cells)]
    cells, numbers = zip(*pairs, strict=True) if pairs else ((), ())
    found = csr_matrix((np.ones(len(pairs)), (cells, numbers)), shape=(len(number_of), len(lines)))
    found.sort_indices()
    return found


def _learn(
    bounds: Bounds, number: int, cell: Cell, told: tuple[Number | None, Number | None]
) -> None:
    """Narrow what is known of a cell; never so far that the truth falls outside."""
    least, most = told
    if least is not None:
        deviation = min(float(least - cell.count), 0.0)
        bounds.low[number] = max(bounds.low[number], deviation)
    if most is not None:
        deviation = max(float(most - cell.count), 0.0)
        bounds.high[number] = min(bounds.high[number], deviation)


def _all_known(line: Line, cell_of: dict[Key, Cell]) -> bool:
    return all(cell_of[key].known for key in line.cells)


def _costs(lines: Sequence[Line]) -> Floats:
    hairs = [crc32("/".join(line.key).encode()) / 2**32 for line in lines]
    return np.array([float(line.cost) for line in lines]) + NUDGE * np.array(hairs)


def _reason(line: Line, cell_of: dict[Key, Cell], settings: Settings) -> SuppressionReason | None:
    """The primary rule."""
    if _all_known(line, cell_of):
        return None
    if line.hide:
        return SuppressionReason.ASKED
    if line.base is not None and settings.is_few(cell_of[line.base].count):
        return SuppressionReason.FEW
    cells = [cell_of[key] for key in line.cells]
    if any(settings.is_small(cell.count) and not cell.known for cell in cells):
        return SuppressionReason.SMALL
    return None
