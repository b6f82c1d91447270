"""Days that are known only roughly: to the month, a part of it, the quarter or the year. Pure.

Papers say "eind februari 2025" or "in september". Such a day is kept as the first day of the
span that is meant together with how precise it is, and is never made sharper than its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How precisely a day is known."""

    DAY = "day"
    PART_OF_MONTH = "part_of_month"
    """The first ten days, the second ten, or the rest: on the 1st, 11th or 21st."""
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def _first_of_next_month(day: date, months: int = 1) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class ImpreciseDay:
    """A day, or the span of days within which it lies; ``on`` is the span's first day.

    Raises ValueError where ``on`` is not the first day of such a span.
    """

    on: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        allowed_days = {
            Precision.DAY: range(1, 32),
            Precision.PART_OF_MONTH: (1, 11, 21),
        }.get(self.precision, (1,))
        wrong_month = (
            self.precision is Precision.QUARTER and self.on.month not in (1, 4, 7, 10)
        ) or (self.precision is Precision.YEAR and self.on.month != 1)
        if self.on.day not in allowed_days or wrong_month:
            raise ValueError(f"{self.on} does not start a {self.precision}")

    @classmethod
    def of(cls, on: date, precision: str) -> ImpreciseDay:
        """From the two columns that keep it. Raises ValueError for an unknown precision."""
        return cls(on, Precision(precision))

    @property
    def first(self) -> date:
        """The earliest day that is meant."""
        return self.on

    @property
    def last(self) -> date:
        """The latest day that is meant: for a month its last day."""
        if self.precision is Precision.DAY:
            return self.on
        if self.precision is Precision.PART_OF_MONTH and self.on.day < 21:
            return self.on + timedelta(days=9)
        months = {Precision.QUARTER: 3, Precision.YEAR: 12}.get(self.precision, 1)
        return _first_of_next_month(self.on, months) - timedelta(days=1)

    @property
    def about(self) -> bool:
        """Whether saying one day for it needs the word "about"."""
        return self.precision is not Precision.DAY


def months_later(day: date, months: int) -> date:
    """The same day number so many calendar months later, or that month's last day.

    A term of months set by an authority is not rolled past weekends or holidays
    (Algemene termijnenwet art. 4).
    """
    month = _first_of_next_month(day.replace(day=1), months)
    last = (_first_of_next_month(month) - timedelta(days=1)).day
    return month.replace(day=min(day.day, last))
