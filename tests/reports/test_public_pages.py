"""Without an account: only what was published for everybody, from its hour on, and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import cast as cast_type

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from jbn_oversight.http import TimedRequest
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.versions import VersionVariant
from reports.briefings.public_pages.selectors import public_page_of
from tests.answers import headers_of, without_way_in
from tests.factories.briefings import (
    HOUR,
    PRINTED,
    SENTINEL,
    approved,
    drafted,
    invited,
    now,
    published,
)
from tests.factories.people import Cast, municipality
from tests.reading_pages import Page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def addresses(briefing: Briefing) -> dict[str, str]:
    key = public_page_of(briefing).key
    version = briefing.latest_version()
    found = {
        name: reverse(f"reports:public_{name}", args=[key])
        for name in ("page", "pdf", "csv", "json")
    }
    if version is not None and (attached := version.attachments.first()):
        found["attachment"] = reverse("reports:public_attachment", args=[key, attached.public_id])
    return found


def out(cast: Cast, **more: bool) -> Briefing:
    at = now() - 2 * HOUR
    return published(cast, at=at, until=at + HOUR, public=True, **more)


def test_anybody_reads_a_public_page_and_its_files(client: Client, cast: Cast) -> None:
    found = addresses(out(cast, attachment=True))
    page = client.get(found["page"])
    assert page.status_code == 200
    assert SENTINEL in page.content.decode()
    assert client.get(found["pdf"]).content == PRINTED
    assert client.get(found["attachment"]).status_code == 200


def test_who_is_signed_in_gets_the_same_bytes(client: Client, cast: Cast) -> None:
    found = addresses(out(cast))
    anonymous = client.get(found["page"]).content
    client.force_login(cast.council_member)
    assert client.get(found["page"]).content == anonymous


def test_who_chose_another_language_gets_the_same_bytes_too(client: Client, cast: Cast) -> None:
    briefing = out(cast)
    invited(cast, briefing, cast.clerk, at=now() - 2 * HOUR, accepted=True)
    found = addresses(briefing)
    dutch = client.get(found["page"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(found["page"])
    assert english.content == dutch.content
    assert english["Content-Language"] == dutch["Content-Language"] == "nl"


@pytest.mark.parametrize(
    "state", ["draft", "approved", "scheduled", "not chosen", "withdrawn", "closed", "overdue"]
)
def test_until_then_and_afterwards_there_is_nothing(client: Client, cast: Cast, state: str) -> None:
    at = now() - 2 * HOUR
    if state == "draft":
        briefing = drafted(cast, at=at, until=at + DAY, public=True)
    elif state == "approved":
        briefing = approved(cast, at=at, until=at + DAY, attachment=True, public=True)
    elif state == "overdue":
        briefing = approved(cast, at=at, until=at + HOUR, attachment=True, public=True)
    elif state == "scheduled":
        briefing = published(cast, at=at, until=at + DAY, attachment=True, public=True)
    elif state == "not chosen":
        briefing = published(cast, at=at, until=at + HOUR, attachment=True)
    else:
        briefing = out(cast, attachment=True)
        if state == "withdrawn":
            briefing.withdrawn_at, briefing.withdrawn_by = now(), cast.adviser
            briefing.withdrawal_reason = "Lek"
        else:
            briefing.closed_at, briefing.closed_by = now(), cast.adviser
            briefing.closing_reason = "Lek"
        briefing.save()
    for somebody in (None, cast.council_member, cast.adviser):
        if somebody is not None:
            client.force_login(somebody)
        nowhere = told(client, reverse("reports:public_page", args=["A" * 22]))
        for name, url in addresses(briefing).items():
            assert told(client, url) == nowhere, name
            assert nowhere[0] == 404


def told(client: Client, url: str) -> tuple[int, bytes, dict[str, str]]:
    response = client.get(url)
    headers = headers_of(dict(response.items()), response.content)
    return response.status_code, without_way_in(response.content), headers


def test_its_key_is_its_own(cast: Cast) -> None:
    briefing = out(cast)
    key = public_page_of(briefing).key
    assert len(key) >= 22
    assert key != briefing.public_id
    assert public_page_of(briefing).key == key


def test_other_versions_and_other_briefings_lend_no_files(client: Client, cast: Cast) -> None:
    one = out(cast, attachment=True)
    at = now() - 2 * HOUR
    secret = published(cast, at=at, until=at + DAY, attachment=True)
    version = secret.latest_version()
    assert version is not None
    attached = version.attachments.get()
    key = public_page_of(one).key
    url = reverse("reports:public_attachment", args=[key, attached.public_id])
    assert client.get(url).status_code == 404


def test_it_may_be_kept_but_is_asked_for_by_hash_each_time(client: Client, cast: Cast) -> None:
    for name, url in addresses(out(cast, attachment=True)).items():
        if name in ("csv", "json"):
            continue
        response = client.get(url)
        kept = {part.strip() for part in response["Cache-Control"].split(",")}
        assert kept == {"public", "no-cache"}, name
        again = client.get(url, HTTP_IF_NONE_MATCH=response["ETag"])
        assert again.status_code == 304, name
        assert again.content == b""
        assert "Set-Cookie" not in response


def test_after_a_withdrawal_its_hash_opens_nothing(client: Client, cast: Cast) -> None:
    briefing = out(cast)
    url = addresses(briefing)["page"]
    etag = client.get(url)["ETag"]
    briefing.withdrawn_at, briefing.withdrawn_by = now(), cast.adviser
    briefing.withdrawal_reason = "Lek"
    briefing.save()
    assert client.get(url, HTTP_IF_NONE_MATCH=etag).status_code == 404


def test_early_access_is_told_by_organisation_and_role_without_names(
    client: Client, cast: Cast
) -> None:
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + HOUR, public=True)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    invited(cast, briefing, cast.clerk, at=at)
    from reports.briefings.signing import actions as signing

    version = briefing.latest_version()
    assert version is not None
    signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)
    page = client.get(addresses(briefing)["page"]).content.decode()
    assert "Raadslid" in page
    assert not any("Griffier" in row for row in Page(page).rows())
    assert cast.council_member.name not in page
    assert cast.council_member.email not in page


def test_each_place_has_its_text_and_none_of_another_briefing(client: Client, cast: Cast) -> None:
    briefing = out(cast)
    version = briefing.latest_version()
    assert version is not None
    own = VersionVariant.objects.create(
        version=version,
        municipality=municipality("GM0106"),
        content={**version.content, "title": "Titel voor Assen"},
        content_sha256="0" * 64,
    )
    key = public_page_of(briefing).key
    url = reverse("reports:public_own_page", args=[key, own.public_id])
    assert url in client.get(addresses(briefing)["page"]).content.decode()
    assert "Titel voor Assen" in client.get(url).content.decode()
    other = out(cast)
    elsewhere = public_page_of(other).key
    url = reverse("reports:public_own_page", args=[elsewhere, own.public_id])
    assert client.get(url).status_code == 404


def test_figures_come_as_csv_and_as_json_that_agree(client: Client, cast: Cast) -> None:
    from reports.briefings.document.rules.content import fingerprint, freeze
    from reports.briefings.models.versions import BriefingVersion, Rendering
    from tests.factories.documents import ordinary_document

    briefing = out(cast)
    old = briefing.latest_version()
    assert old is not None
    content = freeze(ordinary_document())
    version = BriefingVersion.objects.create(
        briefing=briefing,
        number=2,
        draft_revision=briefing.draft_revision + 1,
        content=content,
        content_sha256=fingerprint(content),
        public_page=True,
        reason="Cijfers",
        author=briefing.author,
        approved_at=now() - HOUR,
        approved_by=cast.region_alderman,
        published_at=now() - HOUR,
        published_by=cast.second_adviser,
    )
    assert not Rendering.objects.filter(version=version).exists()
    briefing.published_version, briefing.published_at = version, version.published_at
    briefing.published_by = cast.second_adviser
    briefing.save()
    found = addresses(briefing)
    table = client.get(found["csv"])
    machine = json.loads(client.get(found["json"]).content)
    assert table["Content-Type"].startswith("text/csv")
    assert len(machine["rows"]) == len(table.content.decode().splitlines()) - 1
    assert set(machine["columns"]) == set(machine["rows"][0])
    assert machine["figures_as_of"]


def test_the_hour_of_publication_is_the_one_from_which_it_was_open(
    client: Client, cast: Cast
) -> None:
    from reports.briefings.public_pages.views import PublishedText

    briefing = out(cast)
    request = cast_type(TimedRequest, client.get(addresses(briefing)["page"]).wsgi_request)
    published_at, until = briefing.published_at, briefing.embargo_until
    assert published_at is not None
    assert until is not None
    assert published_at < until
    assert PublishedText(request, public_page_of(briefing).key).out_at() == until
