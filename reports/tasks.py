"""Work for Celery around figures and actions: protecting ahead of time, and reminding owners."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from reports.action_effects.reminders import remind
from reports.figure_release import Release
from reports.models.releases import PreparedRelease
from reports.protections import institutions_to_prepare, prepare


@shared_task(name="reports.protect_figures", ignore_result=True)  # type: ignore[untyped-decorator]
def protect_figures() -> None:
    """Protect what councils may get of institutions with a new run or a new release."""
    for institution, run, last_cell in list(institutions_to_prepare()):
        prepare(Release(institution, None, council=True, exact=frozenset()), utc_now())
        PreparedRelease.objects.update_or_create(
            institution=institution,
            defaults={"run": run, "last_cell": last_cell, "prepared_at": utc_now()},
        )


@shared_task(name="reports.remind_owners", ignore_result=True)  # type: ignore[untyped-decorator]
def remind_owners() -> None:
    """Write to the owners of overdue actions. Run every hour; more often does no harm."""
    remind(utc_now())
