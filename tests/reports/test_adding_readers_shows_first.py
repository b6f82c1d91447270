"""Naming readers shows first who is new; many at once, or outsiders, take a second person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Membership, Role
from jbn_oversight.refusals import RefusedError
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader, ReaderProposal
from reports.briefings.readers import actions as readers
from reports.briefings.readers.rules import is_shared
from tests.factories.briefings import HOUR, approved, invited, now
from tests.factories.people import Cast, membership, municipality, person, with_role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST = settings.BRIEFING_READERS_ALONE


def briefing_of(cast: Cast) -> Briefing:
    at = now() - HOUR
    return approved(cast, at=at, until=at + DAY)


def council(number: int, code: str = "GM0106") -> list[Membership]:
    found = []
    for index in range(number):
        user = with_role(f"Raadslid {code} {index}", Role.COUNCIL_MEMBER, municipality(code))
        found.append(Membership.objects.get(user=user))
    return found


def post(client: Client, briefing: Briefing, place: str = "GM0106", **data: object) -> str:
    address = reverse("reports:briefing_readers", args=[briefing.public_id]) + f"?place={place}"
    return client.post(address, data, follow=True).content.decode()


def test_a_preview_says_who_is_new_and_who_is_there_and_names_nobody(
    client: Client, cast: Cast
) -> None:
    briefing = briefing_of(cast)
    invited(cast, briefing, cast.council_member, at=now() - HOUR)
    new = council(2)
    client.force_login(cast.adviser)
    page = post(client, briefing, whole="1")
    for one in new:
        assert one.user.name in page
    assert cast.council_member.name in page
    assert EarlyReader.objects.count() == 1
    page = post(client, briefing, mandates=[one.public_id for one in new], confirmed="1")
    assert EarlyReader.objects.count() == 3
    assert not ReaderProposal.objects.exists()


def test_a_whole_council_above_the_number_takes_a_second_person(client: Client, cast: Cast) -> None:
    briefing = briefing_of(cast)
    council(MOST)
    client.force_login(cast.adviser)
    post(client, briefing, whole="1", confirmed="1")
    assert not EarlyReader.objects.exists()
    proposal = ReaderProposal.objects.get()
    decide = reverse(
        "reports:briefing_reader_proposal", args=[briefing.public_id, proposal.public_id]
    )
    client.post(decide, {"do": "agree"})
    assert not EarlyReader.objects.exists()
    client.force_login(cast.second_adviser)
    assert (
        cast.adviser.name
        in client.get(
            reverse("reports:briefing_readers", args=[briefing.public_id])
        ).content.decode()
    )
    client.post(decide, {"do": "agree"})
    assert EarlyReader.objects.count() == MOST + 1
    client.post(decide, {"do": "refuse"})
    proposal.refresh_from_db()
    assert proposal.agreed is True


def test_splitting_into_small_lots_does_not_get_round_the_number(cast: Cast) -> None:
    briefing = briefing_of(cast)
    people = council(MOST + 1)
    first = readers.add_readers(
        briefing=briefing, mandates=people[:MOST], at=now(), by=cast.adviser
    )
    assert isinstance(first, list)
    second = readers.add_readers(
        briefing=briefing, mandates=people[MOST:], at=now(), by=cast.adviser
    )
    assert isinstance(second, ReaderProposal)


def test_one_outsider_takes_a_second_person(cast: Cast) -> None:
    briefing = briefing_of(cast)
    outsider = council(1, "GM0114")
    done = readers.add_readers(briefing=briefing, mandates=outsider, at=now(), by=cast.adviser)
    assert isinstance(done, ReaderProposal)
    readers.decide(proposal=done, agreed=False, at=now(), by=cast.second_adviser)
    assert not EarlyReader.objects.exists()


def test_who_lost_the_role_before_the_second_agrees_is_left_out(cast: Cast) -> None:
    briefing = briefing_of(cast)
    people = council(2, "GM0114")
    done = readers.add_readers(briefing=briefing, mandates=people, at=now(), by=cast.adviser)
    assert isinstance(done, ReaderProposal)
    people[0].until_on = now().date() - DAY
    people[0].save()
    readers.decide(proposal=done, agreed=True, at=now(), by=cast.second_adviser)
    assert [row.user for row in EarlyReader.objects.all()] == [people[1].user]


def test_nobody_but_its_makers_decides(client: Client, cast: Cast) -> None:
    briefing = briefing_of(cast)
    done = readers.add_readers(
        briefing=briefing, mandates=council(1, "GM0114"), at=now(), by=cast.adviser
    )
    assert isinstance(done, ReaderProposal)
    decide = reverse("reports:briefing_reader_proposal", args=[briefing.public_id, done.public_id])
    for somebody in (cast.clerk, cast.municipal_adviser, cast.privacy_officer):
        client.force_login(somebody)
        assert client.post(decide, {"do": "agree"}).status_code == 404


@pytest.mark.parametrize(
    "email",
    [
        "griffie@test.example",
        "info@test.example",
        "griffie.assen@test.example",
        "raad-emmen@test.example",
        "Gemeenteraad@test.example",
        "12345@test.example",
    ],
)
def test_a_shared_address_is_refused(cast: Cast, email: str) -> None:
    briefing = briefing_of(cast)
    shared = person("Griffie", email.lower())
    mandate = membership(shared, Role.CLERK, municipality("GM0106"))
    with pytest.raises(RefusedError):
        readers.invite(briefing=briefing, mandate=mandate, at=now(), by=cast.adviser)
    seen = readers.preview(briefing=briefing, mandates=[mandate], at=now(), by=cast.adviser)
    assert [one for one, _why in seen.refused] == [mandate]


@pytest.mark.parametrize(
    "email", ["mila.griffie@test.example", "k.raad@test.example", "infante@test.example"]
)
def test_a_person_whose_name_looks_like_a_group_is_no_group(email: str) -> None:
    assert not is_shared(email)


def test_there_is_no_way_to_name_a_free_address(client: Client, cast: Cast) -> None:
    briefing = briefing_of(cast)
    client.force_login(cast.adviser)
    post(client, briefing, mandates=["iemand@elders.example"], confirmed="1")
    post(client, briefing, email="iemand@elders.example", confirmed="1")
    assert not EarlyReader.objects.exists()
