"""Asking, claiming, ending and sweeping. A row changes only in the hands that claimed it."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import F

from jbn_oversight.celery import tell
from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.models import J, Job, JobQuerySet, LongJob, rows_like
from jbn_oversight.jobs.rules import LEASE

logger = logging.getLogger(__name__)

T = TypeVar("T")


class TakenOverError(Exception):
    """Another worker has the job; this one must not write."""


def nudge(task: str, *arguments: object) -> None:
    """Ask a worker to look at the rows, once they are committed. A lost message costs only time."""
    transaction.on_commit(partial(tell, task, *arguments))


def claim(job: Job, *, lease: timedelta = LEASE, **values: Any) -> bool:
    """Take this job and count the attempt; False where it is over or in living hands.

    ``values`` are written with the claim. The row is read again in either case.
    """
    at = utc_now()
    free = rows_like(job).free(at).filter(pk=job.pk)
    taken = free.update(attempts=F("attempts") + 1, next_try_at=at + lease, **values)
    job.refresh_from_db()
    return bool(taken)


def claim_next(rows: JobQuerySet[J], at: datetime, *, lease: timedelta) -> J | None:
    """Take the job among ``rows`` that is due longest, passing by what another takes now."""
    with transaction.atomic(durable=True):  # a transaction around it would span the work
        due = rows.due(at).order_by("next_try_at", "pk")
        job = due.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
        if job is not None:
            job.attempts += 1
            job.next_try_at = at + lease
            job.save(update_fields=["attempts", "next_try_at"])
    return job


def begin(job: LongJob) -> bool:
    """Take a job that somebody watches; False where it is over or in living hands."""
    return claim(job, state=job.RUNNING, step="", progress=0, started_at=utc_now())


def write(job: Job, **values: Any) -> None:
    """Change the row and show that its worker lives. Raises TakenOverError if it is not ours."""
    values.setdefault("next_try_at", utc_now() + LEASE)
    if not rows_like(job).still_held(job).update(**values):
        raise TakenOverError
    for name, value in values.items():
        setattr(job, name, value)


def sweep(rows: JobQuerySet[J], at: datetime, **ended: Any) -> list[J]:
    """The jobs among ``rows`` that a worker should take (again).

    One that is worn out is given up instead: its row gets the values ``ended``.
    """
    found = []
    for job in rows.due(at):
        if job.is_worn_out:
            rows.due(at).filter(pk=job.pk, attempts=job.attempts).update(**ended)
        else:
            found.append(job)
    return found


def for_a_while(work: Iterable[T], seconds: float = 600.0) -> Iterator[T]:
    """The pieces of work, until some time has passed; the next sweep goes on with the rest.

    So that a sweeper with much to do keeps within the time limit of its task.
    """
    end = time.monotonic() + seconds
    for piece in work:
        if time.monotonic() > end:
            return
        yield piece


def log_failure(logger: logging.Logger, name: str, error: Exception) -> None:
    """Log where a job failed and how, not what was said: that may hold what a row held.

    A connection that broke is dropped too, so that the row can still be written.
    """
    drop_a_broken_connection()
    last = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("%s failed: %s in %s, line %s", name, type(error).__name__, last.name, last.lineno)


@contextmanager
def quietly(name: str) -> Iterator[None]:
    """Let no error of a task reach Celery, which would log its words.

    The rows say what is left to do, so that the sweeper comes back by itself.
    """
    try:
        yield
    except Exception as error:
        log_failure(logger, name, error)


def drop_a_broken_connection() -> None:
    """Let the next words to the database go over a new connection where this one broke."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
