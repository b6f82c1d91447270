"""A run of months as day tables: which month a day counts in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cases.counting.rules.columns import Days

_DAY: Final = np.timedelta64(1, "D")
_MONTH: Final = np.timedelta64(1, "M")
_FIRST_DAY: Final = np.datetime64("1900-01-01", "D")


class MonthLine:
    """Some months in ascending order, perhaps with gaps, looked up by day (from 1900 on)."""

    def __init__(self, months: Sequence[date]) -> None:
        """``months`` are first days of months, ascending, at least one."""
        firsts = np.array(months, dtype="datetime64[M]")
        if len(firsts) == 0 or (np.diff(firsts) <= np.timedelta64(0, "M")).any():
            raise ValueError("months must be given in ascending order, at least one")
        self.count: Final = len(firsts)
        self.firsts: Final[Days] = firsts.astype("datetime64[D]")
        next_firsts: Days = (firsts + _MONTH).astype("datetime64[D]")
        self.ends: Final[Days] = next_firsts - _DAY
        days = np.arange(_FIRST_DAY, self.ends[-1] + _DAY, dtype="datetime64[D]")
        from_end = np.searchsorted(self.ends, days)
        self._first_end = np.append(from_end, self.count)
        in_month = days >= self.firsts[from_end]
        self._month = np.append(np.where(in_month, from_end, self.count), self.count)

    def month_of(self, days: Days) -> NDArray[np.int64]:
        """Number of the month a day lies in; ``count`` for any other day and for none."""
        return self._month[self._place(days)]

    def first_end_from(self, days: Days) -> NDArray[np.int64]:
        """Number of the first month that ends on or after the day; ``count`` where none does.

        So what starts on a day is there from this month's end on, and what ends on a day is
        gone from this month's end on. A day that is not known never comes: ``count``.
        """
        return self._first_end[self._place(days)]

    def _place(self, days: Days) -> NDArray[np.uint64]:
        # NaT is the lowest int64; as an unsigned number it lies beyond the table, as do
        # days after the last month, and both take the table's last cell.
        offset = (days - _FIRST_DAY).view(np.int64).view(np.uint64)
        return np.minimum(offset, np.uint64(len(self._month) - 1))
