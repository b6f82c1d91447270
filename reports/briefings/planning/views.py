"""The maker's page of the plan: who tells whom, the announcement, and looking again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jbn_oversight.http import PortalRequest
from reports.briefings.archive.exports import exportable
from reports.briefings.gate.views.attempts import tried
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.planning import actions as acts
from reports.briefings.planning.forms import (
    AnnounceForm,
    DayForm,
    PlanReviewForm,
    PlanStepForm,
    ReviewOnForm,
)
from reports.briefings.planning.models import AnnouncedTo, Announcement, PlanStep, came_out_at


@require_safe
@secret
def plan(request: PortalRequest, public_id: str) -> HttpResponse:
    """Who tells whom what, planned and done; the announcement; when somebody looks again."""
    return _shown(request, worked_on(request, public_id), {})


def _shown(
    request: PortalRequest, briefing: Briefing, typed: Mapping[str, forms.Form]
) -> HttpResponse:
    out = came_out_at(briefing)
    announcement = Announcement.objects.filter(briefing=briefing).first()
    initial = {"day": announcement.day.day} if announcement else {}
    rows = briefing.audience.select_related("municipality", "region")
    context = page(
        request,
        briefing,
        steps=briefing.plan_steps.filter(dropped_at=None).select_related("done_by"),
        step_form=typed.get("step") or PlanStepForm(),
        announcement=announcement,
        announced_days=list(announcement.days.select_related("by")) if announcement else [],
        announced_places=[str(row.place) for row in rows],
        announce_form=typed.get("announce") or AnnounceForm(),
        day_form=typed.get("day") or DayForm(initial=initial, prefix="move"),
        is_out=out is not None and out <= request.at,
        out=out,
        records=exportable(request.at).filter(briefing=briefing),
        is_due=briefing.review_on is not None and briefing.review_on <= request.today,
        reviews=briefing.reviews.select_related("by"),
        review_on_form=typed.get("review_on")
        or ReviewOnForm(initial={"on": briefing.review_on}, prefix="plan"),
        review_form=typed.get("review") or PlanReviewForm(prefix="review"),
        now=request.at,
    )
    return render(request, "reports/briefings/planning.html", context)


@require_POST
@secret
def step_add(request: PortalRequest, public_id: str) -> HttpResponse:
    """One more step of the plan."""
    briefing = worked_on(request, public_id)
    form = PlanStepForm(request.POST)
    if not form.is_valid():
        return _shown(request, briefing, {"step": form})
    data = form.cleaned_data
    tried(
        request,
        _("The step stands in the plan."),
        lambda: acts.add_step(
            briefing=briefing,
            teller=data["teller"],
            audience=data["audience"],
            what=data["what"],
            planned_at=data["planned_at"],
            at=request.at,
            by=request.user,
        ),
    )
    return redirect("reports:briefing_plan", public_id)


def _step(briefing: Briefing, step_id: str) -> PlanStep:
    found: PlanStep | None = briefing.plan_steps.filter(public_id=step_id).first()
    if found is None:
        raise Http404
    return found


@require_POST
@secret
def step_done(request: PortalRequest, public_id: str, step_id: str) -> HttpResponse:
    """It was done."""
    step = _step(worked_on(request, public_id), step_id)
    note = request.POST.get("note", "").replace("\0", "")[:300]
    tried(
        request,
        _("Noted as done."),
        lambda: acts.finish_step(step=step, note=note, at=request.at, by=request.user),
    )
    return redirect("reports:briefing_plan", public_id)


@require_POST
@secret
def step_drop(request: PortalRequest, public_id: str, step_id: str) -> HttpResponse:
    """It will not be done."""
    step = _step(worked_on(request, public_id), step_id)
    tried(
        request,
        _("The step was dropped."),
        lambda: acts.drop_step(step=step, at=request.at, by=request.user),
    )
    return redirect("reports:briefing_plan", public_id)


@require_POST
@secret
def announce(request: PortalRequest, public_id: str) -> HttpResponse:
    """Put it in the calendar, or announce another day."""
    briefing = worked_on(request, public_id)
    there = Announcement.objects.filter(briefing=briefing).first()
    if there is not None:
        return _move(request, briefing, there)
    form = AnnounceForm(request.POST)
    if not form.is_valid():
        return _shown(request, briefing, {"announce": form})
    data: dict[str, Any] = form.cleaned_data
    if not request.POST.get("confirmed"):
        messages.error(request, _("Confirm that its coming may be known."))
        return _shown(request, briefing, {"announce": form})
    rows = briefing.audience.select_related("municipality", "region")
    tried(
        request,
        _("It stands in the calendar."),
        lambda: acts.announce(
            briefing=briefing,
            title=data["title"],
            day=data["day"],
            to=AnnouncedTo(data["to"]),
            places=[row.place for row in rows],
            at=request.at,
            by=request.user,
        ),
    )
    return redirect("reports:briefing_plan", public_id)


def _move(request: PortalRequest, briefing: Briefing, there: Announcement) -> HttpResponse:
    form = DayForm(request.POST, prefix="move")
    if not form.is_valid():
        return _shown(request, briefing, {"day": form})
    tried(
        request,
        _("The new day is announced."),
        lambda: acts.move_announcement(
            announcement=there, day=form.cleaned_data["day"], at=request.at, by=request.user
        ),
    )
    return redirect("reports:briefing_plan", briefing.public_id)


@require_POST
@secret
def announce_cancel(request: PortalRequest, public_id: str) -> HttpResponse:
    """Take it out of the calendar."""
    briefing = worked_on(request, public_id)
    there = Announcement.objects.filter(briefing=briefing).first()
    if there is None:
        raise Http404
    tried(
        request,
        _("It no longer stands in the calendar."),
        lambda: acts.cancel_announcement(announcement=there, at=request.at, by=request.user),
    )
    return redirect("reports:briefing_plan", public_id)


@require_POST
@secret
def review_plan(request: PortalRequest, public_id: str) -> HttpResponse:
    """Say when somebody looks again."""
    briefing = worked_on(request, public_id)
    form = ReviewOnForm(request.POST, prefix="plan")
    if not form.is_valid():
        return _shown(request, briefing, {"review_on": form})
    tried(
        request,
        _("Saved."),
        lambda: acts.plan_review(
            briefing=briefing, on=form.cleaned_data["on"], at=request.at, by=request.user
        ),
    )
    return redirect("reports:briefing_plan", public_id)


@require_POST
@secret
def review(request: PortalRequest, public_id: str) -> HttpResponse:
    """Somebody looked."""
    briefing = worked_on(request, public_id)
    form = PlanReviewForm(request.POST, prefix="review")
    if not form.is_valid():
        return _shown(request, briefing, {"review": form})
    data = form.cleaned_data
    tried(
        request,
        _("Noted."),
        lambda: acts.review(
            briefing=briefing,
            still_holds=data["still_holds"] == "yes",
            note=data["note"],
            next_on=data["next_on"],
            at=request.at,
            by=request.user,
        ),
    )
    return redirect("reports:briefing_plan", public_id)
