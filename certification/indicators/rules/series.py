"""The series that indicators add, and which of them stay within others. Pure.

Disclosure control may lean on such a bound and so must an attacker be expected to: a series whose
bound is forgotten is protected too little. A system check asks for each series of an indicator
that it stands here (``certification.indicators.checks``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from certification.indicators.rules.shapes import Kpi, Shape, Unit

BOUNDS: Final[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = (
    (("contact_due", "contact_met"), ("assigned_met", "contacted_met")),
    (("assigned_met",), ("contact_met",)),
    (("contacted_met",), ("contact_met",)),
    (("measures_running",), ("youths_running",)),
    (("youths_running",), ("youths_unallocated",)),
    (("measures_running",), ("measures_workers_known",)),
    (("measures_workers_known",), ("measures_workers_3",)),
    (("spells_open",), ("youths_waiting", "youths_flow_waiting")),
)
"""Series that together are at least as many as others together, whatever was delivered."""

UNBOUNDED: Final[Mapping[str, str]] = {
    "leavers": "who left may have come after the start, so they can outnumber any stock",
    "internal_leavers": "a part of the leavers, which is never printed by itself",
    "headcount_start": "a stock of people, of which no other series counts a part",
    "headcount_end": "a stock of people, of which no other series counts a part",
    "filled_fte": "full-time jobs; supernumerary staff may go over the establishment",
    "hired_fte": "full-time jobs that stand beside the pay-roll",
    "establishment_fte": "full-time jobs as agreed, filled or not",
}
"""Series that stay within no other, each with the reason."""


def is_part_of_its_whole(kpi: Kpi) -> bool:
    """Whether the indicator's numerator is by definition no more than its denominator."""
    return kpi.shape is Shape.RATIO and kpi.unit is Unit.PERCENT and not kpi.may_exceed_whole


def forgotten(kpi: Kpi) -> Iterator[str]:
    """The series of an indicator of which nobody said what they stay within, or that nothing."""
    if is_part_of_its_whole(kpi):
        return
    said = {one for wholes, parts in BOUNDS for one in (*wholes, *parts)} | set(UNBOUNDED)
    yield from (one for one in (*kpi.numerator, *kpi.denominator) if one not in said)
