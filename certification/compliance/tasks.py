"""Work for Celery: each task re-checks the row and calls one action."""

from __future__ import annotations

from celery import shared_task

from certification.compliance.actions import runs as actions
from certification.models import ComplianceRun
from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import for_a_while


@shared_task(name=actions.EXECUTE_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def execute_run(run_pk: int) -> None:
    """Carry out one run, unless it is finished or in other hands."""
    run = ComplianceRun.objects.filter(pk=run_pk).select_related("institution").first()
    if run is not None:
        actions.execute_run(run)


@shared_task(name="certification.sweep_runs", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_runs() -> None:
    """Carry out runs whose message or worker was lost, and runs for facts without one."""
    for run in for_a_while(actions.sweep_runs(utc_now())):
        actions.execute_run(run)
