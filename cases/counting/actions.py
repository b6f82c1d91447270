"""Writing observations and durations: what a run counted, cell by changed cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Final

import numpy as np

from cases.counting.rules.observations import EVERY_GROUP, MEASURE_GROUPS, MEASURES, Counts
from cases.counting.rules.waiting_times import NOT_REACHED, WaitingTimes
from cases.staffing.rules import StaffingCell
from jbn_oversight.organisations.models import Institution, Municipality, Region
from jbn_oversight.versioned_rows import NULL, CellTable, Changed, write_changed

OBSERVATIONS: Final = CellTable(
    table="cases_observation",
    keys=("series", "municipality_id", "region_id", "measure", "role"),
    values=("value",),
    writer="run_public_id",
)


DURATIONS: Final = CellTable(
    table="cases_duration",
    keys=("series", "measure_group", "scope", "scope_code", "quantity"),
    values=("value",),
    writer="run_public_id",
)
WAITING: Final = "waiting"


def record_observations(
    *,
    institution: Institution,
    municipalities: Sequence[str],
    months: Sequence[date],
    counts: Sequence[Counts],
    staffing: Mapping[StaffingCell, Decimal],
    run: str,
    at: datetime,
) -> Changed:
    """Make the institution's observations of the months those that were counted.

    ``municipalities`` are the CBS codes of the cells' first axis. Zero cells are not stored.
    Runs in the caller's transaction; ``run`` is the public id of the run that counted, ``at``
    (aware) the instant from which the figures are known.
    """
    # Keys are looked up beforehand: lines are made while the connection is busy copying.
    keys = dict(
        Municipality.objects.filter(cbs_code__in=municipalities).values_list("cbs_code", "pk")
    )
    regions = dict(Region.objects.values_list("slug", "pk"))
    ids = [str(keys[code]) for code in municipalities]
    return write_changed(
        OBSERVATIONS,
        institution_id=institution.pk,
        months=months,
        lines=chain(_counted(counts, ids), _staffed(staffing, regions)),
        writer=run,
        at=at,
    )


def record_durations(
    *,
    institution: Institution,
    months: Sequence[date],
    scopes: Sequence[tuple[str, str]],
    waiting: Mapping[date, WaitingTimes],
    run: str,
    at: datetime,
) -> Changed:
    """Make the institution's durations of the months those that were computed.

    ``scopes`` are the kind and code of each place; rows of ``waiting`` stand in their order, for
    all measures together and then for each kind. Otherwise as ``record_observations``.
    """
    return write_changed(
        DURATIONS,
        institution_id=institution.pk,
        months=months,
        lines=_durations(scopes, waiting),
        writer=run,
        at=at,
    )


def _durations(
    scopes: Sequence[tuple[str, str]], waiting: Mapping[date, WaitingTimes]
) -> Iterator[str]:
    places = [
        f"{group}\t{scope}\t{code}"
        for group in (EVERY_GROUP, *MEASURE_GROUPS)
        for scope, code in scopes
    ]
    for month, found in sorted(waiting.items()):
        columns = {
            "spells": found.spells,
            "median_days": found.median_days,
            "p90_days": found.p90_days,
            "helped": found.helped,
            "other": found.other,
        }
        for row in np.flatnonzero(found.spells).tolist():
            for quantity, values in columns.items():
                value = int(values[row])
                if value != NOT_REACHED:
                    yield f"{month}\t{WAITING}\t{places[row]}\t{quantity}\t{value}"


def _counted(counts: Sequence[Counts], ids: Sequence[str]) -> Iterator[str]:
    """Cells that are not zero, in the order of the table's index: that writes twice as fast."""
    measures = [str(code) for code in MEASURES]
    for group in counts:
        for number, month in enumerate(group.months):
            for series in sorted(group.measures):
                cells = group.measures[series][:, :, number]
                rows = np.nonzero(cells)
                columns = zip(rows[0].tolist(), rows[1].tolist(), cells[rows].tolist(), strict=True)
                for place, measure, value in columns:
                    yield (
                        f"{month}\t{series}\t{ids[place]}\t{NULL}"
                        f"\t{measures[measure]}\t{NULL}\t{value}"
                    )
            for series, notifications in (group.safe_home or {}).items():
                for place, value in enumerate(notifications[:, number].tolist()):
                    if value:
                        yield (f"{month}\t{series}\t{ids[place]}\t{NULL}\t{NULL}\t{NULL}\t{value}")


def _staffed(staffing: Mapping[StaffingCell, Decimal], regions: Mapping[str, int]) -> Iterator[str]:
    for (series, region, role, month), value in staffing.items():
        yield f"{month.isoformat()}\t{series}\t{NULL}\t{regions[region]}\t{NULL}\t{role}\t{value:f}"
