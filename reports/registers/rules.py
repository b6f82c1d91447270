"""How wide the columns of a printed register are, or that they do not fit on a sheet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

SHEET: Final = 261.0
"""Millimetres between the margins of an A4 on its side."""
LETTER: Final = 1.62
"""Millimetres that a letter of a register takes, a bold one of a heading too."""
PADDING: Final = 4.4
"""Millimetres left and right of the words of a cell."""
LONGEST: Final = 22
"""Letters of a word that must stay whole; what is longer, a fingerprint, may be cut."""
LINE: Final = 4.0
"""Millimetres from line to line."""
TALLEST: Final = 100.0
"""Millimetres of a row that still fits below a heading; a taller one would be cut."""
READABLE: Final = 34.0
"""Millimetres that sentences need at least, or they become a string of single words."""


def widths(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float] | None:
    """Shares in per cent of the columns, or None where words do not fit on a sheet side by side.

    Each column is as wide as its longest word; what is left is shared by how much stands in it.
    """
    columns = [[label, *(row[at] for row in rows)] for at, label in enumerate(labels)]
    least = [_least(cells) for cells in columns]
    left = SHEET - sum(least)
    if left < 0:
        return None
    weights = [sqrt(max(len(cell) for cell in cells)) for cells in columns]
    total = sum(weights)
    wide = [one + left * weight / total for one, weight in zip(least, weights, strict=True)]
    if any(_height(cells, one) > TALLEST for cells, one in zip(columns, wide, strict=True)):
        return None
    return [100 * one / SHEET for one in wide]


def _height(cells: Sequence[str], width: float) -> float:
    letters = max(len(cell) for cell in cells)
    return LINE * (letters * LETTER / (width - PADDING) + 1)


def _least(cells: Sequence[str]) -> float:
    word = max((len(word) for cell in cells for word in cell.split()), default=1)
    least = min(word, LONGEST) * LETTER + PADDING
    return max(least, READABLE) if max(map(len, cells)) > 2 * LONGEST else least
