"""Recording what was counted: changed cells close their row and add another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import numpy as np
from django.db import transaction

from cases.models import Observation
from cases.observations import MEASURES, Counts
from cases.staffing_table import StaffingCell
from jbn_oversight.changed_cells import NULL, CellTable, Changed, write_changed
from jbn_oversight.organisations.models import Institution, Municipality, Region

CELLS: Final = CellTable(
    table=Observation._meta.db_table,
    keys=("series", "municipality_id", "measure", "region_id", "role"),
    values=("value",),
    writer="run_public_id",
)


@transaction.atomic
def record_observations(
    *,
    institution: Institution,
    months: Sequence[date],
    counts: Iterable[Counts],
    municipalities: Sequence[str],
    staffing: Mapping[StaffingCell, Decimal],
    run_public_id: str,
    at: datetime,
) -> Changed:
    """Make the institution's observations of the months equal to what a run counted.

    ``counts`` are the run's, each for some of the months; ``municipalities`` are the CBS codes
    along their first axis. Months (first days) that no count or staffing cell speaks of lose
    their cells. Cells that stayed the same are not touched. ``at`` (aware) closes the old rows
    and dates the new ones. The caller holds the institution's turn.
    """
    keys = dict(Municipality.objects.values_list("cbs_code", "pk"))
    places = [keys[code] for code in municipalities]
    return write_changed(
        CELLS,
        institution_id=institution.pk,
        months=months,
        lines=_lines(counts, places, staffing),
        writer=run_public_id,
        at=at,
    )


def _lines(
    counts: Iterable[Counts], places: Sequence[int], staffing: Mapping[StaffingCell, Decimal]
) -> Iterator[str]:
    """Cells in COPY's text format: month, series, municipality, measure, region, role, value."""
    for group in counts:
        months = [month.isoformat() for month in group.months]
        for series, cells in group.measures.items():
            yield from _measure_lines(series, cells, places, months)
        for series, cells in (group.safe_home or {}).items():
            for place, month in np.argwhere(cells).tolist():
                key = f"{months[month]}\t{series}\t{places[place]}\t{NULL}\t{NULL}\t{NULL}"
                yield f"{key}\t{cells[place, month]}"
    regions = dict(Region.objects.values_list("slug", "pk"))
    for (series, slug, role, month_on), value in staffing.items():
        key = f"{month_on.isoformat()}\t{series}\t{NULL}\t{NULL}\t{regions[slug]}\t{role}"
        yield f"{key}\t{value:f}"


def _measure_lines(
    series: str,
    cells: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    places: Sequence[int],
    months: Sequence[str],
) -> Iterator[str]:
    filled = np.nonzero(cells)
    values = cells[filled].tolist()
    for place, measure, month, value in zip(
        *(axis.tolist() for axis in filled), values, strict=True
    ):
        yield (
            f"{months[month]}\t{series}\t{places[place]}\t{MEASURES[measure]}"
            f"\t{NULL}\t{NULL}\t{value}"
        )
