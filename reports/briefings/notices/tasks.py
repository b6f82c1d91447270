"""The task that sends notices."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.jobs.actions.claiming import quietly
from reports.briefings.notices import actions as mail


@shared_task(name=mail.TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def send_notices() -> None:
    """Send what waits."""
    with quietly("sending notices"):
        mail.send_waiting()
