"""A second attacker, who shares nothing with the one in the product but the rules.

He takes plain numbers: what is published per cell (a value, two bounds, or nothing) and which
sums hold, and asks per cell for the lowest and highest value, by trying all whole tables or by
one linear programme each. And he knows the fewest cells that could be hidden.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import Bounds, linprog, milp

Span = tuple[float, float]
Sum = tuple[str, Sequence[str]]
"""A total and its parts."""


def by_counting(spans: Mapping[str, tuple[int, int]], sums: Sequence[Sum]) -> dict[str, Span]:
    """Lowest and highest of each cell over all whole tables between the bounds."""
    names = sorted(spans)
    seen: dict[str, list[int]] = {name: [] for name in names}
    for values in itertools.product(*(range(spans[n][0], spans[n][1] + 1) for n in names)):
        table = dict(zip(names, values, strict=True))
        if all(table[whole] == sum(table[part] for part in parts) for whole, parts in sums):
            for name, value in table.items():
                seen[name].append(value)
    return {name: (min(values), max(values)) for name, values in seen.items()}


def by_programme(
    spans: Mapping[str, Span], sums: Sequence[Sum], cell: str, least: Sequence[Sum] = ()
) -> Span:
    """Lowest and highest value of one cell; ``least`` are wholes that their parts stay within."""
    names = sorted(spans)
    at = {name: number for number, name in enumerate(names)}

    def rows(rules: Sequence[Sum]) -> np.ndarray:
        matrix = np.zeros((len(rules), len(names)))
        for row, (whole, parts) in enumerate(rules):
            matrix[row, at[whole]] -= 1
            for part in parts:
                matrix[row, at[part]] += 1
        return matrix

    goal = np.zeros(len(names))
    goal[at[cell]] = 1.0
    ends = []
    for sign in (1, -1):
        found = linprog(
            sign * goal,
            A_eq=rows(sums) if sums else None,
            b_eq=np.zeros(len(sums)) if sums else None,
            A_ub=rows(least) if least else None,
            b_ub=np.zeros(len(least)) if least else None,
            bounds=[spans[name] for name in names],
        )
        assert found.status in (0, 3)
        ends.append(sign * -np.inf if found.fun is None else sign * float(found.fun))
    return ends[0], ends[1]


def fewest_hidden(
    counts: Mapping[str, int], sums: Sequence[Sum], *, threshold: int = 5, width: int = 5
) -> int:
    """The smallest number of cells that can be hidden with every hidden cell safe.

    One integer programme with, for each cell, the two tables that would keep it safe.
    """
    names = sorted(counts)
    at = {name: number for number, name in enumerate(names)}
    size, far = len(names), 10.0 * (max(counts.values()) + width)
    total = size * (1 + 2 * size)
    rows, lows, highs = [], [], []

    def add(entries: Mapping[int, float], low: float, high: float) -> None:
        row = np.zeros(total)
        for column, value in entries.items():
            row[column] = value
        rows.append(row)
        lows.append(low)
        highs.append(high)

    for cell, side in itertools.product(range(size), range(2)):
        start = size + (2 * cell + side) * size
        for whole, parts in sums:
            add({start + at[whole]: -1.0, **{start + at[p]: 1.0 for p in parts}}, 0, 0)
        for name, other in at.items():
            add({start + other: 1.0, other: -far}, -np.inf, counts[name])
            add({start + other: 1.0, other: float(counts[name])}, counts[name], np.inf)
    for cell in range(size):
        low, high = size + 2 * cell * size + cell, size + (2 * cell + 1) * size + cell
        add({high: 1.0, low: -1.0, cell: -float(width)}, 0, np.inf)
    lower = np.zeros(total)
    upper = np.full(total, np.inf)
    upper[:size] = 1
    for name, cell in at.items():
        lower[cell] = 1.0 if 0 < counts[name] < threshold else 0.0
    found = milp(
        np.concatenate([np.ones(size), np.zeros(total - size)]),
        integrality=np.concatenate([np.ones(size), np.zeros(total - size)]),
        bounds=Bounds(lower, upper),
        constraints=(np.array(rows), np.array(lows), np.array(highs)),
    )
    assert found.status == 0
    fewest: int = round(found.fun)
    return fewest
