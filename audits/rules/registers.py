"""A register as it is printed or exported: headings and rows, and nothing else. Pure.

A package of this floor makes its registers from what its page shows; the spreadsheet and the
PDF are made from the register alone, so they cannot hold more than the page does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = str | date | Decimal
"""Words, an exact Amsterdam day, or a number. A rough day comes in words; nothing is ``""``."""
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A heading. A ``long`` column holds sentences and is made wide."""

    label: str
    long: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A table with a title, as known on the (Amsterdam) day ``stand``.

    ``notes`` are sentences that stand below the table. Raises ValueError for a row that does
    not fill the columns, and for a register without columns.
    """

    title: str
    stand: date
    columns: tuple[RegisterColumn, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a table that is not one."""
        if not self.columns:
            raise ValueError(f"{self.title}: a register needs columns")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"{self.title}, row {number}: {len(row)} cells for {len(self.columns)} columns"
                )
