"""Work for Celery around readers: copies ahead of time, mail, alarms. Rows say what is to do."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from reports.briefings.actions import copies, mail, misses
from reports.briefings.quietly import quietly


@shared_task(name=copies.TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def make_copies() -> None:
    """Make the personal copies that named readers still need."""
    with quietly():
        copies.make_ahead(utc_now())


@shared_task(name=mail.TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def send_notices() -> None:
    """Send what waits."""
    with quietly():
        mail.send_waiting()


@shared_task(name="reports.sweep_readers", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep_readers() -> None:
    """Whatever a lost message left behind. Mail goes out elsewhere, in a queue of its own."""
    with quietly():
        mail.note_what_is_due(utc_now())
    with quietly():
        misses.notice_unusual(utc_now())
    with quietly():
        misses.purge(utc_now())
    with quietly():
        copies.make_ahead(utc_now())
