"""Fetching a briefing through its gate. What is not yours is not there: always the same 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse

from jbn_oversight.http import PortalRequest
from reports.briefings.models.briefings import Briefing, BriefingQuerySet

View = Callable[..., HttpResponse]

WITH = ("region", "municipality", "institution", "author", "publisher")


def secret(view: View) -> View:
    """For an address of a briefing: nothing there for who is not signed in, and never kept.

    No redirect to the sign-in page either: that would tell that there is something to see.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            raise Http404
        response = view(cast(PortalRequest, request), *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        for header in ("ETag", "Last-Modified"):
            if header in response:
                del response[header]
        return response

    return guarded


def known_briefing(request: PortalRequest, public_id: str) -> Briefing:
    """The briefing that this person was invited to or may read, else 404."""
    rows = Briefing.objects.known_to(request.user, request.at).filter(public_id=public_id)
    return _first(rows.select_related(*WITH))


def worked_on(request: PortalRequest, public_id: str) -> Briefing:
    """The briefing on which this person is a maker, else 404."""
    rows = Briefing.objects.worked_on_by(request.user, request.at).filter(public_id=public_id)
    return _first(rows.select_related(*WITH))


def open_work(request: PortalRequest, public_id: str) -> Briefing:
    """The same, and still open: after a withdrawal or an emergency makers get no content either."""
    briefing = worked_on(request, public_id)
    if not briefing.is_open:
        raise Http404
    return briefing


def _first(rows: BriefingQuerySet) -> Briefing:
    briefing = rows.first()
    if briefing is None:
        raise Http404
    return briefing
