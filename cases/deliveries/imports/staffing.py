"""What must hold within one month, region and role of staff, and from month to month.

The same rules hold for a delivered row and for one that is typed in a form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from cases.deliveries.imports import messages
from cases.deliveries.imports.problems import Message
from cases.staffing.rules import StaffingRow
from jbn_oversight.clock import add_months


def wrong_within(quantities: Mapping[str, Decimal | None]) -> Iterator[tuple[str, Message]]:
    """The columns whose figures contradict others of the same row; None is not known."""
    heads = [
        quantities.get(name) for name in ("headcount_start", "joiners", "leavers", "headcount_end")
    ]
    if all(head is not None for head in heads):
        start, joiners, leavers, end = (head or Decimal(0) for head in heads)
        if start + joiners - leavers != end:
            yield "headcount_end", messages.HEADCOUNT_DOES_NOT_ADD_UP
    if _exceeds(quantities.get("sick_days"), quantities.get("available_days")):
        yield "sick_days", messages.MORE_SICK_THAN_AVAILABLE
    if _exceeds(quantities.get("supernumerary_fte"), quantities.get("filled_fte")):
        yield "supernumerary_fte", messages.MORE_EXTRA_THAN_FILLED
    if _exceeds(quantities.get("internal_leavers"), quantities.get("leavers")):
        yield "internal_leavers", messages.MORE_INTERNAL_THAN_LEAVERS


def _exceeds(part: Decimal | None, whole: Decimal | None) -> bool:
    return part is not None and whole is not None and part > whole


def breaks_in_headcount(rows: Sequence[StaffingRow]) -> Iterator[StaffingRow]:
    """Rows whose start differs from the end of the month before, same region and role."""
    ends = {(row.month, row.region, row.role): row.quantities.get("headcount_end") for row in rows}
    for row in rows:
        end = ends.get((add_months(row.month, -1), row.region, row.role))
        start = row.quantities.get("headcount_start")
        if end is not None and start is not None and end != start:
            yield row
