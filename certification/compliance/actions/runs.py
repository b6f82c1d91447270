"""Asking for compliance runs and carrying them out. A run is a job (``jbn_oversight.jobs``)."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Greatest

from cases.models import DeliveryMonth, StaffingVersion
from certification.act_kinds import RUN_ASKED
from certification.compliance.actions.computing import compute_and_write
from certification.compliance.rules.counting import STAFFING_WINDOW_MONTHS
from certification.compliance.selectors import (
    Inputs,
    computed_fingerprints,
    months_to_compute,
    read_inputs,
)
from certification.models import ComplianceRun
from certification.models.runs import RunReason, RunState, RunStep
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import add_months, utc_now
from jbn_oversight.jobs.actions import claiming
from jbn_oversight.jobs.actions.claiming import TakenOverError, begin, log_failure, write
from jbn_oversight.jobs.actions.heartbeat import held
from jbn_oversight.jobs.actions.turns import institution_turn
from jbn_oversight.jobs.rules import LEASE
from jbn_oversight.organisations.models import Institution

logger = logging.getLogger(__name__)

EXECUTE_TASK: Final = "certification.execute_run"
Progress = Callable[[ComplianceRun], None]


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
    at = utc_now()
    with transaction.atomic():
        run = ComplianceRun.objects.create(
            institution=institution,
            period_from=period_from,
            period_until=period_until,
            reason=reason,
            requested_at=at,
            requested_by=by,
            next_try_at=at + LEASE,
        )
        if reason in (RunReason.PERSON, RunReason.COMMAND):  # the others follow from another act
            months = f"{period_from:%Y-%m} {period_until:%Y-%m}"
            record_act(kind=RUN_ASKED, on=run, detail=months, at=at, institution=institution, by=by)
    if nudge:
        claiming.nudge(EXECUTE_TASK, run.pk)
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


def execute_run(run: ComplianceRun, *, progress: Progress | None = None) -> bool:
    """Carry the run out, if nobody else does; True when it succeeded here.

    ``progress`` is called with the row at each step. A failure is kept in the row and undoes
    nothing but what the run itself was writing.
    """
    if not begin(run):
        return False
    tell = progress or (lambda _run: None)

    def step(step: RunStep, percent: int) -> None:
        write(run, step=step, progress=percent)
        tell(run)

    try:
        with (
            held(run),
            institution_turn(run.institution_id, waiting=lambda: step(RunStep.WAITING, 1)),
        ):
            step(RunStep.READING, 5)
            inputs = read_inputs(run.institution, run.period_from, run.period_until)
            _keep_inputs(run, inputs)
            compute_and_write(run, inputs, step=step, finish=lambda at: _finish(run, at))
    except TakenOverError:
        logger.warning("run %s was taken over by another worker", run.public_id)
        return False
    except Exception as error:
        log_failure(logger, f"run {run.public_id}", error)
        _fail(run, type(error).__name__)
        return False
    tell(run)
    return True


def sweep_runs(at: datetime) -> list[ComplianceRun]:
    """Runs that a worker should hear of (again): lost ones, and new ones for facts without.

    ``at`` is an aware instant. Safe to do twice, late or not at all.
    """
    found = claiming.sweep(
        ComplianceRun.objects.select_related("institution"),
        at,
        state=RunState.FAILED,
        error="WorkerLost",
        finished_at=Greatest("requested_at", Value(at)),
    )
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


def _keep_inputs(run: ComplianceRun, inputs: Inputs) -> None:
    run.inputs = inputs.as_json()
    text = json.dumps(run.inputs, sort_keys=True, separators=(",", ":"))
    run.inputs_sha256 = hashlib.sha256(text.encode()).hexdigest()
    run.settings = {
        "plan_clock_start": inputs.settings.plan_clock_start,
        "equated_days_are_working_days": inputs.settings.equated_days_are_working_days,
    }
    run.save(update_fields=["inputs", "inputs_sha256", "settings"])


def _finish(run: ComplianceRun, at: datetime) -> None:
    """Close the run, in the transaction that writes its cells."""
    write(
        run,
        state=RunState.SUCCEEDED,
        step=RunStep.DONE,
        progress=100,
        finished_at=at,
        notes=run.notes,
        changed=run.changed,
        error="",
    )


def _fail(run: ComplianceRun, error: str) -> None:
    at = max(utc_now(), run.requested_at)
    with suppress(TakenOverError):
        write(run, state=RunState.FAILED, finished_at=at, error=error)
