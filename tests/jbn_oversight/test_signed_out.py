"""Anyone who is not signed in gets one page for every address, with a way in that leads there."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from jbn_oversight.mail.actions.queueing import send_waiting
from tests.answers import without_way_in
from tests.factories.people import PASSWORD, Cast
from tests.reports.crawl import general_values, patterns

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"
OPEN = (
    "",
    "about/",
    "accessibility/",
    "language/",
    "account/sign-in/",
    "account/sign-out/",
    "account/sign-up/",
    "account/here/",
    "account/inactive/",
    "account/password/reset/",
    "account/password/reset/sent/",
    "account/password/reset/key/%(uidb36)s-%(key)s/",
    "account/password/reset/done/",
    "account/address/%(token)s/",
    "briefings/calendar/",
    "briefings/fact-check/%(link)s/",
)
"""All that somebody who is not signed in may open, beside public pages."""
ODD = (
    "/nothing/",
    "/briefings",
    "/me",
    "/briefings/%00/",
    "/%00",
    "/briefings/" + "A" * 22,
    "/briefings/" + "x" * 3000,
    "/%E2%82%AC/?q=%E2%82%AC",
    "/%5Celsewhere.example/",
    "/.well-known/change-password",
    "/admin/login/?next=/admin/",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def way_in(response: Any) -> str:
    """The link to sign in on a page."""
    found = re.search(r'href="(/account/sign-in/[^"]*)"', response.content.decode())
    assert found
    return unescape(found[1])


def carried(response: Any) -> str:
    """The address that the link to sign in carries."""
    return parse_qs(urlsplit(way_in(response)).query).get("next", [""])[0]


def told(response: Any) -> tuple[int, dict[str, str], dict[str, str], bytes]:
    """All of an answer but the address that its link carries."""
    cookies = {name: one.OutputString() for name, one in response.cookies.items()}
    headers = dict(response.items())
    headers.pop("Content-Length", None)  # as long as the address, also for HEAD
    return response.status_code, headers, cookies, without_way_in(response.content)


def test_every_address_gives_one_page_whatever_the_method(client: Client, cast: Cast) -> None:
    expected = {one: told(client.generic(one, "/nothing/")) for one in METHODS}
    assert expected["GET"][0] == 404
    seen = 0
    for pattern in patterns():
        if pattern.form in OPEN or pattern.form.startswith("public/"):
            continue
        for url in pattern.filled(general_values()):
            seen += 1
            for method in METHODS:
                assert told(client.generic(method, url)) == expected[method], f"{method} {url}"
    assert seen > 200


@pytest.mark.parametrize("path", ODD)
def test_odd_addresses_give_the_same_page(client: Client, path: str) -> None:
    assert told(client.get(path)) == told(client.get("/nothing/"))


def test_a_wrong_key_of_what_is_open_gives_the_same_page(client: Client) -> None:
    expected = told(client.get("/nothing/"))
    for path in (f"/public/{'A' * 22}/", f"/briefings/fact-check/{'A' * 32}/", "/account/sign-up/"):
        assert told(client.get(path)) == expected, path


def test_only_what_is_listed_is_open() -> None:
    found = {
        pattern.form
        for pattern in patterns()
        if not getattr(pattern.callback, "login_required", True)
    }
    assert {form for form in found if not form.startswith("public/")} == set(OPEN)
    assert sum(form.startswith("public/") for form in found) == 9


def test_a_slash_is_added_only_where_everybody_may_look(client: Client) -> None:
    assert client.get("/about")["Location"] == "/about/"
    assert client.get("/me").status_code == 404


def test_the_link_carries_the_address_with_its_question(client: Client) -> None:
    assert carried(client.get("/briefings/?q=a%20b&page=2")) == "/briefings/?q=a%20b&page=2"


@pytest.mark.parametrize("path", ["//elsewhere.example/", "/\\elsewhere.example/", "/\t/a.example"])
def test_no_link_leads_to_another_site(client: Client, path: str) -> None:
    # As a server hands it on; the test client would read a host in it.
    address = carried(client.get("/", PATH_INFO=path))
    assert not address.startswith(("//", "/\\")), address
    assert "\t" not in address


def test_an_address_too_long_to_carry_is_left_out(client: Client) -> None:
    assert way_in(client.get("/briefings/" + "x" * 3000)) == SIGN_IN


def test_the_page_repeats_no_word_of_the_address_as_markup(client: Client) -> None:
    page = client.get('/"><b>Zilvervis</b>/').content.decode()
    assert "<b>" not in page


def test_a_form_that_was_sent_leads_back_to_its_page(client: Client) -> None:
    page = "http://testserver/me/?a=1"
    assert carried(client.post("/briefings/new/", {}, HTTP_REFERER=page)) == "/me/?a=1"
    elsewhere = client.post("/briefings/new/", {}, HTTP_REFERER="http://elsewhere.example/me/")
    assert carried(elsewhere) == "/briefings/new/"


@pytest.mark.parametrize("method", METHODS)
def test_a_script_hears_it_in_one_way_at_every_address(client: Client, method: str) -> None:
    found = []
    for path in ("/nothing/", "/me/", "/me", f"/briefings/{'A' * 22}/work/", *ODD):
        response: Any = client.generic(method, path, HTTP_X_REQUESTED_WITH="fetch")
        assert response.status_code == 401, path
        assert response["X-Signed-Out"] == "1"
        if method != "HEAD":
            assert response.json() == {"signed_out": True}
        found.append(told(response))
    assert all(one == found[0] for one in found)


def test_a_script_of_somebody_signed_in_hears_nothing_of_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    response = client.get("/me/", HTTP_X_REQUESTED_WITH="fetch")
    assert response.status_code == 200
    assert "X-Signed-Out" not in response


def test_a_session_that_ended_is_told_like_any_other(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    cast.clerk.is_active = False
    cast.clerk.save()
    assert client.post("/me/", HTTP_X_REQUESTED_WITH="fetch").status_code == 401
    assert carried(client.get("/me/")) == "/me/"


def sign_in(client: Client, link: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    """Follow the link and send the form with all it holds."""
    page = client.get(link).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(next)" value="([^"]*)"', page))
    data = {name: unescape(value) for name, value in hidden.items()}
    return client.post(SIGN_IN, {**data, "password": password, **more})  # type: ignore[return-value]


def test_after_signing_in_who_may_lands_on_the_page(client: Client, cast: Cast) -> None:
    link = way_in(client.get("/management/people/?municipality=GM0106"))
    answer = sign_in(client, link, login=cast.clerk.email)
    assert answer["Location"] == "/management/people/?municipality=GM0106"
    assert client.get(answer["Location"]).status_code == 200


def test_after_signing_in_who_may_not_gets_the_page_of_everybody(
    client: Client, cast: Cast
) -> None:
    answer = sign_in(client, way_in(client.get("/management/people/")), login=cast.nobody.email)
    forbidden = client.get(answer["Location"])
    absent = client.get("/nothing/")
    assert told(forbidden) == told(absent)
    assert SIGN_IN not in absent.content.decode()


def test_the_address_stays_through_a_wrong_password_and_a_lock(client: Client, cast: Cast) -> None:
    link = way_in(client.get("/management/people/"))
    for _attempt in range(9):
        again: Any = sign_in(client, link, "wrong password", login=cast.clerk.email)
        assert again.status_code == 200
        assert 'name="next" value="/management/people/"' in again.content.decode()
    locked: Any = sign_in(client, link, "wrong password", login=cast.clerk.email)
    assert locked.status_code == 429
    assert carried(locked) == "/management/people/"
    assert "/account/password/reset/?next=%2Fmanagement%2Fpeople%2F" in locked.content.decode()


def test_the_address_stays_through_a_new_password(client: Client, cast: Cast) -> None:
    link = way_in(client.get("/management/people/"))
    asking = "/account/password/reset/?next=%2Fmanagement%2Fpeople%2F"
    assert f'href="{asking}"' in client.get(link).content.decode()
    assert carried(client.get(asking)) == "/management/people/"
    sent: Any = client.post(
        "/account/password/reset/",
        {"email": cast.clerk.email, "next": "/management/people/"},
        follow=True,
    )
    assert carried(sent) == "/management/people/"
    send_waiting()
    words = mail.outbox[0].body.split()
    reset = next(word for word in words if "/account/password/reset/" in word)
    page = client.get(reset.split("testserver", 1)[-1], follow=True)
    new = {"password1": "a new and longer phrase", "password2": "a new and longer phrase"}
    done: Any = client.post(page.redirect_chain[-1][0], new, follow=True)
    answer = sign_in(client, way_in(done), "a new and longer phrase", login=cast.clerk.email)
    assert answer["Location"] == "/management/people/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\/elsewhere.example",
        "javascript:alert(1)",
        "http:///elsewhere.example",
        "http://localhost/me/",
    ],
)
def test_signing_in_leads_to_no_other_site(client: Client, cast: Cast, elsewhere: str) -> None:
    answer = sign_in(client, f"{SIGN_IN}?next={quote(elsewhere)}", login=cast.clerk.email)
    assert answer["Location"] == reverse("home")


def test_who_is_signed_in_already_goes_straight_to_the_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    assert client.get(f"{SIGN_IN}?next=%2Fme%2F")["Location"] == "/me/"


def test_the_way_in_is_an_address_of_the_portal() -> None:
    assert resolve(SIGN_IN).url_name == "account_login"
    assert get_resolver().resolve_error_handler(404).__module__ == "jbn_oversight.error_pages"


def test_the_page_to_sign_in_offers_a_new_password_once(client: Client) -> None:
    page = client.get(f"{SIGN_IN}?next=%2Fme%2F").content.decode()
    assert re.findall(r'href="(/account/password/reset/[^"]*)"', page) == [
        "/account/password/reset/?next=%2Fme%2F"
    ]
