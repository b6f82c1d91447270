"""The list of indicators, the page of one, and its CSV."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from certification.control_charts.actions import phase_starts
from certification.indicators.rules.kpis import KPIS
from certification.indicators.rules.shapes import Kpi
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution
from reports.documents.exports import figures_text
from reports.figure_pages.actions import may_act, phase_forms
from reports.figure_pages.forms.days import asked_day
from reports.figure_pages.permissions import seen_institution
from reports.figure_pages.rules.months import known_in, spoken_month
from reports.figure_pages.selectors.control import address_of, asked_place
from reports.figure_pages.selectors.kpi import KpiPage, kpi_page
from reports.figure_pages.selectors.rows import line
from reports.figure_pages.selectors.visibility import FigureVisibility, sight
from reports.rights import SEE_FIGURES


@login_required
@require_GET
def figure_list(request: PortalRequest, institution: str) -> HttpResponse:
    """Every indicator with its last value, the institution and its regions side by side."""
    seen = seen_institution(request, institution, SEE_FIGURES)
    asked = asked_day(request)
    view = sight(request.actor, seen, asked.on)
    table = view.figures(KPIS, asked.months(), known_at=asked.known_at)
    month = spoken_month(known_in(table), view.main[0])
    phases = phase_starts(seen, asked.known_at)
    lines = [] if month is None else [line(table, view, kpi, month, phases) for kpi in KPIS]
    return render(
        request,
        "reports/figures/list.html",
        {
            "institution": seen,
            "asked": asked,
            "month": month,
            "lines": [(each, each.beside(view.main[1:])) for each in lines],
            "columns": [view.name(place) for place in view.main],
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def kpi(request: PortalRequest, institution: str, code: str) -> HttpResponse:
    """One indicator: the answer, the charts, the places, the definition, the table.

    Who may, sets and removes the phases of its control chart here.
    """
    seen = seen_institution(request, institution, SEE_FIGURES)
    view, one, page = _page(request, seen, code)
    forms = None
    if may_act(request, view, page):
        forms = phase_forms(request, view, one, page)
    elif request.method == "POST":
        raise PermissionDenied
    if forms is not None and forms.done and page.control is not None:
        messages.success(request, forms.done)
        return redirect(f"{address_of(seen, one, page.asked, page.control.place)}#control")
    context = {"institution": seen, "page": page, "forms": forms}
    return render(request, "reports/figures/kpi.html", context)


@login_required
@require_GET
def kpi_csv(request: PortalRequest, institution: str, code: str) -> HttpResponse:
    """The page's figures as CSV, in the page's language, protected as the page is."""
    seen = seen_institution(request, institution, SEE_FIGURES)
    _view, _kpi, page = _page(request, seen, code)
    response = HttpResponse(
        figures_text(page.quoted(), fictional=settings.DEMO), content_type="text/csv; charset=utf-8"
    )
    name = slugify(f"{institution} {code} {page.asked.on:%Y-%m-%d}")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _page(
    request: PortalRequest, seen: Institution, code: str
) -> tuple[FigureVisibility, Kpi, KpiPage]:
    """What this person may see of the indicator. Raises Http404 for an unknown code or place."""
    if code not in KPIS:
        raise Http404
    asked = asked_day(request)
    view = sight(request.actor, seen, asked.on)
    place = asked_place(view, request.GET.get("place", ""))
    return view, KPIS[code], kpi_page(view, KPIS[code], asked, place)
