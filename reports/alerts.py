"""What this floor tells above every page."""

from __future__ import annotations

from django.http import HttpRequest

from jbn_oversight.alerts import Alert
from reports.briefings.alerts import alerts as of_briefings
from reports.held_deliveries.alerts import alerts as of_held_deliveries


def alerts(request: HttpRequest) -> list[Alert]:
    """All that this floor has to tell on the page of this request."""
    return [*of_briefings(request), *of_held_deliveries(request)]
