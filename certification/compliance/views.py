"""Pages about compliance runs: which there were, how one goes, asking for one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certification.compliance.actions.runs import request_run
from certification.forms import RunForm
from certification.models import ComplianceRun
from certification.models.runs import RunReason
from certification.rights import REQUEST_RUNS, SEE_RUNS
from jbn_oversight.http import PortalRequest

PER_PAGE = 25


@login_required
def runs(request: PortalRequest) -> HttpResponse:
    """The runs of the person's institutions; asking for one."""
    seen = request.actor.places(SEE_RUNS).institutions
    if not seen:
        raise Http404
    askable = request.actor.places(REQUEST_RUNS).institutions
    form = None
    if request.method == "POST" and not askable:
        raise PermissionDenied
    if askable:
        form = RunForm(
            request.POST if request.method == "POST" else None,
            institutions=askable,
            today=request.today,
        )
        if request.method == "POST" and form.is_valid():
            run = request_run(
                institution=form.cleaned_data["institution"],
                period_from=form.cleaned_data["period_from"],
                period_until=form.cleaned_data["period_until"],
                reason=RunReason.PERSON,
                by=request.user,
            )
            return redirect("certification:run", run.public_id)
    rows = ComplianceRun.objects.filter(institution__code__in=seen).select_related("institution")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "certification/runs.html", context)


@require_safe
@login_required
def run(request: PortalRequest, public_id: str) -> HttpResponse:
    """One run: how far it is, what it started from, what it noted."""
    row = get_object_or_404(
        ComplianceRun.objects.select_related("institution", "requested_by"),
        public_id=public_id,
        institution__code__in=request.actor.places(SEE_RUNS).institutions,
    )
    context = {"run": row, "plan_clock_start": _plan_clock_words(row)}
    return render(request, "certification/runs_one.html", context)


def _plan_clock_words(row: ComplianceRun) -> str:
    """From which day the run let the six weeks for the plan run."""
    words = {
        "notified_on": _("the day the institution was notified"),
        "family_plan_waived_on": _("the day it was settled that no family group plan is made"),
    }
    start = (row.settings or {}).get("plan_clock_start", "")
    return words.get(start, _("the day of the first contact"))
