"""Where there are too many lines for an exact choice: what hits most for its cost goes first."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from cases.disclosure.attacker import Proof
from cases.disclosure.suppression import greedy


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
