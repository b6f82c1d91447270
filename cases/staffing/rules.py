"""The current staffing rows of an institution's months, as counting reads them. Pure.

A month and region has one current version, whole; its rows have one role each. A role
without a row has no staff that month. Head counts, joiners and leavers are whole numbers,
FTE and days exact decimals; an empty cell is None, "not known", never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

WORKER_ROLES: Final = ("youth_protection_worker", "youth_probation_worker")
ROLES: Final = (*WORKER_ROLES, "practice_coach", "behavioural_expert", "other")

QUANTITIES: Final = (
    "establishment_fte",
    "filled_fte",
    "supernumerary_fte",
    "hired_fte",
    "vacancy_fte",
    "sick_days",
    "available_days",
    "headcount_start",
    "headcount_end",
    "joiners",
    "leavers",
    "internal_leavers",
)
"""FTE is the state on the month's last day; days, joiners and leavers cover the month. Of the
leavers the internal ones went to another role or region of the institution."""
OPTIONAL: Final = frozenset({"internal_leavers"})
"""Quantities that an institution need not deliver: an empty cell takes nothing off a figure."""


@dataclass(frozen=True, slots=True)
class StaffingRow:
    """One role in one region in one month."""

    region: str
    """Slug of the region."""
    month: date
    """First day of the month."""
    role: str
    """One of ``ROLES``."""
    quantities: Mapping[str, Decimal | None]
    """By name of ``QUANTITIES``; a missing name is not known."""


@dataclass(frozen=True, slots=True)
class StaffingTable:
    """The current versions' rows of some months; a version without rows does not exist."""

    rows: tuple[StaffingRow, ...] = ()
    versions: Mapping[tuple[str, date], str] = field(default_factory=dict)
    """(region, first day of month) -> what identifies the current version."""


STAFF_ROWS: Final = "staff_rows"
"""Series that is 1 where a role has a row, so that a row of zeros differs from no row."""
EMPTY: Final = "_empty"
"""Ending of the series that counts a quantity's empty cells, which are not known."""

StaffingCell = tuple[str, str, str, date]
"""Series, region, role, first day of the month."""


def staffing_series(table: StaffingTable) -> dict[StaffingCell, Decimal]:
    """The rows as additive series by region and role; cells of zero are left out."""
    cells: dict[StaffingCell, Decimal] = {}
    for row in table.rows:
        place = (row.region, row.role, row.month)
        cells[(STAFF_ROWS, *place)] = Decimal(1)
        for quantity in QUANTITIES:
            value = row.quantities.get(quantity)
            if value is None:
                if quantity in OPTIONAL:
                    continue
                cells[(quantity + EMPTY, *place)] = Decimal(1)
            elif value:
                cells[(quantity, *place)] = value
    return cells
