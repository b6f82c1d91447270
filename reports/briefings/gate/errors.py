"""What an action on a briefing says when it will not do what was asked."""

from __future__ import annotations

from jbn_oversight.refusals import RefusedError

__all__ = ["ChangedMeanwhileError", "RefusedError"]


class ChangedMeanwhileError(RefusedError):
    """Somebody else changed the briefing after this person opened it."""
