"""What disclosure control decided ahead of time, so that no reader waits for it.

After each compliance run and each release a task asks for everything that councils may get and
stores what is hidden of it, by a hash of all that it follows from. New counts have another
hash, so that what was stored for the old ones is never used for them; a reader who comes
before the task waits for the same outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Max

from certification.indicators.rules.kpis import KPIS
from certification.models import ComplianceRun, KpiResult
from certification.models.runs import RunState
from jbn_oversight.organisations.models import Institution
from reports.figures.models import PreparedRelease, Protection, ReleasedCell
from reports.figures.rules.protection import protections
from reports.figures.selectors.release import Release
from reports.figures.selectors.stored import stored_protections


def prepare(release: Release, at: datetime) -> int:
    """Work out and store what is hidden of all that a release may show; gives what was new."""
    months = (
        KpiResult.objects.current()
        .filter(institution=release.institution)
        .values_list("month", flat=True)
        .distinct()
    )
    rows = release.read(list(KPIS), sorted(months), (), apart=False)
    found = protections(release.tables(rows, list(KPIS)), release.rules, stored_protections)
    known = set(stored_protections(found))
    new = [
        Protection(key=key, hidden=sorted(hidden.lines), few=sorted(hidden.few), made_at=at)
        for key, hidden in found.items()
        if key not in known
    ]
    Protection.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def institutions_to_prepare() -> Iterator[tuple[Institution, ComplianceRun, int]]:
    """Institutions with a run or a release since the last time, with the last of both."""
    for institution in Institution.objects.order_by("pk"):
        run = (
            ComplianceRun.objects.filter(institution=institution, state=RunState.SUCCEEDED)
            .order_by("finished_at", "pk")
            .last()
        )
        if run is None:
            continue
        released = ReleasedCell.objects.filter(institution=institution).aggregate(Max("pk"))
        last = released["pk__max"] or 0
        done = PreparedRelease.objects.filter(institution=institution, run=run, last_cell=last)
        if not done.exists():
            yield institution, run, last
