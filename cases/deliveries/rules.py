"""When a delivery would change so much that a person must look before it counts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

LEAST_RUNNING: Final = 25
"""Under so many running measures a difference says little."""
MOST_DIFFERENT: Final = 5
"""A difference of one in so many holds a delivery: 20 %."""
EARLIER_MONTHS: Final = 6


class HoldReason(StrEnum):
    """Why a delivery waits for a person."""

    RUNNING = "running_measures"
    """The number of running measures is far from what it was."""
    EMPTY_FILE = "empty_file"
    """A file that had rows has none."""
    DEADLINES = "contact_due"
    """The last month has far fewer deadlines than the months before it."""


@dataclass(frozen=True, slots=True)
class HoldFinding:
    """One reason with what it rests on; numbers of the whole institution."""

    reason: HoldReason
    before: int
    """What stood there; of deadlines the sum of the six months before."""
    now: int
    month: date | None = None
    """First day of the month that is compared."""
    file: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the row that keeps it."""
        month = "" if self.month is None else self.month.isoformat()
        return {
            "reason": self.reason.value,
            "before": self.before,
            "now": self.now,
            "month": month,
            "file": self.file,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> HoldFinding:
        """What was kept."""
        month = date.fromisoformat(kept["month"]) if kept["month"] else None
        return cls(HoldReason(kept["reason"]), kept["before"], kept["now"], month, kept["file"])


def running_differs(before: int, now: int) -> bool:
    """Whether running measures differ by 20 % or more of a number that says something."""
    return before >= LEAST_RUNNING and MOST_DIFFERENT * abs(now - before) >= before


def emptied(before: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    """Files that had rows and have none; rows by file."""
    return [file for file, rows in before.items() if rows and not now.get(file, 0)]


def deadlines_collapse(due: Sequence[int]) -> bool:
    """Whether the last month has under half of the mean of the six before it.

    ``due`` are deadlines by month, in order; with fewer than seven there is no answer but no.
    """
    if len(due) <= EARLIER_MONTHS:
        return False
    *_, last = due
    earlier = due[-1 - EARLIER_MONTHS : -1]
    return 2 * EARLIER_MONTHS * last < sum(earlier)
