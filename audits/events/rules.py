"""What a decision between two sources says of each of them. Pure; no claim ever disappears."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ClaimMark(StrEnum):
    """How a claim stands after a decision."""

    OPEN = "open"
    FOLLOWED = "followed"
    NOT_FOLLOWED = "not_followed"
    BOTH_HOLD = "both_hold"


_MARKS: Final[Mapping[str, tuple[ClaimMark, ClaimMark]]] = MappingProxyType(
    {
        "": (ClaimMark.OPEN, ClaimMark.OPEN),
        "one": (ClaimMark.FOLLOWED, ClaimMark.NOT_FOLLOWED),
        "other": (ClaimMark.NOT_FOLLOWED, ClaimMark.FOLLOWED),
        "both": (ClaimMark.BOTH_HOLD, ClaimMark.BOTH_HOLD),
        "neither": (ClaimMark.NOT_FOLLOWED, ClaimMark.NOT_FOLLOWED),
    }
)


def marks(decided_for: str) -> tuple[ClaimMark, ClaimMark]:
    """The marks of the one and of the other claim. Raises KeyError for an unknown decision."""
    return _MARKS[decided_for]


def mark_of(decided_for: str, source_id: int, one_id: int, other_id: int) -> ClaimMark | None:
    """The mark of a claim by its source; None where the source does not tell the sides apart."""
    one, other = marks(decided_for)
    if one is other:
        return one
    if one_id == other_id or source_id not in (one_id, other_id):
        return None
    return one if source_id == one_id else other
