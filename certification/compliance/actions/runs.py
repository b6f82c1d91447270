"""Asking for compliance runs and carrying them out.

A run is a row; its message only nudges a worker. Whoever takes the row first carries it out:
a second message finds nothing to do, and a run whose worker died is taken over. A worker that
was thought dead and comes back finds that its attempt is no longer the row's, and writes
nothing.
"""

from __future__ import annotations

import hashlib
import json
import logging
import traceback
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Q

from cases.models import DeliveryMonth, StaffingVersion
from certification.compliance.actions.computing import compute_and_write
from certification.compliance.rules.counting import STAFFING_WINDOW_MONTHS
from certification.compliance.selectors import (
    Inputs,
    computed_fingerprints,
    months_to_compute,
    read_inputs,
)
from certification.models import ComplianceRun
from certification.models.runs import (
    MOST_ATTEMPTS,
    RunReason,
    RunState,
    RunStep,
)
from jbn_oversight.accounts.models import User
from jbn_oversight.celery import tell
from jbn_oversight.clock import add_months, utc_now
from jbn_oversight.jobs.actions.heartbeat import beating
from jbn_oversight.jobs.actions.turns import institution_turn
from jbn_oversight.jobs.rules import LEASE
from jbn_oversight.organisations.models import Institution

logger = logging.getLogger(__name__)

EXECUTE_TASK: Final = "certification.execute_run"
Progress = Callable[[ComplianceRun], None]


class RunTakenOverError(Exception):
    """Another worker has taken the run; this one must not write."""


def request_run(
    *,
    institution: Institution,
    period_from: date,
    period_until: date,
    reason: RunReason,
    by: User | None,
    nudge: bool = True,
) -> ComplianceRun:
    """Ask for the institution's months (first days, both included) to be computed.

    With ``nudge`` a worker is sent a message once the row is committed; without, the caller
    carries the run out itself.
    """
    run = ComplianceRun.objects.create(
        institution=institution,
        period_from=period_from,
        period_until=period_until,
        reason=reason,
        requested_at=utc_now(),
        requested_by=by,
    )
    if nudge:
        transaction.on_commit(lambda: nudge_run(run))
    return run


def request_run_after_change(
    *,
    institution: Institution,
    period_from: date,
    period_until: date,
    by: User | None,
    nudge: bool = True,
) -> ComplianceRun:
    """Ask for the months whose facts changed, and for later ones that they reach.

    A staffing window is twelve months long, so up to eleven later months are computed too,
    as far as there are facts for them.
    """
    reach = add_months(period_until, STAFFING_WINDOW_MONTHS - 1)
    later = Q(institution=institution, month__gt=period_until, month__lte=reach)
    known = [
        rows.current().filter(later).order_by("-month").values_list("month", flat=True).first()
        for rows in (DeliveryMonth.objects, StaffingVersion.objects)
    ]
    return request_run(
        institution=institution,
        period_from=period_from,
        period_until=max([period_until, *(month for month in known if month)]),
        reason=RunReason.DELIVERY,
        by=by,
        nudge=nudge,
    )


def nudge_run(run: ComplianceRun) -> None:
    """Tell a worker about the run. A lost message costs a minute: the sweeper sees the row."""
    tell(EXECUTE_TASK, run.pk)


def execute_run(run: ComplianceRun, *, progress: Progress | None = None) -> bool:
    """Carry the run out, if nobody else does; True when it succeeded here.

    ``progress`` is called with the row at each step. A failure is kept in the row and undoes
    nothing but what the run itself was writing.
    """
    attempt = _claim(run)
    if attempt is None:
        return False
    tell = progress or (lambda _run: None)

    def step(step: RunStep, percent: int) -> None:
        _beat(run, attempt, step, percent)
        tell(run)

    try:
        with (
            beating(lambda: _show_life(run, attempt)),
            institution_turn(run.institution_id, waiting=lambda: step(RunStep.WAITING, 1)),
        ):
            step(RunStep.READING, 5)
            inputs = read_inputs(run.institution, run.period_from, run.period_until)
            _keep_inputs(run, inputs)
            compute_and_write(
                run,
                inputs,
                step=step,
                finish=lambda at: _finish(run, attempt, at),
            )
    except RunTakenOverError:
        logger.warning("run %s was taken over by another worker", run.public_id)
        return False
    except Exception as error:
        # Where, not what: a message of the database may hold what a row held.
        last = traceback.extract_tb(error.__traceback__)[-1]
        logger.error(
            "run %s failed: %s in %s, line %s",
            run.public_id,
            type(error).__name__,
            last.name,
            last.lineno,
        )
        _fail(run, attempt, type(error).__name__)
        return False
    tell(run)
    return True


