"""When a job that fell silent is followed, and how long one that failed waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

BEAT_EVERY: Final = 5.0
"""Seconds between two heartbeats."""
LEASE: Final = timedelta(seconds=30)
"""How long a heartbeat holds a job. Sweepers look every 20 seconds, so who died is followed
within 90. A new job is left for as long to its message, or to anyone who asked for it."""
LONGEST: Final = 35 * 60.0
"""Seconds after which the heart stops by itself: longer than any task may last (settings), for
a worker whose pool knows no time limit."""
MOST_ATTEMPTS: Final = 3
"""A job that lost its worker so often may be what kills them: a person has to look."""


def is_worn_out(attempts: int) -> bool:
    """Whether a job was tried as often as it is by itself."""
    return attempts >= MOST_ATTEMPTS


def pause_after(attempts: int, *, first: timedelta, longest: timedelta) -> timedelta:
    """How long a job waits after so many failures: twice as long after each, within bounds."""
    if attempts == 0:
        return timedelta()
    return min(first * (1 << min(attempts - 1, 16)), longest)
