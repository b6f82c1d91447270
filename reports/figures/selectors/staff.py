"""Staff in full-time jobs per month: filled, supernumerary apart, and the establishment.

Full-time jobs are capacity, not counts of people, so the rule for small counts leaves them
alone; head counts stay inside the turnover figure, which ``figures`` protects.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from cases.models import Observation
from cases.staffing.rules import EMPTY, STAFF_ROWS
from jbn_oversight.organisations.models import Institution

QUANTITIES: Final = ("filled_fte", "supernumerary_fte", "establishment_fte")


@dataclass(frozen=True, slots=True)
class StaffMonth:
    """Full-time jobs on the last day of a month; None where not delivered or not known."""

    month: date
    filled: Decimal | None
    """Everyone on the pay-roll, supernumerary staff included."""
    supernumerary: Decimal | None
    establishment: Decimal | None

    @property
    def permanent(self) -> Decimal | None:
        """Filled without the supernumerary staff."""
        if self.filled is None or self.supernumerary is None:
            return None
        return self.filled - self.supernumerary


def staff_months(
    *,
    institution: Institution,
    months: Sequence[date],
    regions: Iterable[str],
    known_at: datetime | None = None,
) -> list[StaffMonth]:
    """The sums over the regions (slugs) and all roles, for each month (its first day).

    A month without rows for each of the regions has no figures; a quantity with an empty cell
    is not known. ``known_at`` (aware) asks what was known then.
    """

    rows = (
        Observation.objects.current()
        if known_at is None
        else Observation.objects.as_known_at(known_at)
    )
    wanted = [STAFF_ROWS, *QUANTITIES, *(quantity + EMPTY for quantity in QUANTITIES)]
    found = rows.filter(
        institution=institution,
        region__slug__in=list(regions),
        series__in=wanted,
        month__in=list(months),
    ).values_list("series", "month", "region__slug", "value")
    sums: dict[tuple[str, date], Decimal] = {}
    delivered: dict[date, set[str]] = {}
    for series, month, region, value in found:
        if series == STAFF_ROWS:
            delivered.setdefault(month, set()).add(region)
        sums[series, month] = sums.get((series, month), Decimal(0)) + value
    every = set(regions)

    def total(quantity: str, month: date) -> Decimal | None:
        if delivered.get(month, set()) < every or (quantity + EMPTY, month) in sums:
            return None
        return sums.get((quantity, month), Decimal(0))

    return [
        StaffMonth(month, *(total(quantity, month) for quantity in QUANTITIES)) for month in months
    ]
