"""Secrecy also shuts the side doors: the archive, the chronology and the calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.refusals import RefusedError
from reports.briefings.archive.exports import exportable
from reports.briefings.chronology.actions import quote_chronology
from reports.briefings.chronology.selectors.announced import announced
from reports.briefings.chronology.selectors.told import told
from reports.briefings.decisions.actions import secrecy
from reports.briefings.decisions.models import ActKind
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Organ, Secrecy, SecrecyGround
from reports.briefings.models.versions import BriefingVersion
from reports.briefings.planning import actions as planning
from reports.briefings.planning.models import AnnouncedTo, Announcement
from tests.factories.briefings import HOUR, SENTINEL, decided, drafted, now, published
from tests.factories.people import Cast, institution, municipality

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TITLE = "Een brief over jeugdbescherming"


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    return published(cast, at=now() - 2 * DAY, until=now() - DAY)


def version_of(briefing: Briefing) -> BriefingVersion:
    version = briefing.latest_version()
    assert version is not None
    return version


def impose(cast: Cast, briefing: Briefing) -> Secrecy:
    at = now()
    row = secrecy.impose(
        briefing=briefing,
        organ=Organ.EXECUTIVE,
        ground=SecrecyGround.SUPERVISION,
        imposed_on=amsterdam_day(at) - DAY,
        given_to_council_on=None,
        at=at,
        by=cast.adviser,
    )
    briefing.refresh_from_db()
    return row


def lift(cast: Cast, row: Secrecy) -> None:
    at = now()
    payload = {
        "secrecy": row.public_id,
        "organ": Organ.EXECUTIVE.value,
        "lifted_on": amsterdam_day(at).isoformat(),
    }
    decided(cast, row.briefing, ActKind.LIFT_SECRECY, at=at, payload=payload)
    row.briefing.refresh_from_db()


def published_whatever_the_acts_say(cast: Cast, briefing: Briefing) -> None:
    models.QuerySet(Briefing).filter(pk=briefing.pk).update(
        published_at=now() - 2 * DAY,
        published_by=cast.second_adviser,
        published_version=version_of(briefing),
    )
    briefing.refresh_from_db()


def announce(cast: Cast, briefing: Briefing, at: datetime) -> Announcement:
    return planning.announce(
        briefing=briefing,
        title=TITLE,
        day=amsterdam_day(at + 3 * DAY),
        to=AnnouncedTo.PUBLIC,
        places=[municipality("GM0106")],
        at=at,
        by=cast.adviser,
    )


def chronology(user: User) -> list[str]:
    lines = told(municipality("GM0106"), institution(), user, now() + HOUR)
    return [line.what for line in lines]


def assert_no_record(client: Client, cast: Cast, briefing: Briefing) -> None:
    record = reverse(
        "reports:briefing_export", args=[briefing.public_id, version_of(briefing).public_id]
    )
    for somebody in (cast.adviser, cast.privacy_officer):
        client.force_login(somebody)
        assert client.get(record).status_code == 404
    assert SENTINEL not in client.get(reverse("reports:records")).content.decode()
    client.force_login(cast.adviser)
    plan = client.get(reverse("reports:briefing_plan", args=[briefing.public_id]))
    assert plan.status_code == 200
    assert record not in plan.content.decode()


def test_a_secret_version_is_no_record_for_the_archive(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    assert exportable(now()).exists()
    impose(cast, briefing)
    assert version_of(briefing).published_at is not None
    assert_no_record(client, cast, briefing)


def test_no_record_while_it_runs_whatever_the_rows_say(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    impose(cast, briefing)
    published_whatever_the_acts_say(cast, briefing)
    assert_no_record(client, cast, briefing)


def test_after_lifting_it_is_a_record_again(client: Client, cast: Cast, briefing: Briefing) -> None:
    row = impose(cast, briefing)
    assert_no_record(client, cast, briefing)
    lift(cast, row)
    assert exportable(now()).get() == version_of(briefing)


def test_the_plan_lists_the_record_of_what_is_out(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    client.force_login(cast.adviser)
    page = client.get(reverse("reports:briefing_plan", args=[briefing.public_id]))
    assert version_of(briefing).public_id in page.content.decode()


@pytest.mark.parametrize("rows_say_published", [False, True])
def test_a_secret_title_is_not_told_and_not_quoted_in_another_draft(
    cast: Cast, briefing: Briefing, rows_say_published: bool
) -> None:
    draft = drafted(cast, at=now(), until=now() + 5 * DAY)
    assert any(SENTINEL in what for what in chronology(cast.council_member))
    impose(cast, briefing)
    if rows_say_published:
        published_whatever_the_acts_say(cast, briefing)
    for somebody in (cast.adviser, cast.council_member, cast.municipal_adviser):
        assert chronology(somebody) == []
    with pytest.raises(RefusedError):
        quote_chronology(
            briefing=draft, municipality=municipality("GM0106"), at=now(), by=cast.adviser
        )


def test_lifting_tells_again_what_was_published(cast: Cast, briefing: Briefing) -> None:
    row = impose(cast, briefing)
    assert chronology(cast.council_member) == chronology(cast.adviser) == []
    lift(cast, row)
    assert len(chronology(cast.council_member)) == 1


def test_nothing_secret_is_announced_and_no_day_is_moved(cast: Cast) -> None:
    silent = drafted(cast, at=now() - HOUR, until=now() + 3 * DAY)
    impose(cast, silent)
    with pytest.raises(RefusedError, match="geheimhouding"):
        announce(cast, silent, now())
    assert not Announcement.objects.exists()
    known = drafted(cast, at=now() - HOUR, until=now() + 3 * DAY)
    there = announce(cast, known, now())
    impose(cast, known)
    with pytest.raises(RefusedError, match="geheimhouding"):
        planning.move_announcement(
            announcement=there, day=amsterdam_day(now() + 9 * DAY), at=now(), by=cast.adviser
        )
    assert there.days.count() == 1


def test_an_announcement_does_not_show_while_secrecy_runs(client: Client, cast: Cast) -> None:
    briefing = drafted(cast, at=now() - HOUR, until=now() + 3 * DAY)
    announce(cast, briefing, now())
    assert len(announced(AnonymousUser(), now() + HOUR)) == 1
    row = impose(cast, briefing)
    for somebody in (cast.adviser, cast.council_member, AnonymousUser()):
        assert announced(somebody, now() + HOUR) == []
    assert TITLE not in client.get(reverse("reports:calendar")).content.decode()
    lift(cast, row)
    assert len(announced(AnonymousUser(), now() + HOUR)) == 1


def test_taking_an_announcement_back_stays_possible(cast: Cast) -> None:
    briefing = drafted(cast, at=now() - HOUR, until=now() + 3 * DAY)
    there = announce(cast, briefing, now())
    impose(cast, briefing)
    planning.cancel_announcement(announcement=there, at=now(), by=cast.second_adviser)
    there.refresh_from_db()
    assert there.cancelled_at is not None
