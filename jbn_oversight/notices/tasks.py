"""The tasks that send notices, in the queue of mail (see CELERY_TASK_ROUTES)."""

from __future__ import annotations

import logging

from celery import shared_task

from jbn_oversight.jobs.actions.claiming import log_failure
from jbn_oversight.notices.actions import noting, sending

logger = logging.getLogger(__name__)


@shared_task(name=noting.TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def send_notices() -> None:
    """Send what goes at once."""
    try:
        sending.send_waiting()
    except Exception as error:  # Celery would log its words, and a row may be in them
        log_failure(logger, "sending notices", error)


@shared_task(name="jbn_oversight.notices.gather", ignore_result=True)  # type: ignore[untyped-decorator]
def send_gathered_notices() -> None:
    """Send what is due in one mail for each person. Every minute; more often does no harm."""
    try:
        sending.send_gathered()
    except Exception as error:
        log_failure(logger, "sending gathered notices", error)
