"""Signing in: by one's own address and password, for anyone who may, a limited number of times."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from jbn_oversight.accounts.models import User
from jbn_oversight.mail.actions.queueing import send_waiting
from tests.factories.people import PASSWORD, Cast, person

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> HttpResponse:
    response: HttpResponse = client.post(SIGN_IN, {"login": email, "password": password})  # type: ignore[assignment]
    return response


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_signs_in_with_address_and_password(client: Client, cast: Cast) -> None:
    assert sign_in(client, cast.clerk.email).status_code == 302
    assert signed_in(client)


def test_the_address_is_known_in_any_case_of_letters(client: Client, cast: Cast) -> None:
    sign_in(client, cast.clerk.email.upper())
    assert signed_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: Client, cast: Cast
) -> None:
    known = sign_in(client, cast.clerk.email, "wrong password")
    unknown = sign_in(client, "nobody@test.example", "wrong password")
    assert known.status_code == unknown.status_code == 200
    tokens = re.compile(rb'value="[^"]{64}"')
    bodies = [
        tokens.sub(b"", response.content.replace(email.encode(), b""))
        for response, email in ((known, cast.clerk.email), (unknown, "nobody@test.example"))
    ]
    assert bodies[0] == bodies[1]


def test_a_closed_account_cannot_sign_in_and_its_session_has_ended(
    client: Client, cast: Cast
) -> None:
    sign_in(client, cast.clerk.email)
    cast.clerk.is_active = False
    cast.clerk.save()
    assert client.get("/me/").status_code == 404
    client.logout()
    sign_in(client, cast.clerk.email)
    assert not signed_in(client)


@pytest.mark.parametrize("demo", [True, False])
def test_people_of_the_demonstration_sign_in_only_there(
    client: Client, settings: LazySettings, demo: bool
) -> None:
    user = person("Fictief")
    user.is_demo = True
    user.save()
    settings.DEMO = demo
    sign_in(client, user.email)
    assert signed_in(client) is demo


def test_a_session_of_the_demonstration_ends_outside_it(
    client: Client, settings: LazySettings
) -> None:
    user = person("Fictief")
    user.is_demo = True
    user.save()
    settings.DEMO = True
    sign_in(client, user.email)
    assert client.get("/me/").status_code == 200
    settings.DEMO = False
    assert client.get("/me/").status_code == 404


def test_after_ten_wrong_passwords_the_right_one_waits(client: Client, cast: Cast) -> None:
    for _attempt in range(10):
        sign_in(client, cast.clerk.email, "wrong password")
    assert sign_in(client, cast.clerk.email).status_code == 429
    assert not signed_in(client)


def test_a_lock_holds_one_address_and_not_another_person(client: Client, cast: Cast) -> None:
    for _attempt in range(10):
        sign_in(client, cast.clerk.email, "wrong password")
    sign_in(client, cast.auditor.email)
    assert signed_in(client)


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/account/sign-up/").status_code == 404
    form = {"email": "new@test.example", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/account/sign-up/", form).status_code == 404
    assert not User.objects.filter(email="new@test.example").exists()


def test_a_forgotten_password_is_replaced_through_a_link(client: Client, cast: Cast) -> None:
    client.post("/account/password/reset/", {"email": cast.clerk.email})
    send_waiting()  # a worker does
    link = next(word for word in mail.outbox[0].body.split() if "/account/password/reset/" in word)
    page = client.get(link.split("testserver", 1)[-1], follow=True)
    new = {"password1": "a new and longer phrase", "password2": "a new and longer phrase"}
    client.post(page.redirect_chain[-1][0], new)
    sign_in(client, cast.clerk.email, "a new and longer phrase")
    assert signed_in(client)


def test_asking_for_an_unknown_address_says_the_same_and_sends_nothing(client: Client) -> None:
    response = client.post("/account/password/reset/", {"email": "nobody@test.example"})
    assert response.status_code == 302
    assert not mail.outbox


def test_without_signing_in_only_these_pages_open(client: Client) -> None:
    for path in ("/about/", "/accessibility/", SIGN_IN, "/account/password/reset/"):
        assert client.get(path).status_code == 200
    for path in ("/management/people/", "/me/", "/management/roles/", "/organisation/"):
        assert client.get(path).status_code == 404
    assert client.get("/admin/").status_code == 404
