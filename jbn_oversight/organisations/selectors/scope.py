"""The scope of oversight, read from the dated rows."""

from __future__ import annotations

from datetime import date

from jbn_oversight.clock import month_end, months_between
from jbn_oversight.organisations.models import (
    Institution,
    InstitutionTask,
    MunicipalityRegion,
    Task,
)
from jbn_oversight.organisations.rules import OversightScope


def oversight_scope(institution: Institution, first: date, last: date) -> OversightScope:
    """Municipalities, regions and tasks of the institution in the months from first to last.

    A month takes the state of its last day; what holds in any of the months is in the scope.
    """
    months = months_between(first, last)
    tasks = list(InstitutionTask.objects.filter(institution=institution).select_related("region"))
    ends = [month_end(month) for month in months]

    def holds(row: InstitutionTask | MunicipalityRegion, on: date) -> bool:
        return row.from_on <= on and (row.until_on is None or on < row.until_on)

    def regions_of(task: Task) -> set[str]:
        return {
            row.region.slug
            for row in tasks
            if row.task == task and any(holds(row, end) for end in ends)
        }

    regions = regions_of(Task.CERTIFIED_INSTITUTION)
    rows = MunicipalityRegion.objects.filter(region__slug__in=regions).select_related(
        "municipality", "region"
    )
    by_month = {
        (row.municipality.cbs_code, month): row.region.slug
        for row in rows
        for month, end in zip(months, ends, strict=True)
        if holds(row, end)
    }
    return OversightScope(
        institution=institution.code,
        municipalities=tuple(sorted({code for code, _month in by_month})),
        regions=tuple(sorted(regions)),
        regions_by_month=by_month,
        safe_home_regions=frozenset(regions_of(Task.SAFE_HOME) & regions),
    )
