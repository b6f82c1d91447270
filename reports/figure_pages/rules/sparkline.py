"""A small chart as a few points: drawn by a template, without the chart library. Pure.

The dashboard shows a score of these, and a full chart costs a tenth of a second where this
costs none (the decision is in docs/adr).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 180
HEIGHT: Final = 44
PAD: Final = 4


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Where the lines run, in a box of ``WIDTH`` by ``HEIGHT`` with y downwards."""

    pieces: tuple[str, ...]
    """Point lists, a piece per unbroken run of months; a gap lies between pieces."""
    dots: tuple[tuple[float, float], ...]
    """Months that stand alone, and the last one."""
    norm_y: float | None
    words: str
    """What the picture says, for who does not see it."""

    @property
    def box(self) -> str:
        """The picture's viewBox."""
        return f"0 0 {WIDTH} {HEIGHT}"

    @property
    def right(self) -> int:
        """Where the norm line ends."""
        return WIDTH


def sparkline(
    values: Sequence[float | None], *, norm: float | None, words: str
) -> Sparkline | None:
    """The picture of monthly values with the norm; None where there is nothing to draw.

    The bottom is zero and the top the highest of values and norm.
    """
    known = [value for value in values if value is not None]
    if not known:
        return None
    top = max([*known, norm or 0.0]) or 1.0

    def at(index: int, value: float) -> tuple[float, float]:
        x = PAD + index * (WIDTH - 2 * PAD) / max(len(values) - 1, 1)
        y = PAD + (1 - value / top) * (HEIGHT - 2 * PAD)
        return round(x, 1), round(y, 1)

    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(at(index, value))
    runs = [run for run in runs if run]
    dots = [run[0] for run in runs if len(run) == 1]
    if runs[-1][-1] not in dots:
        dots.append(runs[-1][-1])
    return Sparkline(
        pieces=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(dots),
        norm_y=None if norm is None else at(0, norm)[1],
        words=words,
    )
