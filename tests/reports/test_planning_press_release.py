"""The press release: agreed word for word by each party, seen by named people alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.decisions.actions.emergency import close_dossier
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.readings import ReadingLog
from reports.briefings.press import actions as press
from reports.briefings.press.models import PressParty
from tests.factories.briefings import HOUR, SENTINEL, drafted, now
from tests.factories.people import Cast, institution, membership, region
from tests.reports.test_factcheck_link import secrecy

pytestmark = pytest.mark.django_db
TEXT = f"De instelling krijgt een {SENTINEL} certificaat."


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    briefing = drafted(cast, at=now() - HOUR, until=now() + timedelta(days=5))
    for somebody in (cast.institution, cast.region_alderman):
        named(cast, briefing, somebody)
    press.write_text(briefing=briefing, text=TEXT, at=now(), by=cast.adviser)
    return briefing


def named(cast: Cast, briefing: Briefing, somebody: User) -> None:
    mandate = Membership.objects.get(user=somebody)
    party = press.name_party(briefing=briefing, mandate=mandate, at=now(), by=cast.adviser)
    press.agree_to_party(party=party, at=now(), by=cast.second_adviser)


def agreed(briefing: Briefing, somebody: User) -> None:
    last = press.last_text(briefing)
    assert last is not None
    press.agree(briefing=briefing, sha256=last.sha256, at=now(), by=somebody)


def test_the_institution_and_the_region_agree_to_exactly_the_last_text(
    cast: Cast, briefing: Briefing
) -> None:
    assert len(press.missing_parties(briefing)) == 2
    agreed(briefing, cast.institution)
    agreed(briefing, cast.region_alderman)
    assert press.missing_parties(briefing) == []


def test_one_changed_word_voids_every_agreement_and_the_same_text_none(
    cast: Cast, briefing: Briefing
) -> None:
    agreed(briefing, cast.institution)
    press.write_text(briefing=briefing, text=f"{TEXT}\n", at=now(), by=cast.adviser)
    assert len(press.missing_parties(briefing)) == 1
    press.write_text(briefing=briefing, text=f"{TEXT} Nu.", at=now(), by=cast.adviser)
    assert len(press.missing_parties(briefing)) == 2
    assert briefing.press_texts.count() == 2


def test_who_read_another_text_cannot_agree(cast: Cast, briefing: Briefing) -> None:
    first = press.last_text(briefing)
    assert first is not None
    press.write_text(briefing=briefing, text="Anders.", at=now(), by=cast.adviser)
    with pytest.raises(ChangedMeanwhileError):
        press.agree(briefing=briefing, sha256=first.sha256, at=now(), by=cast.institution)


def test_only_who_is_named_agrees(cast: Cast, briefing: Briefing) -> None:
    with pytest.raises(PermissionDenied):
        agreed(briefing, cast.adviser)
    with pytest.raises(RefusedError):
        named(cast, briefing, cast.council_member)


def test_a_party_sees_the_text_and_nothing_else_and_each_opening_is_logged(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    client.force_login(cast.institution)
    url = reverse("reports:press_release", args=[briefing.public_id])
    response = client.get(url)
    page = response.content.decode()
    assert TEXT in page
    assert f"Titel {SENTINEL}" not in page
    assert f"Tekst met {SENTINEL}" not in page
    assert response["Cache-Control"] == "no-store, private"
    (row,) = ReadingLog.objects.of(briefing.public_id)
    assert (row.kind, row.reader_name) == ("press", cast.institution.name)
    assert client.get(reverse("reports:briefing", args=[briefing.public_id])).status_code == 404
    last = press.last_text(briefing)
    assert last is not None
    client.post(url, {"sha256": last.sha256})
    assert len(press.missing_parties(briefing)) == 1


@pytest.mark.parametrize(
    "how",
    [
        "nobody named",
        "removed",
        "role ended",
        "role given again",
        "removed as a reader",
        "withdrawn",
        "closed",
        "secrecy",
    ],
)
def test_for_anybody_else_it_is_not_there(
    client: Client, cast: Cast, briefing: Briefing, how: str
) -> None:
    somebody = cast.council_member if how == "nobody named" else cast.institution
    if how == "removed":
        party = briefing.press_parties.get(user=cast.institution)
        press.remove_party(party=party, at=now(), by=cast.adviser)
    if how == "role ended":
        Membership.objects.filter(user=cast.institution).delete()
    if how == "role given again":
        Membership.objects.filter(user=cast.institution).delete()
        membership(cast.institution, Role.INSTITUTION, institution())
    if how == "removed as a reader":
        somebody = cast.region_alderman
        EarlyReader.objects.create(
            briefing=briefing,
            user=somebody,
            role=Role.ALDERMAN,
            region=region("drenthe"),
            invited_at=now() - HOUR,
            invited_by=cast.adviser,
            removed_at=now(),
            removed_by=cast.adviser,
        )
    if how == "closed":
        close_dossier(briefing=briefing, reason="lek", at=now(), by=cast.adviser)
    if how == "secrecy":
        secrecy(cast, briefing)
    if how == "withdrawn":
        briefing.withdrawn_at, briefing.withdrawn_by = now(), cast.adviser
        briefing.withdrawal_reason = "Fout."
        briefing.save()
    client.force_login(somebody)
    url = reverse("reports:press_release", args=[briefing.public_id])
    assert client.get(url).status_code == 404
    assert client.get(url).content == client.get(url.replace(briefing.public_id, "A" * 22)).content


def test_nobody_new_sees_the_text_before_a_second_maker_agreed(client: Client, cast: Cast) -> None:
    fresh = drafted(cast, at=now() - HOUR, until=now() + timedelta(days=5))
    press.write_text(briefing=fresh, text=TEXT, at=now(), by=cast.adviser)
    mandate = Membership.objects.get(user=cast.institution)
    party = press.name_party(briefing=fresh, mandate=mandate, at=now(), by=cast.adviser)
    assert party.needs_second
    url = reverse("reports:press_release", args=[fresh.public_id])
    agree = reverse("reports:briefing_party_agree", args=[fresh.public_id, party.public_id])
    client.force_login(cast.institution)
    assert client.get(url).status_code == 404
    assert client.post(agree).status_code == 404
    client.force_login(cast.adviser)
    client.post(agree)
    work = client.get(reverse("reports:briefing_press", args=[fresh.public_id])).content.decode()
    assert "wacht op een tweede maker" in work
    with pytest.raises(RefusedError):
        press.agree_to_party(party=party, at=now(), by=cast.adviser)
    client.force_login(cast.second_adviser)
    client.post(agree)
    client.force_login(cast.institution)
    for _ in range(2):
        assert TEXT in client.get(url).content.decode()
    assert ReadingLog.objects.of(fresh.public_id).filter(kind="press").count() == 2


def test_a_maker_who_agrees_for_a_party_waits_for_nobody(cast: Cast) -> None:
    fresh = drafted(cast, at=now() - HOUR, until=now() + timedelta(days=5))
    mandate = Membership.objects.get(user=cast.region_alderman)
    party = press.name_party(briefing=fresh, mandate=mandate, at=now(), by=cast.adviser)
    assert not party.needs_second
    assert PressParty.objects.held_by(cast.region_alderman, now()).get() == party


def test_the_database_refuses_one_person_for_both_names(cast: Cast, briefing: Briefing) -> None:
    party = briefing.press_parties.get(user=cast.institution)
    party.agreed_by = party.named_by
    with pytest.raises(IntegrityError, match="press_party_named_by_two"), transaction.atomic():
        party.save()


def test_the_makers_page_shows_who_agreed(client: Client, cast: Cast, briefing: Briefing) -> None:
    agreed(briefing, cast.institution)
    client.force_login(cast.adviser)
    url = reverse("reports:briefing_press", args=[briefing.public_id])
    assert "akkoord" in client.get(url).content.decode()
    client.post(url, {"text": "Een nieuwe tekst."})
    assert len(press.missing_parties(briefing)) == 2
    assert "eerdere tekst" in client.get(url).content.decode()


def test_a_number_of_a_person_is_refused(cast: Cast, briefing: Briefing) -> None:
    with pytest.raises(RefusedError, match="BSN"):
        press.write_text(briefing=briefing, text="Kind 111222333", at=now(), by=cast.adviser)
