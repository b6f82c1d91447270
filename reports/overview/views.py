"""The dashboard."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audits.permissions import may_explain
from jbn_oversight.http import PortalRequest
from reports.calendar.selectors import agenda_of
from reports.figure_pages.forms.days import asked_day
from reports.figure_pages.permissions import seen_institution
from reports.figure_pages.selectors.visibility import sight
from reports.overview.selectors.page import overview
from reports.overview.selectors.waiting import briefings_waiting
from reports.rights import SEE_OVERVIEW


@login_required
@require_GET
def show(request: PortalRequest, institution: str) -> HttpResponse:
    """Is it getting better, will the certificate hold, what comes next."""
    seen = seen_institution(request, institution, SEE_OVERVIEW)
    asked = asked_day(request)
    view = sight(request.actor, seen, asked.on)
    page = overview(
        view,
        asked,
        tasks=briefings_waiting(request.user, request.at),
        explains=may_explain(request.actor, seen),
        agenda=agenda_of(request.actor, seen, asked.on, request.at, is_now=asked.is_default),
    )
    return render(
        request,
        "reports/overview/overview.html",
        {
            "institution": seen,
            "asked": asked,
            "page": page,
            "columns": [view.name(place) for place in view.main],
        },
    )
