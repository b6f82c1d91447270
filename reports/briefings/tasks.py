"""Work for Celery: each task takes a public id or nothing, re-checks the rows and acts once."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from reports.briefings import tasks_of_readers  # noqa: F401 - registers its tasks
from reports.briefings.actions.alarms import notice_overdue
from reports.briefings.actions.rendering import render, text_by_key, versions_to_print
from reports.briefings.quietly import quietly
from reports.models import Noticer


@shared_task(name="reports.render_version", ignore_result=True)  # type: ignore[untyped-decorator]
def render_version(public_id: str) -> None:
    """Print one approved text, unless that is done or going on already."""
    with quietly():
        text = text_by_key(public_id)
        if text is not None:
            render(version=text, at=utc_now())


@shared_task(name="reports.sweep_briefings", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_briefings() -> None:
    """Print what was left behind, and notice what is overdue."""
    with quietly():
        notice_overdue(at=utc_now(), noticed_by=Noticer.SWEEPER)
    with quietly():
        for version in list(versions_to_print(utc_now())):
            render(version=version, at=utc_now())
