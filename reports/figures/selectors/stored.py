"""What disclosure control decided ahead of time, by the hash of all that it follows from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from reports.figures.models import Protection
from reports.figures.rules.protection import Hidden


def stored_protections(keys: Collection[str]) -> Mapping[str, Hidden]:
    """What is stored under some keys."""
    if not keys:
        return {}
    rows = Protection.objects.filter(key__in=keys).values_list("key", "hidden", "few")
    return {key: Hidden(_lines(hidden), _lines(few)) for key, hidden, few in rows}


def _lines(stored: list[Any]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line) for line in stored)
