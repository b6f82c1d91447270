"""The task that notes owners of overdue actions."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from reports.action_effects.actions import remind


@shared_task(name="reports.remind_owners", ignore_result=True)  # type: ignore[untyped-decorator]
def remind_owners() -> None:
    """Note the owners of overdue actions. Run every hour; more often does no harm."""
    remind(utc_now())
