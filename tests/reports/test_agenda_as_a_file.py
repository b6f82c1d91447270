"""The agenda as iCalendar: days as precise as they are, and no briefing given away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from jbn_oversight.accounts.models import User
from reports.briefings.planning import actions as planning
from tests.audits.audits_cast import make_audit, make_finding, said
from tests.audits.plans_cast import make_action
from tests.factories.briefings import SENTINEL, approved, now
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
FILE = reverse("reports:agenda_ics", args=["jbn"])
DAY = timedelta(days=1)


def download(user: User, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    response = client.get(FILE + query)
    assert response["Content-Type"].startswith("text/calendar")
    assert response["Cache-Control"] == "no-store, private"
    assert 'filename="agenda-jbn.ics"' in response["Content-Disposition"]
    return response.content.decode()


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_a_day_is_a_whole_day_and_a_month_the_whole_month(cast: Cast) -> None:
    make_action(cast.adviser, title="Lijst; met, tekens", due_on=date(2026, 4, 1))
    make_finding(make_audit(cast.adviser), cast.adviser, due=said("2026-05"))
    day, month = events(download(cast.alderman, "?on=2026-03-02"))
    assert (day["dtstart"].dt, day["dtend"].dt) == (date(2026, 4, 1), date(2026, 4, 2))
    assert str(day["summary"]) == "Lijst; met, tekens"
    assert str(day["url"]).startswith("http://testserver/oversight/jbn/findings/actions/")
    assert (month["dtstart"].dt, month["dtend"].dt) == (date(2026, 5, 1), date(2026, 6, 1))
    assert str(month["summary"]).endswith("(mei 2026)")
    assert all(one["transp"] == "TRANSPARENT" for one in (day, month))


def test_what_is_late_says_so_and_stays_on_its_day(cast: Cast) -> None:
    make_action(cast.adviser, due_on=date(2026, 3, 1))
    [late] = events(download(cast.alderman, "?on=2026-03-02"))
    assert str(late["summary"]) == "Te laat: Een planbord per team"
    assert late["dtstart"].dt == date(2026, 3, 1)


def test_a_briefing_is_in_the_file_only_where_its_maker_asks_and_then_without_a_title(
    cast: Cast,
) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + 3 * DAY, window=at + DAY)
    planning.add_step(
        briefing=briefing,
        teller=f"Wethouder {SENTINEL}",
        audience="de raad",
        what="Een telefoontje",
        planned_at=at + 2 * DAY,
        at=at,
        by=cast.adviser,
    )
    assert not events(download(cast.adviser))
    text = download(cast.adviser, "?briefings=1")
    assert SENTINEL not in text
    assert "telefoontje" not in text
    made = events(text)
    assert len({str(one["uid"]) for one in made}) == 3
    assert {str(one["summary"]) for one in made} == {"Een moment van een oplegger"}
    assert {str(one["class"]) for one in made} == {"PRIVATE"}
    assert made[-1]["dtstart"].dt == briefing.embargo_until.replace(microsecond=0)  # type: ignore[union-attr]
    assert made[-1]["dtstart"].to_ical().endswith(b"Z")
    for somebody in (cast.alderman, cast.municipal_adviser):
        assert not events(download(somebody, "?briefings=1"))


def test_the_same_thing_keeps_its_key_when_its_day_moves(cast: Cast) -> None:
    action = make_action(cast.adviser, due_on=date(2026, 4, 1))
    [before] = events(download(cast.alderman, "?on=2026-03-02"))
    action.due_on = date(2026, 5, 1)
    action.save()
    [after] = events(download(cast.alderman, "?on=2026-03-02"))
    assert before["uid"] == after["uid"]
    assert before["dtstart"].dt != after["dtstart"].dt
    assert isinstance(after["dtstamp"].dt, datetime)
    assert after["dtstamp"].dt.utcoffset() == timedelta(0)
    assert after["dtstamp"].dt <= datetime.now(UTC)
