"""Pages for when something goes wrong, and for playing it before: closing, breach, rehearsal."""

from __future__ import annotations

from datetime import datetime
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
from reports.briefings.act_forms import BreachForm, DossierForm, ReasonForm, StepForm, TraceForm
from reports.briefings.actions import breaches, emergency
from reports.briefings.actions.copies import code_in, copy_by_code
from reports.briefings.actions.rehearsal import rehearse
from reports.briefings.errors import RefusedError
from reports.briefings.going_out import GoingOut, draft_going_out, version_going_out
from reports.briefings.permissions import maker_of
from reports.briefings.policies import has_new_draft
from reports.briefings.rehearsing import KINDS, MOMENTS
from reports.briefings.signed_texts import texts_of
from reports.briefings.views.gates import secret, worked_on
from reports.briefings.views.tried import tried
from reports.briefings.views.work import page
from reports.briefings.words import instant_in_words
from reports.models import Breach, Briefing, ReadingKind, Rehearsal, StepKind


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
def rehearsals(request: PortalRequest, public_id: str) -> HttpResponse:
    """Play the release with a moved clock, and see what each kind of reader met."""
    briefing = worked_on(request, public_id)
    if request.method == "POST":
        try:
            played = rehearse(
                briefing=briefing, host=request.get_host(), at=request.at, by=request.user
            )
        except RefusedError as error:
            messages.error(request, str(error.message))
        else:
            if played.passed:
                messages.success(request, _("The rehearsal went well."))
            else:
                messages.error(request, _("Somebody met something else than expected. See below."))
        return redirect("reports:briefing_rehearsals", public_id)
    rows = list(briefing.rehearsals.select_related("played_by", "version")[:20])
    context = page(
        request,
        briefing,
        rehearsals=rows,
        tables=[_table(row) for row in rows[:1]],
        words=MOMENTS,
        goes_out=_rehearsed(briefing, request.at) if briefing.is_open else None,
    )
    return render(request, "reports/briefings/rehearsals.html", context)


def _rehearsed(briefing: Briefing, at: datetime) -> GoingOut:
    """What a rehearsal plays: the draft where nobody signed it yet, else the latest version."""
    latest = briefing.latest_version()
    if latest is None or has_new_draft(briefing, latest):
        return draft_going_out(briefing, texts_of(briefing, at), at)
    return version_going_out(briefing, latest, at)


def _table(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """The rows of one rehearsal in words."""
    answers = {
        "none": _("nothing there"),
        "before": _("hours and terms"),
        "within": _("the text, under embargo"),
        "after": _("the published text"),
        "works": _("works on it"),
        "public": _("on the public pages"),
    }
    return [
        {
            "who": _(KINDS[row["kind"]]),
            "moment": _(MOMENTS[row["moment"]]),
            "expected": answers.get(row["expected"], row["expected"]),
            "met": answers.get(row["met"], row["met"]),
            "good": row["good"],
        }
        for row in rehearsal.rows
    ]


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
            form.add_error(None, str(error.message))
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
    step = StepForm(request.POST if asked == "step" else None)
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
