"""Showing that a worker lives: it beats while it works, however long one step takes.

From a thread with a connection of its own. A worker that was only frozen finds out when it comes
back, since anyone who takes over raises the number of attempts, and each write asks for its own.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection

from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.models import Job, rows_like
from jbn_oversight.jobs.rules import BEAT_EVERY, LEASE, LONGEST

logger = logging.getLogger(__name__)


def held(job: Job) -> AbstractContextManager[None]:
    """Beat for a job that was claimed, until the work within has ended."""
    rows = rows_like(job).still_held(job)
    return beating(lambda: rows.update(next_try_at=utc_now() + LEASE))


@contextmanager
def beating(beat: Callable[[], object]) -> Iterator[None]:
    """Call ``beat`` every few seconds, in a thread of its own, until the work within has ended.

    ``beat`` should write one row in a statement of its own. What it raises is logged by its
    kind and stops nothing: the work asks itself whether it is still its own.
    """
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(beat, over), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=BEAT_EVERY)


def _beat(beat: Callable[[], object], over: threading.Event) -> None:
    end = time.monotonic() + LONGEST
    try:
        while not over.wait(BEAT_EVERY) and time.monotonic() < end:
            try:
                with connection.cursor() as cursor:  # never wait for the worker's own transaction
                    cursor.execute("SET lock_timeout = '3s'")
                beat()
            except Exception as error:
                logger.warning("a heartbeat was missed: %s", type(error).__name__)
                connection.close()
    finally:
        connection.close()
