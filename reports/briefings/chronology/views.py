"""What each council was told, and the calendar of what comes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jbn_oversight.http import PortalRequest, TimedRequest
from jbn_oversight.organisations.models import Institution, Municipality
from reports.briefings.chronology.actions import quote_chronology
from reports.briefings.chronology.forms import ToldForm
from reports.briefings.chronology.selectors.announced import announced
from reports.briefings.chronology.selectors.told import is_maker_there, may_see, told
from reports.briefings.gate.views.attempts import tried
from reports.briefings.models.briefings import Briefing
from reports.briefings.planning import actions as acts
from reports.briefings.sharing.models import ToldFact, ToldKind


@require_safe
@login_not_required
def calendar(request: TimedRequest) -> HttpResponse:
    """What was announced to this person, or to everybody. Open without signing in."""
    at = request.at
    context = {"rows": announced(request.user, at)}
    response = render(request, "reports/briefings/calendar.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
@login_required
def councils(request: PortalRequest) -> HttpResponse:
    """The councils of which this person may see what they were told."""
    found = [
        one
        for one in Municipality.objects.valid(request.today)
        if may_see(one, request.user, request.at)
    ]
    if not found:
        raise PermissionDenied
    if len(found) == 1:
        return redirect("reports:chronology", found[0].cbs_code)
    return render(request, "reports/briefings/councils.html", {"councils": found})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def chronology(request: PortalRequest, municipality_code: str) -> HttpResponse:
    """What one council was told; noting by hand, for its makers."""
    council = _council(request, municipality_code)
    is_maker = is_maker_there(council, request.user, request.at)
    serving = Institution.objects.serving(council, request.today)
    form = None
    if is_maker:
        form = ToldForm(
            request.POST if request.method == "POST" else None,
            institutions=serving.values_list("code", flat=True),
        )
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            data = form.cleaned_data
            tried(
                request,
                _("Noted."),
                lambda: acts.note_told(
                    institution=data["institution"],
                    municipality=council,
                    on=data["on"],
                    kind=ToldKind(data["kind"]),
                    text=data["text"],
                    source=data["source"],
                    for_council=data["for_council"],
                    at=request.at,
                    by=request.user,
                ),
            )
            return redirect("reports:chronology", municipality_code)
    lines = [
        (one, told(council, one, request.user, request.at)) for one in Institution.objects.all()
    ]
    # One that works elsewhere stands here only where this council was told something of it.
    about = [(one, its) for one, its in lines if its or one in serving]
    drafts = Briefing.objects.worked_on_by(request.user, request.at) if is_maker else None
    context = {
        "council": council,
        "about": about,
        "form": form,
        "is_maker": is_maker,
        "drafts": drafts.filter(withdrawn_at=None, closed_at=None) if drafts is not None else [],
    }
    response = render(request, "reports/briefings/chronology.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _council(request: PortalRequest, code: str) -> Municipality:
    council = Municipality.objects.filter(cbs_code=code).first()
    if council is None or not may_see(council, request.user, request.at):
        raise Http404
    return council


@require_POST
@login_required
def told_strike(request: PortalRequest, municipality_code: str, told_id: str) -> HttpResponse:
    """Strike what was noted wrongly."""
    council = _council(request, municipality_code)
    fact = ToldFact.objects.filter(municipality=council, public_id=told_id).first()
    if fact is None or not is_maker_there(council, request.user, request.at):
        raise Http404
    tried(
        request,
        _("The line is struck."),
        lambda: acts.strike_told(fact=fact, at=request.at, by=request.user),
    )
    return redirect("reports:chronology", municipality_code)


@require_POST
@login_required
def quote(request: PortalRequest, municipality_code: str) -> HttpResponse:
    """Put what the council may know into a draft, as a section for that council alone."""
    council = _council(request, municipality_code)
    drafts = Briefing.objects.worked_on_by(request.user, request.at)
    briefing = drafts.filter(public_id=request.POST.get("briefing", "").replace("\0", "")).first()
    if briefing is None:
        raise Http404
    done = tried(
        request,
        _("The section stands in the draft, for this council alone."),
        lambda: quote_chronology(
            briefing=briefing, municipality=council, at=request.at, by=request.user
        ),
    )
    if done:
        return redirect("reports:briefing_edit", briefing.public_id)
    return redirect(reverse("reports:chronology", args=[municipality_code]))
