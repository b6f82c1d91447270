"""The first line of every page with figures: the institution, if this person may see it."""

from __future__ import annotations

from django.http import Http404

from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution


def seen_institution(request: PortalRequest, code: str, right: str) -> Institution:
    """The institution by its code. Raises Http404 for one that does not exist or is not theirs."""
    if code not in request.actor.places(right).institutions:
        raise Http404
    return Institution.objects.get(code=code)
