"""The calendar as a page and as a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jbn_oversight.http import PortalRequest
from reports.calendar.exports import calendar_file
from reports.calendar.forms import KindForm
from reports.calendar.rules import SOON, spans
from reports.calendar.selectors import agenda_of
from reports.calendar.sentences import lead
from reports.figure_pages.forms.days import asked_day
from reports.figure_pages.permissions import seen_institution
from reports.rights import SEE_OVERVIEW


@login_required
@require_safe
def show(request: PortalRequest, institution: str) -> HttpResponse:
    """What is late and what comes, by month; of one kind, or of all."""
    seen = seen_institution(request, institution, SEE_OVERVIEW)
    asked = asked_day(request)
    every = agenda_of(request.actor, seen, asked.on, request.at, is_now=asked.is_default)
    form = KindForm(request.GET, (*every.late, *every.coming))
    kind = form.chosen()
    page = every.of(kind)
    context = {
        "institution": seen,
        "asked": asked,
        "agenda": page,
        "lead": lead(page),
        "days": SOON,
        "spans": spans(page.coming),
        "form": form,
        "kind": kind,
        "has_secret": any(thing.is_secret for thing in (*every.late, *every.coming)),
    }
    return render(request, "reports/calendar/agenda.html", context)


@login_required
@require_safe
def download(request: PortalRequest, institution: str) -> HttpResponse:
    """The same as a file; with the hours of briefings only where that was asked."""
    seen = seen_institution(request, institution, SEE_OVERVIEW)
    asked = asked_day(request)
    agenda = agenda_of(request.actor, seen, asked.on, request.at, is_now=asked.is_default)
    data = calendar_file(
        agenda,
        name=_("Agenda of %(institution)s") % {"institution": seen.name},
        at=request.at,
        absolute=request.build_absolute_uri,
        host=request.get_host(),
        briefings=request.GET.get("briefings") == "1",
    )
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agenda-{seen.code}.ics"'
    response["Cache-Control"] = "no-store, private"
    return response
