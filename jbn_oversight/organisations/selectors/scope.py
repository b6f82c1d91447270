"""The scope of oversight, read from the dated rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from jbn_oversight.clock import month_end, months_between
from jbn_oversight.organisations.models import (
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Task,
)
from jbn_oversight.organisations.rules import (
    MunicipalityInTime,
    OversightScope,
    SpanInRegion,
    scope_of,
)


class _MunicipalityLine(NamedTuple):
    """A municipality and one of its spans in a region, if it has any."""

    code: str
    valid_from: date
    valid_until: date | None
    successor: str | None
    region: str | None
    from_on: date | None
    until_on: date | None


def oversight_scope(institution: Institution, first: date, last: date) -> OversightScope:
    """Municipalities, regions and tasks of the institution in the months from first to last.

    A month takes the state of its last day; what holds in any of the months is in the scope.
    """
    tasks = list(InstitutionTask.objects.filter(institution=institution).select_related("region"))
    ends = [month_end(month) for month in months_between(first, last)]

    def regions_of(task: Task) -> set[str]:
        return {
            row.region.slug
            for row in tasks
            if row.task == task
            and any(
                row.from_on <= end and (row.until_on is None or end < row.until_on) for end in ends
            )
        }

    regions = regions_of(Task.CERTIFIED_INSTITUTION)
    inside = MunicipalityRegion.objects.filter(region__slug__in=regions)
    # Those that ended are needed wherever they lay: others went on from them.
    lines = (
        Municipality.objects.filter(
            Q(pk__in=inside.values("municipality")) | Q(valid_until__isnull=False)
        )
        .order_by("cbs_code", "regions__from_on")
        .values_list(
            "cbs_code",
            "valid_from",
            "valid_until",
            "successor__cbs_code",
            "regions__region__slug",
            "regions__from_on",
            "regions__until_on",
        )
    )
    return scope_of(
        institution=institution.code,
        municipalities=_in_time(_MunicipalityLine(*line) for line in lines),
        regions=regions,
        safe_home_regions=regions_of(Task.SAFE_HOME),
        first=first,
        last=last,
    )


def _in_time(lines: Iterable[_MunicipalityLine]) -> list[MunicipalityInTime]:
    spans: dict[str, list[SpanInRegion]] = {}
    rows: dict[str, _MunicipalityLine] = {}
    for line in lines:
        rows[line.code] = line
        here = spans.setdefault(line.code, [])
        if line.region is not None and line.from_on is not None:
            here.append(SpanInRegion(line.region, line.from_on, line.until_on))
    return [
        MunicipalityInTime(
            code=code,
            from_on=row.valid_from,
            until_on=row.valid_until,
            successor=row.successor or "",
            regions=tuple(spans[code]),
        )
        for code, row in rows.items()
    ]
