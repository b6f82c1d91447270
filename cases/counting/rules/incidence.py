"""How long children wait, day by day: Kaplan-Meier beside the incidence of each way to leave.

Pure, and without anything but NumPy: an institution counts with it at home. A spell may be
followed late: it joins the risk set after the age it had by then. Sources: Kaplan and Meier (1958);
Aalen and Johansen (1978) for exits that compete with being helped.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Shares = NDArray[np.float64]

_CLOSE = 1e-9
"""Nearer to one half than this, survival is compared again in whole numbers."""


@dataclass(frozen=True, slots=True)
class Incidence:
    """One row for each age, in days and rising, at which somebody's wait ended."""

    day: Numbers
    at_risk: Numbers
    helped: Numbers
    other: Numbers
    waiting: Shares
    """Kaplan-Meier of being helped: every other exit ends the watching, not the wait."""
    helped_so_far: Shares
    """Aalen-Johansen: the share that was helped by this day, where others leave for good."""
    other_so_far: Shares

    @property
    def median_days(self) -> int | None:
        """The first day on which at most one half still waits, by Kaplan-Meier."""
        return self.first_day_at_most(1, 2)

    @property
    def other_share(self) -> float | None:
        """Exits other than to help, as a share of all exits; None where nobody left."""
        helped, other = int(self.helped.sum()), int(self.other.sum())
        return other / (helped + other) if helped + other else None

    def first_day_at_most(self, over: int, under: int) -> int | None:
        """The first day on which at most ``over / under`` still waits; None where none is."""
        reached = self.waiting <= over / under
        for at in np.flatnonzero(np.abs(self.waiting - over / under) < _CLOSE):
            left, whole = 1, 1
            for risk, gone in zip(self.at_risk[: at + 1], self.helped[: at + 1], strict=True):
                left, whole = left * int(risk - gone), whole * int(risk)
            reached[at] = under * left <= over * whole
        return int(self.day[np.argmax(reached)]) if reached.any() else None


def incidence(joined_after: Numbers, left_at: Numbers, helped: Flags, other: Flags) -> Incidence:
    """Follow spells, one row a spell, by age in whole days.

    ``joined_after`` is -1 for a spell that is followed from its first day. Neither ``helped`` nor
    ``other``: it still waited when it was last seen.
    """
    day = np.unique(left_at[helped | other]).astype(np.int64)
    joined, gone = np.sort(joined_after), np.sort(left_at)
    # At risk on a day: who joined before it, less who left before it.
    at_risk = np.searchsorted(joined, day, side="left") - np.searchsorted(gone, day, side="left")
    helped_then = _on(day, left_at[helped])
    other_then = _on(day, left_at[other])
    waiting = np.cumprod(1 - helped_then / at_risk)
    both = np.cumprod(1 - (helped_then + other_then) / at_risk)
    just_before = np.concatenate(([1.0], both[:-1])) if len(day) else both
    return Incidence(
        day=day,
        at_risk=at_risk.astype(np.int64),
        helped=helped_then,
        other=other_then,
        waiting=waiting,
        helped_so_far=np.cumsum(just_before * helped_then / at_risk),
        other_so_far=np.cumsum(just_before * other_then / at_risk),
    )


def _on(days: Numbers, ends: Numbers) -> Numbers:
    """How many of ``ends`` fall on each of ``days``."""
    found = np.searchsorted(days, ends)
    return np.bincount(found, minlength=len(days)).astype(np.int64)
