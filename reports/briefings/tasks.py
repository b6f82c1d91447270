"""Sweeps over the rows of all rooms: what a lost message left behind is done here."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import for_a_while, quietly
from reports.briefings.guessing import actions as misses
from reports.briefings.models.readings import Noticer
from reports.briefings.notices import actions as mail
from reports.briefings.printing.actions import copies
from reports.briefings.printing.actions.renderings import render, versions_to_print
from reports.briefings.releasing.actions.announcing import (
    announce_what_is_due,
)
from reports.briefings.releasing.actions.overdue import notice_overdue


@shared_task(name="reports.sweep_briefings", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_briefings() -> None:
    """Notice what is overdue, announce what came out, and print what was left behind."""
    with quietly("noticing what is overdue"):
        notice_overdue(at=utc_now(), noticed_by=Noticer.SWEEPER)
    with quietly("announcing"):
        announce_what_is_due(utc_now())
    with quietly("printing"):
        for version in for_a_while(list(versions_to_print(utc_now()))):
            render(version=version, at=utc_now())


@shared_task(name="reports.sweep_readers", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_readers() -> None:
    """Whatever a lost message left behind. Mail goes out elsewhere, in a queue of its own."""
    with quietly("noting mail that is due"):
        mail.note_what_is_due(utc_now())
    with quietly("noticing what is unusual"):
        misses.notice_unusual(utc_now())
    with quietly("forgetting misses"):
        misses.purge(utc_now())
    with quietly("making copies"):
        copies.make_ahead(utc_now())
