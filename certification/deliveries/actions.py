"""Carrying out an attempt to deliver: the row is the truth, whoever takes it first works.

As with compliance runs, a second message finds nothing to do, an attempt whose worker died is
taken over, and a worker that was thought dead and comes back changes nothing in the row.
Nothing of a file's contents reaches the log: what goes wrong is named by its kind alone.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q

from cases.actions import receive_delivery
from cases.delivery import DeliveryRefusedError
from cases.delivery.reading import Progress
from cases.models import Intake, IntakeState, IntakeStep
from cases.models.intakes import DEAD_AFTER, FINISHED, MOST_ATTEMPTS, SPOOLED_FOR
from certification.actions import request_run_after_change
from certification.deliveries.spool import keep, spooled, throw_away, throw_away_older
from certification.inputs import months_to_compute, read_inputs
from certification.models import ComplianceRun
from jbn_oversight.accounts.models import User
from jbn_oversight.celery import app
from jbn_oversight.clock import utc_now
from jbn_oversight.organisations.models import Institution

logger = logging.getLogger(__name__)

IMPORT_TASK: Final = "certification.deliveries.import"
Tell = Callable[[Intake], None]


class TakenOverError(Exception):
    """Another worker has taken the attempt."""


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
    """Keep an upload in the spool and tell a worker. Raises spool.TooLargeError."""
    name = keep(chunks)
    try:
        with transaction.atomic():
            intake = open_intake(
                institution=institution,
                period_from=period_from,
                period_until=period_until,
                spool_name=name,
                by=by,
            )
            transaction.on_commit(lambda: nudge(intake))
    except BaseException:
        throw_away(name)
        raise
    return intake


def nudge(intake: Intake) -> None:
    """Tell a worker of the attempt. A lost message costs a minute: the sweeper sees the row."""
    try:
        app.send_task(IMPORT_TASK, [intake.pk], retry=False)
    except Exception as error:
        logger.warning("no worker could be told of an upload: %s", type(error).__name__)


def carry_out(intake: Intake, *, path: Path | None = None, tell: Tell | None = None) -> bool:
    """Import what was handed over, if nobody else does; True when it ended here.

    ``path`` is where the delivery lies, by default the spool. ``tell`` hears each step.
    However it ends, the upload is deleted from the spool.
    """
    attempt = _claim(intake)
    if attempt is None:
        return False

    def progress(step: str, percent: int) -> None:
        if not _update(intake, attempt, step=step, progress=percent):
            raise TakenOverError
        if tell is not None:
            tell(intake)

    try:
        ended = _import(intake, attempt, path or spooled(intake.spool_name), progress)
    except TakenOverError:
        logger.warning("import %s was taken over by another worker", intake.public_id)
        return False
    if ended:
        throw_away(intake.spool_name)
    return ended


def _import(intake: Intake, attempt: int, path: Path, progress: Progress) -> bool:
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
        return _update(intake, attempt, state=IntakeState.FAILED)
    return _update(
        intake,
        attempt,
        state=IntakeState.ACCEPTED if received.changed else IntakeState.UNCHANGED,
        delivery=received.delivery,
        step=IntakeStep.DONE,
        progress=100,
    )


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
    """Attempts that a worker should take (again); throws away what waited for an hour.

    ``at`` is an aware instant. Safe to do twice, late or not at all.
    """
    too_old = at - SPOOLED_FOR
    for intake in Intake.objects.unfinished().filter(asked_at__lt=too_old):
        _give_up(intake, at)
    found = []
    for intake in Intake.objects.lost(at).select_related("institution", "asked_by"):
        if intake.attempts >= MOST_ATTEMPTS or not intake.spool_name:
            _give_up(intake, at)
        else:
            found.append(intake)
    throw_away_older(too_old)
    return found


def _give_up(intake: Intake, at: datetime) -> None:
    """End an attempt that nobody works on any more."""
    dead = Q(state=IntakeState.QUEUED) | Q(heartbeat_at__lt=at - DEAD_AFTER)
    ours = Intake.objects.filter(dead, pk=intake.pk).exclude(state__in=FINISHED)
    if ours.update(state=IntakeState.FAILED, finished_at=at):
        throw_away(intake.spool_name)


def _claim(intake: Intake) -> int | None:
    """Take the attempt, or None where it has ended or is in living hands; the try's number."""
    at = utc_now()
    free = Q(state=IntakeState.QUEUED) | Q(
        state=IntakeState.RUNNING, heartbeat_at__lt=at - DEAD_AFTER
    )
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
