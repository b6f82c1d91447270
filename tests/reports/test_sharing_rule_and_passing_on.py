"""A rule of sharing is a fact; passing on under it names early readers and is noted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.refusals import RefusedError
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import ReaderProposal
from reports.briefings.sharing import actions as sharing
from reports.briefings.sharing.models import PassingOn, SharingRule
from tests.factories.briefings import HOUR, SENTINEL, approved, now
from tests.factories.people import Cast, municipality, with_role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    return approved(cast, at=now() - HOUR, until=now() + 5 * DAY)


@pytest.fixture
def rule(cast: Cast, briefing: Briefing) -> SharingRule:
    return sharing.record_rule(
        briefing=briefing,
        holder=cast.clerk,
        councils=[municipality("GM0106")],
        agreed_by="Bestuurlijk overleg Drenthe",
        agreed_on=amsterdam_day(now()),
        note="",
        at=now(),
        by=cast.adviser,
    )


def mandate(user: User) -> Membership:
    return Membership.objects.get(user=user)


def test_a_rule_adds_nobody_by_itself(rule: SharingRule, briefing: Briefing) -> None:
    assert not briefing.early_readers.exists()
    assert [one.municipality.name for one in rule.councils.all()] == ["Assen"]


def test_the_holder_names_people_of_its_councils_and_that_is_noted(
    cast: Cast, rule: SharingRule, briefing: Briefing
) -> None:
    sharing.pass_on(rule=rule, mandates=[mandate(cast.council_member)], at=now(), by=cast.clerk)
    reader = briefing.early_readers.get()
    assert (reader.user, reader.invited_by) == (cast.council_member, cast.clerk)
    act = PassingOn.objects.get()
    assert (act.rule, act.mandate.user, act.by) == (rule, cast.council_member, cast.clerk)
    assert reader.accepted_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        PassingOn.objects.all().delete()


def test_nobody_else_passes_on_and_not_to_another_council(
    cast: Cast, rule: SharingRule, briefing: Briefing
) -> None:
    for somebody in (cast.council_member, cast.adviser, cast.other_council_member):
        with pytest.raises(PermissionDenied):
            sharing.pass_on(
                rule=rule, mandates=[mandate(cast.council_member)], at=now(), by=somebody
            )
    with pytest.raises(RefusedError):
        sharing.pass_on(
            rule=rule, mandates=[mandate(cast.other_council_member)], at=now(), by=cast.clerk
        )
    assert not briefing.early_readers.exists()


@pytest.mark.parametrize("how", ["ended", "withdrawn", "closed", "role ended"])
def test_a_rule_that_no_longer_holds_lets_nobody_pass_on(
    client: Client, cast: Cast, rule: SharingRule, briefing: Briefing, how: str
) -> None:
    if how == "ended":
        sharing.end_rule(rule=rule, at=now(), by=cast.second_adviser)
    elif how == "role ended":
        Membership.objects.filter(user=cast.clerk).delete()
    else:
        briefing.refresh_from_db()
        field = "withdrawn" if how == "withdrawn" else "closed"
        setattr(briefing, f"{field}_at", now())
        setattr(briefing, f"{field}_by", cast.adviser)
        briefing.withdrawal_reason = "Fout." if how == "withdrawn" else ""
        briefing.closing_reason = "" if how == "withdrawn" else "Lek."
        briefing.save()
    with pytest.raises((PermissionDenied, RefusedError)):
        sharing.pass_on(rule=rule, mandates=[mandate(cast.council_member)], at=now(), by=cast.clerk)
    client.force_login(cast.clerk)
    url = reverse("reports:pass_on", args=[briefing.public_id])
    assert client.get(url).status_code == 404


def test_many_at_once_wait_for_a_maker(
    cast: Cast, rule: SharingRule, briefing: Briefing, settings: object
) -> None:
    settings.BRIEFING_READERS_ALONE = 1  # type: ignore[attr-defined]
    another = with_role("Tweede Raadslid", Role.COUNCIL_MEMBER, municipality("GM0106"))
    done = sharing.pass_on(
        rule=rule,
        mandates=[mandate(cast.council_member), mandate(another)],
        at=now(),
        by=cast.clerk,
    )
    assert isinstance(done, ReaderProposal)
    assert not briefing.early_readers.exists()
    assert PassingOn.objects.filter(proposal=done).count() == 2


def test_the_page_to_pass_on_tells_no_title_and_no_content(
    client: Client, cast: Cast, rule: SharingRule, briefing: Briefing
) -> None:
    url = reverse("reports:pass_on", args=[briefing.public_id])
    client.force_login(cast.clerk)
    page = client.get(url).content.decode()
    assert SENTINEL not in page
    assert cast.council_member.name in page
    assert cast.other_council_member.name not in page
    client.post(url, {"mandates": [mandate(cast.council_member).public_id]})
    assert briefing.early_readers.get().user == cast.council_member
    client.force_login(cast.council_member)
    assert client.get(url).status_code == 404


def test_the_makers_page_keeps_the_rule_and_shows_who_passed_on_to_whom(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    client.force_login(cast.adviser)
    url = reverse("reports:briefing_sharing", args=[briefing.public_id])
    client.post(
        url,
        {
            "holder": cast.clerk.public_id,
            "councils": ["GM0106"],
            "agreed_by": "Stuurgroep",
            "agreed_on": amsterdam_day(now()).isoformat(),
        },
    )
    rule = briefing.sharing_rules.get()
    sharing.pass_on(rule=rule, mandates=[mandate(cast.council_member)], at=now(), by=cast.clerk)
    page = client.get(url).content.decode()
    for word in ("Stuurgroep", cast.clerk.name, cast.council_member.name, "Assen"):
        assert word in page
