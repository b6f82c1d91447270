"""What is public is announced once, at its hour, by the message or by the sweeper."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jbn_oversight.notices.models import Notice
from reports.briefings import tasks as sweeps
from reports.briefings.decisions.models import ActKind
from reports.briefings.notices import notice_kinds as kinds
from reports.briefings.releasing import tasks
from reports.briefings.releasing.actions import announcing as releasing
from reports.briefings.releasing.models import ReleaseNotice
from tests.factories.briefings import HOUR, approved, decided, now, published, withdrawn
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def test_a_queued_old_message_does_nothing_after_the_hour_moved(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    briefing = published(cast, at=at, until=at + 10 * MINUTE)
    message = tasks.announce.s(briefing.public_id)
    decided(cast, briefing, ActKind.POSTPONE, at=at, hour=at + DAY)
    monkeypatch.setattr(tasks, "utc_now", lambda: at + 10 * MINUTE)
    message.apply()
    assert not ReleaseNotice.objects.exists()
    monkeypatch.setattr(tasks, "utc_now", lambda: at + DAY)
    message.apply()
    assert ReleaseNotice.objects.get().embargo_until == at + DAY


def test_a_release_is_announced_once_and_never_early(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at + DAY)
    second = timedelta(seconds=1)
    assert not releasing.announce_release(briefing=briefing, at=at + DAY - second)
    assert not Notice.objects.filter(kind=kinds.RELEASED.code).exists()
    assert releasing.announce_release(briefing=briefing, at=at + DAY)
    told = Notice.objects.filter(kind=kinds.RELEASED.code).count()
    assert told
    assert not releasing.announce_release(briefing=briefing, at=at + DAY + second)
    assert Notice.objects.filter(kind=kinds.RELEASED.code).count() == told


def test_what_is_not_published_or_closed_is_never_announced(cast: Cast) -> None:
    at = now()
    unpublished = approved(cast, at=at - DAY, until=at - HOUR)
    gone = withdrawn(cast, published(cast, at=at, until=at), at=at)
    for briefing in (unpublished, gone):
        assert not releasing.announce_release(briefing=briefing, at=at)
    assert releasing.announce_what_is_due(at) == 0


def test_the_sweeper_announces_what_no_message_did(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    sweeps.sweep_briefings()
    assert ReleaseNotice.objects.get().version == briefing.published_version
