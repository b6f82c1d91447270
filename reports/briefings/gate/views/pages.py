"""What every page of a maker shows around its own part."""

from __future__ import annotations

from jbn_oversight.http import PortalRequest
from reports.briefings.gate.menu import menu_of
from reports.briefings.gate.permissions import maker_of
from reports.briefings.gate.policies import has_new_draft
from reports.briefings.gate.sentences import standing
from reports.briefings.models.briefings import Briefing


def page(request: PortalRequest, briefing: Briefing, **more: object) -> dict[str, object]:
    """What every page of a maker shows around its own part."""
    latest = briefing.latest_version()
    maker = maker_of(briefing, request.user, request.at)
    match = request.resolver_match
    return {
        "briefing": briefing,
        "maker": maker,
        "work_menu": menu_of(briefing, maker, match.view_name if match else ""),
        "standing": standing(briefing, request.at),
        "latest": latest,
        "is_open": briefing.is_open,
        "has_new_draft": has_new_draft(briefing, latest),
        **more,
    }