def sweep_runs(at: datetime) -> list[ComplianceRun]:
    """Runs that a worker should hear of (again): lost ones, and new ones for facts without.

    ``at`` is an aware instant. Safe to do twice, late or not at all.
    """
    found: list[ComplianceRun] = []
    for run in ComplianceRun.objects.lost(at).select_related("institution"):
        if run.state == RunState.RUNNING and run.attempts >= MOST_ATTEMPTS:
            _fail(run, run.attempts, "WorkerLost")
        else:
            found.append(run)
    for institution in Institution.objects.all():
        span = _span_without_run(institution)
        if span:
            found.append(
                request_run(
                    institution=institution,
                    period_from=span[0],
                    period_until=span[1],
                    reason=RunReason.SWEEPER,
                    by=None,
                    nudge=False,
                )
            )
    return found


def _span_without_run(institution: Institution) -> tuple[date, date] | None:
    """First and last month with facts that were not computed and that no run will compute."""
    open_runs = ComplianceRun.objects.filter(
        institution=institution, state__in=[RunState.QUEUED, RunState.RUNNING]
    )
    if open_runs.exists():
        return None
    known = [
        month
        for rows in (DeliveryMonth.objects, StaffingVersion.objects)
        for month in rows.current().filter(institution=institution).values_list("month", flat=True)
    ]
    if not known:
        return None
    inputs = read_inputs(institution, min(known), max(known))
    failed = computed_fingerprints(institution, inputs.months, RunState.FAILED)
    fingerprints = inputs.fingerprints()
    # What failed before would fail again: a person has to look, and may ask for a run.
    months = [
        month for month in months_to_compute(inputs) if failed.get(month) != fingerprints[month]
    ]
    return (min(months), max(months)) if months else None


def _claim(run: ComplianceRun) -> int | None:
    """Take the run, or None where it is finished or in living hands; the attempt's number."""
    at = utc_now()
    free = Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING, heartbeat_at__lt=at - LEASE)
    taken = ComplianceRun.objects.filter(free, pk=run.pk).update(
        state=RunState.RUNNING,
        step=RunStep.NOTHING,
        progress=0,
        attempts=F("attempts") + 1,
        started_at=at,
        heartbeat_at=at,
    )
    run.refresh_from_db()
    return run.attempts if taken else None


def _show_life(run: ComplianceRun, attempt: int) -> None:
    """Beat, as long as the attempt is ours."""
    ours = ComplianceRun.objects.filter(pk=run.pk, attempts=attempt, state=RunState.RUNNING)
    ours.update(heartbeat_at=utc_now())


def _beat(run: ComplianceRun, attempt: int, step: RunStep, percent: int) -> None:
    """Say that the run lives and where it is. Raises RunTakenOverError when it is not ours."""
    at = utc_now()
    ours = ComplianceRun.objects.filter(pk=run.pk, attempts=attempt, state=RunState.RUNNING)
    if not ours.update(step=step, progress=percent, heartbeat_at=at):
        raise RunTakenOverError
    run.step, run.progress, run.heartbeat_at = step, percent, at


def _keep_inputs(run: ComplianceRun, inputs: Inputs) -> None:
    run.inputs = inputs.as_json()
    text = json.dumps(run.inputs, sort_keys=True, separators=(",", ":"))
    run.inputs_sha256 = hashlib.sha256(text.encode()).hexdigest()
    run.settings = {
        "plan_clock_start": inputs.settings.plan_clock_start,
        "equated_days_are_working_days": inputs.settings.equated_days_are_working_days,
    }
    run.save(update_fields=["inputs", "inputs_sha256", "settings"])


def _finish(run: ComplianceRun, attempt: int, at: datetime) -> None:
    """Close the run, in the transaction that writes its cells."""
    row = ComplianceRun.objects.select_for_update().get(pk=run.pk)
    if row.attempts != attempt or row.state != RunState.RUNNING:
        raise RunTakenOverError
    run.state, run.step, run.progress, run.finished_at = RunState.SUCCEEDED, RunStep.DONE, 100, at
    run.error = ""
    run.save(
        update_fields=["state", "step", "progress", "finished_at", "notes", "changed", "error"]
    )


def _fail(run: ComplianceRun, attempt: int, error: str) -> None:
    at = max(utc_now(), run.requested_at)
    ComplianceRun.objects.filter(pk=run.pk, attempts=attempt, state=RunState.RUNNING).update(
        state=RunState.FAILED, finished_at=at, error=error
    )
    run.refresh_from_db()
