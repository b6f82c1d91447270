"""The task that protects figures ahead of time."""

from __future__ import annotations

from celery import shared_task

from jbn_oversight.clock import utc_now
from reports.figures.actions.protections import institutions_to_prepare, prepare
from reports.figures.models import PreparedRelease
from reports.figures.selectors.release import Release


@shared_task(name="reports.protect_figures", ignore_result=True)  # type: ignore[untyped-decorator]
def protect_figures() -> None:
    """Protect what councils may get of institutions with a new run or a new release."""
    for institution, run, last_cell in list(institutions_to_prepare()):
        prepare(Release(institution, None, council=True, exact=frozenset()), utc_now())
        PreparedRelease.objects.update_or_create(
            institution=institution,
            defaults={"run": run, "last_cell": last_cell, "prepared_at": utc_now()},
        )
