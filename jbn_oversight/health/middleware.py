"""The web process's answer to "are you well?": only when its database answers too."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import Final

import psycopg
from django.db import connection
from django.http import HttpRequest, HttpResponse

from jbn_oversight.health.probe import ADDRESS

PATIENCE: Final = "2"
"""Seconds that the database gets: less than anyone who asks is willing to wait."""


class HealthMiddleware:
    """Answers the question from within; to everybody else the address does not exist.

    It goes before all other middleware: no redirect to https, no check of the host's name, no
    session. A request that came through a server in front is not answered here.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One word: ``ok`` with 200, ``no`` with 503."""
        if request.path_info != ADDRESS or not _from_within(request):
            return self.respond(request)
        well = database_answers()
        answer = HttpResponse(
            "ok" if well else "no",
            status=200 if well else 503,
            content_type="text/plain",
            headers={"Cache-Control": "no-store"},
        )
        # It is asked every few seconds; anyone who asks tells what came of it.
        answer._has_been_logged = True  # type: ignore[attr-defined]
        return answer


def database_answers() -> bool:
    """Whether a new connection can be made and answers, which an old one does not prove."""
    try:
        made = connection.get_new_connection(
            {**connection.get_connection_params(), "connect_timeout": PATIENCE}
        )
        with made:
            made.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def _from_within(request: HttpRequest) -> bool:
    """Straight from this machine, past no other server."""
    if "X-Forwarded-For" in request.headers:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
