"""Rights follow from roles, and roles hold in one place from a day until a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from jbn_oversight.accounts.actor import Actor, Places
from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.accounts.rights import all_rights
from jbn_oversight.organisations.models import Institution, Municipality, Region
from tests.factories.people import Cast, institution, membership, municipality, person, region

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 30)

# Who holds which right of the ground; the other floors test theirs.
GROUND = {
    "accounts.manage": {"administrator"},
    "accounts.manage_people": {"clerk"},
    "accounts.see_account_log": {"privacy_officer", "auditor"},
    "organisations.manage": {"administrator"},
}


@pytest.mark.parametrize("code", GROUND)
@pytest.mark.parametrize("role", list(Role))
def test_a_right_of_the_ground_is_held_by_these_roles_alone(code: str, role: Role) -> None:
    right = all_rights()[code]
    assert right.held_by(role, in_region=True) is (role.value in GROUND[code])


def test_nobody_signed_in_holds_nothing() -> None:
    actor = Actor.of(AnonymousUser(), DAY)
    assert not any(actor.may(code) for code in all_rights())


def test_an_account_that_was_closed_holds_nothing(cast: Cast) -> None:
    cast.clerk.is_active = False
    assert not Actor.of(cast.clerk, DAY).may("accounts.manage_people")


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2025, 3, 31), False),
        (date(2025, 4, 1), True),
        (date(2025, 9, 29), True),
        (date(2025, 9, 30), False),
    ],
)
def test_a_role_begins_on_its_first_day_and_has_ended_on_its_last(day: date, held: bool) -> None:
    user = person("Tijdelijk")
    membership(
        user,
        Role.CLERK,
        municipality("GM0106"),
        from_on=date(2025, 4, 1),
        until_on=date(2025, 9, 30),
    )
    assert Actor.of(user, day).may("accounts.manage_people") is held


def test_somebody_is_told_the_rights_of_the_own_roles_and_no_others(cast: Cast) -> None:
    told = {right.code for right in Actor.of(cast.clerk, DAY).rights()}
    assert "accounts.manage_people" in told
    assert not told & {"accounts.manage", "accounts.see_account_log", "organisations.manage"}
    assert list(Actor.of(cast.nobody, DAY).rights()) == []


def test_a_right_holds_only_where_the_role_does(cast: Cast) -> None:
    places = Actor.of(cast.clerk, DAY).places("accounts.manage_people")
    assert places.municipalities == {"GM0106"}
    assert places.regions == set()


def test_a_municipal_alderman_also_sees_the_own_region_and_its_institution(cast: Cast) -> None:
    places = Actor.of(cast.alderman, DAY).places("organisations.see_own")
    assert places == Places(frozenset({"drenthe"}), frozenset({"GM0106"}), frozenset({"jbn"}))


def test_a_region_brings_its_own_municipalities_and_no_others(cast: Cast) -> None:
    places = Actor.of(cast.region_alderman, DAY).places("organisations.see_own")
    assert len(places.municipalities) == 12
    assert "GM0014" not in places.municipalities


def test_the_institution_brings_both_its_regions(cast: Cast) -> None:
    places = Actor.of(cast.institution, DAY).places("organisations.see_own")
    assert places.regions == {"drenthe", "groningen"}
    assert len(places.municipalities) == 22


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.COUNCIL_MEMBER, "region"),
        (Role.CLERK, "institution"),
        (Role.ALDERMAN, "institution"),
        (Role.INSTITUTION, "municipality"),
    ],
)
def test_the_database_refuses_a_role_in_a_place_where_it_makes_no_sense(
    role: Role, place: str
) -> None:
    places: dict[str, Municipality | Region | Institution] = {
        "region": region("drenthe"),
        "institution": institution(),
        "municipality": municipality("GM0106"),
    }
    user = person("Verkeerd")
    with pytest.raises(IntegrityError, match="membership_role"), transaction.atomic():
        membership(user, role, places[place])


def test_the_database_refuses_a_superuser() -> None:
    with pytest.raises(IntegrityError, match="user_no_superuser"), transaction.atomic():
        User.objects.create_user("root@test.example", name="Root", is_superuser=True)


def test_a_role_is_held_in_exactly_one_place() -> None:
    user = person("Dubbel")
    with pytest.raises(IntegrityError, match="membership_one_place"), transaction.atomic():
        Membership.objects.create(
            user=user,
            role=Role.ALDERMAN,
            from_on=DAY - timedelta(days=1),
            region=region("drenthe"),
            municipality=municipality("GM0106"),
        )
