"""Keeping errors of tasks out of Celery's log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)


@contextmanager
def quietly() -> Iterator[None]:
    """Let no error reach Celery, which would log its words: a row of a briefing may be in them.

    The rows say what is left to do, so the sweeper comes back by itself.
    """
    try:
        yield
    except Exception as error:
        logger.error("work on briefings failed: %s", type(error).__name__)
