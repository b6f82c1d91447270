"""The pages of the time line, and of what clashes on it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.events.actions.contradictions import remove_contradiction, save_contradiction
from audits.events.actions.events import decide, save_event
from audits.events.forms import ContradictionForm, DecideForm, EventFilterForm, EventForm
from audits.events.selectors import (
    bodies,
    clash_of,
    clashes,
    clashes_of,
    contradictions_taken_back,
    events_of,
    lines,
)
from audits.events.sentences.pages import lead
from audits.forms.submitted import recorded, sent, taken_back
from audits.models.timeline import Contradiction, Decided, TimelineEvent
from audits.permissions import may_explain, may_record, recorded_institution, seen_institution
from audits.selectors.history import changes_of
from audits.selectors.public_documents import shown_passage
from audits.selectors.visibility import sight_for
from certification.certificates.selectors import authority_name
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution
from jbn_oversight.spoken_day import spoken_day


@require_safe
@login_required
def events(request: PortalRequest, institution_code: str) -> HttpResponse:
    """The time line as known on a day: planned beside actual, each with source and passage."""
    institution = seen_institution(request, institution_code)
    day = spoken_day(request)
    form = EventFilterForm(request.GET)
    kinds = form.cleaned_data["kind"] if form.is_valid() else []
    found = lines(institution, day, request.at, kinds)
    matters = clashes(institution)
    return render(
        request,
        "audits/events/list.html",
        {
            "institution": institution,
            "day": day,
            "form": form if form.is_valid() else EventFilterForm(),
            "kinds": kinds,
            "lines": found,
            "clashes": matters,
            "bodies": [one for one in bodies(day) if one.aliases or one.earlier],
            "lead": lead(found, matters),
            "records": may_record(request.actor, institution),
            "changes": contradictions_taken_back(institution),
        },
    )


def _event(institution: Institution, code: str) -> TimelineEvent:
    rows = TimelineEvent.objects.select_related(
        "source", "authority", "carries_out__source", "passage__version__document__source"
    )
    return get_object_or_404(rows, institution=institution, code=code)


@require_safe
@login_required
def event(request: PortalRequest, institution_code: str, event_code: str) -> HttpResponse:
    """One event: what its source says, the passage, what it carries out, its history."""
    institution = seen_institution(request, institution_code)
    row = get_object_or_404(TimelineEvent, institution=institution, code=event_code)
    row = events_of(institution)[row.code]
    return render(
        request,
        "audits/events/event.html",
        {
            "institution": institution,
            "row": row,
            "owner": authority_name(row.authority, row.on.first) if row.authority else "",
            "passage": shown_passage(row.passage, request.at),
            "clashes": clashes_of(row),
            "carried_out_by": row.carried_out_by.select_related("source"),
            # The words of a passage are as secret as its paper.
            "changes": changes_of(row, sight=sight_for(request), leave_out={"passage"}),
            "records": may_record(request.actor, institution),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def event_edit(
    request: PortalRequest, institution_code: str, event_code: str | None = None
) -> HttpResponse:
    """Add what a source says, or change it."""
    institution = recorded_institution(request, institution_code)
    row = _event(institution, event_code) if event_code else None
    form = EventForm(
        sent(request), instance=row or TimelineEvent(institution=institution), at=request.at
    )

    def save() -> TimelineEvent:
        return save_event(
            event=form.record(request.user),
            seen=form.cleaned_data["seen"],
            today=request.today,
            by=request.user,
        )

    if saved := recorded(request, form, save, _("The event stands on the time line.")):
        return redirect("audits:event", institution.code, saved.code)
    return render(
        request,
        "audits/events/form.html",
        {"institution": institution, "row": row, "form": form},
        status=400 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contradiction(
    request: PortalRequest, institution_code: str, contradiction_code: str
) -> HttpResponse:
    """Two claims that clash: both stay; an adviser says which one is followed, and why."""
    institution = seen_institution(request, institution_code)
    rows = Contradiction.objects.of(institution).select_related(
        "one_source", "other_source", "decided_by"
    )
    row = get_object_or_404(rows, code=contradiction_code)
    decides = may_explain(request.actor, institution)
    if request.method == "POST" and not decides:
        raise PermissionDenied
    form = DecideForm(sent(request), instance=row, sight=sight_for(request))

    def save() -> Contradiction:
        return decide(
            contradiction=row,
            seen=form.cleaned_data["seen"],
            decided_for=Decided(form.cleaned_data["decided_for"]),
            reason=form.cleaned_data["reason"],
            at=request.at,
            by=request.user,
        )

    if recorded(request, form, save, _("Your decision is kept. Both claims stay visible.")):
        return redirect("audits:contradiction", institution.code, row.code)
    return render(
        request,
        "audits/events/contradiction.html",
        {
            "institution": institution,
            "row": row,
            "clash": clash_of(row),
            "events": row.events.select_related("source"),
            "changes": changes_of(row, sight=sight_for(request), leave_out={"decided_at"}),
            "form": form if decides else None,
            "records": may_record(request.actor, institution),
        },
        status=400 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contradiction_edit(
    request: PortalRequest, institution_code: str, contradiction_code: str | None = None
) -> HttpResponse:
    """Say where sources clash, change it, or take it back as long as nobody decided."""
    institution = recorded_institution(request, institution_code)
    rows = Contradiction.objects.of(institution).select_related("one_source", "other_source")
    row = get_object_or_404(rows, code=contradiction_code) if contradiction_code else None
    about = TimelineEvent.objects.of(institution).filter(code=request.GET.get("event", ""))
    form = ContradictionForm(
        sent(request),
        instance=row or Contradiction(institution=institution),
        about=about.first(),
        sight=sight_for(request),
        at=request.at,
    )

    def save() -> Contradiction:
        return save_contradiction(
            contradiction=form.record(request.user),
            events=form.cleaned_data.get("events", ()),
            seen=form.cleaned_data["seen"],
            today=request.today,
            by=request.user,
        )

    def remove() -> None:
        if row is not None:
            remove_contradiction(contradiction=row, by=request.user)

    if saved := recorded(request, form, save, _("The contradiction is recorded.")):
        return redirect("audits:contradiction", institution.code, saved.code)
    if taken_back(request, remove if row else None):
        return redirect(reverse("audits:events", args=[institution.code]) + "#clashes")
    return render(
        request,
        "audits/events/contradiction_form.html",
        {"institution": institution, "row": row, "form": form},
        status=400 if form.is_bound else 200,
    )
