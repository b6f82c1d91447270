"""Which part of the country an institution is overseen for, as counting and parsing need it.

Pure. Spans are half-open: from a day, until (and not on) a day; an empty end is "still so". A
month takes the state of its last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from jbn_oversight.clock import month_end, months_between


@dataclass(frozen=True, slots=True)
class SpanInRegion:
    """The days in which a municipality lies in a region."""

    region: str
    """Slug of the region."""
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class MunicipalityInTime:
    """A municipality: the days of its code, what it went on as, and where it lay."""

    code: str
    from_on: date
    until_on: date | None = None
    successor: str = ""
    """The code that it went on as; only of one that has ended."""
    regions: tuple[SpanInRegion, ...] = ()

    def exists(self, on: date) -> bool:
        """Whether the code exists on the day."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)

    @property
    def first_region(self) -> str | None:
        """The region in which it lay first."""
        spans = sorted(self.regions, key=lambda span: span.from_on)
        return spans[0].region if spans else None

    def region_on(self, on: date) -> str | None:
        """The region in which it lies on the day."""
        for span in self.regions:
            if span.from_on <= on and (span.until_on is None or on < span.until_on):
                return span.region
        return None


@dataclass(frozen=True, slots=True)
class EndedCode:
    """A code that is no more, or will be."""

    on: date
    """The first day on which it is no more."""
    successor: str
    """The code of what it went on as, on the last day of the scope; empty where not known."""


@dataclass(frozen=True, slots=True)
class OversightScope:
    """An institution's municipalities, regions and tasks over a span of months."""

    institution: str
    """Code of the institution, ``jbn``."""
    municipalities: tuple[str, ...]
    """CBS codes, sorted; a municipality's position here is its number in columns."""
    regions: tuple[str, ...]
    """Slugs of the regions, sorted."""
    regions_by_month: Mapping[tuple[str, date], str]
    """(CBS code, first day of month) -> region on that month's last day; in months before its
    first day the region in which what it went on from lay."""
    safe_home_regions: frozenset[str]
    """Regions in which the institution is also Veilig Thuis."""
    ended: Mapping[str, EndedCode] = field(default_factory=dict)
    """Every code with an end, in the span or after it, of the institution or not."""
    begun: Mapping[str, date] = field(default_factory=dict)
    """Code -> its first day, of those that count in months of the span before that day."""
    last_on: date | None = None
    """Last day of the span."""
    from_two_regions: Mapping[str, str] = field(default_factory=dict)
    """Code -> its own first region, where it counts in months of the span before its first day
    because what it went on from lay in two regions then."""

    @property
    def existing(self) -> tuple[str, ...]:
        """The codes that exist on the last day of the span: those that a delivery may name."""
        on = self.last_on
        return tuple(
            code for code in self.municipalities if on is None or self.may_be_named(code, on)
        )

    def ended_as(self, municipality: str) -> EndedCode | None:
        """How the code ended, if it did by the last day of the span."""
        ended = self.ended.get(municipality)
        is_over = ended is not None and self.last_on is not None and ended.on <= self.last_on
        return ended if is_over else None

    def region_of(self, municipality: str, month: date) -> str | None:
        """The region of a municipality on the last day of the month (given by its first)."""
        return self.regions_by_month.get((municipality, month))

    def may_be_named(self, municipality: str, on: date) -> bool:
        """Whether a delivery with that reference date, in the span or after, may name it."""
        ended = self.ended.get(municipality)
        begun = self.begun.get(municipality)
        return (ended is None or on < ended.on) and (begun is None or begun <= on)

    def safe_home_municipalities(self, month: date) -> tuple[str, ...]:
        """CBS codes of the municipalities that the Veilig Thuis task covers in the month."""
        return tuple(
            code
            for code in self.municipalities
            if self.region_of(code, month) in self.safe_home_regions
        )


def scope_of(
    *,
    institution: str,
    municipalities: Iterable[MunicipalityInTime],
    regions: Iterable[str],
    safe_home_regions: Iterable[str],
    first: date,
    last: date,
) -> OversightScope:
    """The scope of an institution with these regions, in the months from first to last.

    What holds in any of the months is in the scope, and so is a code that began later: a month's
    delivery may be of after that day. Of the municipalities those that ended must be given too,
    also where they lay in no region of the institution.
    """
    known = {municipality.code: municipality for municipality in municipalities}
    served = frozenset(regions)
    map_ = _Map(known)
    end = month_end(last)
    by_month: dict[tuple[str, date], str] = {}
    begun: dict[str, date] = {}
    divided: dict[str, str] = {}
    for month in months_between(first, last):
        on = month_end(month)
        for municipality in known.values():
            found = map_.regions_on(municipality, on)
            region = found[0] if len(found) == 1 else municipality.first_region
            if not found or region not in served:
                continue
            by_month[municipality.code, month] = region
            if on < municipality.from_on:
                begun[municipality.code] = municipality.from_on
                if len(found) > 1:
                    divided[municipality.code] = region
    return OversightScope(
        institution=institution,
        municipalities=tuple(sorted({code for code, _month in by_month})),
        regions=tuple(sorted(served)),
        regions_by_month=by_month,
        safe_home_regions=frozenset(safe_home_regions) & served,
        ended={
            code: EndedCode(municipality.until_on, map_.heir_of(municipality, end))
            for code, municipality in known.items()
            if municipality.until_on is not None
        },
        begun=begun,
        last_on=end,
        from_two_regions=divided,
    )


class _Map:
    """Municipalities with what went on as what; a circle in that ends where it began."""

    def __init__(self, known: Mapping[str, MunicipalityInTime]) -> None:
        self._known = known
        self._before: dict[str, list[MunicipalityInTime]] = {}
        for municipality in known.values():
            if municipality.successor:
                self._before.setdefault(municipality.successor, []).append(municipality)

    def regions_on(
        self, municipality: MunicipalityInTime, on: date, seen: frozenset[str] = frozenset()
    ) -> tuple[str, ...]:
        """Where it lies on the day; before its first day where what it went on from lay.

        Nowhere once it has ended. Where nothing is known from before, its own first region.
        """
        if municipality.exists(on):
            region = municipality.region_on(on)
            return () if region is None else (region,)
        if municipality.from_on <= on:
            return ()
        regions = {
            region
            for before in self._before.get(municipality.code, ())
            if before.code not in seen
            for region in self.regions_on(before, on, seen | {municipality.code})
        }
        own = municipality.first_region
        return tuple(sorted(regions)) or (() if own is None else (own,))

    def heir_of(self, municipality: MunicipalityInTime, on: date) -> str:
        """The code that exists on the day of what it went on as; empty where that is not known."""
        seen = {municipality.code}
        code = municipality.successor
        while code and code not in seen:
            heir = self._known.get(code)
            if heir is None or heir.exists(on):
                return code
            seen.add(code)
            code = heir.successor
        return ""
