"""Celery's timer, which also looks at the rows itself: for what is overdue, and for the hour.

No message carries an hour. Every few seconds one cheap query asks whether a release is to be
announced, and the timer wakes at the very hour where one is near; a worker is then told at
once. Two timers at once, or one that starts again, do no harm: all that they cause is claimed in
the rows. The schedule is kept in memory: a file of it can be broken by an end without notice,
and keeps a second timer out.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any, Final

from celery.beat import Scheduler
from django.db import close_old_connections

from jbn_oversight.health.probe import went_round

logger = logging.getLogger(__name__)

EVERY: Final = 60.0
"""Seconds between two looks for what is overdue."""
SOON: Final = 5.0
"""Seconds between two looks for an hour that came: the longest that the timer sleeps."""
TOLD_AGAIN: Final = 15.0
"""Seconds after which a worker is told again of what it did not announce."""


class NoticingScheduler(Scheduler):  # type: ignore[misc]
    """The ordinary scheduler, in memory; between its ticks it notices what is overdue or out."""

    # The parent's would wait for a broker that is away, and nothing would be looked at.
    producer = None
    _looked: float | None = None
    _told: tuple[tuple[int, ...], float] = ((), 0.0)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Do the scheduler's work, and look at the rows."""
        went_round("beat")
        close_old_connections()
        now = time.monotonic()
        if self._looked is None or now - self._looked >= EVERY:
            self._looked = now
            look()
        nearest = self.announce(now)
        pause: float = super().tick(*args, **kwargs)
        return max(0.0, min(pause, nearest))

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        """Send the message of one entry; what a broker that is away loses comes with the next."""
        from jbn_oversight.celery import tell

        tell(entry.task)

    def announce(self, now: float) -> float:
        """Tell a worker of releases to be announced. Seconds until the next hour, or SOON."""
        from jbn_oversight.celery import tell
        from jbn_oversight.clock import utc_now
        from jbn_oversight.clock_check.actions import look_if_due
        from reports.briefings.releasing.actions.announcing import (
            TASK_OF_ALL,
            next_release,
            releases_due,
        )

        try:
            look_if_due()
            at = utc_now()
            due = tuple(releases_due(at).order_by("pk").values_list("pk", flat=True))
            hour = next_release(at, within=timedelta(seconds=SOON))
        except Exception as error:  # the timer must go on ticking
            logger.warning("could not look for releases: %s", type(error).__name__)
            return SOON
        known, told_at = self._told
        if due and (not set(due) <= set(known) or now - told_at >= TOLD_AGAIN):
            self._told = (due, now)
            tell(TASK_OF_ALL)
        return SOON if hour is None else (hour - at).total_seconds()


def look() -> None:
    """Notice what is overdue; a database that is away is tried again next time."""
    from jbn_oversight.clock import utc_now
    from jbn_oversight.clock_check.actions import look_if_due
    from reports.briefings.models.readings import Noticer
    from reports.briefings.releasing.actions.overdue import notice_overdue

    try:
        look_if_due()
        notice_overdue(at=utc_now(), noticed_by=Noticer.BEAT)
    except Exception as error:  # the timer must go on ticking
        logger.warning("could not look for overdue briefings: %s", type(error).__name__)
