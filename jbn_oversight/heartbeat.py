"""Showing that work lives: imports, runs and printings beat while somebody is at them.

Whoever works beats every few seconds from a thread with a connection of its own, however long
one step takes. Work that was silent for ``DEAD_AFTER`` stands still: a page says so, and
another worker takes it over. A worker that was only frozen finds out when it comes back, since
whoever takes over raises the number of attempts, and each write asks for its own number.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final, TypeVar

from django.db import connection

logger = logging.getLogger(__name__)
T = TypeVar("T")

BEAT_EVERY: Final = 5.0
"""Seconds between two beats."""
DEAD_AFTER: Final = timedelta(seconds=30)
"""Work that did not beat for so long has lost its worker. Sweepers look every 20 seconds."""
LONGEST: Final = 35 * 60.0
"""Seconds after which the heart stops by itself: longer than any task may last (settings), for
a worker whose pool knows no time limit."""


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


def for_a_while(work: Iterable[T], seconds: float = 600.0) -> Iterator[T]:
    """The pieces of work, until some time has passed; the next sweep goes on with the rest.

    So that a sweeper with much to do keeps within the time limit of its task.
    """
    end = time.monotonic() + seconds
    for piece in work:
        if time.monotonic() > end:
            return
        yield piece
