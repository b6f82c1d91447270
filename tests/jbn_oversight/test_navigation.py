"""The main navigation: at most six entries, each its owner's only."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.rights import all_rights
from jbn_oversight.navigation import ENTRIES, first_page, links
from tests.factories.people import Cast

TODAY = date(2026, 1, 5)


def test_there_are_at_most_six_entries() -> None:
    assert len(ENTRIES) <= 6


@pytest.mark.parametrize("page", [page for entry in ENTRIES for page in entry.pages], ids=str)
def test_every_page_in_the_navigation_has_an_address_and_a_right(page) -> None:  # type: ignore[no-untyped-def]
    assert page.right in all_rights()
    assert reverse(page.url_name, args=["jbn"] if page.per_institution else ())


@pytest.mark.django_db
def test_every_entry_that_somebody_sees_opens_for_them(cast: Cast) -> None:
    for name, user in cast.everyone().items():
        client = Client()
        client.force_login(user)
        for link in links(Actor.of(user, TODAY), "/"):
            assert client.get(link.url).status_code == 200, f"{name}: {link.label}"


@pytest.mark.django_db
def test_a_council_member_sees_briefings_and_no_figures(cast: Cast) -> None:
    urls = {link.url for link in links(Actor.of(cast.council_member, TODAY), "/")}
    assert reverse("reports:briefings") in urls
    assert not any("/figures/" in url or "/overview/" in url for url in urls)


@pytest.mark.django_db
def test_the_first_page_is_the_first_entry(cast: Cast) -> None:
    actor = Actor.of(cast.alderman, TODAY)
    assert first_page(actor) == reverse("reports:overview", args=["jbn"])
    assert first_page(Actor.of(cast.nobody, TODAY)) is None


@pytest.mark.django_db
def test_the_entry_of_the_page_is_marked(cast: Cast) -> None:
    actor = Actor.of(cast.alderman, TODAY)
    current = [link.url for link in links(actor, "/figures/jbn/contact_5wd/") if link.current]
    assert current == [reverse("reports:figures", args=["jbn"])]
