"""Carrying out an attempt to deliver: the row is the truth, whoever takes it first works.

As with compliance runs, a second message finds nothing to do, an attempt whose worker died is
taken over, and a worker that was thought dead and comes back changes nothing in the row.
What was handed over waits as long as it takes: its file goes when it was read and decided, or
when a person throws it away. Those of one institution are read in the order in which they came.
Nothing of a file's contents reaches the log: what goes wrong is named by its kind alone.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q

from cases.deliveries.actions.receiving import receive_delivery
from cases.deliveries.imports import DeliveryRefusedError
from cases.deliveries.imports.reading import Progress
from cases.models import Intake, IntakeState, IntakeStep
from cases.models.intakes import DECIDED, FINISHED, MOST_ATTEMPTS, IntakeFailure
from certification.compliance.actions.runs import request_run_after_change
from certification.compliance.selectors import months_to_compute, read_inputs
from certification.deliveries.spool import (
    is_there,
    keep,
    names,
    spooled,
    throw_away,
    throw_away_orphans,
)
from certification.models import ComplianceRun
from jbn_oversight.accounts.models import User
from jbn_oversight.celery import tell
from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.heartbeat import beating
from jbn_oversight.jobs.rules import LEASE
from jbn_oversight.organisations.models import Institution

logger = logging.getLogger(__name__)

IMPORT_TASK: Final = "certification.deliveries.import"
PASSING: Final = (OperationalError, InterfaceError, OSError, MemoryError)
"""Faults of the machine or the database, which may well be over a minute later."""
Tell = Callable[[Intake], None]


class TakenOverError(Exception):
    """Another worker has taken the attempt."""


class OvertakenError(Exception):
    """A later attempt for the same months was accepted already."""


class NotKeptError(Exception):
    """There is no file (any more) that this act could be about."""


def open_intake(
    *,
    institution: Institution,
    period_from: date,
    period_until: date,
    spool_name: str = "",
    by: User | None,
) -> Intake:
    """Write down an attempt to deliver the months (first days, both included)."""
    return Intake.objects.create(
        institution=institution,
        period_from=period_from,
        period_until=period_until,
        spool_name=spool_name,
        asked_at=utc_now(),
        asked_by=by,
    )


def hand_over(
    *,
    institution: Institution,
    period_from: date,
    period_until: date,
    chunks: Iterable[bytes],
    by: User,
) -> Intake:
    """Keep an upload in the spool and tell a worker.

    Raises spool.TooLargeError, and OSError where it cannot be kept.
    """
    name = keep(chunks)
    # Where this fails the file stays: a connection that breaks at the commit does not say
    # whether there is a row now. The sweeper looks at the rows and deletes it if there is none.
    with transaction.atomic():
        intake = open_intake(
            institution=institution,
            period_from=period_from,
            period_until=period_until,
            spool_name=name,
            by=by,
        )
        transaction.on_commit(lambda: nudge(intake))
    return intake


def start_again(*, intake: Intake, by: User) -> None:
    """Let a worker read once more what stopped and was kept. Raises NotKeptError."""
    with transaction.atomic():
        row = _stopped(intake)
        row.restarted_at, row.restarted_by, row.restarted_from = utc_now(), by, row.attempts
        row.state, row.step, row.progress = IntakeState.QUEUED, IntakeStep.NOTHING, 0
        row.failure, row.finished_at = "", None
        row.save()
        transaction.on_commit(lambda: nudge(row))


@transaction.atomic
def discard(*, intake: Intake, by: User) -> None:
    """Throw away the file of what stopped, for good. Raises NotKeptError."""
    row = _stopped(intake)
    row.failure, row.discarded_by, row.finished_at = IntakeFailure.DISCARDED, by, utc_now()
    row.save()
    transaction.on_commit(lambda: throw_away(row.spool_name))


def _stopped(intake: Intake) -> Intake:
    """The row, held, if it stopped and its file is there."""
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    if row.state != IntakeState.FAILED or row.failure == IntakeFailure.DISCARDED:
        raise NotKeptError
    if not is_there(row.spool_name):
        raise NotKeptError
    return row


def nudge(intake: Intake) -> None:
    """Tell a worker of the attempt. A lost message costs a minute: the sweeper sees the row."""
    tell(IMPORT_TASK, intake.pk)


def carry_out(intake: Intake, *, path: Path | None = None, tell: Tell | None = None) -> bool:
    """Import what was handed over, if nobody else does; True when it ended here.

    ``path`` is where the delivery lies, by default the spool, where earlier ones of the
    institution go first. ``tell`` hears each step. What was read and decided is deleted from
    the spool.
    """
    if path is None and Intake.objects.ahead_of(intake).exists():
        return False
    attempt = _claim(intake)
    if attempt is None:
        return False

    def progress(step: str, percent: int) -> None:
        # In the institution's turn, so that nothing else is accepted between this and storing.
        if step == IntakeStep.STORING and Intake.objects.that_overtook(intake).exists():
            raise OvertakenError
        if not _update(intake, attempt, step=step, progress=percent):
            raise TakenOverError
        if tell is not None:
            tell(intake)

    try:
        with beating(lambda: _beat(intake, attempt)):
            ended = _import(intake, attempt, path or spooled(intake.spool_name), progress)
    except TakenOverError:
        logger.warning("import %s was taken over by another worker", intake.public_id)
        return False
    if ended and intake.state in DECIDED:
        throw_away(intake.spool_name)
    return ended


def _import(intake: Intake, attempt: int, path: Path, progress: Progress) -> bool:
    if intake.spool_name and not path.is_file():
        return _stop(intake, attempt, IntakeFailure.GONE)
    try:
        received = receive_delivery(
            path=path,
            institution=intake.institution,
            period_from=intake.period_from,
            period_until=intake.period_until,
            progress=progress,
            by=intake.asked_by,
        )
    except TakenOverError:
        raise
    except OvertakenError:
        return _stop(intake, attempt, IntakeFailure.OVERTAKEN)
    except DeliveryRefusedError as refusal:
        return _update(
            intake,
            attempt,
            state=IntakeState.REFUSED,
            problems=[problem.as_json() for problem in refusal.problems],
            problems_total=refusal.total,
        )
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        logger.error(
            "import %s failed: %s in %s, line %s",
            intake.public_id,
            type(error).__name__,
            last.name,
            last.lineno,
        )
        if isinstance(error, PASSING) and intake.spool_name:
            return _put_back(intake, attempt)
        return _stop(intake, attempt, IntakeFailure.FAULT)
    return _update(
        intake,
        attempt,
        state=IntakeState.ACCEPTED if received.changed else IntakeState.UNCHANGED,
        delivery=received.delivery,
        step=IntakeStep.DONE,
        progress=100,
    )


def _stop(intake: Intake, attempt: int, failure: IntakeFailure) -> bool:
    """End the attempt without a decision; a person may start it again where its file is."""
    return _update(intake, attempt, state=IntakeState.FAILED, failure=failure)


def _put_back(intake: Intake, attempt: int) -> bool:
    """Let it be tried again in a minute, or stop it after as many tries as there may be."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    if intake.tries >= MOST_ATTEMPTS:
        return _stop(intake, attempt, IntakeFailure.FAULT)
    _update(intake, attempt, state=IntakeState.QUEUED, step=IntakeStep.NOTHING, progress=0)
    return False


