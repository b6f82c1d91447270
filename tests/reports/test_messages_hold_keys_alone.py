"""What is sent to workers names rows and says nothing; what a worker holds may be old."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from jbn_oversight.celery import app
from jbn_oversight.notices.actions import noting
from jbn_oversight.notices.models import Notice
from reports.briefings.decisions.models import ActKind
from reports.briefings.models.briefings import Briefing
from reports.briefings.printing.actions import copies
from reports.briefings.releasing.actions.announcing import announce_release
from reports.briefings.releasing.models import ReleaseNotice
from reports.briefings.signing import actions as signing
from tests.factories.briefings import HOUR, SENTINEL, approved, decided, invited, now
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_no_message_holds_more_than_the_key_of_a_row(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sent: list[tuple[str, list[Any], dict[str, Any]]] = []
    monkeypatch.setattr(
        app, "send_task", lambda name, args=(), **more: sent.append((name, list(args), more))
    )
    at = now()
    with django_capture_on_commit_callbacks(execute=True):
        briefing = approved(cast, at=at, until=at + HOUR / 2)
        invited(cast, briefing, cast.council_member, at=at)
        version = briefing.latest_version()
        assert version is not None
        signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)
        out = approved(cast, at=at - 2 * HOUR, until=at - HOUR)
        also = out.latest_version()
        assert also is not None
        signing.publish(briefing=out, version=also, at=at, by=cast.second_adviser)
    names = {name for name, _args, _more in sent}
    assert {"reports.render_version", "reports.announce_release", copies.TASK, noting.TASK} <= names
    keys = {version.public_id, briefing.public_id, also.public_id, out.public_id}
    for name, args, more in sent:
        assert set(args) <= keys, name
        assert more == {"retry": False, "ignore_result": True}, name  # and no hour (eta, countdown)
    assert SENTINEL not in repr(sent)


def test_a_row_that_was_read_before_the_hour_moved_releases_nothing(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + HOUR)
    version = briefing.latest_version()
    assert version is not None
    signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)
    stale = Briefing.objects.get(pk=briefing.pk)
    decided(cast, stale, ActKind.POSTPONE, at=at, hour=at + DAY)
    stale.embargo_until, stale.published_version = at + HOUR, version
    assert not announce_release(briefing=stale, at=now())
    assert not ReleaseNotice.objects.exists()
    assert not Notice.objects.exists()
