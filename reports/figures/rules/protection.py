"""Which figures of a release are hidden: the tables go to disclosure control, once. Pure.

What shares no sum is protected apart, with an outcome of its own that is kept: a month long
past has the same counts in every question after it, and so the same figures hidden. Outcomes
are kept by a hash of all that they were made of, so that none outlives its counts.

What earlier releases printed is part of that hash only where it tells more than this release
prints anyway: a release of the same figures changes nothing, and asks for nothing new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

from cachetools import LRUCache

from cases.disclosure import Cell, Key, Protected, Settings, SuppressionReason, protect
from reports.figures.rules.tables import Tables

KEPT: Final = 4_000
"""Outcomes that a process keeps."""
WAY: Final = 3
"""To be raised when the same tables are to be protected in another way than before."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Lines that may not be shown, and those of which may be said that they are few."""

    lines: frozenset[Key] = frozenset()
    few: frozenset[Key] = frozenset()


Stored = Callable[[Collection[str]], Mapping[str, Hidden]]
"""Outcomes that were worked out ahead of time, by the keys asked for."""

_kept: Final[LRUCache[str, Hidden]] = LRUCache(KEPT)
_lock: Final = Lock()


def hidden_lines(
    every: Sequence[Tables], settings: Settings, stored: Stored = lambda _keys: {}
) -> Hidden:
    """What is hidden of some tables, each of which shares no sum with another."""
    decided, _ = _decide(every, settings, stored)
    return Hidden(
        frozenset().union(*(one.lines for one in decided)),
        frozenset().union(*(one.few for one in decided)),
    )


def protections(
    every: Sequence[Tables], settings: Settings, stored: Stored = lambda _keys: {}
) -> Mapping[str, Hidden]:
    """Every outcome that has to be known to decide about the tables, by its key."""
    return _decide(every, settings, stored)[1]


def _decide(
    every: Sequence[Tables], settings: Settings, stored: Stored
) -> tuple[list[Hidden], Mapping[str, Hidden]]:
    """What is hidden of each of the tables that has a secret; and all outcomes asked for."""
    secret = [one for one in every if _has_secrets(one, settings)]
    again = [_told_again(one, settings) for one in secret]
    bare = [_untold(one, told) for one, told in zip(secret, again, strict=True)]
    keys = [_key(one, settings) for one in bare]
    found = _outcomes(dict(zip(keys, bare, strict=True)), settings, stored)
    asked = {}
    for number, (one, told) in enumerate(zip(secret, again, strict=True)):
        if not _printed(one, found[keys[number]]) >= told:
            keys[number] = _key(one, settings)
            asked[keys[number]] = one
    found |= _outcomes(asked, settings, stored)
    return [found[key] for key in keys], found


def _told_again(tables: Tables, settings: Settings) -> frozenset[Key]:
    """Counts of which an earlier release told what their line would tell once more.

    Where the outcome without that prints all of them, anyone who has the earlier releases knows
    nothing that this one does not tell, and it is the outcome with it too.
    """
    cells = (cell for cell in tables.cells if cell.told != (None, None))
    told = {cell.key for cell in cells if cell.told == settings.told(cell.count)}
    if not told:
        return frozenset()
    return frozenset(key for line in tables.lines for key in line.cells if key in told)


def _untold(tables: Tables, again: Collection[Key]) -> Tables:
    """The tables without what was told before of some counts."""
    cells = (replace(c, told=(None, None)) if c.key in again else c for c in tables.cells)
    return Tables(tuple(cells), tables.relations, tables.lines) if again else tables


def _printed(tables: Tables, outcome: Hidden) -> set[Key]:
    """The counts of the lines that are not hidden."""
    return {key for line in tables.lines if line.key not in outcome.lines for key in line.cells}


def _outcomes(asked: Mapping[str, Tables], settings: Settings, stored: Stored) -> dict[str, Hidden]:
    """What is hidden of each of the tables: kept, stored, or else worked out."""
    with _lock:
        found = {key: _kept[key] for key in asked if key in _kept}
    found |= stored([key for key in asked if key not in found])
    new = {key: one for key, one in asked.items() if key not in found}
    found |= zip(new, _protect(list(new.values()), settings), strict=True)
    with _lock:
        for key, outcome in found.items():
            _kept[key] = outcome
    return found


def forget() -> None:
    """Start as a process that has just begun."""
    with _lock:
        _kept.clear()


def _key(tables: Tables, settings: Settings) -> str:
    told = f"{WAY} {settings} {tables.digest()}"
    return hashlib.sha256(told.encode()).hexdigest()


def _has_secrets(tables: Tables, settings: Settings) -> bool:
    """Whether anything must be hidden at all; most months of a region have nothing."""
    few = {line.base for line in tables.lines}
    return any(
        not cell.known
        and (
            cell.guarded
            or settings.is_small(cell.count)
            or (cell.key in few and settings.is_few(cell.count))
        )
        for cell in tables.cells
    )


def _protect(every: Sequence[Tables], settings: Settings) -> list[Hidden]:
    """All at once, as one linear programme serves many tables, and apart again."""
    if not every:
        return []
    released = _released(every, settings)
    hidden = [frozenset(_of(tables, released.hidden)) for tables in every]
    few = _may_be_called_few(every, released, settings)
    return [Hidden(lines, lines & few) for lines in hidden]


def _released(every: Iterable[Tables], settings: Settings) -> Protected:
    tables = list(every)
    return protect(
        [cell for one in tables for cell in one.cells],
        [relation for one in tables for relation in one.relations],
        [line for one in tables for line in one.lines],
        settings,
    )


def _of(tables: Tables, hidden: Mapping[Key, SuppressionReason]) -> list[Key]:
    return [line.key for line in tables.lines if line.key in hidden]


def _may_be_called_few(
    every: Sequence[Tables], released: Protected, settings: Settings
) -> frozenset[Key]:
    """Hidden lines whose base may be said to be one to nine, as that leaves all cells safe.

    Nobody is told so of a rounded product: what was said once would have to be remembered.
    """
    few = {line for line, reason in released.hidden.items() if reason is SuppressionReason.FEW}
    if not few or settings.rounding:
        return frozenset()
    told = [_telling(tables, few, released, settings) for tables in every]
    tried = _released(told, settings)
    spoilt = {
        number
        for number, tables in enumerate(told)
        if any(line.key in tried.hidden and not line.hide for line in tables.lines)
        or any(cell.key in tried.exposed for cell in tables.cells)
    }
    return frozenset(
        line.key
        for number, tables in enumerate(told)
        if number not in spoilt
        for line in tables.lines
        if line.key in few
    )


def _telling(tables: Tables, few: set[Key], released: Protected, settings: Settings) -> Tables:
    """The tables as they are once these lines are called few."""
    bases = {line.base for line in tables.lines if line.key in few}

    def told(cell: Cell) -> Cell:
        return replace(cell, told=(1, settings.base - 1)) if cell.key in bases else cell

    return Tables(
        tuple(told(cell) for cell in tables.cells),
        tables.relations,
        tuple(replace(line, hide=line.key in released.hidden) for line in tables.lines),
    )
