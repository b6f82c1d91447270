"""Work for Celery: each task re-checks the row and calls one action."""

from __future__ import annotations

from celery import shared_task

from cases.models import Intake
from certification.deliveries import actions
from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import for_a_while


@shared_task(name=actions.IMPORT_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def import_delivery(intake_pk: int) -> None:
    """Import one upload, unless that has ended or is in other hands; then ask for figures."""
    intake = Intake.objects.filter(pk=intake_pk).select_related("institution", "asked_by").first()
    if intake is not None and actions.carry_out(intake):
        actions.compute_after(intake)
        actions.nudge_next(intake)


@shared_task(name="certification.deliveries.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Import uploads whose message or worker was lost, oldest first, and tidy the spool."""
    for intake in for_a_while(actions.sweep(utc_now())):
        if actions.carry_out(intake):
            actions.compute_after(intake)
