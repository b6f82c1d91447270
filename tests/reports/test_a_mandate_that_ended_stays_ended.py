"""An early reader reads by one mandate: when that ends, no later one brings the reader back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Membership, Role
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.embargo import Answer, answer
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader
from reports.briefings.readers import actions as readers
from tests.factories.briefings import HOUR, approved, invited, mandate_of, now
from tests.factories.people import Cast, membership, municipality

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    """Within the embargo; the council member of Assen accepted the terms."""
    at = now() - 2 * HOUR
    briefing = approved(cast, at=at, until=at + 9 * DAY)
    invited(cast, briefing, cast.council_member, at=at, accepted=True)
    return briefing


def ended(cast: Cast) -> Membership:
    mandate = mandate_of(cast.council_member)
    mandate.until_on = amsterdam_day(now())
    mandate.save()
    return mandate


def given_again(cast: Cast) -> Membership:
    """The same role in the same council, from the day on which the old one ended."""
    return membership(
        cast.council_member,
        Role.COUNCIL_MEMBER,
        municipality("GM0106"),
        from_on=amsterdam_day(now()),
    )


def reads(cast: Cast, briefing: Briefing) -> bool:
    return Briefing.objects.visible_to(cast.council_member, now()).filter(pk=briefing.pk).exists()


def test_a_mandate_that_is_given_again_brings_nobody_back(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    assert reads(cast, briefing)
    ended(cast)
    assert not reads(cast, briefing)
    given_again(cast)
    assert not reads(cast, briefing)
    assert answer(briefing.embargo_facts(cast.council_member), now()) is Answer.NONE
    client.force_login(cast.council_member)
    page = reverse("reports:briefing", args=[briefing.public_id])
    assert client.get(page).status_code == 404


def test_not_even_one_with_the_same_first_day(cast: Cast, briefing: Briefing) -> None:
    old = ended(cast)
    membership(
        cast.council_member, Role.COUNCIL_MEMBER, municipality("GM0106"), from_on=old.from_on
    )
    assert not reads(cast, briefing)


def test_a_mandate_that_is_made_longer_goes_on(cast: Cast, briefing: Briefing) -> None:
    mandate = mandate_of(cast.council_member)
    mandate.until_on = amsterdam_day(now()) + DAY
    mandate.save()
    assert not Briefing.objects.visible_to(cast.council_member, now() + 3 * DAY).exists()
    mandate.until_on = amsterdam_day(now()) + 30 * DAY
    mandate.save()
    assert Briefing.objects.visible_to(cast.council_member, now() + 3 * DAY).exists()


def test_who_comes_back_is_named_anew_and_accepts_anew(cast: Cast, briefing: Briefing) -> None:
    ended(cast)
    again = given_again(cast)
    seen = readers.preview(briefing=briefing, mandates=[again], at=now(), by=cast.adviser)
    assert list(seen.new) == [again]
    readers.add_readers(briefing=briefing, mandates=[again], at=now(), by=cast.adviser)
    first, second = EarlyReader.objects.filter(briefing=briefing).order_by("pk")
    assert first.removed_at is not None
    assert (second.mandate, second.accepted_at) == (again.public_id, None)
    row = Briefing.objects.known_to(cast.council_member, now()).get()
    assert row.answer == Answer.BEFORE.value
