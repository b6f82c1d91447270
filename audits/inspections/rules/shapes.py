"""The inspectorate's verdict as a shape beside its words: as many blocks as steps are reached."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from audits.models.inspections import Judgement

STEPS: Final[Mapping[str, int]] = MappingProxyType(
    {
        Judgement.MEETS: 4,
        Judgement.MOSTLY_MEETS: 3,
        Judgement.MOSTLY_FAILS: 2,
        Judgement.FAILS: 1,
    }
)
"""Filled blocks of four. The shape carries no colour: it is nobody else's scale."""
WIDTH: Final = 14
_GAP: Final = 4


def blocks(verdict: str) -> list[tuple[int, bool]]:
    """Left edge of each of the four blocks, and whether it is filled; empty off the scale."""
    filled = STEPS.get(verdict, 0)
    if not filled:
        return []
    return [(1 + number * (WIDTH + _GAP), number < filled) for number in range(4)]
