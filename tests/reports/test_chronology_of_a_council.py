"""What a council was told: its makers see all of it, the council what it may know."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.refusals import RefusedError
from reports.briefings.archive.exports import export, exportable
from reports.briefings.chronology.actions import quote_chronology
from reports.briefings.chronology.selectors.told import Told, told
from reports.briefings.models.secrecy import Organ, Secrecy, SecrecyGround
from reports.briefings.planning import actions as planning
from reports.briefings.sharing.models import ToldFact, ToldKind
from reports.briefings.signing import actions as signing
from reports.briefings.writing.actions import drafts as drafting
from tests.factories.briefings import (
    HOUR,
    SENTINEL,
    approved,
    drafted,
    invited,
    now,
    published,
    sign_off,
    some_draft,
)
from tests.factories.people import Cast, institution, municipality

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def lines(user: User) -> list[Told]:
    return told(municipality("GM0106"), institution(), user, now() + timedelta(seconds=5))


def noted(cast: Cast, *, for_council: bool) -> ToldFact:
    return planning.note_told(
        institution=institution(),
        municipality=municipality("GM0106"),
        on=amsterdam_day(now()),
        kind=ToldKind.LETTER,
        text=f"Brief over {SENTINEL}",
        source="Zaak 12",
        for_council=for_council,
        at=now(),
        by=cast.adviser,
    )


def test_before_publication_only_its_makers_see_who_was_invited(cast: Cast) -> None:
    briefing = approved(cast, at=now() - HOUR, until=now() + DAY)
    invited(cast, briefing, cast.council_member, at=now() - HOUR)
    assert [line.open for line in lines(cast.adviser)] == [False, False]
    for somebody in (cast.council_member, cast.clerk, cast.alderman, cast.municipal_adviser):
        assert lines(somebody) == []


def test_after_the_hour_the_council_sees_the_publication_and_its_version(cast: Cast) -> None:
    published(cast, at=now() - 2 * DAY, until=now() - DAY)
    for somebody in (cast.adviser, cast.council_member, cast.municipal_adviser):
        (line,) = lines(somebody)
        assert (line.version, line.open) == (1, True)
        assert SENTINEL in line.what
    assert lines(cast.other_council_member) == []


def test_a_publication_before_its_hour_tells_nothing(cast: Cast) -> None:
    published(cast, at=now() - HOUR, until=now() + DAY)
    assert lines(cast.council_member) == []
    assert all(not line.open for line in lines(cast.adviser))


def test_a_version_that_was_replaced_before_its_hour_was_told_to_nobody(cast: Cast) -> None:
    first = published(cast, at=now() - 3 * DAY, until=now() - DAY)
    replaced = first.published_version
    assert replaced is not None
    at = now() - 2 * DAY
    draft = some_draft(first.embargo_until, first.window_opens_at)
    briefing = drafting.edit(
        briefing=first,
        draft=replace(draft, title=f"Beter {SENTINEL}", change_reason="Fout in de tabel."),
        revision=first.draft_revision,
        at=at,
        by=cast.adviser,
    )
    briefing = sign_off(cast, briefing, at=at)
    version = briefing.latest_version()
    assert version is not None
    signing.publish(briefing=briefing, version=version, at=at, by=cast.second_adviser)
    version.refresh_from_db()
    for somebody in (cast.adviser, cast.council_member):
        (line,) = lines(somebody)
        assert line.version == 2
        assert "Fout in de tabel" not in line.what
    assert exportable(now()).get() == version
    archive = zipfile.ZipFile(io.BytesIO(export(version)))
    assert replaced.public_id.encode() not in archive.read("mdto.xml")


def test_secrecy_at_the_hour_puts_off_the_day_on_which_it_was_told(cast: Cast) -> None:
    briefing = published(cast, at=now() - 9 * DAY, until=now() - 5 * DAY)
    Secrecy.objects.create(
        briefing=briefing,
        organ=Organ.EXECUTIVE,
        ground=SecrecyGround.SUPERVISION,
        imposed_on=amsterdam_day(now() - 6 * DAY),
        recorded_at=now() - 6 * DAY,
        recorded_by=cast.adviser,
        lifted_on=amsterdam_day(now() - 2 * DAY),
        lifted_by=Organ.EXECUTIVE,
        lifting_recorded_at=now() - 2 * DAY,
        lifting_recorded_by=cast.second_adviser,
    )
    (line,) = lines(cast.council_member)
    assert line.on == amsterdam_day(now() - 2 * DAY)


def test_a_line_by_hand_is_seen_by_the_council_only_where_that_was_chosen(cast: Cast) -> None:
    noted(cast, for_council=False)
    assert lines(cast.council_member) == []
    assert len(lines(cast.adviser)) == 1
    noted(cast, for_council=True)
    assert len(lines(cast.council_member)) == 1
    assert len(lines(cast.adviser)) == 2


def test_a_struck_line_is_gone_and_its_row_stays(cast: Cast) -> None:
    fact = noted(cast, for_council=True)
    planning.strike_told(fact=fact, at=now(), by=cast.adviser)
    assert lines(cast.adviser) == []
    assert ToldFact.objects.count() == 1


def test_nobody_notes_for_a_council_elsewhere(cast: Cast) -> None:
    for somebody in (cast.council_member, cast.other_alderman):
        with pytest.raises(PermissionDenied):
            planning.note_told(
                institution=institution(),
                municipality=municipality("GM0106"),
                on=amsterdam_day(now()),
                kind=ToldKind.OTHER,
                text="Iets",
                source="",
                for_council=True,
                at=now(),
                by=somebody,
            )


def test_a_new_briefing_quotes_it_for_that_council_alone(cast: Cast) -> None:
    published(cast, at=now() - 2 * DAY, until=now() - DAY)
    noted(cast, for_council=False)
    draft = drafted(cast, at=now(), until=now() + 5 * DAY)
    place = municipality("GM0106")
    section = quote_chronology(briefing=draft, municipality=place, at=now(), by=cast.adviser)
    assert section.municipality == place
    assert section.heading == "Wat uw raad al weet"
    assert "is gepubliceerd. (versie 1)" in section.text
    assert "Zaak 12" not in section.text
    with pytest.raises(RefusedError):
        quote_chronology(
            briefing=draft, municipality=municipality("GM0114"), at=now(), by=cast.adviser
        )


def test_the_page_is_for_makers_and_people_of_that_council(client: Client, cast: Cast) -> None:
    url = reverse("reports:chronology", args=["GM0106"])
    for somebody in (cast.adviser, cast.council_member, cast.clerk, cast.alderman):
        client.force_login(somebody)
        assert client.get(url).status_code == 200
    for somebody in (cast.other_council_member, cast.institution, cast.auditor):
        client.force_login(somebody)
        assert client.get(url).status_code == 404
    client.force_login(cast.council_member)
    assert client.post(url, {}).status_code == 403
    assert client.get(reverse("reports:councils")).status_code == 302
