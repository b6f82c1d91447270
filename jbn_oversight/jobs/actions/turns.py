"""Taking turns: one at a time, across processes and machines.

A PostgreSQL advisory lock of the session, so that progress can be committed while it is held
and that it is let go when the process or its connection dies, however that happens.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

_CLASS: Final = 0x4A424E  # "JBN": our part of the database's advisory locks
_PAUSE_SECONDS: Final = 0.25


@contextmanager
def institution_turn(
    institution_id: int, *, waiting: Callable[[], None] | None = None
) -> Iterator[None]:
    """Hold the institution's turn for an import or run; another holder is waited for.

    ``waiting`` is called again and again while another holds the turn, a few times a second,
    so that the one who waits can say so and show that it lives. Taking a turn that the same
    connection already holds succeeds at once.
    """
    while True:
        with only_one(institution_id) as mine:
            if mine:
                yield
                return
        if waiting is not None:
            waiting()
        time.sleep(_PAUSE_SECONDS)


@contextmanager
def only_one(number: int) -> Iterator[bool]:
    """Whether the turn of this number is ours now; nobody is waited for.

    Institutions have positive numbers, kinds of work negative ones.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_CLASS, number])
        (mine,) = cursor.fetchone()
    try:
        yield bool(mine)
    finally:
        if mine and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_CLASS, number])
