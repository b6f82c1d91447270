"""Figures as tables of counts that add up: what disclosure control is asked about. Pure.

A figure is a line of one or two counts. Two figures that share a series (youths, and youths per
worker) share its count. Counts add up over places; a numerator stays within its denominator,
and some series within others, by their definition; twelve months add up from twelve. A year to
date is the one of the month before and the month: who subtracts the two has the month.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cases.disclosure import CHEAP, Cell, Key, Line, Number, Relation
from certification.compliance.rules.scoring import (
    INSTITUTION,
    MUNICIPALITY,
    REGION,
    FigureScope,
    JudgedFigure,
)
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.series import BOUNDS, is_part_of_its_whole
from certification.indicators.rules.shapes import Kpi, Shape, Unit
from jbn_oversight.clock import add_months

TO_DATE: Final = " to date"
"""Ends the name of a series, and of an indicator, that counts the year up to a month."""

COSTS: Final[Mapping[str, int]] = {MUNICIPALITY: CHEAP, REGION: CHEAP + 1, INSTITUTION: CHEAP + 2}
"""A region is missed more than a municipality, and the whole more than a region."""

RegionOf = Callable[[str, date], str | None]
"""The region of a municipality (CBS code) in a month (its first day)."""


def numerator_series(kpi: Kpi) -> str:
    """The name of the series that the figure's numerator counts; of a median, of nothing."""
    return _named("+".join(kpi.numerator), kpi)


def denominator_series(kpi: Kpi) -> str:
    """The name of the series that its denominator counts; a median's are the spells."""
    if kpi.shape is Shape.MEDIAN:
        return f"spells of {kpi.code}"
    workers = " of workers" if kpi.workers_only else ""
    return _named("+".join(kpi.denominator) + workers, kpi)


def _named(series: str, kpi: Kpi) -> str:
    return f"{series} over {kpi.window_months} months" if kpi.window_months > 1 else series


def _series(kpi: Kpi) -> set[str]:
    return {numerator_series(kpi), denominator_series(kpi)} - {""}


def _bonds() -> Iterator[set[str]]:
    """Series that must be looked at together."""
    for kpi in KPIS.values():
        yield _series(kpi)
        yield {numerator_series(kpi), *kpi.numerator[:1]} & _ALL_SERIES
    for wholes, parts in BOUNDS:
        yield {*wholes, *parts}


_ALL_SERIES: Final = frozenset(series for kpi in KPIS.values() for series in _series(kpi))


