"""When a clock counts as wrong. Pure: no Django, no database, no clock of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MOST_APART: Final = timedelta(seconds=2)
"""Two clocks that differ by more than this are told of (rule R36 of the embargo)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a process's clock with the database's."""

    before: datetime
    """The own clock when the question went out; aware, UTC."""
    after: datetime
    """The own clock when the answer was here."""
    database: datetime
    """What the database's clock said in between."""
    synchronized: bool | None
    """What the kernel says of this machine's clock; None where it cannot be asked."""

    @property
    def ahead(self) -> timedelta:
        """How far the own clock is ahead at least; negative where it is behind, zero if equal.

        The database answered somewhere between the two readings, so a difference that the way
        there and back explains is none.
        """
        if self.database < self.before:
            return self.before - self.database
        if self.database > self.after:
            return self.after - self.database
        return timedelta(0)

    def is_apart(self) -> bool:
        """Whether the two clocks differ by more than may be."""
        return abs(self.ahead) > MOST_APART

    def is_to_be_told(self, *, ask_kernel: bool) -> bool:
        """Whether somebody must look at a clock.

        Where both clocks are the same one they always agree; then only the kernel knows
        (``ask_kernel``) whether it is kept right.
        """
        return self.is_apart() or (ask_kernel and self.synchronized is False)
