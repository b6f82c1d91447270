"""Which part of the country an institution is overseen for, as counting and parsing need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OversightScope:
    """An institution's municipalities, regions and tasks over a span of months. Pure."""

    institution: str
    """Code of the institution, ``jbn``."""
    municipalities: tuple[str, ...]
    """CBS codes, sorted; a municipality's position here is its number in columns."""
    regions: tuple[str, ...]
    """Slugs of the regions, sorted."""
    regions_by_month: Mapping[tuple[str, date], str]
    """(CBS code, first day of month) -> region on that month's last day."""
    safe_home_regions: frozenset[str]
    """Regions in which the institution is also Veilig Thuis."""

    def region_of(self, municipality: str, month: date) -> str | None:
        """The region of a municipality on the last day of the month (given by its first)."""
        return self.regions_by_month.get((municipality, month))

    def safe_home_municipalities(self, month: date) -> tuple[str, ...]:
        """CBS codes of the municipalities that the Veilig Thuis task covers in the month."""
        return tuple(
            code
            for code in self.municipalities
            if self.region_of(code, month) in self.safe_home_regions
        )
