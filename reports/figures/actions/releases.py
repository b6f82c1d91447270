"""What earlier releases showed and hid, so that a later one does not undo it.

A reader lays two releases side by side. A count that is the same in both is one number, known
by all that either tells of it. A count that was corrected in between is two numbers: the old
one stays what it was, with the old sums, and what was hidden of it then must stay hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from cases.disclosure import Cell, Key, Number, Relation, Settings
from certification.compliance.rules.scoring import FigureScope
from certification.indicators.rules.kpis import KPIS
from certification.models import KpiResult
from jbn_oversight.organisations.models import Institution
from reports.figures.models import ReleasedCell
from reports.figures.rules.disclosure import ROUND_TO
from reports.figures.rules.figures import Figure, FigureState
from reports.figures.rules.tables import (
    Tables,
    aside_key,
    cell_key,
    counts_of,
    denominator_series,
    numerator_series,
)


@dataclass(frozen=True, slots=True)
class Released:
    """What one release did with one count."""

    count: Number
    shown: bool
    rounding: int
    at: datetime


def record_release(
    *,
    key: str,
    institution: Institution,
    quoted: Iterable[Figure],
    at: datetime,
    rounding: int = ROUND_TO,
) -> int:
    """Remember what a release prints and hides; gives the number of counts that were new.

    ``key`` names the release; a second call with it adds only what it did not have. ``at`` is
    the (aware) instant as of which its figures are known. ``rounding`` is that of its numbers.
    """
    figures = list(dict.fromkeys(quoted))
    exact = _exact(institution, figures, at)
    shown: dict[Key, Decimal | None] = {}
    for figure in figures:
        for cell, number in _printed(figure):
            if number is not None or cell not in shown:
                shown[cell] = number
    rows = [
        ReleasedCell(
            institution=institution,
            release=key,
            series=cell[0],
            month=date.fromisoformat(cell[1]),
            scope=cell[2],
            scope_code=cell[3],
            count=exact[cell],
            shown=number,
            rounding=rounding,
            released_at=at,
        )
        for cell, number in sorted(shown.items())
        if cell in exact
    ]
    before = ReleasedCell.objects.filter(institution=institution, release=key).count()
    ReleasedCell.objects.bulk_create(rows, ignore_conflicts=True)
    return ReleasedCell.objects.filter(institution=institution, release=key).count() - before


def released_before(
    institution: Institution, months: Iterable[date]
) -> Mapping[Key, Sequence[Released]]:
    """Every count of these months that was in a release, with what became of it there."""
    found: dict[Key, list[Released]] = defaultdict(list)
    rows = ReleasedCell.objects.filter(institution=institution, month__in=tuple(months))
    for row in rows.order_by("released_at", "pk"):
        place = FigureScope(row.scope, row.scope_code)
        found[cell_key(row.series, place, row.month)].append(
            Released(row.count, row.shown is not None, row.rounding, row.released_at)
        )
    return found


def remember(
    tables: Tables,
    before: Mapping[Key, Sequence[Released]],
    then: Callable[[datetime], Tables],
) -> Tables:
    """The tables with what earlier releases told of their counts.

    ``then`` gives the same tables as they were known at an instant; it is asked only where a
    released count was corrected since.
    """
    now = {cell.key: cell for cell in tables.cells}
    earlier = {key: before[key] for key in now if key in before}
    if not earlier:
        return tables
    cells = {key: _told(cell, earlier.get(key, ())) for key, cell in now.items()}
    relations = list(tables.relations)
    for at in sorted(
        {one.at for key, many in earlier.items() for one in many if one.count != now[key].count}
    ):
        old = then(at)
        names = {cell.key: _name(cell, now) for cell in old.cells}
        for cell in old.cells:
            known = earlier.get(cell.key, ())
            if names[cell.key] not in cells:
                old_cell = _told(replace(cell, key=names[cell.key]), known)
                was_hidden = any(one.count == cell.count and not one.shown for one in known)
                cells[old_cell.key] = replace(old_cell, guarded=was_hidden)
        relations += [
            Relation(tuple((names[key], factor) for key, factor in one.terms), one.at_most)
            for one in old.relations
        ]
    return Tables(tuple(cells[key] for key in sorted(cells)), tuple(relations), tables.lines)


def _name(cell: Cell, now: Mapping[Key, Cell]) -> Key:
    """The key of an old count: that of today's while it is the same number."""
    today = now.get(cell.key)
    if today is not None and today.count == cell.count:
        return cell.key
    return (*cell.key, "was", str(Decimal(cell.count).normalize()))


def _told(cell: Cell, earlier: Iterable[Released]) -> Cell:
    """The cell with what releases that printed this very count told of it."""
    least, most = cell.told
    for one in earlier:
        if one.shown and one.count == cell.count:
            low, high = Settings(rounding=one.rounding).told(cell.count)
            least = low if least is None else max(least, low)
            most = high if most is None else min(most, high)
    return replace(cell, told=(least, most))


def _printed(figure: Figure) -> Iterable[tuple[Key, Decimal | None]]:
    """The counts of a figure as it prints them."""
    if figure.state in {FigureState.NOT_DELIVERED, FigureState.NOT_KNOWN}:
        return
    kpi, place = KPIS[figure.kpi], figure.place
    if numerator_series(kpi):
        yield cell_key(numerator_series(kpi), place, figure.month), figure.numerator
    if denominator_series(kpi):
        yield cell_key(denominator_series(kpi), place, figure.month), figure.denominator
    if kpi.aside:
        aside = None if figure.aside is None else Decimal(figure.aside)
        yield aside_key(kpi, place, figure.month), aside


def _exact(institution: Institution, figures: Sequence[Figure], at: datetime) -> dict[Key, Number]:
    """The exact counts behind the figures, as they were known at the instant."""
    asked = {(one.kpi, one.scope, one.scope_code, one.month) for one in figures}
    rows = KpiResult.objects.as_known_at(at).filter(
        institution=institution,
        kpi__in={one.kpi for one in figures},
        month__in={one.month for one in figures},
    )
    counts: dict[Key, Number] = {}
    for row in rows.judged():
        if (row.kpi, row.scope, row.scope_code, row.month) not in asked:
            continue
        counts.update(counts_of(row))
        if row.aside is not None:
            counts[aside_key(KPIS[row.kpi], row.place, row.month)] = row.aside
    return counts
