"""A maker's pages stand in a few groups; each page says where it stands."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from reports.briefings.gate.menu import GROUPS, menu_of
from reports.briefings.gate.permissions import maker_of
from reports.briefings.models.briefings import Briefing
from reports.briefings.signing import actions as signing
from tests.factories.briefings import HOUR, approved, drafted, now, withdrawn
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def menu_on(client: Client, briefing: Briefing, name: str) -> list[tuple[str, str, str]]:
    """The links of the menu on a page: address, aria-current, word."""
    answer = client.get(reverse(f"reports:{name}", args=[briefing.public_id]))
    assert answer.status_code == 200, name
    nav = re.search(r'<nav class="[^"]*jbn-menu".*?</nav>', answer.content.decode(), re.DOTALL)
    assert nav is not None
    link = r'<a href="([^"]+)"(?: aria-current="(\w+)")?>([^<]+)</a>'
    return re.findall(link, nav[0])


def test_there_are_at_most_five_groups_and_each_page_stands_once() -> None:
    names = [page.name for group in GROUPS for page in group.pages]
    assert len(GROUPS) <= 5
    assert len(names) == len(set(names))


def test_each_page_of_the_menu_opens_and_says_that_it_is_the_current_one(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + DAY)
    client = signed_in(cast.adviser)
    for group in GROUPS:
        for page in group.pages:
            if not page.shown(briefing, maker_of(briefing, cast.adviser, at)):
                continue
            links = menu_on(client, briefing, page.name)
            url = reverse(f"reports:{page.name}", args=[briefing.public_id])
            assert [one[0] for one in links if one[1] == "page"] == [url]
            assert [one[2] for one in links if one[1] == "true"] == [str(group.word)]


def test_a_page_below_another_marks_that_one_but_not_as_itself(cast: Cast) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    links = menu_on(signed_in(cast.adviser), briefing, "briefing_emergency")
    assert "page" not in {current for _url, current, _word in links}
    work = reverse("reports:briefing_decisions", args=[briefing.public_id])
    assert (work, "true") in {(url, current) for url, current, _word in links}


def test_who_signs_sees_the_page_to_sign_only_when_it_waits(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY)
    url = reverse("reports:briefing_approve", args=[briefing.public_id])

    def offered(user: User) -> bool:
        briefing.refresh_from_db()
        menu = menu_of(briefing, maker_of(briefing, user, at), "reports:briefing_approve")
        return url in [one.url for one in menu.pages]

    assert not offered(cast.region_alderman)
    signing.submit(briefing=briefing, revision=briefing.draft_revision, at=at, by=cast.adviser)
    assert offered(cast.region_alderman)
    assert not offered(cast.adviser)


def test_no_link_of_the_menu_leads_nowhere_after_a_withdrawal(cast: Cast) -> None:
    at = now()
    briefing = withdrawn(cast, approved(cast, at=at, until=at + HOUR), at=at)
    client = signed_in(cast.adviser)
    seen: set[str] = set()
    todo = [url for url, _current, _word in menu_on(client, briefing, "briefing_work")]
    while todo:
        url = todo.pop()
        if url in seen:
            continue
        seen.add(url)
        answer = client.get(url)
        assert answer.status_code == 200, url
        nav = re.search(r'<nav class="[^"]*jbn-menu".*?</nav>', answer.content.decode(), re.DOTALL)
        assert nav is not None
        todo += re.findall(r'href="([^"]+)"', nav[0])
    assert len(seen) > 5
