"""Linear programmes over the part of a system that matters for some cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from cases.disclosure.system import Bounds, Flags, Floats

Places = NDArray[np.intp]

MANY: Final = 400
"""Columns of parts that are solved in one go: fewer calls, but none that takes long."""


@dataclass(frozen=True, slots=True)
class PossibleTable:
    """One table that agrees with everything known, and what each sum was worth to it."""

    deviations: Floats
    prices: Floats


class Programme:
    """The linear programmes over some columns; all others stay as they are."""

    def __init__(
        self, sums: csr_matrix, rows: Places, columns: Places, part: Places, inside: Flags
    ) -> None:
        self._shape: Final = sums.shape
        self._rows: Final = rows
        self._columns: Final = columns
        self._part: Final = part
        self._row_part: Final = np.full(sums.shape[0], -1)
        self._sums: Final = sums[rows][:, columns]
        owner = part[columns]
        first = self._sums.indices[self._sums.indptr[:-1]] if len(rows) else np.array([], int)
        self._row_part[rows] = owner[first]
        self.inside: Final = inside
        """Columns for which this programme is meant."""

    def rows_with(self, column: int) -> Flags:
        """The sums of the connected part that the column is in."""
        flags: Flags = self._row_part == self._part[column]
        return flags

    def one_of_each_part(self, open_: Flags) -> list[int]:
        """The first open column of each connected part."""
        places = np.flatnonzero(open_)
        _, first = np.unique(self._part[places], return_index=True)
        return [int(place) for place in np.sort(places[first])]

    def some_of_each_part(self, places: Places, share: int) -> Places:
        """The first of ``places`` in each connected part: one in ``share``, and at least one."""
        part = self._part[places]
        order = np.argsort(part, kind="stable")
        _, first, sizes = np.unique(part[order], return_index=True, return_counts=True)
        rank = np.arange(len(order)) - np.repeat(first, sizes)
        return places[order[rank < np.repeat(np.maximum(sizes // share, 1), sizes)]]

    def best(self, goal: Floats, within: Bounds) -> PossibleTable:
        """The table with the lowest sum of ``goal``."""
        deviations, prices = np.zeros(self._shape[1]), np.zeros(self._shape[0])
        some = len(self._rows) > 0
        found = linprog(
            goal[self._columns],
            A_eq=self._sums if some else None,
            b_eq=np.zeros(len(self._rows)) if some else None,
            bounds=np.column_stack([within.low[self._columns], within.high[self._columns]]),
            method="highs",
        )
        if found.x is None:  # the truth itself is a table, so this is arithmetic giving up
            return PossibleTable(deviations, prices)
        deviations[self._columns] = found.x
        if some:
            prices[self._rows] = found.eqlin.marginals
        return PossibleTable(deviations, prices)


def programmes(sums: csr_matrix, known: Bounds, open_: Flags) -> Iterator[Programme]:
    """Programmes that together cover the open columns: connected parts, small ones in one go."""
    linked = _linked(sums, known.free)
    count, found = connected_components(linked.T @ linked + _diagonal(known.free), directed=False)
    part = found.astype(np.intp)
    sizes = np.bincount(part[known.free], minlength=count)
    batch: list[int] = []
    size = 0
    for number in np.unique(part[open_]):
        if batch and size + sizes[number] > MANY:
            yield _over(sums, linked, part, np.isin(part, batch) & known.free)
            batch, size = [], 0
        batch.append(int(number))
        size += sizes[number]
    if batch:
        yield _over(sums, linked, part, np.isin(part, batch) & known.free)


def _linked(sums: csr_matrix, free: Flags) -> csr_matrix:
    """The sums with the free columns alone."""
    linked = csr_matrix(sums @ _diagonal(free))
    linked.eliminate_zeros()
    return linked


def _over(sums: csr_matrix, linked: csr_matrix, part: Places, columns: Flags) -> Programme:
    rows = np.flatnonzero(abs(linked) @ columns)
    return Programme(sums, rows, np.flatnonzero(columns), part, columns)


def _diagonal(flags: Flags) -> csr_matrix:
    size = len(flags)
    places = np.arange(size)
    return csr_matrix((flags.astype(np.float64), (places, places)), shape=(size, size))
