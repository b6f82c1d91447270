"""What every template knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from jbn_oversight.alerts import alerts


def portal(request: HttpRequest) -> dict[str, object]:
    """Whether this is a demonstration, and what the person may do."""
    return {
        "is_demo": settings.DEMO,
        "demo_day": settings.DEMO_DAY,
        "actor": getattr(request, "actor", None),
        "today": getattr(request, "today", None),
        # A part of a page has none: only the whole page asks.
        "portal_alerts": SimpleLazyObject(lambda: alerts(request)),
    }
