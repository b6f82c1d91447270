"""Carrying out an attempt to deliver, which is a job (``jbn_oversight.jobs``).

What was handed over waits as long as it takes: its file goes when it was read and decided, or
when a person throws it away. Those of one institution are read in the order in which they came.
Nothing of a file's contents reaches the log: what goes wrong is named by its kind alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest

from cases.deliveries.actions.holding import let_through, send_back
from cases.deliveries.actions.receiving import receive_delivery
from cases.deliveries.imports import DeliveryRefusedError
from cases.deliveries.imports.reading import Progress
from cases.models import HoldDecision, Intake, IntakeState, IntakeStep
from cases.models.intakes import DECIDED, IntakeFailure
from certification.act_kinds import (
    UPLOAD_HANDED_OVER,
    UPLOAD_STARTED_AGAIN,
    UPLOAD_TAKEN_BACK,
)
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
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions import claiming
from jbn_oversight.jobs.actions.claiming import TakenOverError, begin, log_failure, write
from jbn_oversight.jobs.actions.heartbeat import held
from jbn_oversight.jobs.rules import LEASE
from jbn_oversight.organisations.models import Institution

logger = logging.getLogger(__name__)

IMPORT_TASK: Final = "certification.deliveries.import"
PASSING: Final = (OperationalError, InterfaceError, OSError, MemoryError)
"""Faults of the machine or the database, which may well be over a minute later."""
Tell = Callable[[Intake], None]


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
    at = utc_now()
    return Intake.objects.create(
        institution=institution,
        period_from=period_from,
        period_until=period_until,
        spool_name=spool_name,
        asked_at=at,
        asked_by=by,
        next_try_at=at + LEASE,
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
        _record(UPLOAD_HANDED_OVER, intake, by)
        nudge(intake)
    return intake


def start_again(*, intake: Intake, by: User) -> None:
    """Let a worker read once more what stopped and was kept. Raises NotKeptError."""
    with transaction.atomic():
        row = _stopped(intake)
        row.restarted_at, row.restarted_by, row.restarted_from = utc_now(), by, row.attempts
        row.state, row.step, row.progress = IntakeState.QUEUED, IntakeStep.NOTHING, 0
        row.failure, row.finished_at, row.next_try_at = "", None, utc_now()
        row.save()
        _record(UPLOAD_STARTED_AGAIN, row, by)
        nudge(row)


@transaction.atomic
def discard(*, intake: Intake, by: User) -> None:
    """Throw away the file of what stopped, for good. Raises NotKeptError."""
    row = _stopped(intake)
    row.failure, row.discarded_by, row.finished_at = IntakeFailure.DISCARDED, by, utc_now()
    row.save()
    _record(UPLOAD_TAKEN_BACK, row, by)
    transaction.on_commit(lambda: throw_away(row.spool_name))


def _record(kind: KindOfAct, intake: Intake, by: User) -> None:
    record_act(
        kind=kind,
        on=intake,
        detail=f"{intake.period_from:%Y-%m} {intake.period_until:%Y-%m}",
        institution=intake.institution,
        by=by,
    )


def _stopped(intake: Intake) -> Intake:
    """The row, held, if it stopped and its file is there."""
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    if row.state != IntakeState.FAILED or row.failure == IntakeFailure.DISCARDED:
        raise NotKeptError
    if not is_there(row.spool_name):
        raise NotKeptError
    return row


def nudge(intake: Intake) -> None:
    """Tell a worker of the attempt, once it is committed."""
    claiming.nudge(IMPORT_TASK, intake.pk)


def carry_out(
    intake: Intake,
    *,
    path: Path | None = None,
    tell: Tell | None = None,
    accept_changes: str = "",
) -> bool:
    """Import what was handed over, if nobody else does; True when it ended here.

    ``path`` is where the delivery lies, by default the spool, where earlier ones of the
    institution go first. ``tell`` hears each step. ``accept_changes`` says why a delivery that
    would be held is right. What was read and decided is deleted from
    the spool.
    """
    if path is None and Intake.objects.ahead_of(intake).exists():
        return False
    if not begin(intake):
        return False

    def progress(step: str, percent: int) -> None:
        # In the institution's turn, so that nothing else is accepted between this and storing.
        if step == IntakeStep.STORING and Intake.objects.that_overtook(intake).exists():
            raise OvertakenError
        write(intake, step=step, progress=percent)
        if tell is not None:
            tell(intake)

    try:
        with held(intake):
            _import(intake, path or spooled(intake.spool_name), progress, accept_changes)
    except TakenOverError:
        logger.warning("import %s was taken over by another worker", intake.public_id)
        return False
    if intake.state in DECIDED:
        throw_away(intake.spool_name)
    return intake.is_finished


def _import(intake: Intake, path: Path, progress: Progress, accept_changes: str) -> None:
    if intake.spool_name and not path.is_file():
        _stop(intake, IntakeFailure.GONE)
        return
    try:
        received = receive_delivery(
            path=path,
            institution=intake.institution,
            period_from=intake.period_from,
            period_until=intake.period_until,
            progress=progress,
            accept_changes=accept_changes,
            by=intake.asked_by,
        )
    except TakenOverError:
        raise
    except OvertakenError:
        _stop(intake, IntakeFailure.OVERTAKEN)
    except DeliveryRefusedError as refusal:
        problems = [problem.as_json() for problem in refusal.problems]
        _end(intake, IntakeState.REFUSED, problems=problems, problems_total=refusal.total)
    except Exception as error:
        log_failure(logger, f"import {intake.public_id}", error)
        if isinstance(error, PASSING) and not intake.is_worn_out:
            _put_back(intake)
        else:
            _stop(intake, IntakeFailure.FAULT)
    else:
        state = IntakeState.ACCEPTED if received.changed else IntakeState.UNCHANGED
        if received.held:
            state = IntakeState.HELD
        _end(intake, state, delivery=received.delivery, step=IntakeStep.DONE, progress=100)
        _settle()


def _end(intake: Intake, state: IntakeState, **values: Any) -> None:
    write(intake, state=state, finished_at=max(utc_now(), intake.asked_at), **values)


def _stop(intake: Intake, failure: IntakeFailure) -> None:
    """End the attempt without a decision; a person may start it again where its file is."""
    _end(intake, IntakeState.FAILED, failure=failure)


def _put_back(intake: Intake) -> None:
    """Let the next sweep try it again."""
    now = utc_now()
    write(intake, state=IntakeState.QUEUED, step=IntakeStep.NOTHING, progress=0, next_try_at=now)


def let_held_through(*, intake: Intake, reason: str, by: User) -> None:
    """Somebody says that what waits is right: it counts, and its figures are asked for.

    Raises RefusedError without a reason, ChangedMeanwhileError where it was decided already.
    """
    _decide(intake, let_through, reason, by)
    compute_after(intake)


def send_held_back(*, intake: Intake, reason: str, by: User) -> None:
    """Somebody says that it is not right: it never counts. Raises as ``let_held_through``."""
    _decide(intake, send_back, reason, by)


def _decide(intake: Intake, decide: Callable[..., None], reason: str, by: User) -> None:
    if intake.delivery is None:
        raise NotKeptError
    decide(delivery=intake.delivery, reason=reason, by=by)
    _settle()
    intake.refresh_from_db()


def _settle() -> None:
    """Let attempts say what was decided about their deliveries: the hold is the truth.

    Several may have handed over the same contents, and a newer one may have taken their place.
    """
    held_ones = Intake.objects.filter(state=IntakeState.HELD)
    held_ones.filter(delivery__hold__decision=HoldDecision.ACCEPTED).update(
        state=IntakeState.ACCEPTED
    )
    held_ones.filter(
        delivery__hold__decision__in=[HoldDecision.REJECTED, HoldDecision.REPLACED]
    ).update(state=IntakeState.REJECTED)


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
    if intake.delivery is None or intake.state in {IntakeState.HELD, IntakeState.REJECTED}:
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
    found = claiming.sweep(
        Intake.objects.select_related("institution", "asked_by").in_turn(),
        at,
        state=IntakeState.FAILED,
        failure=IntakeFailure.LOST,
        finished_at=Greatest("asked_at", Value(at)),
    )
    _settle()
    _tidy(at)
    return found


def _tidy(at: datetime) -> None:
    """Delete files whose rows say that they are done with, and those that no row names."""
    rows = Intake.objects.filter(spool_name__in=names())
    done = rows.filter(Q(state__in=DECIDED) | Q(failure=IntakeFailure.DISCARDED))
    for name in done.values_list("spool_name", flat=True):
        throw_away(name)
    throw_away_orphans(set(rows.values_list("spool_name", flat=True)), at)
