"""The first administrator is made on the server; from then on people add people."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day, utc_now

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


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError):
        call_command("add_administrator", "beheer", "Bea Heer", region="drenthe")
    assert not User.objects.exists()
