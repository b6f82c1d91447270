"""What is late, what comes, and under which month it stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from certification.dates.rules import DatedThing, DateKind
from certification.imprecise_days import ImpreciseDay, Precision

SOON: Final = 90
"""Days that "what comes" looks ahead."""
_WITHIN_A_MONTH: Final = (Precision.DAY, Precision.PART_OF_MONTH, Precision.MONTH)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything that is late or comes, for one person, in order."""

    day: date
    """The Amsterdam day for which it speaks."""
    late: tuple[DatedThing, ...]
    """What is late longest first."""
    coming: tuple[DatedThing, ...]
    """What can be over first comes first."""

    def soon(self, days: int = SOON) -> tuple[DatedThing, ...]:
        """What can fall on the day or in the days after it."""
        return tuple(one for one in self.coming if one.on.first <= self.day + timedelta(days=days))

    def of(self, kind: DateKind | None) -> Agenda:
        """Of this kind alone; of every kind with None."""
        if kind is None:
            return self
        return Agenda(
            self.day,
            tuple(one for one in self.late if one.kind is kind),
            tuple(one for one in self.coming if one.kind is kind),
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A month, or where the days are not known that precisely a quarter or a year."""

    on: ImpreciseDay
    things: tuple[DatedThing, ...]


def agenda(things: Iterable[DatedThing], day: date, at: datetime) -> Agenda:
    """The things in order; what has passed without anybody being late is left out."""
    ordered = sorted(things, key=_order)
    return Agenda(
        day,
        tuple(one for one in ordered if one.is_late(day, at)),
        tuple(one for one in ordered if one.is_coming(day, at)),
    )


def _order(thing: DatedThing) -> tuple[object, ...]:
    """By the last day that is meant; on one day the hours first, the less precise day later."""
    hour = thing.at.timestamp() if thing.at else float("inf")
    return (thing.on.last, -thing.on.first.toordinal(), hour, thing.kind, thing.title)


def spans(things: Iterable[DatedThing]) -> list[Span]:
    """The things under their month; of a quarter or a year under that, which is no month."""
    found: dict[ImpreciseDay, list[DatedThing]] = {}
    for thing in things:
        on = thing.on
        if on.precision in _WITHIN_A_MONTH:
            on = ImpreciseDay(on.on.replace(day=1), Precision.MONTH)
        found.setdefault(on, []).append(thing)
    ordered = sorted(found, key=lambda on: (on.last, -on.on.toordinal()))
    return [Span(on, tuple(found[on])) for on in ordered]
