"""The first administrator is made on the server; from then on people add people."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.organisations.models import InstitutionTask, MunicipalityRegion, Region

pytestmark = pytest.mark.django_db


def test_the_command_gives_the_role_from_today_on_and_no_password() -> None:
    call_command("add_administrator", "beheer@test.example", "Bea Heer", region="drenthe")
    user = User.objects.get(email="beheer@test.example")
    assert Actor.of(user, amsterdam_day(utc_now())).may("accounts.manage")
    assert not user.has_usable_password()


def test_a_region_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(CommandError, match="drenthe, groningen"):
        call_command("add_administrator", "beheer@test.example", "Bea Heer", region="friesland")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("place", "code"),
    [("municipality", "GM0106"), ("institution", "jbn"), ("region", "groningen")],
)
def test_the_role_may_be_in_a_place_of_each_kind(place: str, code: str) -> None:
    call_command("add_administrator", "beheer@test.example", "Bea Heer", **{place: code})
    found = Membership.objects.get().place
    keys = ("slug", "cbs_code", "code")
    assert [getattr(found, key) for key in keys if hasattr(found, key)] == [code]


@pytest.mark.parametrize(
    ("place", "code", "name"),
    [
        ("region", "fryslan", "Fryslân"),
        ("municipality", "GM0080", "Leeuwarden"),
        ("institution", "bf", "Bescherming Fryslân"),
    ],
)
def test_a_place_that_is_not_there_yet_is_made_when_its_name_is_given(
    place: str, code: str, name: str
) -> None:
    told = {place: code, "place_name": name}
    call_command("add_administrator", "beheer@test.example", "Bea Heer", **told)
    assert Membership.objects.get().place.name == name
    user = User.objects.get(email="beheer@test.example")
    assert Actor.of(user, amsterdam_day(utc_now())).may("organisations.manage")
    # A second time the place is there: its name stays what it is.
    told["place_name"] = "Anders"
    call_command("add_administrator", "tweede@test.example", "Beer Heer", **told)
    assert {row.place.name for row in Membership.objects.all()} == {name}


@pytest.mark.parametrize(
    ("place", "code"), [("region", "Twee Woorden"), ("institution", "new"), ("municipality", "80")]
)
def test_a_place_with_a_wrong_code_is_not_made_and_nobody_either(place: str, code: str) -> None:
    told = {place: code, "place_name": "Naam"}
    with pytest.raises(CommandError):
        call_command("add_administrator", "beheer@test.example", "Bea Heer", **told)
    assert not User.objects.exists()
    assert not Region.objects.filter(name="Naam").exists()


def test_without_a_place_or_with_two_nothing_is_done() -> None:
    for places in ([], ["--region", "drenthe", "--institution", "jbn"]):
        with pytest.raises(CommandError):
            call_command("add_administrator", "beheer@test.example", "Bea Heer", *places)
    assert not User.objects.exists()


def test_an_empty_portal_says_how_to_make_the_first_place() -> None:
    MunicipalityRegion.objects.all().delete()
    InstitutionTask.objects.all().delete()
    Region.objects.all().delete()
    with pytest.raises(CommandError, match="--place-name"):
        call_command("add_administrator", "beheer@test.example", "Bea Heer", region="fryslan")


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError):
        call_command("add_administrator", "beheer", "Bea Heer", region="drenthe")
    assert not User.objects.exists()
