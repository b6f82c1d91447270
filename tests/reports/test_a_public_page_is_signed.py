"""Whether anybody may read it without an account is signed with the text, not ticked afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from reports.briefings.models.briefings import Briefing
from reports.briefings.public_pages.selectors import public_address
from reports.briefings.signing.selectors.signed_texts import texts_of
from reports.briefings.writing.actions import drafts as drafting
from tests.factories.briefings import (
    HOUR,
    approved,
    drafted,
    looked,
    now,
    published,
    sign_off,
    some_draft,
)
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ticked(cast: Cast, briefing: Briefing) -> Briefing:
    """The writer asks for a public page, in a new draft."""
    briefing.refresh_from_db()
    draft = some_draft(briefing.embargo_until, briefing.window_opens_at, public=True)
    return drafting.edit(
        briefing=briefing,
        draft=replace(draft, change_reason="Ook openbaar."),
        revision=briefing.draft_revision,
        at=now(),
        by=cast.adviser,
    )


def test_it_is_part_of_what_is_signed(cast: Cast) -> None:
    at = now()
    briefing = drafted(cast, at=at, until=at + DAY)
    before = texts_of(briefing, at).sha256
    briefing = ticked(cast, briefing)
    assert texts_of(briefing, at).sha256 != before
    version = sign_off(cast, briefing, at=at).latest_version()
    assert version is not None
    assert version.public_page


def test_a_tick_after_the_signing_opens_nothing_without_a_new_version(cast: Cast) -> None:
    at = now() - 2 * HOUR
    briefing = ticked(cast, published(cast, at=at, until=at + HOUR))
    assert briefing.public_page
    assert not Briefing.objects.public(now()).exists()
    assert public_address(briefing) == ""


def test_the_database_keeps_what_was_signed(cast: Cast) -> None:
    at = now()
    version = approved(cast, at=at, until=at + DAY).latest_version()
    assert version is not None
    version.public_page = True
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        version.save()


def test_who_signs_sees_it_in_words(client: Client, cast: Cast) -> None:
    at = now()
    client.force_login(cast.region_alderman)
    for public, words in ((True, "Ja: vanaf het uur"), (False, "Nee: alleen wie")):
        briefing = drafted(cast, at=at, until=at + DAY, public=public)
        address = reverse("reports:briefing_approve", args=[briefing.public_id])
        assert words in client.get(address).content.decode()


def test_the_publisher_sees_it_and_cannot_change_it(client: Client, cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at - HOUR, until=at + DAY)
    version = briefing.latest_version()
    assert version is not None
    client.force_login(cast.second_adviser)
    address = reverse("reports:briefing_publish", args=[briefing.public_id])
    page = client.get(address).content.decode()
    assert "Nee: alleen wie" in page
    assert 'name="public_page"' not in page
    said = {"version": version.public_id, "public_page": "1", **looked(client, address)}
    client.post(address, said)
    briefing.refresh_from_db()
    assert briefing.published_version == version
    assert not briefing.public_page
    assert not Briefing.objects.public(at + 2 * DAY).exists()
