"""A new password by mail: the same answer for every address, and no mail server in a request."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jbn_oversight.accounts.models import User
from jbn_oversight.accounts.sign_in.backends import PortalAdapter
from jbn_oversight.mail.actions.queueing import send_waiting
from jbn_oversight.mail.models import OutgoingMail
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def door() -> str:
    return reverse("account_reset_password")


def asked(door: str, email: str, *, client: Client | None = None) -> HttpResponse:
    return (client or Client()).post(door, {"email": email}, follow=True)  # type: ignore[return-value]


def addresses(cast: Cast) -> dict[str, str]:
    """One of each kind of address that somebody may type."""
    inactive = User.objects.create_user("inactief@example.org", name="Weg", is_active=False)
    fictional = User.objects.create_user("demo@example.org", name="Demo", is_demo=True)
    return {
        "known": cast.adviser.email,
        "known, in capitals": cast.clerk.email.upper(),
        "unknown": "niemand@example.org",
        "inactive": inactive.email,
        "fictional": fictional.email,
    }


def normal(statement: str, email: str) -> str:
    """The statement without what differs between any two requests: address, hours, keys."""
    found = statement.replace(email, "?").replace(email.lower(), "?")
    return re.sub(r"'[^']*'|\b\d+\b|\"s\d+_x\d+\"", "?", found)


def test_every_address_gets_the_same_words_status_and_work(cast: Cast, door: str) -> None:
    words, work = set(), set()
    typed = list(addresses(cast).values())
    for number, email in enumerate(typed):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")  # else the later ones are counted on
        with (
            patch("jbn_oversight.mail.actions.sending.get_connection", side_effect=AssertionError),
            patch("django.core.mail.get_connection", side_effect=AssertionError),
            CaptureQueriesContext(connection) as queries,
        ):
            response = asked(door, email, client=client)
        assert response.status_code == 200
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
        words.add(text)
        work.add(tuple(normal(query["sql"], email) for query in queries))
    assert len(words) == 1
    assert len(work) == 1, [set(one) for one in work]
    (statements,) = work
    assert not any("accounts_user" in statement for statement in statements)
    rows = OutgoingMail.objects.values_list("to", flat=True)
    assert list(rows) == [email.lower() for email in typed]


def test_only_who_may_sign_in_gets_a_key_and_no_row_ever_holds_one(cast: Cast, door: str) -> None:
    for email in addresses(cast).values():
        asked(door, email)
    assert set(OutgoingMail.objects.values_list("subject", "body")) == {("", "")}
    assert send_waiting() == 2
    assert sorted(one.to[0] for one in mail.outbox) == sorted(
        [cast.adviser.email, cast.clerk.email]
    )
    assert all(one.from_email == settings.DEFAULT_FROM_EMAIL for one in mail.outbox)
    assert OutgoingMail.objects.filter(dropped_at__isnull=False).count() == 3
    assert set(OutgoingMail.objects.values_list("subject", "body")) == {("", "")}


def test_the_mailed_address_lets_its_owner_choose_a_password_and_sign_in(
    cast: Cast, door: str
) -> None:
    asked(door, cast.adviser.email)
    send_waiting()
    (message,) = mail.outbox
    found = re.search(rf"{re.escape(settings.PUBLIC_ADDRESS)}(/\S+)", str(message.body))
    assert found is not None
    client = Client()
    page = client.get(found[1], follow=True)
    new = "een-heel-nieuw-wachtwoord"
    action = page.request["PATH_INFO"]
    client.post(action, {"password1": new, "password2": new}, follow=True)
    cast.adviser.refresh_from_db()
    assert cast.adviser.check_password(new)
    signed_in = Client()
    signed_in.post(
        reverse("account_login"), {"login": cast.adviser.email, "password": new}, follow=True
    )
    assert signed_in.session.get("_auth_user_id") == str(cast.adviser.pk)
    assert "password1" not in Client().get(found[1], follow=True).content.decode()


def test_the_mail_is_in_the_reader_s_own_language_and_names_no_host_of_the_request(
    cast: Cast, door: str
) -> None:
    cast.adviser.language = "en"
    cast.adviser.save()
    with patch.object(settings, "ALLOWED_HOSTS", ["*"]):
        Client(HTTP_HOST="boze.example").post(door, {"email": cast.adviser.email})
    asked(door, cast.clerk.email)
    send_waiting()
    english, dutch = sorted(mail.outbox, key=lambda one: one.to != [cast.adviser.email])
    assert "A new password" in english.subject
    assert "nieuw wachtwoord" in dutch.subject
    assert "boze.example" not in str(english.body)


@pytest.mark.parametrize("typed", ["", "geen adres", "a" * 300 + "@example.org"])
def test_what_is_no_address_gets_a_sentence_and_no_mail(door: str, typed: str) -> None:
    response = Client().post(door, {"email": typed})
    assert response.status_code == 200
    assert not OutgoingMail.objects.exists()


def test_who_asks_again_and_again_is_stopped_the_same_whoever_has_the_address(
    cast: Cast, door: str
) -> None:
    for email in (cast.adviser.email, "niemand@example.org"):
        codes = [
            Client(REMOTE_ADDR="192.0.2.7").post(door, {"email": email}).status_code
            for _again in range(6)
        ]
        assert codes == [302] * 5 + [429]
    assert OutgoingMail.objects.count() == 10


def test_whatever_else_allauth_mails_goes_through_the_outbox(cast: Cast) -> None:
    from allauth.core import context

    request = RequestFactory().get("/")
    request.user = cast.adviser
    with context.request_context(request):
        PortalAdapter().send_mail(
            "account/email/password_reset_key",
            cast.adviser.email,
            {"user": cast.adviser, "password_reset_url": "https://x/", "current_site": "JBN"},
        )
    row = OutgoingMail.objects.get()
    assert (row.to, row.kind) == (cast.adviser.email, "password_reset_key")
    assert not mail.outbox
