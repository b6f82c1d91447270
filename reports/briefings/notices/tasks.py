"""The task that sends notices."""

from __future__ import annotations

from celery import shared_task

from reports.briefings.gate.quiet_tasks import quietly
from reports.briefings.notices import actions as mail


@shared_task(name=mail.TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def send_notices() -> None:
    """Send what waits."""
    with quietly():
        mail.send_waiting()
