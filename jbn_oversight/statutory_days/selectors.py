"""The calendar of the clocks, with the equated days that the database knows."""

from __future__ import annotations

from datetime import date

from jbn_oversight.statutory_days.models import EquatedDay, EquatedDayList
from jbn_oversight.working_days import Calendar

NOTHING_KNOWN = (date(1990, 1, 1), date(1990, 1, 1))


def working_calendar() -> Calendar:
    """General holidays by law and the equated days of the lists.

    Lists that follow on each other count as one span; with a gap, only the first span is
    known. Days that lie in no list still count as equated. Without a list nothing is known.
    """
    spans = list(EquatedDayList.objects.order_by("known_from"))
    first, last = NOTHING_KNOWN
    for index, span in enumerate(spans):
        if index == 0:
            first, last = span.known_from, span.known_until
        elif (span.known_from - last).days <= 1:
            last = max(last, span.known_until)
        else:
            break
    return Calendar.of(EquatedDay.objects.values_list("day", flat=True), first, last)
