"""Anyone who is not signed in gets one page for every address, real or not, with a way in.

The address is not looked at beyond the question whether it is one of the few that are open to
everybody, so neither words, status, headers nor time tell whether something is there. A script
that sends ``X-Requested-With: fetch`` hears it as 401 with ``{"signed_out": true}`` and
``X-Signed-Out: 1``, also at every address alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.common import CommonMiddleware
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jbn_oversight.error_rendering import error_page

HEADER: Final = "X-Signed-Out"
SCRIPT: Final = "fetch"
"""What our scripts send as ``X-Requested-With``."""
LONGEST_ADDRESS: Final = 1500
"""Characters of an address that a sign-in link still carries; servers refuse lines over 4094."""

Respond = Callable[[HttpRequest], HttpResponse]


def is_signed_out(request: HttpRequest) -> bool:
    """Whether nobody is signed in, or it is not yet known."""
    user = getattr(request, "user", None)
    return user is None or not user.is_authenticated


def is_open_to_everybody(path: str) -> bool:
    """Whether the address, or the one with a slash after it, has a view for everybody.

    Such a view is marked with Django's ``login_not_required``; all others ask for signing in.
    """
    for one in (path, f"{path}/"):
        try:
            match = resolve(one)
        except Resolver404:
            continue
        return not getattr(match.func, "login_required", True)
    return False


def is_safe(request: HttpRequest, address: str) -> bool:
    """Whether somebody may be sent to this address after signing in: a path of this portal."""
    return (
        address.startswith("/")
        and len(address) <= LONGEST_ADDRESS
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )


def asked_for(request: HttpRequest) -> str:
    """The address to come back to, or nothing.

    A form is sent to an address that often shows nothing by itself: its page is where to be.
    """
    address = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        came_from = urlsplit(request.headers.get("Referer", ""))
        if came_from.netloc == request.get_host():
            address = came_from._replace(scheme="", netloc="", fragment="").geturl()
    return address if is_safe(request, address) else ""


def next_address(request: HttpRequest) -> str:
    """The address that a page of signing in was asked to lead to, or nothing."""
    given = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    return given if is_safe(request, given) else ""


def with_next(link: str, address: str) -> str:
    """The link to a page of signing in, which remembers where somebody wants to go."""
    return f"{link}?{urlencode({REDIRECT_FIELD_NAME: address})}" if address else link


def answer(request: HttpRequest) -> HttpResponse:
    """What everybody gets who is not signed in, at every address."""
    if request.headers.get("X-Requested-With") == SCRIPT:
        response: HttpResponse = JsonResponse({"signed_out": True}, status=401)
    else:
        response = error_page(
            "404_signed_out", 404, link=with_next(reverse("account_login"), asked_for(request))
        )
    response[HEADER] = "1"
    return response


class SignedOutMiddleware:
    """Answers anyone who is not signed in, before anything looks at the address.

    It stands last, so that its answer passes through the same middleware as every other.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on where somebody is signed in, or where everybody may."""
        if is_signed_out(request) and not is_open_to_everybody(request.path_info):
            return answer(request)
        return self.respond(request)


class SlashMiddleware(CommonMiddleware):
    """Django's own, which adds a missing slash, but not for addresses that it may not tell of."""

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """Only where the request may go on."""
        if is_signed_out(request) and not is_open_to_everybody(request.path_info):
            return False
        return super().should_redirect_with_slash(request)
