"""A reader, or somebody who is none, who tries what the screens do not offer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader, ReaderProposal
from reports.briefings.models.readings import ReadingLog
from reports.briefings.signing import actions as signing
from reports.briefings.writing.actions import drafts as drafting
from tests.factories.briefings import (
    HOUR,
    SENTINEL,
    approved,
    drafted,
    invited,
    looked,
    now,
    published,
    sign_off,
    some_draft,
)
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def address(briefing: Briefing, name: str = "briefing", *more: str) -> str:
    return reverse(f"reports:{name}", args=[briefing.public_id, *more])


def test_a_nul_in_an_address_or_a_search_breaks_nothing(client: Client, cast: Cast) -> None:
    client.force_login(cast.council_member)
    assert client.get("/briefings/%00%00%00%00%00%00%00%00%00%00%00%00%00%00/").status_code == 404
    assert client.get("/briefings/AAAAAAAAAAAAAAAAAAAAAA%00/").status_code == 404
    assert client.get("/briefings/", {"q": "a\0b"}).status_code == 200
    assert client.get("/management/readings/", {"page": "\0"}).status_code == 403


def test_the_file_of_another_version_is_not_there(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = published(cast, at=at, until=at)
    draft = some_draft(at, briefing.window_opens_at)
    changed = drafting.edit(
        briefing=briefing,
        draft=drafting.DraftFields(
            **{
                **{name: getattr(draft, name) for name in draft.__slots__},
                "title": "Verbeterd",
                "change_reason": "Getal",
            }
        ),
        revision=briefing.draft_revision,
        at=at,
        by=cast.adviser,
    )
    sign_off(cast, changed, at=at)
    first, second = briefing.versions.order_by("number")
    client.force_login(cast.council_member)
    old, new = (address(briefing, "briefing_pdf", one.public_id) for one in (first, second))
    assert client.get(old).status_code == 200
    assert client.get(new).status_code == 404
    signing.publish(briefing=changed, version=second, at=now(), by=cast.second_adviser)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200


def test_the_version_of_one_briefing_opens_under_no_other(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    open_one = published(cast, at=at, until=at)
    shut_one = approved(cast, at=at, until=at + DAY)
    shut = shut_one.latest_version()
    assert shut is not None
    client.force_login(cast.council_member)
    assert client.get(address(open_one, "briefing_pdf", shut.public_id)).status_code == 404
    client.force_login(cast.adviser)
    mixed = address(open_one, "briefing_version_pdf", shut.public_id)
    assert client.get(mixed).status_code == 404


def test_a_maker_removes_no_reader_of_another_briefing(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    mine, other = (approved(cast, at=at, until=at + DAY) for _ in range(2))
    reader = invited(cast, other, cast.council_member, at=at)
    client.force_login(cast.adviser)
    url = address(mine, "briefing_reader_remove", reader.public_id)
    assert client.post(url).status_code == 404
    assert EarlyReader.objects.get(pk=reader.pk).removed_at is None


def test_what_the_draft_says_by_now_does_not_reach_an_invited_reader(
    client: Client, cast: Cast
) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    invited(cast, briefing, cast.council_member, at=at)
    draft = some_draft(briefing.embargo_until, briefing.window_opens_at)
    drafting.edit(
        briefing=briefing,
        draft=drafting.DraftFields(
            **{
                **{name: getattr(draft, name) for name in draft.__slots__},
                "contact": f"Nieuw {SENTINEL}",
            }
        ),
        revision=briefing.draft_revision,
        at=at,
        by=cast.adviser,
    )
    client.force_login(cast.council_member)
    assert SENTINEL not in client.get(address(briefing)).content.decode()


@pytest.mark.parametrize("seen", ["", "-1", "x", "99999999999999999999", "٣"])
def test_an_approval_names_the_draft_it_saw(client: Client, cast: Cast, seen: str) -> None:
    at = now() - HOUR
    briefing = drafted(cast, at=at, until=at + DAY)
    revision = briefing.draft_revision
    signing.submit(briefing=briefing, revision=revision, at=at, by=cast.adviser)
    client.force_login(cast.region_alderman)
    url = address(briefing, "briefing_approve")
    client.post(url, {"revision": seen, **looked(client, url)})
    assert briefing.latest_version() is None


def test_a_publication_without_the_tick_is_none(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    version = briefing.latest_version()
    assert version is not None
    client.force_login(cast.second_adviser)
    url = address(briefing, "briefing_publish")
    page = client.get(url).content.decode()
    assert f"Tekst met {SENTINEL}" in page
    shown = looked(client, url)
    forged = {"shown": shown["shown"][:-2] + "xx", "confirmed": "1"}
    for data in (
        {},
        {"version": version.public_id},
        {"version": "\0", "confirmed": "1"},
        {"shown": shown["shown"], "version": version.public_id},
        {**forged, "version": version.public_id},
    ):
        client.post(url, data)
        briefing.refresh_from_db()
        assert briefing.published_at is None
    client.post(url, {"version": version.public_id, **shown})
    briefing.refresh_from_db()
    assert briefing.published_at is not None


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("region_alderman", "briefing_edit"),
        ("region_alderman", "briefing_publish"),
        ("region_alderman", "briefing_makers"),
        ("second_adviser", "briefing_edit"),
        ("second_adviser", "briefing_approve"),
        ("second_adviser", "briefing_attachments"),
        ("adviser", "briefing_approve"),
        ("adviser", "briefing_publish"),
    ],
)
def test_a_maker_gets_403_for_what_another_maker_does(
    client: Client, cast: Cast, who: str, page: str
) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    client.force_login(getattr(cast, who))
    assert client.get(address(briefing, "briefing_work")).status_code == 200
    assert client.get(address(briefing, page)).status_code == 403
    assert client.post(address(briefing, page)).status_code == 403


def test_a_forged_invitation_through_the_form_is_refused(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    client.force_login(cast.adviser)
    url = address(briefing, "briefing_readers")
    for who in ("administrator", "privacy_officer", "institution", "second_adviser"):
        mandate = getattr(cast, who).memberships.get()
        for place in ("GM0106", "drenthe", ""):
            typed = {"mandates": mandate.public_id, "confirmed": "1"}
            client.post(f"{url}?place={place}", typed)
    assert not briefing.early_readers.exists()
    assert not ReaderProposal.objects.exists()
    mandate = cast.council_member.memberships.get()
    typed = {"mandates": mandate.public_id, "confirmed": "1"}
    client.post(f"{url}?place=GM0106", typed)
    assert briefing.early_readers.get().user == cast.council_member


def test_odd_words_of_a_proxy_stop_neither_reader_nor_log(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = published(cast, at=at, until=at)
    client.force_login(cast.council_member)
    assert client.get(address(briefing), REMOTE_ADDR="fe80::1%eth0'; --").status_code == 200
    assert ReadingLog.objects.get().address in (None, "fe80::1")


def test_a_page_of_another_language_tells_no_more(client: Client, cast: Cast) -> None:
    at = now() - HOUR
    briefing = approved(cast, at=at, until=at + DAY)
    answers = []
    for language in ("nl", "en"):
        cast.other_council_member.language = language
        cast.other_council_member.save()
        client.force_login(cast.other_council_member)
        response = client.get(address(briefing))
        answers.append((response.status_code, SENTINEL in response.content.decode()))
    assert answers == [(404, False), (404, False)]


def test_a_file_that_is_no_pdf_is_not_taken(client: Client, cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    at = now() - HOUR
    briefing = drafted(cast, at=at, until=at + DAY)
    client.force_login(cast.adviser)
    url = address(briefing, "briefing_attachments")
    page = SimpleUploadedFile("a.pdf", b"<html><script>", content_type="application/pdf")
    client.post(url, {"title": "Rapport", "file": page})
    assert not briefing.attachments.exists()


def test_the_server_in_front_adds_no_age_to_a_file() -> None:
    text = (Path(settings.BASE_DIR) / "deploy" / "nginx.conf").read_text()
    place = text.split("location /internal-files/ {")[1].split("}")[0]
    assert "internal;" in place
    assert "etag off;" in place
    assert "if_modified_since off;" in place
    assert 'add_header Last-Modified "";' in place
