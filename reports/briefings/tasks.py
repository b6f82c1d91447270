"""Work for Celery: each task takes a public id or nothing, re-checks the rows and acts once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task

from jbn_oversight.clock import utc_now
from reports.briefings.actions.alarms import notice_overdue
from reports.briefings.actions.rendering import render, text_by_key, versions_to_print
from reports.models import Noticer

logger = logging.getLogger(__name__)


@contextmanager
def quietly() -> Iterator[None]:
    """Let no error reach Celery, which would log its words: a row of a briefing may be in them.

    The rows say what is left to do, so the sweeper comes back by itself.
    """
    try:
        yield
    except Exception as error:
        logger.error("work on briefings failed: %s", type(error).__name__)


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
