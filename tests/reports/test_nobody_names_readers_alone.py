"""Nobody gets round the second person: not by coming back, by the audience or by new roles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.actions import add_membership
from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Municipality, Region
from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.actions import secrecy
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader, ReaderProposal
from reports.briefings.models.secrecy import Organ, SecrecyGround
from reports.briefings.readers import actions as readers
from reports.briefings.sharing import actions as sharing
from reports.briefings.sharing.models import PassingOn, SharingRule
from reports.briefings.signing import actions as signing
from reports.briefings.signing.selectors.checklist import findings
from reports.briefings.writing.actions import drafts as drafting
from tests.factories.briefings import (
    HOUR,
    approved,
    drafted,
    invited,
    mandate_of,
    now,
    some_draft,
)
from tests.factories.people import Cast, municipality, region, with_role

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


def removed(cast: Cast, briefing: Briefing, user: User) -> EarlyReader:
    reader = invited(cast, briefing, user, at=now(), accepted=True)
    readers.remove(reader=reader, at=now(), by=cast.second_adviser)
    return reader


def given(by: User | None, email: str = "nieuw@test.example") -> Membership:
    return add_membership(
        email=email,
        name="Nieuw Raadslid",
        role=Role.COUNCIL_MEMBER,
        place=municipality("GM0106"),
        from_on=amsterdam_day(now()),
        until_on=None,
        by=by,
    )


def test_a_holder_who_was_removed_holds_no_rule_any_more(
    client: Client, cast: Cast, briefing: Briefing, rule: SharingRule
) -> None:
    removed(cast, briefing, cast.clerk)
    assert sharing.rules_held(cast.clerk, now()) == []
    for somebody in (cast.clerk, cast.council_member):
        with pytest.raises(PermissionDenied):
            sharing.pass_on(rule=rule, mandates=[mandate_of(somebody)], at=now(), by=cast.clerk)
    client.force_login(cast.clerk)
    url = reverse("reports:pass_on", args=[briefing.public_id])
    data = {"mandates": [mandate_of(cast.clerk).public_id]}
    assert client.get(url).status_code == client.post(url, data).status_code == 404
    assert not briefing.early_readers.filter(removed_at=None).exists()


def test_a_holder_whom_two_people_named_again_passes_on_again(
    cast: Cast, briefing: Briefing, rule: SharingRule
) -> None:
    removed(cast, briefing, cast.clerk)
    mandates = [mandate_of(cast.clerk)]
    asked = readers.add_readers(briefing=briefing, mandates=mandates, at=now(), by=cast.adviser)
    assert isinstance(asked, ReaderProposal)
    assert sharing.rules_held(cast.clerk, now()) == []
    readers.decide(proposal=asked, agreed=True, at=now(), by=cast.second_adviser)
    assert sharing.rules_held(cast.clerk, now()) == [rule]


def test_being_removed_from_one_briefing_says_nothing_of_another(
    cast: Cast, rule: SharingRule
) -> None:
    removed(cast, approved(cast, at=now() - HOUR, until=now() + DAY), cast.clerk)
    assert sharing.rules_held(cast.clerk, now()) == [rule]


def test_nobody_passes_on_to_themselves(cast: Cast, rule: SharingRule) -> None:
    assert cast.clerk.pk not in sharing.people_to_pass_on_to(rule, now()).values_list(
        "user", flat=True
    )
    with pytest.raises(RefusedError):
        sharing.pass_on(rule=rule, mandates=[mandate_of(cast.clerk)], at=now(), by=cast.clerk)


def test_who_was_removed_comes_back_through_two_makers_only(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    removed(cast, briefing, cast.council_member)
    mandate = mandate_of(cast.council_member)
    client.force_login(cast.adviser)
    url = reverse("reports:briefing_readers", args=[briefing.public_id]) + "?place=GM0106"
    client.post(url, {"mandates": [mandate.public_id], "confirmed": "1"})
    proposal = ReaderProposal.objects.get()
    assert not briefing.early_readers.filter(removed_at=None).exists()
    with pytest.raises(RefusedError):
        readers.decide(proposal=proposal, agreed=True, at=now(), by=cast.adviser)
    readers.decide(proposal=proposal, agreed=True, at=now(), by=cast.second_adviser)
    assert briefing.early_readers.get(removed_at=None).user == cast.council_member


def test_who_was_removed_is_passed_on_to_only_when_a_maker_agrees(
    cast: Cast, briefing: Briefing, rule: SharingRule
) -> None:
    removed(cast, briefing, cast.council_member)
    mandates = [mandate_of(cast.council_member)]
    asked = sharing.pass_on(rule=rule, mandates=mandates, at=now(), by=cast.clerk)
    assert isinstance(asked, ReaderProposal)
    assert not briefing.early_readers.filter(removed_at=None).exists()


def address_to(cast: Cast, briefing: Briefing, *places: Municipality | Region) -> Briefing:
    briefing.refresh_from_db()
    return drafting.edit(
        briefing=briefing,
        draft=replace(some_draft(briefing.embargo_until), audience=frozenset(places)),
        revision=briefing.draft_revision,
        at=now(),
        by=cast.adviser,
    )


def outsiders_said(briefing: Briefing) -> list[str]:
    briefing.refresh_from_db()
    url = reverse("reports:briefing_readers", args=[briefing.public_id])
    found = findings(briefing, now())
    return [one.text for one in found if (one.kind, one.url) == ("error", url)]


@pytest.mark.parametrize("code", ["GM0114", "GM0014"])
def test_a_council_that_was_addressed_for_a_moment_brings_nobody_in(cast: Cast, code: str) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    assen = municipality("GM0106")
    member = with_role("Buiten Raadslid", Role.COUNCIL_MEMBER, municipality(code))
    address_to(cast, briefing, assen, municipality(code))
    named = readers.add_readers(
        briefing=briefing, mandates=[mandate_of(member)], at=now(), by=cast.adviser
    )
    assert isinstance(named, list)
    assert outsiders_said(briefing) == []
    briefing = address_to(cast, briefing, assen)
    (said,) = outsiders_said(briefing)
    assert "Eén vroege lezer" in said
    assert member.name not in said
    with pytest.raises(RefusedError, match="Eén vroege lezer"):
        signing.submit(
            briefing=briefing, revision=briefing.draft_revision, at=now(), by=cast.adviser
        )
    readers.remove(reader=named[0], at=now(), by=cast.adviser)
    assert outsiders_said(briefing) == []


def test_an_outsider_to_whom_a_second_person_agreed_may_stay(cast: Cast) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    mandates = [mandate_of(cast.other_council_member)]
    asked = readers.add_readers(briefing=briefing, mandates=mandates, at=now(), by=cast.adviser)
    assert isinstance(asked, ReaderProposal)
    readers.decide(proposal=asked, agreed=True, at=now(), by=cast.second_adviser)
    assert briefing.early_readers.count() == 1
    assert outsiders_said(briefing) == []


def test_people_of_a_region_that_is_addressed_are_no_outsiders(cast: Cast) -> None:
    briefing = drafted(cast, at=now(), until=now() + DAY)
    address_to(cast, briefing, region("drenthe"))
    alderman = with_role("Regio Wethouder", Role.ALDERMAN, region("drenthe"))
    for somebody in (cast.council_member, cast.other_council_member, alderman):
        invited(cast, briefing, somebody, at=now())
    assert outsiders_said(briefing) == []


def test_a_role_that_the_holder_gave_waits_for_a_maker(
    cast: Cast, briefing: Briefing, rule: SharingRule
) -> None:
    fresh = given(cast.clerk)
    asked = sharing.pass_on(rule=rule, mandates=[fresh], at=now(), by=cast.clerk)
    assert isinstance(asked, ReaderProposal)
    assert not briefing.early_readers.exists()
    with pytest.raises(PermissionDenied):
        readers.decide(proposal=asked, agreed=True, at=now(), by=cast.clerk)
    readers.decide(proposal=asked, agreed=True, at=now(), by=cast.second_adviser)
    assert briefing.early_readers.get().user == fresh.user


def test_a_role_that_somebody_gave_after_the_rule_waits_for_a_maker(
    cast: Cast, briefing: Briefing, rule: SharingRule
) -> None:
    fresh = given(cast.administrator)
    known = mandate_of(cast.council_member)
    asked = sharing.pass_on(rule=rule, mandates=[fresh, known], at=now(), by=cast.clerk)
    assert isinstance(asked, ReaderProposal)
    assert PassingOn.objects.filter(proposal=asked).count() == 2
    assert not briefing.early_readers.exists()


@pytest.mark.parametrize("giver", ["clerk", "administrator"])
def test_of_the_roles_before_the_rule_only_those_by_the_holder_wait(
    cast: Cast, briefing: Briefing, giver: str
) -> None:
    early = given(getattr(cast, giver))
    later = sharing.record_rule(
        briefing=briefing,
        holder=cast.clerk,
        councils=[municipality("GM0106")],
        agreed_by="Stuurgroep",
        agreed_on=amsterdam_day(now()),
        note="",
        at=now(),
        by=cast.adviser,
    )
    done = sharing.pass_on(rule=later, mandates=[early], at=now(), by=cast.clerk)
    assert isinstance(done, ReaderProposal) is (giver == "clerk")
    assert briefing.early_readers.exists() is (giver != "clerk")


def test_while_secrecy_runs_nobody_new_is_named(
    cast: Cast, briefing: Briefing, rule: SharingRule
) -> None:
    outsider = mandate_of(cast.other_council_member)
    asked = readers.add_readers(briefing=briefing, mandates=[outsider], at=now(), by=cast.adviser)
    assert isinstance(asked, ReaderProposal)
    secrecy.impose(
        briefing=briefing,
        organ=Organ.EXECUTIVE,
        ground=SecrecyGround.SUPERVISION,
        imposed_on=amsterdam_day(now()),
        given_to_council_on=None,
        at=now(),
        by=cast.adviser,
    )
    member = mandate_of(cast.council_member)
    roads: list[Callable[[], object]] = [
        lambda: readers.add_readers(
            briefing=briefing, mandates=[member], at=now(), by=cast.adviser
        ),
        lambda: readers.invite(briefing=briefing, mandate=member, at=now(), by=cast.adviser),
        lambda: readers.decide(proposal=asked, agreed=True, at=now(), by=cast.second_adviser),
        lambda: sharing.pass_on(rule=rule, mandates=[member], at=now(), by=cast.clerk),
    ]
    for road in roads:
        with pytest.raises(RefusedError, match=r"(?i)geheim|secrecy"):
            road()
    assert not briefing.early_readers.exists()
    readers.decide(proposal=asked, agreed=False, at=now(), by=cast.second_adviser)
    asked.refresh_from_db()
    assert asked.agreed is False
