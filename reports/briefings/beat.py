"""Celery's timer, which also looks for overdue briefings itself: a dead worker hides nothing."""

from __future__ import annotations

import logging
import time
from typing import Any, Final

from celery.beat import PersistentScheduler
from django.db import close_old_connections

from jbn_oversight.health.probe import went_round

logger = logging.getLogger(__name__)

EVERY: Final = 60.0
"""Seconds between two looks."""


class NoticingScheduler(PersistentScheduler):  # type: ignore[misc]
    """The ordinary scheduler; between its ticks it notices what is overdue."""

    _looked: float | None = None

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Do the scheduler's work, and look once a minute."""
        went_round("beat")
        now = time.monotonic()
        if self._looked is None or now - self._looked >= EVERY:
            self._looked = now
            close_old_connections()
            look()
        pause: float = super().tick(*args, **kwargs)
        return min(pause, EVERY)


def look() -> None:
    """Notice what is overdue; a database that is away is tried again next time."""
    from jbn_oversight.clock import utc_now
    from jbn_oversight.clock_check.actions import look_if_due
    from reports.briefings.actions.alarms import notice_overdue
    from reports.models import Noticer

    try:
        look_if_due()
        notice_overdue(at=utc_now(), noticed_by=Noticer.BEAT)
    except Exception as error:  # the timer must go on ticking
        logger.warning("could not look for overdue briefings: %s", type(error).__name__)
