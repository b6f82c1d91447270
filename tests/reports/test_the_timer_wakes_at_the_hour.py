"""The timer looks at the rows: it wakes at the hour, tells a worker, and lives through faults."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError

from jbn_oversight.celery import app
from reports.briefings.models.briefings import Briefing
from reports.briefings.releasing import scheduler as beat
from reports.briefings.releasing.actions import announcing as releasing
from reports.briefings.releasing.models import ReleaseNotice
from reports.briefings.releasing.scheduler import SOON, TOLD_AGAIN, NoticingScheduler
from reports.briefings.releasing.tasks import announce_all
from tests.factories.briefings import HOUR, now, published
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def told() -> Iterator[list[str]]:
    found: list[str] = []
    with patch("jbn_oversight.celery.app.send_task", lambda name, *_a, **_k: found.append(name)):
        yield found


def timer() -> NoticingScheduler:
    return NoticingScheduler(app, schedule={}, lazy=True)


def at_hour(cast: Cast, after: timedelta) -> Briefing:
    """Published, with an hour so long after this moment."""
    briefing = published(cast, at=now() - HOUR, until=now() + DAY)
    briefing.embargo_until = now() + after
    briefing.save()
    return briefing


def test_it_sleeps_until_an_hour_that_is_near_and_no_longer(cast: Cast, told: list[str]) -> None:
    at_hour(cast, timedelta(seconds=4))
    pause = timer().announce(time.monotonic())
    assert 0 < pause <= 4
    assert told == []


def test_it_looks_again_soon_where_no_hour_is_near(cast: Cast, told: list[str]) -> None:
    at_hour(cast, HOUR)
    assert timer().announce(time.monotonic()) == SOON
    assert told == []


def test_it_tells_a_worker_once_and_again_only_after_a_while(cast: Cast, told: list[str]) -> None:
    briefing = at_hour(cast, -timedelta(seconds=1))
    one, at = timer(), 1000.0
    one.announce(at)
    one.announce(at + 5)
    assert told == [releasing.TASK_OF_ALL]
    one.announce(at + TOLD_AGAIN)
    assert told == [releasing.TASK_OF_ALL] * 2
    announce_all()
    assert ReleaseNotice.objects.filter(version=briefing.published_version).exists()
    one.announce(at + 3 * TOLD_AGAIN)
    assert told.count(releasing.TASK_OF_ALL) == 2


def test_another_release_is_told_at_once(cast: Cast, told: list[str]) -> None:
    at_hour(cast, -timedelta(seconds=1))
    one = timer()
    one.announce(1000.0)
    at_hour(cast, -timedelta(seconds=1))
    one.announce(1001.0)
    assert told == [releasing.TASK_OF_ALL] * 2


def test_what_is_published_after_its_hour_is_told_by_the_page_itself(
    cast: Cast, told: list[str], django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        published(cast, at=now() - HOUR, until=now() - HOUR / 2)
    # Published an hour ago, before its hour: nothing to hurry. The timer finds it.
    assert releasing.TASK not in told
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        published(cast, at=now(), until=now() - HOUR / 2)
    assert releasing.TASK in told


def test_a_database_that_is_away_does_not_end_it(
    cast: Cast, told: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with patch.object(releasing, "releases_due", side_effect=OperationalError("host=secret")):
        assert timer().announce(time.monotonic()) == SOON
    assert "secret" not in caplog.text


def test_a_broker_that_is_away_does_not_end_it(cast: Cast) -> None:
    at_hour(cast, -timedelta(seconds=1))
    one = timer()
    with patch("jbn_oversight.celery.app.send_task", side_effect=ConnectionError):
        assert one.announce(time.monotonic()) == SOON
        one.apply_entry(one.Entry(name="x", task="reports.sweep_readers", schedule=60, app=app))
    assert one.producer is None, "it never waits for a connection"
    assert beat.SOON < beat.EVERY
