"""An error page needs nothing but itself: the database is away in every test of this file.

Without pytest-django's mark each question to the database raises, as one that is stopped does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import BadRequest, DisallowedRedirect, PermissionDenied
from django.core.handlers.exception import convert_exception_to_response
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory
from django.utils.functional import SimpleLazyObject

from jbn_oversight import error_pages, error_rendering
from jbn_oversight.accounts.models import User

HANDLERS: tuple[tuple[Callable[..., HttpResponse], int, str], ...] = (
    (error_pages.bad_request, 400, "Dit is niet begrepen"),
    (error_pages.forbidden, 403, "Dit is niet voor uw account"),
    (error_pages.csrf_failure, 403, "Het formulier is niet verstuurd"),
    (error_pages.server_error, 500, "Er ging iets mis"),
)


def gone() -> Any:
    raise OperationalError("the connection is closed: Zilvervis")


@pytest.fixture
def asked(rf: RequestFactory) -> HttpRequest:
    """A request whose person and session can no longer be read."""
    request = rf.get("/briefings/fact-check/Zilvervos/")
    request.user = SimpleLazyObject(gone)  # type: ignore[assignment]
    request.session = SessionStore("a" * 32)
    return request


@pytest.mark.parametrize(("handler", "status", "words"), HANDLERS)
def test_each_page_comes_out_without_the_database(
    asked: HttpRequest, handler: Callable[..., HttpResponse], status: int, words: str
) -> None:
    response = handler(asked)
    page = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{words}</h1>" in page
    assert '<html lang="nl"' in page
    assert "Zilver" not in page


@pytest.mark.parametrize("user", [AnonymousUser(), User(name="Noor", email="noor@test.example")])
def test_the_page_of_nothing_comes_out_for_a_person_who_was_known(
    rf: RequestFactory, user: Any
) -> None:
    request = rf.get("/nothing/")
    request.user = user
    response = error_pages.not_found(request)
    assert response.status_code == 404
    assert ("Inloggen" in response.content.decode()) is not user.is_authenticated


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("Zilvervis"), 503),
        (RuntimeError("Zilvervis"), 500),
        (PermissionDenied("Zilvervis"), 403),
        (BadRequest("Zilvervis"), 400),
        (DisallowedRedirect("Zilvervis"), 400),
    ],
)
def test_what_breaks_in_a_view_ends_in_its_page_and_few_lines(
    asked: HttpRequest, error: Exception, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    response: Any = convert_exception_to_response(view)(asked)
    assert response.status_code == status
    assert "Zilver" not in response.content.decode()
    assert (response.get("Retry-After") == "30") is (status == 503)


def test_nothing_to_find_while_the_person_cannot_be_known_is_away(asked: HttpRequest) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise Http404

    def middleware(request: HttpRequest) -> Any:
        return convert_exception_to_response(view)(request)

    response: Any = convert_exception_to_response(middleware)(asked)
    assert response.status_code == 503


@pytest.mark.parametrize("path", ["/", "/me/", "/nothing/", "/briefings/", "/account/sign-in/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_visitor_with_a_session_gets_a_page_at_every_address(
    path: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SessionStore, "load", lambda self: gone())
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.cookies["sessionid"] = "a" * 32
    response = client.generic(method, path)
    assert response.status_code in (403, 503)
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize("path", ["/about/", "/accessibility/", "/nothing/", "/me/"])
def test_a_visitor_without_a_session_notices_nothing(path: str) -> None:
    client = Client(raise_request_exception=False)
    assert client.get(path).status_code == (200 if path[1] == "a" else 404)


def test_a_page_that_cannot_be_printed_is_replaced_by_a_few_words(
    asked: HttpRequest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(*args: object) -> str:
        raise TemplateDoesNotExist("Zilvervis")

    monkeypatch.setattr(error_rendering, "render_to_string", missing)
    with caplog.at_level(logging.ERROR):
        response = error_pages.server_error(asked)
    assert response.status_code == 500
    assert "<h1>Er ging iets mis</h1>" in response.content.decode()
    assert "Zilvervis" not in caplog.text
