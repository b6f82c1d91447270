"""The calendar shows what was announced, to whom it was, and nothing without an announcement."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.refusals import RefusedError
from reports.briefings.chronology.selectors.announced import announced
from reports.briefings.models.briefings import Briefing
from reports.briefings.planning import actions as planning
from reports.briefings.planning.models import AnnouncedTo, Announcement
from tests.factories.briefings import HOUR, SENTINEL, drafted, now, published
from tests.factories.people import Cast, municipality

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TITLE = "Een brief over jeugdbescherming"


def announce(
    cast: Cast, briefing: Briefing, to: AnnouncedTo = AnnouncedTo.COUNCILS, days: int = 3
) -> Announcement:
    return planning.announce(
        briefing=briefing,
        title=TITLE,
        day=amsterdam_day(now() + days * DAY),
        to=to,
        places=[municipality("GM0106")],
        at=now(),
        by=cast.adviser,
    )


def titles(user: User | AnonymousUser) -> list[str]:
    return [row.title for row in announced(user, now() + timedelta(seconds=5))]


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    return drafted(cast, at=now() - HOUR, until=now() + 3 * DAY)


def test_without_an_announcement_nothing_shows(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    for somebody in (cast.adviser, cast.council_member, cast.clerk):
        assert titles(somebody) == []
    assert client.get(reverse("reports:calendar")).status_code == 200


def test_it_is_seen_by_the_people_of_the_organisations_and_its_makers(
    cast: Cast, briefing: Briefing
) -> None:
    announce(cast, briefing)
    for somebody in (cast.council_member, cast.clerk, cast.alderman, cast.adviser):
        assert titles(somebody) == [TITLE]
    for stranger in (cast.other_council_member, cast.institution, AnonymousUser()):
        assert titles(stranger) == []


def test_a_public_announcement_is_seen_by_everybody_and_tells_no_more(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    announce(cast, briefing, AnnouncedTo.PUBLIC)
    page = client.get(reverse("reports:calendar")).content.decode()
    assert TITLE in page
    assert SENTINEL not in page
    assert briefing.public_id not in page


def test_the_day_that_was_announced_first_stays_beside_the_last(
    cast: Cast, briefing: Briefing
) -> None:
    there = announce(cast, briefing)
    later = amsterdam_day(now() + 9 * DAY)
    planning.move_announcement(announcement=there, day=later, at=now(), by=cast.adviser)
    planning.move_announcement(announcement=there, day=later, at=now(), by=cast.adviser)
    (row,) = announced(cast.council_member, now() + HOUR)
    assert (row.day, row.first_day, row.moved) == (later, amsterdam_day(now() + 3 * DAY), True)
    planning.move_announcement(announcement=there, day=None, at=now(), by=cast.adviser)
    (row,) = announced(cast.council_member, now() + HOUR)
    assert row.day is None
    assert there.days.count() == 3


def test_the_actual_day_and_the_address_are_for_who_may_read(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at - HOUR, until=at + DAY)
    announce(cast, briefing, AnnouncedTo.PUBLIC)
    (before,) = announced(cast.council_member, at + HOUR)
    assert (before.out_on, before.url) == (None, "")
    (after,) = announced(cast.council_member, at + DAY)
    assert after.out_on == amsterdam_day(at + DAY)
    assert briefing.public_id in after.url
    (stranger,) = announced(cast.other_council_member, at + DAY)
    assert (stranger.out_on, stranger.url) == (None, "")


def test_a_day_that_passed_without_publication_is_told_as_such(
    cast: Cast, briefing: Briefing
) -> None:
    announce(cast, briefing, days=1)
    (row,) = announced(cast.council_member, now() + 2 * DAY)
    assert row.is_late


@pytest.mark.parametrize("how", ["cancelled", "withdrawn", "closed"])
def test_what_is_cancelled_or_shut_is_gone_from_the_calendar(
    cast: Cast, briefing: Briefing, how: str
) -> None:
    there = announce(cast, briefing, AnnouncedTo.PUBLIC)
    if how == "cancelled":
        planning.cancel_announcement(announcement=there, at=now(), by=cast.second_adviser)
    else:
        setattr(briefing, f"{how}_at", now())
        setattr(briefing, f"{how}_by", cast.adviser)
        reason = "withdrawal_reason" if how == "withdrawn" else "closing_reason"
        setattr(briefing, reason, "Fout.")
        briefing.save()
    assert titles(cast.council_member) == titles(AnonymousUser()) == []


def test_the_title_is_not_the_briefings_own_and_the_day_lies_ahead(
    cast: Cast, briefing: Briefing
) -> None:
    for title, day in ((briefing.title, None), ("Iets", amsterdam_day(now() - DAY))):
        with pytest.raises(RefusedError):
            planning.announce(
                briefing=briefing,
                title=title,
                day=day,
                to=AnnouncedTo.PUBLIC,
                places=[],
                at=now(),
                by=cast.adviser,
            )


def test_announcing_asks_to_confirm(client: Client, cast: Cast, briefing: Briefing) -> None:
    client.force_login(cast.adviser)
    url = reverse("reports:briefing_announce", args=[briefing.public_id])
    data = {"title": TITLE, "day": "", "to": "councils"}
    client.post(url, data)
    assert not Announcement.objects.exists()
    client.post(url, {**data, "confirmed": "1"})
    assert Announcement.objects.get().day.day is None
