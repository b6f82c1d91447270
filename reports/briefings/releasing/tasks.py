"""Work for Celery: each task takes a public id or nothing, re-checks the rows and acts once."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import quietly
from reports.briefings.models.briefings import Briefing
from reports.briefings.releasing.actions.announcing import (
    TASK_OF_ALL,
    announce_release,
    announce_what_is_due,
)


@shared_task(name="reports.announce_release", ignore_result=True)  # type: ignore[untyped-decorator]
def announce(public_id: str) -> None:
    """Announce one release if it is out by now, and was not announced before."""
    with quietly("announcing"):
        briefing = Briefing.objects.filter(public_id=public_id).first()
        if briefing is not None:
            announce_release(briefing=briefing, at=utc_now())


@shared_task(name=TASK_OF_ALL, ignore_result=True)  # type: ignore[untyped-decorator]
def announce_all() -> None:
    """Announce all that is out by now and was not announced before."""
    with quietly("announcing"):
        announce_what_is_due(utc_now())
