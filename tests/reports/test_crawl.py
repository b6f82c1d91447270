"""Nobody finds an unpublished briefing at any address of the portal.

The addresses come from the URL configuration; an address that cannot be filled fails the
test. A word that stands in every field of every briefing is looked for in the status line,
the headers and the body of each answer, and in everything that was logged meanwhile.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client

from jbn_oversight.accounts.models import User
from reports.briefings.decisions.actions import acts, breaches
from reports.briefings.decisions.models import ActKind
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingLog
from reports.briefings.readers import actions as readers
from tests.answers import headers_of, without_way_in
from tests.factories.briefings import (
    HOUR,
    SENTINEL,
    approved,
    drafted,
    invited,
    now,
    published,
)
from tests.factories.people import Cast
from tests.factories.surroundings import surrounded
from tests.reports.crawl import Pattern, general_values, patterns, values_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BRIEFING_PARTS = {"public_id", "version_id", "attachment_id", "reader_id", "object_id"}
NOT_FOLLOWED = ("account/sign-out/", "admin/logout/")
"""Addresses that would end the visit."""

METHODS = ("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
PEOPLE = (
    "anonymous",
    "other_council_member",
    "council_member",
    "clerk",
    "alderman",
    "municipal_adviser",
    "contract_manager",
    "institution",
    "privacy_officer",
    "auditor",
    "administrator",
    "nobody",
)
"""``council_member`` is invited before the window opens, ``clerk`` was removed as a reader."""


@dataclass(frozen=True)
class Secrets:
    """Briefings that nobody in the crawl may see."""

    draft: Briefing
    in_embargo: Briefing
    waiting: Briefing
    """Approved; its window opens tomorrow, the council member is invited."""
    overdue: Briefing

    def __iter__(self) -> Iterator[Briefing]:
        return iter((self.draft, self.in_embargo, self.waiting, self.overdue))


@pytest.fixture
def secrets(cast: Cast) -> Secrets:
    return make_secrets(cast)


def make_secrets(cast: Cast) -> Secrets:
    """Four briefings that nobody in the crawl may see, with all that stands around them."""
    at = now() - 2 * HOUR
    draft = drafted(cast, at=at, until=at + 2 * DAY, attachment=True)
    in_embargo = published(cast, at=at, until=at + 2 * DAY, attachment=True)
    waiting = approved(cast, at=at, until=at + 2 * DAY, window=at + DAY, attachment=True)
    overdue = approved(cast, at=at, until=at + HOUR, attachment=True)
    invited(cast, waiting, cast.council_member, at=at, accepted=True)
    for briefing in (in_embargo, overdue):
        reader = invited(cast, briefing, cast.clerk, at=at, accepted=True)
        readers.remove(reader=reader, at=at, by=cast.adviser)
    acts.propose(
        briefing=in_embargo,
        kind=ActKind.WITHDRAW,
        reason=f"Reden {SENTINEL}",
        at=at,
        by=cast.region_alderman,
    )
    breaches.record_breach(
        briefing=in_embargo, what=f"Lek {SENTINEL}", noticed_at=at, at=at, by=cast.adviser
    )
    ReadingLog.objects.create(
        briefing_public_id=in_embargo.public_id,
        owner=in_embargo.owner_code,
        kind="open",
        version_number=1,
        reader_public_id=cast.clerk.public_id,
        reader_name=cast.clerk.name,
        reader_email=cast.clerk.email,
        role="clerk",
        organisation="Assen",
        at=at,
        sha256="0" * 64,
    )
    for briefing in (draft, in_embargo):
        surrounded(cast, briefing, SENTINEL, at=at)
    return Secrets(draft, in_embargo, waiting, overdue)


def visitor(client: Client, cast: Cast, who: str) -> Client:
    client.raise_request_exception = False
    if who != "anonymous":
        client.force_login(getattr(cast, who))
    return client


def all_of(response: HttpResponseBase) -> str:
    """Status line, headers and body of an answer as one text."""
    assert isinstance(response, HttpResponse | StreamingHttpResponse)
    body = response.getvalue()
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{response.status_code} {response.reason_phrase}\n{headers}\n" + body.decode(
        "utf-8", "replace"
    )


def addresses(secrets: Iterable[Briefing]) -> dict[str, Pattern]:
    """Each address once with general keys, and with the keys of each secret briefing."""
    found: dict[str, Pattern] = {}
    everything = [general_values(), *(values_of(briefing) for briefing in secrets)]
    for pattern in patterns():
        if pattern.form in NOT_FOLLOWED:
            continue
        for values in everything:
            for url in pattern.filled(values):
                found.setdefault(url, pattern)
    return found


# Several people see one set of briefings: writing the briefings takes longer than the visits.
@pytest.mark.parametrize("people", [PEOPLE[first::4] for first in range(4)], ids="-".join)
def test_no_address_gives_a_secret_away(
    cast: Cast, secrets: Secrets, people: Sequence[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for who in people:
        client = Client()
        visitor(client, cast, who)
        for url, pattern in addresses(secrets).items():
            response = client.get(url)
            assert SENTINEL not in all_of(response), f"{who}: GET {url}"
            assert response.status_code < 500, f"{who}: GET {url}"
            if "briefings/%(public_id)s" in pattern.form and not _is_invitation(who, response):
                assert response.status_code in (404, 405), f"{who}: GET {url}"
    assert SENTINEL not in caplog.text


def _is_invitation(who: str, response: HttpResponseBase) -> bool:
    """The page before, or the way back to it: hours and a contact, without the secret word."""
    return who == "council_member" and response.status_code in (200, 302)


@pytest.mark.parametrize("who", ["anonymous", "other_council_member", "clerk"])
def test_no_other_method_gives_a_secret_away(
    client: Client, cast: Cast, secrets: Secrets, who: str
) -> None:
    visitor(client, cast, who)
    for url, pattern in addresses([secrets.in_embargo]).items():
        if "briefing" not in pattern.form:
            continue
        for method in METHODS:
            response = client.generic(method, url, HTTP_RANGE="bytes=0-99", HTTP_HX_REQUEST="true")
            assert SENTINEL not in all_of(response), f"{method} {url}"
            if "%(public_id)s" in pattern.form:
                assert response.status_code in (404, 405), f"{method} {url}"


@pytest.mark.parametrize("who", ["anonymous", "other_council_member", "clerk", "privacy_officer"])
def test_not_allowed_and_not_existing_are_the_same_bytes(
    client: Client, cast: Cast, secrets: Secrets, who: str
) -> None:
    visitor(client, cast, who)
    nowhere = general_values()
    for pattern in patterns():
        if "briefings/%(public_id)s" not in pattern.form:
            continue
        (absent,) = pattern.filled(nowhere)
        expected = _answer(client, absent)
        for briefing in (secrets.draft, secrets.in_embargo):
            for url in pattern.filled(values_of(briefing)):
                assert _answer(client, url) == expected, url


def _answer(client: Client, url: str) -> tuple[int, str, dict[str, str], dict[str, str], bytes]:
    client.cookies.pop("csrftoken", None)
    response = client.get(url)
    cookies = {name: morsel.OutputString() for name, morsel in response.cookies.items()}
    return (
        response.status_code,
        response.reason_phrase,
        headers_of(dict(response.items()), response.content),
        cookies,
        without_way_in(response.content),
    )


def test_a_draft_changes_nothing_for_who_is_not_signed_in(client: Client, cast: Cast) -> None:
    visitor(client, cast, "anonymous")

    def reachable(values: dict[str, tuple[str, ...]]) -> dict[str, tuple[int, str]]:
        found = {}
        for pattern in patterns():
            for url in pattern.filled(values):
                response = client.get(url)
                found[pattern.form] = (response.status_code, _stable(all_of(response), url))
        return found

    before = reachable(general_values())
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY, attachment=True)
    keys = {part: found[:1] for part, found in values_of(briefing).items()}
    assert reachable(keys) == before
    assert reachable(general_values()) == before


def _stable(answer: str, url: str) -> str:
    """The answer without its form token, its hour and its own address."""
    token = r'csrfmiddlewaretoken" value="[^"]*"|"csrf": "[^"]*"'
    apart = rf'{token}|Expires: .*|Content-Length: .*|next=[^"\s]*'
    return re.sub(apart, "", answer).replace(url, "")


def test_search_never_matches_what_may_not_be_read(
    client: Client, cast: Cast, secrets: Secrets
) -> None:
    for who in ("council_member", "clerk", "alderman", "municipal_adviser"):
        visitor(client, cast, who)
        found = client.get("/briefings/", {"q": SENTINEL}).content.decode()
        absent = client.get("/briefings/", {"q": "Zilvervis"}).content.decode()
        assert _without(found, SENTINEL) == _without(absent, "Zilvervis"), who


def _without(page: str, word: str) -> str:
    page = re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page)
    return page.replace(word, "")


def test_internal_keys_open_nothing(client: Client, cast: Cast, secrets: Secrets) -> None:
    for somebody in (cast.adviser, cast.council_member):
        client.force_login(somebody)
        for briefing in secrets:
            assert client.get(f"/briefings/{briefing.pk}/").status_code == 404
            assert client.get(f"/briefings/{briefing.pk}/work/").status_code == 404


def test_addresses_hold_random_bits_and_no_title_date_or_sequence(secrets: Secrets) -> None:
    keys = [briefing.public_id for briefing in secrets]
    for briefing in secrets:
        keys += [version.public_id for version in briefing.versions.all()]
        keys += [one.public_id for one in briefing.attachments.all()]
        keys += [one.public_id for one in briefing.early_readers.all()]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22,}", key) for key in keys)
    assert len(set(keys)) == len(keys)


def test_the_whole_cast_is_in_the_crawl_but_for_the_makers(cast: Cast) -> None:
    makers = {"adviser", "region_alderman", "second_adviser"}
    doubles = {
        "other_alderman",
        "second_contract_manager",
        "municipal_contract_manager",
        "groningen_contract_manager",
    }
    assert set(PEOPLE) - {"anonymous"} == set(_names(cast)) - makers - doubles


def _names(cast: Cast) -> list[str]:
    return [name for name, user in cast.everyone().items() if isinstance(user, User)]
