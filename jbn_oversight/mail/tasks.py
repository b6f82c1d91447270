"""Work for Celery: sending mail, in a queue of its own (see CELERY_TASK_ROUTES)."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from jbn_oversight.mail.actions import queueing as actions


@shared_task(name=actions.TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def send() -> None:
    """Send what waits in the outbox, and throw away what is long over."""
    actions.send_waiting()
    actions.purge(utc_now())
