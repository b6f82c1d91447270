"""Pages for when something does not work. They need nothing but themselves.

No request, no session, no database, no context processor: whatever broke, these still come out.
Where even a template cannot be printed there is a page of a few lines, kept here as text.
"""

from __future__ import annotations

import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from jbn_oversight import signed_out
from jbn_oversight.error_rendering import error_page

AWAY: Final = (OperationalError, InterfaceError)
"""What says that the database is not there, or not now."""
COME_BACK: Final = "30"
"""Seconds."""
LONG: Final = 40
"""From so many characters on a field that was sent holds something that somebody typed."""
NOT_SHOWN: Final = frozenset({"csrfmiddlewaretoken", "shown", "next"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent makes no sense."""
    return error_page("400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Seen, but not yours to change."""
    return error_page("403", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from an old page or another site. What was typed in it is shown, to copy."""
    return error_page("403_form", 403, typed=_typed(request))


def _typed(request: HttpRequest) -> list[str]:
    try:
        sent = request.POST
    except Exception:  # what cannot be read cannot be shown; the page comes all the same
        return []
    return [
        text
        for name in sent
        if name not in NOT_SHOWN and "password" not in name
        for text in sent.getlist(name)
        if len(text) >= LONG or "\n" in text
    ]


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing here for you: the same bytes whether it exists or not.

    Anyone who is not signed in gets the page of every address, with a way in.
    """
    if signed_out.is_signed_out(request):
        return signed_out.answer(request)
    return error_page("404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke here: 503 where the database is away, which passes by itself."""
    if isinstance(sys.exc_info()[1], AWAY):
        response = error_page("503", 503)
        response["Retry-After"] = COME_BACK
        return response
    return error_page("500", 500)
