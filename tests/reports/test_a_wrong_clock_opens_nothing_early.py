"""Rule R36: a server whose clock is ten minutes fast opens nothing early, and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from audits.documents.actions.documents import Embargo
from audits.documents.actions.documents import release as release_document
from jbn_oversight import clock
from jbn_oversight.clock_check import actions as clocks
from jbn_oversight.clock_check import kernel
from jbn_oversight.clock_check.models import WrongClock
from jbn_oversight.notices.models import Notice
from jbn_oversight.refusals import RefusedError
from reports.briefings import tasks as sweeps
from reports.briefings.decisions.actions import acts, secrecy
from reports.briefings.decisions.models import ActKind
from reports.briefings.models.readings import OverdueNotice
from reports.briefings.models.secrecy import Organ, SecrecyGround
from reports.briefings.releasing import scheduler as beat
from reports.briefings.signing import actions as signing
from tests.factories.briefings import HOUR, SENTINEL, approved, drafted, now, published
from tests.factories.papers import paper
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
FAST = timedelta(minutes=10)
SOON = timedelta(minutes=8)


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Callable[[], None]]:
    """Sets this server's clock ten minutes fast; the database's stays right."""
    settings.CLOCKS_COMPARED_EVERY = timedelta(seconds=50)
    clocks.forget()
    yield lambda: monkeypatch.setattr(clock, "own_clock", lambda: datetime.now(UTC) + FAST)
    clocks.forget()


def test_a_reader_of_the_audience_is_not_let_in_before_the_hour(
    client: Client, cast: Cast, fast: Callable[[], None]
) -> None:
    briefing = published(cast, at=now(), until=now() + SOON)
    client.force_login(cast.council_member)
    fast()
    answer = client.get(reverse("reports:briefing", args=[briefing.public_id]))
    assert answer.status_code == 404
    assert SENTINEL not in answer.content.decode()


def test_no_task_announces_or_mails_before_the_hour(cast: Cast, fast: Callable[[], None]) -> None:
    published(cast, at=now(), until=now() + SOON)
    fast()
    sweeps.sweep_briefings()
    sweeps.sweep_readers()
    assert not Notice.objects.exists()
    assert not mail.outbox


def test_the_timer_calls_nothing_overdue_before_its_hour(
    cast: Cast, fast: Callable[[], None]
) -> None:
    approved(cast, at=now(), until=now() + SOON)
    fast()
    beat.look()
    assert not OverdueNotice.objects.exists()


@pytest.mark.parametrize("who", ["adviser", "region_alderman", "administrator"])
def test_makers_and_administrators_read_it_on_their_pages(
    client: Client, cast: Cast, fast: Callable[[], None], who: str
) -> None:
    fast()
    client.force_login(getattr(cast, who))
    page = client.get(reverse("organisations:mine")).content.decode()
    assert "De klok van een server loopt niet goed" in page
    assert "Niemand kan nu iets plannen of publiceren" in page
    assert ("voor op de database" in page) == (who == "administrator")


@pytest.mark.parametrize("who", ["adviser", "administrator"])
def test_a_clock_that_nothing_keeps_right_is_told_and_stops_nobody(
    client: Client,
    cast: Cast,
    fast: Callable[[], None],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    who: str,
) -> None:
    settings.CLOCK_KEPT_BY = "kernel"
    monkeypatch.setattr(kernel, "is_synchronized", lambda: False)
    client.force_login(getattr(cast, who))
    page = client.get(reverse("organisations:mine")).content.decode()
    assert "De klok van een server wordt niet gelijkgezet" in page
    assert "Niemand kan nu" not in page
    assert ("Stel tijdsynchronisatie (NTP) in" in page) == (who == "administrator")
    ready = approved(cast, at=now(), until=now() + HOUR)
    version = ready.latest_version()
    assert version is not None
    signing.publish(briefing=ready, version=version, at=now(), by=cast.second_adviser)


def test_who_can_do_nothing_about_it_is_not_bothered(
    client: Client, cast: Cast, fast: Callable[[], None]
) -> None:
    fast()
    client.force_login(cast.council_member)
    page = client.get(reverse("organisations:mine")).content.decode()
    assert "klok" not in page
    assert WrongClock.objects.exists()


def test_nobody_signs_publishes_or_moves_an_hour_meanwhile(
    cast: Cast, fast: Callable[[], None]
) -> None:
    at = now()
    waiting = drafted(cast, at=at, until=at + HOUR)
    revision = waiting.draft_revision
    signing.submit(briefing=waiting, revision=revision, at=at, by=cast.adviser)
    ready = approved(cast, at=at, until=at + HOUR)
    version = ready.latest_version()
    assert version is not None
    fast()
    with pytest.raises(RefusedError, match="klok"):
        signing.approve(briefing=waiting, revision=revision, at=at, by=cast.region_alderman)
    with pytest.raises(RefusedError, match="klok"):
        signing.publish(briefing=ready, version=version, at=at, by=cast.second_adviser)
    for kind, hour in ((ActKind.POSTPONE, 2 * HOUR), (ActKind.ADVANCE, HOUR / 2)):
        with pytest.raises(RefusedError, match="klok"):
            acts.propose(
                briefing=ready,
                kind=kind,
                reason="Nodig.",
                hour=at + hour,
                at=at,
                by=cast.second_adviser,
            )


def test_nobody_lifts_secrecy_meanwhile(cast: Cast, fast: Callable[[], None]) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    running = secrecy.impose(
        briefing=briefing,
        organ=Organ.EXECUTIVE,
        ground=SecrecyGround.SUPERVISION,
        imposed_on=at.date(),
        given_to_council_on=None,
        at=at,
        by=cast.adviser,
    )
    lifting = {"secrecy": running.public_id, "organ": Organ.EXECUTIVE.value}
    fast()
    with pytest.raises(RefusedError, match="klok"):
        acts.propose(
            briefing=briefing,
            kind=ActKind.LIFT_SECRECY,
            reason="Nodig.",
            payload={**lifting, "lifted_on": at.date().isoformat()},
            at=at,
            by=cast.second_adviser,
        )


def test_a_paper_of_the_register_is_not_released_meanwhile(
    cast: Cast, fast: Callable[[], None]
) -> None:
    embargo = Embargo(until=now() + HOUR, releaser=cast.second_adviser)
    version = paper(by=cast.adviser, at=now(), embargo=embargo)
    fast()
    with pytest.raises(RefusedError, match="klok"):
        release_document(version=version, at=now(), by=cast.second_adviser)


def test_what_must_shut_is_shut_all_the_same(cast: Cast, fast: Callable[[], None]) -> None:
    at = now()
    briefing = published(cast, at=at - HOUR, until=at - HOUR)
    fast()
    act = acts.propose(
        briefing=briefing, kind=ActKind.WITHDRAW, reason="Fout.", at=at, by=cast.second_adviser
    )
    acts.confirm(act=act, at=at, by=cast.region_alderman)
    briefing.refresh_from_db()
    assert briefing.withdrawn_at is not None
