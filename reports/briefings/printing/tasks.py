"""Tasks that print approved texts and make personal copies."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import quietly
from reports.briefings.printing.actions import copies
from reports.briefings.printing.actions.renderings import render, text_by_key


@shared_task(name="reports.render_version", ignore_result=True)  # type: ignore[untyped-decorator]
def render_version(public_id: str) -> None:
    """Print one approved text, unless that is done or going on already."""
    with quietly("printing"):
        text = text_by_key(public_id)
        if text is not None:
            render(version=text, at=utc_now())


@shared_task(name=copies.TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def make_copies() -> None:
    """Make the personal copies that named readers still need."""
    with quietly("making copies"):
        copies.make_ahead(utc_now())
