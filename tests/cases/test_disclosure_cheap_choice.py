"""Where there are too many lines for an exact choice: what hits most for its cost goes first."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from cases.disclosure import Cell, Line, Relation, Settings
from cases.disclosure.attacker import Proof
from cases.disclosure.large_tables import _Search
from cases.disclosure.suppression import greedy
from cases.disclosure.system import compile_system


def five_cells(costs: list[float]) -> Any:
    """Each cell in a line of its own; the last two must be hidden already."""
    return SimpleNamespace(
        lines_of=tuple((number,) for number in range(5)),
        costs=np.array(costs),
        hidden=lambda lines: lines,
    )


BOTH = [Proof(3, ((0, 1.0), (1, 1.0))), Proof(4, ((0, 1.0), (2, 1.0)))]
"""Two proofs: one cell is in both, two others are in one each."""


def chosen(costs: list[float]) -> list[int]:
    must = np.array([False, False, False, True, True])
    return [int(line) for line in np.flatnonzero(greedy(five_cells(costs), must, BOTH) & ~must)]


def test_one_line_that_hits_two_proofs_is_hidden_before_two_lines_that_hit_one_each() -> None:
    assert chosen([1.0, 1.0, 1.0, 1.0, 1.0]) == [0]


def test_two_cheap_lines_are_hidden_before_one_that_costs_more_than_both() -> None:
    assert chosen([3.0, 1.0, 1.0, 1.0, 1.0]) == [1, 2]


def test_a_line_that_is_hidden_already_costs_nothing_more() -> None:
    # The first cell stands in a dear line too, which is hidden; the others are a little dearer.
    system = five_cells([1.0, 2.0, 2.0, 50.0, 1.0])
    system.lines_of = ((0, 3), (1,), (2,), (3,), (4,))
    must = np.array([False, False, False, True, True])
    found = greedy(system, must, [Proof(4, ((0, 1.0), (1, 1.0)))])
    assert list(np.flatnonzero(found & ~must)) == [0]


def test_a_line_that_lost_part_of_its_use_is_still_weighed_by_what_is_left() -> None:
    # The first hits three proofs; after it the second hits one more, and the third that one for
    # twice the cost.
    proofs = [
        Proof(3, ((0, 1.0),)),
        Proof(3, ((0, 1.0),)),
        Proof(3, ((0, 1.0), (1, 1.0))),
        Proof(3, ((1, 1.0), (2, 1.0))),
    ]
    must = np.array([False, False, False, True, True])
    found = greedy(five_cells([1.0, 1.0, 2.0, 1.0, 1.0]), must, proofs)
    assert list(np.flatnonzero(found & ~must)) == [0, 1]


def test_a_cheap_table_moves_one_cell_up_by_taking_another_down() -> None:
    cells = [Cell(("a",), 10), Cell(("b",), 12), Cell(("both",), 22)]
    sums = [Relation.total(("both",), [("a",), ("b",)])]
    lines = [Line(cell.key, (cell.key,)) for cell in cells]
    system = compile_system(cells, sums, lines, Settings())
    nothing = np.zeros(len(lines), dtype=np.bool_)
    everywhere = np.arange(len(system.counts))
    for step in (5.0, -5.0):
        table = _Search(system, nothing, everywhere).cheapest(0, step)
        assert np.allclose(table[:3], [step, -step, 0])
        assert np.allclose(system.sums @ table, 0)
