"""What the page of supervision calls late or coming, the agenda calls so too, on any day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from audits.oversight.selectors import coming_events, overdue_events
from jbn_oversight.accounts.actor import Actor
from reports.calendar.selectors import agenda_of
from tests.factories.people import Cast, institution
from tests.factories.supervision import record_public_facts

pytestmark = pytest.mark.django_db
DAYS = [date(2025, 2, 1) + timedelta(days=15 * step) for step in range(24)]


def test_what_the_time_line_calls_late_or_coming_the_agenda_calls_so_too(cast: Cast) -> None:
    record_public_facts(cast.adviser)
    told = 0
    for day in DAYS:
        at = datetime.combine(day, time(12), UTC)
        found = agenda_of(Actor.of(cast.adviser, day), institution(), day, at, is_now=False)
        late, soon = {one.on for one in found.late}, {one.on for one in found.soon()}
        for matters, days in (
            (overdue_events(institution(), day), late),
            (coming_events(institution(), day), soon),
        ):
            planned = {matter.planned.on for matter in matters if matter.planned}
            assert planned <= days, day
            told += len(planned)
    assert told >= len(DAYS)
