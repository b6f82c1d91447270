"""Pages for when something goes wrong, and for playing it before: closing, breach, rehearsal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jbn_oversight.accounts.models import Role
from jbn_oversight.clock import AMSTERDAM
from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.actions import breaches, emergency
from reports.briefings.decisions.forms import (
    BreachForm,
    BreachStepForm,
    DossierForm,
    ReasonForm,
    TraceForm,
)
from reports.briefings.decisions.models import Breach, StepKind
from reports.briefings.gate.permissions import maker_of
from reports.briefings.gate.views.attempts import tried
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingKind
from reports.briefings.printing.actions.copies import code_in, copy_by_code
from reports.briefings.sentences import instant_in_words


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def close(request: PortalRequest, public_id: str) -> HttpResponse:
    """Shut the whole dossier at once: any one maker may."""
    briefing = worked_on(request, public_id)
    if not maker_of(briefing, request.user, request.at).stops:
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        tried(
            request,
            _("Closed. Nobody can read it now."),
            lambda: emergency.close_dossier(
                briefing=briefing,
                reason=form.cleaned_data["reason"],
                at=request.at,
                by=request.user,
            ),
        )
        return redirect("reports:briefing_work", public_id)
    return render(request, "reports/briefings/emergency.html", page(request, briefing, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def dossier(request: PortalRequest, public_id: str) -> HttpResponse:
    """With which other briefings this one is closed in an emergency."""
    briefing = worked_on(request, public_id)
    if not maker_of(briefing, request.user, request.at).writes:
        raise PermissionDenied
    form = DossierForm(
        request.POST if request.method == "POST" else None,
        initial={"dossier": briefing.dossier and briefing.dossier.public_id},
    )
    choice: Any = form.fields["dossier"]
    choice.queryset = emergency.dossiers_for(briefing, request.user, request.at)
    if request.method == "POST" and form.is_valid():
        done = tried(
            request,
            _("Saved."),
            lambda: emergency.choose_dossier(
                briefing=briefing,
                dossier=form.cleaned_data["dossier"],
                new_name=form.cleaned_data["new_name"],
                at=request.at,
                by=request.user,
            ),
        )
        if done:
            return redirect("reports:briefing_work", public_id)
    return render(request, "reports/briefings/dossier.html", page(request, briefing, form=form))


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def records(request: PortalRequest, public_id: str) -> HttpResponse:
    """Breaches of this briefing; putting one on record."""
    briefing = worked_on(request, public_id)
    local = request.at.astimezone(AMSTERDAM)
    form = BreachForm(
        request.POST if request.method == "POST" else None,
        initial={"day": local.date(), "hour": local.time()},
    )
    if request.method == "POST" and form.is_valid():
        moment = form.moment
        assert moment is not None  # a valid form
        try:
            breach = breaches.record_breach(
                briefing=briefing,
                what=form.cleaned_data["what"],
                noticed_at=moment,
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("The breach is on record."))
            return redirect("reports:briefing_breach", public_id, breach.public_id)
    rows = list(briefing.breaches.select_related("recorded_by"))
    context = page(request, briefing, form=form, rows=rows)
    return render(request, "reports/briefings/breaches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def breach(request: PortalRequest, public_id: str, breach_id: str) -> HttpResponse:
    """One breach on one screen: what, when, who had seen it, what was done, whose copy."""
    briefing = worked_on(request, public_id)
    found = briefing.breaches.filter(public_id=breach_id).select_related("recorded_by").first()
    if found is None:
        raise Http404
    posted = request.method == "POST"
    asked = request.POST.get("do", "") if posted else ""
    step = BreachStepForm(request.POST if asked == "step" else None)
    trace = TraceForm(
        request.POST if asked == "trace" else None,
        request.FILES if asked == "trace" else None,
        prefix="trace",
    )
    if asked == "step" and step.is_valid():
        data = step.cleaned_data
        _note(request, found, StepKind(data["kind"]), data["text"])
        return redirect("reports:briefing_breach", public_id, breach_id)
    if asked == "trace" and trace.is_valid():
        _note(request, found, StepKind.TRACED, _traced(briefing, trace))
        return redirect("reports:briefing_breach", public_id, breach_id)
    context = page(
        request,
        briefing,
        breach=found,
        steps=list(found.steps.select_related("by")),
        seen=[_seen(row) for row in found.seen_by],
        acts=list(briefing.acts.filter(confirmed_at__isnull=False).select_related("confirmed_by")),
        closings=list(briefing.closings.select_related("closed_by")),
        step=step,
        trace=trace,
    )
    return render(request, "reports/briefings/breach.html", context)


def _note(request: PortalRequest, found: Breach, kind: StepKind, text: str) -> None:
    tried(
        request,
        _("Noted."),
        lambda: breaches.add_step(
            breach=found, kind=kind, text=text, at=request.at, by=request.user
        ),
    )


def _traced(briefing: Briefing, form: TraceForm) -> str:
    """Whose copy a code or a file is, in words; only of this briefing."""
    upload = form.cleaned_data["file"]
    typed = code_in(upload.read()) if upload else form.cleaned_data["code"]
    copy = copy_by_code(typed) if typed else None
    if copy is None or copy.briefing_id != briefing.pk:
        return _("No copy of this briefing was found for what was looked up.")
    return _("Copy %(code)s was made for %(name)s (%(email)s).") % {
        "code": copy.code,
        "name": copy.reader_name,
        "email": copy.reader_email,
    }


def _seen(row: dict[str, Any]) -> dict[str, Any]:
    kinds = dict(ReadingKind.choices)
    return {
        **row,
        "at": instant_in_words(row["at"]),
        "kind": kinds.get(row["kind"], row["kind"]),
        "role": dict(Role.choices).get(row["role"], row["role"]),
    }