def linked_kpis(codes: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The indicators, each with all those that share counts or bounds with it, in groups."""
    groups: list[set[str]] = []
    for bond in _bonds():
        joined = [group for group in groups if group & bond]
        groups = [group for group in groups if not group & bond]
        groups.append(bond.union(*joined))
    asked = set(codes)
    found = (tuple(code for code, kpi in KPIS.items() if _series(kpi) & group) for group in groups)
    return tuple(sorted(group for group in found if asked & set(group)))


def spans_months(group: Sequence[str]) -> bool:
    """Whether the sums of the group link one month to another."""
    return len(group) > 1 and any(KPIS[code].window_months > 1 for code in group)


def cell_key(series: str, place: FigureScope, month: date) -> Key:
    """The key of a count."""
    return series, month.isoformat(), place.scope, place.code


def line_key(kpi: str, place: FigureScope, month: date) -> Key:
    """The key of a figure."""
    return kpi, month.isoformat(), place.scope, place.code


def aside_key(kpi: Kpi, place: FigureScope, month: date) -> Key:
    """The key of the number beside a figure, as a line and as a count."""
    return cell_key(f"{kpi.aside} aside", place, month)


def counts_of(figure: JudgedFigure, span: str = "") -> Iterator[tuple[Key, Number]]:
    """The counts of a figure, the number beside it left out; ``span`` ends their names."""
    kpi, place = KPIS[figure.kpi], figure.place
    if figure.numerator is not None:
        yield cell_key(numerator_series(kpi) + span, place, figure.month), figure.numerator
    if figure.denominator is not None:
        yield cell_key(denominator_series(kpi) + span, place, figure.month), figure.denominator


@dataclass(frozen=True, slots=True)
class Tables:
    """Part of a release that shares no sum with the rest of it."""

    cells: tuple[Cell, ...] = ()
    relations: tuple[Relation, ...] = ()
    lines: tuple[Line, ...] = ()

    def digest(self) -> str:
        """The same for the same tables, and for no others."""
        told = hashlib.sha256()
        for one in (*self.cells, *self.relations, *self.lines):
            told.update(repr(one).encode())
        return told.hexdigest()


def tables_of(
    figures: Sequence[JudgedFigure],
    *,
    to_date: Sequence[JudgedFigure] = (),
    known: frozenset[FigureScope] = frozenset(),
    region_of: RegionOf | None = None,
) -> Tables:
    """Figures of linked indicators as lines, with every sum that links their counts.

    ``to_date`` count the year up to and with their month. ``known`` are places that the reader
    has exactly. ``region_of`` is needed where there are municipalities.
    """
    counts: dict[Key, Number] = {}
    places: dict[Key, FigureScope] = {}
    lines = []
    for span, group in (("", figures), (TO_DATE, to_date)):
        for figure in group:
            own = dict(counts_of(figure, span))
            counts.update(own)
            places.update(dict.fromkeys(own, figure.place))
            if own:
                lines.append(_line(figure, span, tuple(own)))
    cells = tuple(Cell(key, counts[key], known=places[key] in known) for key in sorted(counts))
    return Tables(cells, tuple(sorted(_relations(counts, region_of))), _sorted(lines))


def asides_of(
    figures: Sequence[JudgedFigure],
    *,
    known: frozenset[FigureScope] = frozenset(),
    region_of: RegionOf | None = None,
) -> Tables:
    """The numbers beside figures, which are printed whether the figures are or not."""
    counts: dict[Key, tuple[Number, FigureScope]] = {}
    for figure in figures:
        if figure.aside is not None:
            place = figure.place
            counts[aside_key(KPIS[figure.kpi], place, figure.month)] = figure.aside, place
    numbers = {key: number for key, (number, _) in counts.items()}
    return Tables(
        tuple(Cell(key, count, known=at in known) for key, (count, at) in sorted(counts.items())),
        tuple(sorted(_relations(numbers, region_of))),
        tuple(Line(key, (key,), cost=COSTS[at.scope]) for key, (_, at) in sorted(counts.items())),
    )


def _sorted(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.key))


def _line(figure: JudgedFigure, span: str, cells: tuple[Key, ...]) -> Line:
    kpi, place = KPIS[figure.kpi], figure.place
    based = kpi.unit in {Unit.PERCENT, Unit.DAYS} and figure.denominator is not None
    base = cell_key(denominator_series(kpi) + span, place, figure.month) if based else None
    return Line(line_key(figure.kpi + span, place, figure.month), cells, base, COSTS[figure.scope])


def _relations(counts: Mapping[Key, Number], region_of: RegionOf | None) -> Iterator[Relation]:
    yield from _over_places(counts, region_of)
    yield from _within(counts)
    yield from _over_months(counts)


def _over_places(counts: Mapping[Key, Number], region_of: RegionOf | None) -> Iterator[Relation]:
    """The whole is its regions, a region its municipalities."""
    parts: dict[Key, list[Key]] = defaultdict(list)
    wholes = {
        (series, month): key
        for key in counts
        for series, month, scope, _ in [key]
        if scope == INSTITUTION
    }
    for key in counts:
        series, month, scope, code = key
        if scope == REGION and (series, month) in wholes:
            parts[wholes[series, month]].append(key)
        if scope == MUNICIPALITY and region_of is not None:
            region = region_of(code, date.fromisoformat(month))
            of_region = (series, month, REGION, region or "")
            if of_region in counts:
                parts[of_region].append(key)
    for whole, of in parts.items():
        yield Relation.total(whole, of)


def _rules() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    yield from BOUNDS
    for kpi in KPIS.values():
        if is_part_of_its_whole(kpi):
            yield (denominator_series(kpi),), (numerator_series(kpi),)


def _of_the_year(series: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one + TO_DATE for one in series)


_MONTHLY: Final = tuple(dict.fromkeys(_rules()))
_RULES: Final = (
    *_MONTHLY,
    *((_of_the_year(wholes), _of_the_year(parts)) for wholes, parts in _MONTHLY),
)


def _within(counts: Mapping[Key, Number]) -> Iterator[Relation]:
    """What by definition is no more than something else at the same place and month."""
    series_here = {key[0] for key in counts}
    places_here = sorted({key[1:] for key in counts})
    for wholes, parts in _RULES:
        if not series_here.issuperset(wholes + parts):
            continue
        for at in places_here:
            terms = [((series, *at), -1) for series in wholes]
            terms += [((series, *at), 1) for series in parts]
            if all(key in counts for key, _ in terms):
                yield Relation(tuple(terms), at_most=True)


def _windows() -> Iterator[tuple[str, str, int]]:
    for kpi in KPIS.values():
        if kpi.window_months > 1 and kpi.shape is Shape.RATIO:
            yield numerator_series(kpi), "+".join(kpi.numerator), kpi.window_months
            yield denominator_series(kpi), "+".join(kpi.denominator), kpi.window_months


_WINDOWS: Final = tuple(_windows())


def _over_months(counts: Mapping[Key, Number]) -> Iterator[Relation]:
    """Twelve months are the sum of twelve; a year to date is the one before and a month."""
    yield from _to_date(counts)
    series_here = {key[0] for key in counts}
    for long, short, months in _WINDOWS:
        if not {long, short} <= series_here:
            continue
        for key in [key for key in counts if key[0] == long]:
            last = date.fromisoformat(key[1])
            window = [
                (short, add_months(last, -back).isoformat(), *key[2:]) for back in range(months)
            ]
            if all(month in counts for month in window):
                yield Relation.total(key, window)


def _to_date(counts: Mapping[Key, Number]) -> Iterator[Relation]:
    """Where a month between was not counted, all months since January are added."""
    for key in [key for key in counts if key[0].endswith(TO_DATE)]:
        series, month, *place = key
        last = date.fromisoformat(month)
        single = [
            (series.removesuffix(TO_DATE), last.replace(month=number).isoformat(), *place)
            for number in range(1, last.month + 1)
        ]
        before = (series, add_months(last, -1).isoformat(), *place)
        parts = [before, single[-1]] if last.month > 1 and before in counts else single
        if all(part in counts for part in parts):
            yield Relation.total(key, parts)
