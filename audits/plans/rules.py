"""How an action stands on a day, and whether it is late. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class ActionState(StrEnum):
    """How an action stands."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self in {ActionState.PLANNED, ActionState.RUNNING}


def state_on(
    day: date, *, started_on: date | None, done_on: date | None, dropped_on: date | None
) -> ActionState:
    """The state on the (Amsterdam) day; what happened later is not known yet."""
    if done_on is not None and done_on <= day:
        return ActionState.DONE
    if dropped_on is not None and dropped_on <= day:
        return ActionState.DROPPED
    if started_on is not None and started_on <= day:
        return ActionState.RUNNING
    return ActionState.PLANNED


def is_overdue(state: ActionState, due_on: date, day: date) -> bool:
    """Whether it should have been done before the day; the last day itself is not late."""
    return state.is_open and due_on < day


def is_stale(expires_on: date | None, day: date) -> bool:
    """Whether a piece of evidence is no longer good; on its last good day it still is."""
    return expires_on is not None and expires_on < day
