"""Who came onto and left the waiting list, protected: a door beside ``figures``.

What is shown of counted facts goes through ``reports.figures.rules.disclosure``, as it does there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q, Sum

from cases.counting.rules.waiting_times import WINDOW_MONTHS
from cases.models import Observation
from jbn_oversight.clock import add_months
from jbn_oversight.organisations.models import Institution
from reports.figures.rules.disclosure import Audience, protected_flow

ENTERED: Final = "spells_entered"
LEFT: Final = {
    "withdrawn": "spells_withdrawn",
    "transferred": "spells_transferred",
    "list_cleaned": "spells_list_cleaned",
    "unknown": "spells_left_unknown",
    "helped": "spells_helped",
}
"""Ways out of the waiting list; what matters most is the last to be hidden as cover."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Spells that began and ended on an institution's waiting list in a month, protected.

    A number is None where it may not be shown. There is no sum of the ways out: with it a
    hidden way out would be known.
    """

    month: date
    entered: int | None
    left: Mapping[str, int | None]
    """By name of ``LEFT``."""


def waiting_flow(
    *,
    institution: Institution,
    month: date,
    audience: Audience,
    known_at: datetime | None = None,
) -> Flow | None:
    """Who came onto and left the waiting list of the whole institution, by reason.

    None where nothing was counted in the month (its first day): cells of zero have no row,
    so a month without a single move cannot be told from one that was never counted.
    """
    every = Observation.objects.all()
    rows = every.current() if known_at is None else every.as_known_at(known_at)
    later = add_months(month, WINDOW_MONTHS)
    found = rows.filter(
        Q(month=month, series__in=(ENTERED, *LEFT.values())) | Q(month=later, series=ENTERED),
        institution=institution,
    )
    sums = {
        (of, series): int(total)
        for of, series, total in found.values_list("month", "series")
        .annotate(Sum("value"))
        .order_by()
    }
    if not any(of == month for of, _series in sums):
        return None
    entered = sums.get((month, ENTERED), 0)
    left = {reason: sums.get((month, series), 0) for reason, series in LEFT.items()}
    return Flow(
        month,
        *protected_flow(entered, left, audience, came_a_year_later=sums.get((later, ENTERED))),
    )
