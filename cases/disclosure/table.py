"""What disclosure control reads and gives: cells, how they add up, what is printed, what was.

Pure. Counts are exact; keys are tuples of text, whose order is the order of every choice, so
that the same tables give the same result however they are handed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

Key = tuple[str, ...]
Number = int | Decimal

CHEAP: Final = 100
"""What it costs to hide a line that nobody would miss more than another."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules of a release. A width of None means: as wide as the threshold."""

    threshold: int = 5
    """Counts above zero and under this are hidden."""
    base: int = 10
    """Percentages over fewer cases than this are hidden."""
    width: int | None = None
    """How far apart the lowest and highest possible value of a hidden cell must lie."""
    rounding: int = 0
    """Published counts are rounded to multiples of this, halves upward; zero for exact."""

    @property
    def protection(self) -> int:
        """The width that every hidden cell must have."""
        return self.threshold if self.width is None else self.width

    def is_small(self, count: Number | None) -> bool:
        """Whether the count must be hidden."""
        return count is not None and 0 < count < self.threshold

    def is_few(self, base: Number | None) -> bool:
        """Whether a percentage over so many may not be shown."""
        return base is not None and 0 < base < self.base

    def published(self, count: Number) -> Number:
        """The count as it is printed where it is printed."""
        if not self.rounding:
            return count
        return type(count)(self.rounding * ((2 * count + self.rounding) // (2 * self.rounding)))

    def told(self, count: Number) -> tuple[Number, Number]:
        """Between which counts a reader knows it to be, who sees it printed.

        A reader also knows the rule: what is printed is zero or at least the threshold.
        """
        if not self.rounding:
            return count, count
        printed = int(self.published(count))
        low = printed - self.rounding // 2
        high = printed + (self.rounding - 1) // 2
        if count == 0:
            return 0, 0
        return min(max(low, self.threshold), count), max(high, count)


@dataclass(frozen=True, slots=True)
class Cell:
    """One count of the tables. Where it is not in any line, it is not printed anywhere."""

    key: Key
    count: Number
    known: bool = False
    """The reader has it exactly, from elsewhere; it is not hidden and cannot be cover."""
    told: tuple[Number | None, Number | None] = (None, None)
    """What earlier releases gave away of it: at least, at most."""
    guarded: bool = False
    """Hidden by an earlier release and not printed in this one: it must stay safe."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is printed together or not at all: a count, or the two sums of a percentage."""

    key: Key
    cells: tuple[Key, ...]
    base: Key | None = None
    """The cell that a percentage stands on."""
    cost: int = CHEAP
    """What is lost by hiding it; the sum over hidden lines is kept low."""
    hide: bool = False
    """Hidden whatever its counts."""


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """A sum that a reader knows to hold: the terms add up to zero, or to no more than zero.

    Where the counts miss it (a correction half-way, a municipality without a region), the
    reader is taken to know by how much.
    """

    terms: tuple[tuple[Key, int], ...]
    at_most: bool = False

    @classmethod
    def total(cls, whole: Key, parts: Iterable[Key]) -> Relation:
        """The whole is the sum of the parts."""
        return cls(((whole, -1), *((part, 1) for part in sorted(parts))))

    @classmethod
    def within(cls, whole: Key, *parts: Key) -> Relation:
        """The parts together are at most the whole, as a numerator and its denominator."""
        return cls(((whole, -1), *((part, 1) for part in sorted(parts))), at_most=True)


class SuppressionReason(StrEnum):
    """Why a line is hidden."""

    SMALL = "small"
    FEW = "few"
    ASKED = "asked"
    COVER = "cover"


@dataclass(frozen=True, slots=True)
class Range:
    """Two counts that a hidden cell may have, as far as the attacker can tell.

    Both stand in a table that agrees with everything published; None where no table was
    needed, as nothing bounds the cell from above.
    """

    low: float
    high: float

    @property
    def width(self) -> float:
        """How far the two lie apart."""
        return self.high - self.low


@dataclass(frozen=True)
class Protected:
    """A release that may go out."""

    hidden: Mapping[Key, SuppressionReason]
    """Lines that are not printed."""
    cells: Mapping[Key, Number]
    """Cells that are printed, as printed."""
    ranges: Mapping[Key, Range]
    """Of each cell that is hidden in every line: what the attacker is left with."""
    exposed: frozenset[Key] = field(default_factory=frozenset)
    """Cells that earlier releases, or what the reader knows, gave away beyond repair."""

    def shows(self, line: Key) -> bool:
        """Whether the line is printed."""
        return line not in self.hidden
