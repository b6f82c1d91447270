"""The clerk sees how far the readers of the own council are, and nothing of any other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Role
from reports.briefings.models.briefings import Briefing
from tests.factories.briefings import HOUR, SENTINEL, approved, drafted, invited, now
from tests.factories.people import Cast, municipality, with_role
from tests.reading_pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_marks")]
DAY = timedelta(days=1)


def seen(client: Client, cast: Cast) -> str:
    client.force_login(cast.clerk)
    return client.get(reverse("reports:briefing_council_readings")).content.decode()


def within(cast: Cast) -> Briefing:
    at = now() - HOUR
    return approved(cast, at=at, until=at + DAY)


def test_the_clerk_sees_who_accepted_opened_and_downloaded(client: Client, cast: Cast) -> None:
    briefing = within(cast)
    for somebody in (cast.council_member, cast.clerk):
        invited(cast, briefing, somebody, at=now() - HOUR, accepted=True)
    before = seen(client, cast)
    assert cast.council_member.name in before
    version = briefing.latest_version()
    assert version is not None
    client.force_login(cast.council_member)
    client.get(reverse("reports:briefing", args=[briefing.public_id]))
    client.get(reverse("reports:briefing_pdf", args=[briefing.public_id, version.public_id]))
    after = seen(client, cast)
    assert _not_yet(before) == _not_yet(after) + 2


def _not_yet(page: str) -> int:
    """How many cells say that somebody did not do it yet."""
    return sum(row.count("nog niet") for row in Page(page).rows())


def test_of_another_council_the_clerk_sees_nobody(client: Client, cast: Cast) -> None:
    briefing = within(cast)
    # The alderman sits in the same municipality, but is no member of its council.
    for somebody in (cast.other_council_member, cast.alderman, cast.clerk):
        invited(cast, briefing, somebody, at=now() - HOUR, accepted=True)
    page = seen(client, cast)
    assert cast.other_council_member.name not in page
    assert cast.alderman.name not in page


def test_who_may_not_read_it_does_not_learn_that_it_exists(client: Client, cast: Cast) -> None:
    without = seen(client, cast)
    briefing = within(cast)
    invited(cast, briefing, cast.council_member, at=now() - HOUR, accepted=True)
    assert _stable(seen(client, cast)) == _stable(without)
    invited(cast, briefing, cast.clerk, at=now() - HOUR, accepted=True)
    assert SENTINEL in seen(client, cast)


def test_before_the_window_there_is_no_trace(client: Client, cast: Cast) -> None:
    without = seen(client, cast)
    at = now() - HOUR
    waiting = approved(cast, at=at, until=at + 2 * DAY, window=at + DAY)
    draft = drafted(cast, at=at, until=at + DAY)
    for briefing in (waiting, draft):
        invited(cast, briefing, cast.council_member, at=at)
    assert _stable(seen(client, cast)) == _stable(without)


def _stable(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_others_have_no_such_page(client: Client, cast: Cast) -> None:
    other = with_role("Griffie Emmen", Role.CLERK, municipality("GM0114"))
    briefing = within(cast)
    invited(cast, briefing, cast.council_member, at=now() - HOUR, accepted=True)
    client.force_login(other)
    page = client.get(reverse("reports:briefing_council_readings"))
    assert page.status_code == 200
    assert cast.council_member.name not in page.content.decode()
    for somebody in (cast.council_member, cast.adviser, cast.privacy_officer, cast.nobody):
        client.force_login(somebody)
        response = client.get(reverse("reports:briefing_council_readings"))
        assert response.status_code == 403
