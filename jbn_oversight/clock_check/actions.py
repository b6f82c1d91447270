"""Comparing this process's clock with the database's, and telling where they differ."""

from __future__ import annotations

import logging
import os
import platform
import time
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight import clock
from jbn_oversight.clock_check import kernel
from jbn_oversight.clock_check.models import DatabaseClock, WrongClock
from jbn_oversight.clock_check.rules import MOST_APART, Comparison
from jbn_oversight.refusals import RefusedError

logger = logging.getLogger(__name__)

_PAUSE: Final = 5.0
"""Seconds before a comparison that failed is tried again."""


class _State:
    """What this process knows: when it looks again, what it told, which clocks are wrong."""

    next_look: float = 0.0
    told: bool = False
    wrong: tuple[WrongClock, ...] = ()


def look_if_due() -> None:
    """Compare the clocks if that was not done in the last minute, or the own clock leapt.

    Called before the instant of a request or task is taken. With the database away the last
    reference goes on counting; before there is one, the error of the database is raised, since
    an instant of the own clock alone could open something early.
    """
    every: timedelta | None = settings.CLOCKS_COMPARED_EVERY
    if every is None or not _is_due():
        return
    _State.next_look = time.monotonic() + _PAUSE
    try:
        look()
    except DatabaseError:
        if clock.reference() is None:
            _State.next_look = 0.0
            raise
        return
    _State.next_look = time.monotonic() + every.total_seconds()


def _is_due() -> bool:
    now = time.monotonic()
    reference = clock.reference()
    if reference is None or now >= _State.next_look:
        return True
    # Set forward or back since, or woken from sleep: look at once, but not at every request.
    leapt = abs(clock.own_clock() - reference.now()) > MOST_APART
    return leapt and not _State.told and now - reference.monotonic >= _PAUSE


def look() -> Comparison:
    """Compare now, whatever was known; keep the reference, and note or clear a wrong clock."""
    before = clock.own_clock()
    database = _database_clock()
    monotonic = time.monotonic()
    found = Comparison(
        before=before,
        after=clock.own_clock(),
        database=database,
        synchronized=kernel.is_synchronized(),
    )
    # The answer was on its way: the database's clock is a little further, never less far.
    clock.use_reference(clock.Reference(database, monotonic))
    _note(found)
    _State.wrong = tuple(WrongClock.objects.standing())
    return found


def refuse_while_a_clock_is_wrong() -> None:
    """Nobody schedules or publishes while a clock of the portal is wrong. Raises RefusedError.

    A clock that nothing keeps right may still be right: that is told, and stops nobody.
    """
    look()
    if any(clock.is_apart for clock in _State.wrong):
        raise RefusedError(
            _(
                "The clock of a server is wrong. Nobody can plan or publish anything until it is"
                " set right. Ask the administrator."
            )
        )


def wrong_clocks() -> tuple[WrongClock, ...]:
    """The clocks that were wrong when this process last looked, at most a minute ago."""
    return _State.wrong


def forget() -> None:
    """Know nothing, as a process that just started."""
    clock.use_reference(None)
    _State.next_look, _State.told, _State.wrong = 0.0, False, ()


def _database_clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    assert isinstance(now, datetime)
    return now


def _note(found: Comparison) -> None:
    """Keep a row while this process's clock is wrong; tell the log when that begins and ends."""
    mine: dict[str, Any] = {"machine": platform.node()[:100] or "?", "process": os.getpid()}
    told = found.is_to_be_told(ask_kernel=settings.CLOCK_KEPT_BY == "kernel")
    if told:
        values: dict[str, Any] = {
            "seconds_ahead": found.ahead.total_seconds(),
            "synchronized": found.synchronized,
            "seen_at": DatabaseClock(),
        }
        with transaction.atomic():
            WrongClock.objects.update_or_create(**mine, defaults=values)
        if not _State.told:
            logger.error(
                "look at the clock of this machine: %.1f s ahead of the database, %s",
                found.ahead.total_seconds(),
                "not synchronized" if found.synchronized is False else "synchronized or unknown",
            )
    elif _State.told:
        WrongClock.objects.filter(**mine).delete()
        logger.warning("the clock of this machine is right again")
    _State.told = told
