"""One instant, one actor and one language for each request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.clock_check.actions import look_if_due

Respond = Callable[[HttpRequest], HttpResponse]


class PortalMiddleware:
    """Sets ``request.at``, ``request.today`` and ``request.actor``, and the reader's language.

    The instant is taken once, so that every gate that the request passes answers for the same
    moment: the earlier of this process's clock and the database's. Dutch is the language unless
    the person chose English.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in its language; pages of signed-in people are never cached."""
        look_if_due()
        at = utc_now()
        today = amsterdam_day(at)
        request.at = at  # type: ignore[attr-defined]
        request.today = today  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: Actor.of(request.user, today)
        )
        with translation.override(chosen_language(request)):
            response = self.respond(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "nl")
        if "Cache-Control" not in response and not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store, private"
        return response


def chosen_language(request: HttpRequest) -> str:
    """The language that the person, or this browser, chose; else Dutch."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        chosen = user.language
    else:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
