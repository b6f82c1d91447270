"""The request as the portal's views get it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

if TYPE_CHECKING:
    from jbn_oversight.accounts.actor import Actor
    from jbn_oversight.accounts.models import User


class TimedRequest(HttpRequest):
    """A request of anybody, with the one instant that everything in it speaks of."""

    at: datetime
    """The instant of the request, aware, UTC."""
    today: date
    """The Amsterdam day of ``at``."""


class PortalRequest(TimedRequest):
    """A request of a signed-in person."""

    user: User
    actor: Actor
    """What this person may do today."""


def client_address(request: HttpRequest) -> str:
    """The address a request came from, believing only as many proxies as are configured.

    Each trusted proxy appends the address it saw to X-Forwarded-For, so the client's stands
    that many places from the right; anything further left the client may have made up.
    """
    count = settings.TRUSTED_PROXIES
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if count:
        seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(seen) >= count and seen[-count]:
            return seen[-count]
    return direct
