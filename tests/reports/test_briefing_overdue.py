"""Passing the hour opens nothing; it sounds an alarm, in every process that looks."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.briefings import tasks as sweeps
from reports.briefings.alerts import alerts
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import Noticer, OverdueNotice
from reports.briefings.releasing import scheduler as beat
from reports.briefings.releasing.actions.overdue import notice_overdue
from reports.briefings.signing import actions as signing
from tests.factories.briefings import HOUR, SENTINEL, approved, now
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
EVERY_MAKER = ("adviser", "region_alderman", "second_adviser")
PAGES = ("reports:briefings", "accounts:what_may_i_do", "organisations:mine")


def overdue(cast: Cast) -> Briefing:
    at = now() - 2 * HOUR
    return approved(cast, at=at, until=at + HOUR)


@pytest.mark.parametrize("who", EVERY_MAKER)
def test_the_alarm_stands_on_every_page_of_a_maker(client: Client, cast: Cast, who: str) -> None:
    overdue(cast)
    client.force_login(getattr(cast, who))
    for name in PAGES:
        page = client.get(reverse(name), follow=True).content.decode()
        assert SENTINEL in page, name
        assert 'role="alert"' in page


def test_nobody_else_sees_the_alarm(client: Client, cast: Cast) -> None:
    overdue(cast)
    for who, somebody in cast.everyone().items():
        if who in EVERY_MAKER:
            continue
        client.force_login(somebody)
        page = client.get(reverse("accounts:what_may_i_do")).content.decode()
        assert SENTINEL not in page, who
        assert 'role="alert"' not in page, who


def test_the_alarm_goes_out_with_the_publication(client: Client, cast: Cast) -> None:
    briefing = overdue(cast)
    version = briefing.latest_version()
    assert version is not None
    signing.publish(briefing=briefing, version=version, at=now(), by=cast.second_adviser)
    client.force_login(cast.adviser)
    assert SENTINEL not in client.get(reverse("accounts:what_may_i_do")).content.decode()


def test_web_timer_and_sweeper_each_note_it_once(cast: Cast) -> None:
    briefing = overdue(cast)
    for client in (Client(), Client()):  # each is a web process of its own
        client.force_login(cast.nobody)
        client.get(reverse("accounts:what_may_i_do"))
        sweeps.sweep_briefings()
        beat.look()
    rows = OverdueNotice.objects.filter(briefing_public_id=briefing.public_id)
    assert sorted(rows.values_list("noticed_by", flat=True)) == ["beat", "sweeper", "web"]


def test_showing_the_alarm_writes_nothing(cast: Cast, rf: RequestFactory) -> None:
    overdue(cast)
    request = rf.get("/")
    request.user = cast.adviser
    request.at = now()  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as asked:
        assert alerts(request)
    written = [
        one["sql"]
        for one in asked
        if not one["sql"].startswith(("SELECT", "EXECUTE", "PREPARE"))
        and "EXECUTE" not in one["sql"]
    ]
    assert written == []


def test_the_line_in_the_log_tells_nothing_of_the_briefing(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    overdue(cast)
    assert notice_overdue(at=now(), noticed_by=Noticer.SWEEPER) == 1
    assert notice_overdue(at=now(), noticed_by=Noticer.SWEEPER) == 0
    assert "overdue" in caplog.text
    assert SENTINEL not in caplog.text


def test_a_notice_is_never_changed_or_removed(cast: Cast) -> None:
    overdue(cast)
    notice_overdue(at=now(), noticed_by=Noticer.BEAT)
    with pytest.raises(DatabaseError), transaction.atomic():
        OverdueNotice.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        OverdueNotice.objects.update(noticed_by="web")


def test_a_database_that_is_away_does_not_stop_the_timer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from reports.briefings.releasing.actions import overdue as alarms

    def fail(**kwargs: object) -> int:
        raise DatabaseError(SENTINEL)

    monkeypatch.setattr(alarms, "notice_overdue", fail)
    beat.look()
    assert SENTINEL not in caplog.text


def test_a_dead_worker_leaves_it_shut_and_the_alarm_on(client: Client, cast: Cast) -> None:
    overdue(cast)
    client.force_login(cast.council_member)
    assert not Briefing.objects.visible_to(cast.council_member, now()).exists()
    at_five_minutes = now() + timedelta(minutes=5)
    assert Briefing.objects.worked_on_by(cast.adviser).overdue(at_five_minutes).exists()
