"""The log of one briefing."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jbn_oversight.http import PortalRequest
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.readings import ReadingLog

PER_PAGE: Final = 50


@require_safe
@secret
def readings(request: PortalRequest, public_id: str) -> HttpResponse:
    """Who opened and downloaded this briefing."""
    briefing = worked_on(request, public_id)
    rows = ReadingLog.objects.of(briefing.public_id)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = page(request, briefing, page=shown, of_one=True)
    return render(request, "reports/briefings/log.html", context)
