"""How a finding stands, derived from what later audits made of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class FindingState(StrEnum):
    """How a finding stands."""

    OPEN = "open"
    CLOSED = "closed"
    REOPENED = "reopened"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be fixed."""
        return self is not FindingState.CLOSED


class Judged(StrEnum):
    """What one re-audit made of it."""

    CLOSED = "closed"
    STILL_OPEN = "still_open"
    REOPENED = "reopened"


class WrongOrder(StrEnum):
    """Why a judgement cannot follow the ones before it."""

    NEVER_CLOSED = "never_closed"
    """Opened again, though nothing had closed it."""
    CLOSED_ALREADY = "closed_already"
    """Closed or still open, though an earlier audit had closed it."""


def state_after(judgements: Iterable[Judged]) -> FindingState:
    """The state after all judgements, the earliest first; without any it is open."""
    state = FindingState.OPEN
    for judged in judgements:
        if judged is Judged.CLOSED:
            state = FindingState.CLOSED
        elif judged is Judged.REOPENED:
            state = FindingState.REOPENED
    return state


def wrong_order(judgements: Iterable[Judged]) -> WrongOrder | None:
    """Why these judgements, the earliest first, cannot stand in this order; None if they can."""
    closed = False
    for judged in judgements:
        if judged is Judged.REOPENED and not closed:
            return WrongOrder.NEVER_CLOSED
        if judged is not Judged.REOPENED and closed:
            return WrongOrder.CLOSED_ALREADY
        closed = judged is Judged.CLOSED
    return None


def choices_in(state: FindingState) -> tuple[Judged, ...]:
    """What a re-audit can make of a finding that stands like this."""
    if state is FindingState.CLOSED:
        return (Judged.REOPENED,)
    return (Judged.CLOSED, Judged.STILL_OPEN)
