"""A clerk keeps the people of the own council; others do not."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from jbn_oversight.accounts.models import Membership, Role
from jbn_oversight.clock import amsterdam_day, utc_now
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
TODAY = amsterdam_day(utc_now()).isoformat()
NEW = {
    "name": "Nieuw Raadslid",
    "email": "Nieuw.Raadslid@test.example",
    "role": "council_member",
    "from_on": TODAY,
    "until_on": "",
}


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.clerk, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def test_a_clerk_adds_somebody_to_the_own_council(clerk: Client, cast: Cast) -> None:
    assert clerk.post("/management/people/", NEW).status_code == 302
    row = Membership.objects.get(user__email="nieuw.raadslid@test.example")
    assert (row.role, row.municipality, row.added_by) == (
        Role.COUNCIL_MEMBER,
        cast.clerk.memberships.get().municipality,
        cast.clerk,
    )
    assert not row.user.has_usable_password()


def test_the_same_role_twice_is_refused_with_a_sentence(clerk: Client) -> None:
    clerk.post("/management/people/", NEW)
    response = clerk.post("/management/people/", NEW)
    assert response.status_code == 200
    assert "heeft deze rol al" in response.content.decode()


def test_a_clerk_gives_no_other_role(clerk: Client) -> None:
    response = clerk.post("/management/people/", {**NEW, "role": "alderman"})
    assert response.status_code == 200
    assert not Membership.objects.filter(user__email=NEW["email"].lower()).exists()


def test_an_end_before_the_beginning_is_refused(clerk: Client) -> None:
    response = clerk.post("/management/people/", {**NEW, "until_on": TODAY})
    assert "Kies een dag na de eerste dag" in response.content.decode()


def test_ending_a_role_ends_it_today_and_is_logged(clerk: Client, cast: Cast) -> None:
    row = cast.council_member.memberships.get()
    clerk.post(f"/management/people/{row.public_id}/end/")
    row.refresh_from_db()
    assert row.until_on == amsterdam_day(utc_now())
    assert row.history.first().history_user == cast.clerk


def test_a_clerk_cannot_end_a_role_in_another_council(clerk: Client, cast: Cast) -> None:
    row = cast.other_council_member.memberships.get()
    assert clerk.post(f"/management/people/{row.public_id}/end/").status_code == 404
    row.refresh_from_db()
    assert row.until_on is None


def test_a_clerk_cannot_end_an_aldermans_role(clerk: Client, cast: Cast) -> None:
    row = cast.alderman.memberships.get()
    assert clerk.post(f"/management/people/{row.public_id}/end/").status_code == 404


def test_a_clerk_cannot_end_the_own_role(clerk: Client, cast: Cast) -> None:
    own = cast.clerk.memberships.get()
    assert clerk.post(f"/management/people/{own.public_id}/end/").status_code == 403


def test_nobody_but_a_clerk_finds_the_page(client: Client, cast: Cast) -> None:
    for name, user in cast.everyone().items():
        client.force_login(user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
        expected = 200 if name == "clerk" else 404
        assert client.get("/management/people/").status_code == expected, name


def test_only_privacy_officer_and_auditor_read_the_log_of_roles(client: Client, cast: Cast) -> None:
    for name, user in cast.everyone().items():
        client.force_login(user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
        expected = 200 if name in {"privacy_officer", "auditor"} else 404
        assert client.get("/management/roles/").status_code == expected, name


def test_only_an_administrator_finds_the_admin(client: Client, cast: Cast) -> None:
    for name, user in cast.everyone().items():
        client.force_login(user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
        expected = 200 if name == "administrator" else 404
        assert client.get("/admin/").status_code == expected, name


def test_everybody_sees_what_they_may_do(client: Client, cast: Cast) -> None:
    for name, user in cast.everyone().items():
        client.force_login(user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
        assert client.get("/me/").status_code == 200, name


def test_a_role_in_the_future_gives_nothing_yet(clerk: Client, cast: Cast) -> None:
    clerk.post("/management/people/", {**NEW, "from_on": "2999-01-01", "role": "clerk"})
    row = Membership.objects.get(user__email=NEW["email"].lower())
    assert row.from_on == date(2999, 1, 1)
    clerk.force_login(row.user, "jbn_oversight.accounts.sign_in.backends.PortalBackend")
    assert clerk.get("/management/people/").status_code == 404
