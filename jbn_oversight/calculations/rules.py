"""What the inputs of all calculations share: types with their bounds, and how a fault is named.

Pure. An input is a frozen dataclass whose annotations carry the bounds; what a bound cannot say is
checked in its ``__post_init__``, which raises ``FaultError``. A field whose name would be a word of
Python ends in ``_`` (``from_``), which the JSON leaves out. Pages build the same dataclasses.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Final

from annotated_types import Ge, Gt, Le, MaxLen, MinLen, Predicate

VERSION: Final = 1
"""Of the contract that names, inputs and outputs follow."""
MOST: Final = 10**9
"""No number of youths, workers or weeks comes near it; sums stay exact in double precision."""

Count = Annotated[int, Ge(0), Le(MOST)]
"""Youths, places or runs."""
Rate = Annotated[float, Ge(0), Le(MOST)]
"""A number per week, a number of FTE or of weeks."""
Positive = Annotated[float, Gt(0), Le(MOST)]
Share = Annotated[float, Ge(0), Le(1)]
"""A part of a whole, between 0 and 1."""
WeekNumber = Annotated[int, Ge(1), Le(MOST)]
"""Week k is the seven days from the start plus 7(k - 1)."""
Weeks = Annotated[int, Ge(1), Le(520)]
PerWeek = Rate | list[Rate]
"""One number for every week, or one for each of the weeks."""
CountPerWeek = Count | list[Count]


def can_be_printed(text: str) -> bool:
    """Whether UTF-8 can hold it and it stays on its line."""
    return text.isprintable()


Code = Annotated[str, MinLen(1), MaxLen(200), Predicate(can_be_printed)]
Money = Annotated[str, MaxLen(30), Predicate(re.compile(r"-?\d+\.\d\d", re.ASCII).fullmatch)]
"""Euros, with two decimals."""
Price = Annotated[str, MaxLen(30), Predicate(re.compile(r"\d+\.\d\d", re.ASCII).fullmatch)]
"""Euros, with two decimals, not negative."""
Weight = Annotated[str, MaxLen(60), Predicate(re.compile(r"\d+(\.\d+)?", re.ASCII).fullmatch)]


class CalculationInput:
    """Base of each object that the JSON of a calculation may hold."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "alias_generator": lambda name: name.rstrip("_"),
    }


class LeftOut:
    """The kind of ``LEFT_OUT``."""


LEFT_OUT: Final = LeftOut()
"""Stands in a result for a key that it does not have."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an input: where, and what."""

    path: str
    """``queue[3].count``."""
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


class FaultError(ValueError):
    """An input that its types allow and that cannot be used; paths are those inside its object."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def refuse(faults: Iterable[Fault]) -> None:
    """Raise ``FaultError`` with all of these, if there are any."""
    found = tuple(faults)
    if found:
        raise FaultError(*found)


def doubled(path: str, field: str, values: Sequence[Hashable]) -> list[Fault]:
    """A fault at each object of the list ``path`` whose ``field`` an earlier one has already."""
    seen: set[Hashable] = set()
    faults = []
    for place, value in enumerate(values):
        if value in seen:
            faults.append(Fault(f"{path}[{place}]{field and '.' + field}", "is given twice"))
        seen.add(value)
    return faults


def wrong_length(path: str, value: object, weeks: int) -> list[Fault]:
    """A fault where a list does not hold one number for each of the weeks."""
    if isinstance(value, list) and len(value) != weeks:
        return [Fault(path, f"holds {len(value)} numbers for {weeks} weeks")]
    return []


def each_week(value: float | Sequence[float], weeks: int) -> list[float]:
    """The number of each week, in the order of the weeks."""
    return [*value] if isinstance(value, Sequence) else [value] * weeks


def last_day_of_week(start: date, week: int) -> date:
    """The last of the seven days of week ``week``, counted from 1."""
    return start + timedelta(days=7 * week - 1)
