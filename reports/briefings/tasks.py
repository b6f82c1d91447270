"""Work for Celery: each task takes a public id or nothing, re-checks the rows and acts once."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from jbn_oversight.heartbeat import for_a_while
from reports.briefings import tasks_of_readers  # noqa: F401 - registers its tasks
from reports.briefings.actions.alarms import notice_overdue
from reports.briefings.actions.releasing import (
    TASK_OF_ALL,
    announce_release,
    announce_what_is_due,
)
from reports.briefings.actions.rendering import render, text_by_key, versions_to_print
from reports.briefings.quietly import quietly
from reports.models import Briefing, Noticer


@shared_task(name="reports.render_version", ignore_result=True)  # type: ignore[untyped-decorator]
def render_version(public_id: str) -> None:
    """Print one approved text, unless that is done or going on already."""
    with quietly():
        text = text_by_key(public_id)
        if text is not None:
            render(version=text, at=utc_now())


@shared_task(name="reports.announce_release", ignore_result=True)  # type: ignore[untyped-decorator]
def announce(public_id: str) -> None:
    """Announce one release if it is out by now, and was not announced before."""
    with quietly():
        briefing = Briefing.objects.filter(public_id=public_id).first()
        if briefing is not None:
            announce_release(briefing=briefing, at=utc_now())


@shared_task(name=TASK_OF_ALL, ignore_result=True)  # type: ignore[untyped-decorator]
def announce_all() -> None:
    """Announce all that is out by now and was not announced before."""
    with quietly():
        announce_what_is_due(utc_now())


@shared_task(name="reports.sweep_briefings", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_briefings() -> None:
    """Notice what is overdue, announce what came out, and print what was left behind."""
    with quietly():
        notice_overdue(at=utc_now(), noticed_by=Noticer.SWEEPER)
    with quietly():
        announce_what_is_due(utc_now())
    with quietly():
        for version in for_a_while(list(versions_to_print(utc_now()))):
            render(version=version, at=utc_now())