def nudge_next(intake: Intake) -> None:
    """Tell a worker of the next upload of the same institution, if one waits."""
    waiting = Intake.objects.filter(institution=intake.institution_id, state=IntakeState.QUEUED)
    first = waiting.exclude(spool_name="").in_turn().first()
    if first is not None:
        nudge(first)


def compute_after(intake: Intake, *, nudge: bool = True) -> ComplianceRun | None:
    """Ask for the figures of what was accepted, as far as they were not computed yet.

    None when the figures rest on the present facts already.
    """
    if intake.delivery is None:
        return None
    inputs = read_inputs(intake.institution, intake.period_from, intake.period_until)
    if not months_to_compute(inputs):
        return None
    return request_run_after_change(
        institution=intake.institution,
        period_from=intake.period_from,
        period_until=intake.period_until,
        by=intake.asked_by,
        nudge=nudge,
    )


def sweep(at: datetime) -> list[Intake]:
    """Attempts that a worker should take (again), in the order in which they were handed over.

    ``at`` is an aware instant. Safe to do twice, late or not at all: nothing is given up or
    thrown away because it waited.
    """
    found = []
    lost = Intake.objects.lost(at).select_related("institution", "asked_by")
    for intake in lost.in_turn():
        if not intake.spool_name or intake.tries >= MOST_ATTEMPTS:
            _give_up(intake, at)
        else:
            found.append(intake)
    _tidy(at)
    return found


def _give_up(intake: Intake, at: datetime) -> None:
    """Stop an attempt that lost its workers again and again; its file stays for a person."""
    dead = Q(state=IntakeState.QUEUED) | Q(heartbeat_at__lt=at - LEASE)
    ours = Intake.objects.filter(dead, pk=intake.pk).exclude(state__in=FINISHED)
    ours.update(state=IntakeState.FAILED, failure=IntakeFailure.LOST, finished_at=at)


def _tidy(at: datetime) -> None:
    """Delete files whose rows say that they are done with, and those that no row names."""
    rows = Intake.objects.filter(spool_name__in=names())
    done = rows.filter(Q(state__in=DECIDED) | Q(failure=IntakeFailure.DISCARDED))
    for name in done.values_list("spool_name", flat=True):
        throw_away(name)
    throw_away_orphans(set(rows.values_list("spool_name", flat=True)), at)


def _claim(intake: Intake) -> int | None:
    """Take the attempt, or None where it has ended or is in living hands; the try's number."""
    at = utc_now()
    free = Q(state=IntakeState.QUEUED) | Q(state=IntakeState.RUNNING, heartbeat_at__lt=at - LEASE)
    taken = Intake.objects.filter(free, pk=intake.pk).update(
        state=IntakeState.RUNNING,
        step=IntakeStep.NOTHING,
        progress=0,
        attempts=F("attempts") + 1,
        started_at=at,
        heartbeat_at=at,
    )
    intake.refresh_from_db()
    return intake.attempts if taken else None


def _beat(intake: Intake, attempt: int) -> None:
    """Show that the try lives, as long as it is ours."""
    ours = Intake.objects.filter(pk=intake.pk, attempts=attempt, state=IntakeState.RUNNING)
    ours.update(heartbeat_at=utc_now())


def _update(intake: Intake, attempt: int, **values: Any) -> bool:
    """Change the row if the try is still ours, and show that it lives."""
    at = utc_now()
    values["heartbeat_at"] = at
    if values.get("state") in FINISHED:
        values["finished_at"] = at
    ours = Intake.objects.filter(pk=intake.pk, attempts=attempt, state=IntakeState.RUNNING)
    if not ours.update(**values):
        return False
    for name, value in values.items():
        setattr(intake, name, value)
    return True
