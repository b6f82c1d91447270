"""The list of indicators, the page of one, and its CSV."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from certification.kpis import KPIS
from jbn_oversight.http import PortalRequest
from reports.figure_pages.access import seen_institution
from reports.figure_pages.days import asked_day
from reports.figure_pages.kpi_page import KpiPage, kpi_page, last_month_with_figures
from reports.figure_pages.rows import line
from reports.figure_pages.sight import sight
from reports.figures_csv import csv_text
from reports.rights import SEE_FIGURES


@login_required
@require_GET
def figure_list(request: PortalRequest, institution: str) -> HttpResponse:
    """Every indicator with its last value, the institution and its regions side by side."""
    seen = seen_institution(request, institution, SEE_FIGURES)
    asked = asked_day(request)
    view = sight(request.actor, seen, asked.on)
    table = view.figures(KPIS, asked.months(), known_at=asked.known_at)
    month = last_month_with_figures(table, view.main)
    lines = [] if month is None else [line(table, view, kpi, month) for kpi in KPIS]
    return render(
        request,
        "reports/figures/list.html",
        {
            "institution": seen,
            "asked": asked,
            "month": month,
            "lines": lines,
            "columns": [view.name(place) for place in view.main],
        },
    )


@login_required
@require_GET
def kpi(request: PortalRequest, institution: str, code: str) -> HttpResponse:
    """One indicator: the answer, the chart, the places, the definition, the table."""
    seen = seen_institution(request, institution, SEE_FIGURES)
    page = _page(request, institution, code)
    return render(request, "reports/figures/kpi.html", {"institution": seen, "page": page})


@login_required
@require_GET
def kpi_csv(request: PortalRequest, institution: str, code: str) -> HttpResponse:
    """The page's figures as CSV, in the page's language, protected as the page is."""
    page = _page(request, institution, code)
    response = HttpResponse(
        csv_text(page.quoted(), fictional=settings.DEMO), content_type="text/csv; charset=utf-8"
    )
    name = slugify(f"{institution} {code} {page.asked.on:%Y-%m-%d}")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _page(request: PortalRequest, institution: str, code: str) -> KpiPage:
    """What this person may see of the indicator. Raises Http404 for an unknown code."""
    seen = seen_institution(request, institution, SEE_FIGURES)
    if code not in KPIS:
        raise Http404
    asked = asked_day(request)
    return kpi_page(sight(request.actor, seen, asked.on), KPIS[code], asked)
