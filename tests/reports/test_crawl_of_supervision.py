"""Every address answers somebody, and none tells who may not know of a paper under embargo."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from jbn_oversight.clock import utc_now
from tests.factories.briefings import HOUR
from tests.factories.people import Cast
from tests.factories.supervision import SECRET, secret_sources, supervised
from tests.reports.crawl import Pattern, Values, patterns, supervision_values
from tests.reports.test_crawl import DAY, all_of, visitor

pytestmark = pytest.mark.django_db

OUTSIDE = ("council_member", "clerk", "administrator", "nobody")
"""Who does not see supervision at all."""
READING = ("alderman", "auditor", "privacy_officer")
"""Who sees everything that is public in it, and changes nothing."""
INSIDE = (*READING[:2], "institution", "second_adviser")
"""``second_adviser`` keeps the register too, but neither added nor releases the secret papers."""


def of_supervision() -> Iterator[Pattern]:
    """The addresses below an institution's supervision, on paper left out: that takes a second."""
    for pattern in patterns():
        if pattern.form.startswith("oversight/") and not pattern.form.endswith(".pdf"):
            yield pattern


def told_by(response: Any) -> str:
    """All of an answer as one text, a spreadsheet unpacked."""
    body = response.content
    if not body.startswith(b"PK"):
        return all_of(response)
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        inside = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return "\n".join(f"{name}: {value}" for name, value in response.items()) + inside


def posted(client: Client, url: str, **data: str) -> HttpResponse:
    """The answer to a form, of which nothing stays."""
    with transaction.atomic():
        response = client.post(url, data)
        transaction.set_rollback(True)
    return response  # type: ignore[return-value]  # of the test client


@pytest.fixture
def world(cast: Cast) -> tuple[Values, set[str]]:
    """Keys of everything, and those that belong to the secret papers."""
    at = utc_now() - 2 * HOUR
    supervised(cast, at=at)
    secret = secret_sources(cast, at=at, until=at + 2 * DAY)
    keys = {one.public_id for one in secret} | {one.document.public_id for one in secret}
    keys |= {one.public_id for version in secret for one in version.passages.all()}
    return supervision_values(), keys


def test_a_paper_under_embargo_stays_nameless_at_every_address(
    cast: Cast, world: tuple[Values, set[str]]
) -> None:
    values, secret = world
    for who in INSIDE:
        client = visitor(Client(), cast, who)
        for pattern in of_supervision():
            for url in pattern.filled(values):
                response = client.get(url)
                assert SECRET.lower() not in told_by(response).lower(), f"{who}: {url}"
                absent = any(key in url for key in secret) or _is_a_figure(who, url)
                expected = (404, 405) if absent else (200, 403, 405)
                assert response.status_code in expected, f"{who}: {url}"


def _is_a_figure(who: str, url: str) -> bool:
    """The effect of an action is told in figures, which who inspects the portal does not see."""
    return who in ("auditor", "privacy_officer") and url.endswith("/effect/")


def test_who_does_not_see_supervision_finds_nothing_of_it(
    cast: Cast, world: tuple[Values, set[str]]
) -> None:
    values, _secret = world
    for who in ("anonymous", *OUTSIDE):
        client = visitor(Client(), cast, who)
        for pattern in of_supervision():
            for url in pattern.filled(values):
                response = client.get(url)
                expected = (404,) if who == "anonymous" else (404, 405)
                assert response.status_code in expected, f"{who}: {url}"


def test_who_only_reads_supervision_changes_nothing_in_it(
    cast: Cast, world: tuple[Values, set[str]]
) -> None:
    values, secret = world
    for who in READING[:2]:
        client = visitor(Client(), cast, who)
        for pattern in of_supervision():
            for url in pattern.filled(values):
                is_secret = any(key in url for key in secret)
                expected = (404, 405) if is_secret else (403, 405)
                assert posted(client, url).status_code in expected, f"{who}: {url}"
