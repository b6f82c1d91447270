"""``waiting_curve``: how a group of spells ended, day by day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le

from cases.counting.rules.incidence import incidence
from jbn_oversight.calculations.rules import MOST, CalculationInput, Fault, FaultError

End = Literal["helped", "withdrawn", "list_cleaned", "transferred", "unknown", "still"]
FollowedFrom = Annotated[int, Ge(-1), Le(MOST)]


@dataclass(frozen=True, slots=True)
class FollowedSpell(CalculationInput):
    """One wait, in whole days since its first."""

    from_day: FollowedFrom
    """-1 when followed from its first day, else the days waited the evening before it was."""
    until_day: Annotated[int, Ge(0), Le(MOST)]
    """Days waited when it ended or was last seen."""
    end: End

    def __post_init__(self) -> None:
        if self.until_day <= self.from_day:
            raise FaultError(
                Fault("until_day", f"{self.until_day} is not after from_day, {self.from_day}")
            )


@dataclass(frozen=True, slots=True)
class FollowedSpells(CalculationInput):
    """The spells of a group."""

    spells: list[FollowedSpell]


@dataclass(frozen=True, slots=True)
class CurveStep:
    """One day on which somebody's wait ended."""

    day: int
    at_risk: int
    helped: int
    other: int
    waiting: float
    incidence_helped: float
    incidence_other: float


@dataclass(frozen=True, slots=True)
class WaitingCurve:
    """The curve, its median in days, and which part of those who left was not helped."""

    steps: list[CurveStep]
    median: int | None
    other_share: float | None


def waiting_curve(given: FollowedSpells) -> WaitingCurve:
    """Kaplan-Meier of being helped, beside the incidence of help and of other exits."""
    spells = given.spells
    ends = np.array([spell.end for spell in spells], dtype=np.str_)
    found = incidence(
        np.array([spell.from_day for spell in spells], dtype=np.int64),
        np.array([spell.until_day for spell in spells], dtype=np.int64),
        ends == "helped",
        (ends != "helped") & (ends != "still"),
    )
    columns = (
        found.day,
        found.at_risk,
        found.helped,
        found.other,
        found.waiting,
        found.helped_so_far,
        found.other_so_far,
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return WaitingCurve(
        steps=[CurveStep(*row) for row in rows],
        median=found.median_days,
        other_share=found.other_share,
    )
