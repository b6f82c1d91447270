"""Pages for typing a month's staffing figures: concept, submitted, approved by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.actions import (
    ReturnStateError,
    approve_return,
    save_return,
    send_back_return,
    submit_return,
)
from cases.actions.returns import may_approve, replaces_delivered
from cases.models import StaffingReturn, StaffingVersion
from cases.staffing_table import QUANTITIES
from certification.actions import request_run_after_change
from certification.deliveries.forms import QUANTITY_WORDS, ROLE_WORDS, StaffingForm
from certification.deliveries.rights import SEE_STAFFING, TYPE_STAFFING
from jbn_oversight.clock import add_months, month_of, months_between, parse_month
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution, InstitutionTask, Region, Task
from jbn_oversight.spoken_day import spoken_day

MONTHS_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A month of a region, and who may do what with it."""

    institution: Institution
    region: Region
    month: date
    may_type: bool


@require_safe
@login_required
def staffing(request: PortalRequest) -> HttpResponse:
    """The last months of the person's regions: where the figures come from, what is open."""
    regions = request.actor.places(SEE_STAFFING).regions
    if not regions:
        raise Http404
    last = add_months(month_of(spoken_day(request)), -1)
    months = months_between(add_months(last, 1 - MONTHS_SHOWN), last)[::-1]
    tasks = InstitutionTask.objects.running(request.today).filter(
        region__slug__in=regions, task=Task.CERTIFIED_INSTITUTION
    )
    shown = []
    for task in tasks.select_related("institution", "region").order_by("region__name"):
        mine = {"institution": task.institution, "region": task.region, "month__in": months}
        versions = {row.month: row for row in StaffingVersion.objects.current().filter(**mine)}
        returns = {row.month: row for row in StaffingReturn.objects.open().filter(**mine)}
        lines = [(month, versions.get(month), returns.get(month)) for month in months]
        shown.append({"institution": task.institution, "region": task.region, "lines": lines})
    return render(
        request,
        "certification/deliveries/staffing.html",
        {"shown": shown},
    )


def _place(request: PortalRequest, code: str, slug: str, month: str) -> Place:
    """The month of a region that the person may see, or 404."""
    try:
        first = parse_month(month)
    except ValueError:
        raise Http404 from None
    seen = request.actor.places(SEE_STAFFING)
    if slug not in seen.regions or code not in seen.institutions:
        raise Http404
    task = (
        InstitutionTask.objects.running(request.today)
        .filter(institution__code=code, region__slug=slug, task=Task.CERTIFIED_INSTITUTION)
        .select_related("institution", "region")
        .first()
    )
    if task is None or first >= month_of(request.today):
        raise Http404
    may_type = slug in request.actor.places(TYPE_STAFFING).regions
    return Place(task.institution, task.region, first, may_type)


@login_required
def staffing_return(request: PortalRequest, code: str, slug: str, month: str) -> HttpResponse:
    """Type, submit, send back or approve the figures of one month and region."""
    place = _place(request, code, slug, month)
    typed = (
        StaffingReturn.objects.open()
        .filter(institution=place.institution, region=place.region, month=place.month)
        .select_related("typed_by", "submitted_by")
        .first()
    )
    replaced = replaces_delivered(typed) if typed else None
    form = StaffingForm(figures=typed.figures if typed else {})
    if request.method == "POST":
        if not place.may_type:
            raise PermissionDenied
        act = request.POST.get("act", "")
        if act in {"save", "submit"}:
            form = StaffingForm(
                request.POST, figures=typed.figures if typed else {}, strict=act == "submit"
            )
        if act not in {"save", "submit"} or form.is_valid():
            _carry_out(request, place, typed, act, form)
            return redirect("certification:staffing_return", code, slug, month)
    return render(
        request,
        "certification/deliveries/staffing_return.html",
        {
            "place": place,
            "typed": typed,
            "form": form,
            "current": _current(place),
            "replaces": replaced,
            "delivered_rows": _delivered_rows(replaced),
            "may_approve": typed is not None and may_approve(typed, request.user),
            "rows": _rows(typed),
            "quantity_words": [QUANTITY_WORDS[quantity] for quantity in QUANTITIES],
            "role_words": list(ROLE_WORDS.values()),
        },
    )


def _carry_out(
    request: PortalRequest,
    place: Place,
    typed: StaffingReturn | None,
    act: str,
    form: StaffingForm,
) -> None:
    """The act that a button asked for; what cannot be done now is said."""
    try:
        if act in {"save", "submit"}:
            saved = save_return(
                institution=place.institution,
                region=place.region,
                month=place.month,
                figures=form.figures(),
                by=request.user,
            )
            if act == "submit":
                submit_return(typed=saved, by=request.user)
                messages.success(request, _("Submitted. A colleague has to approve it now."))
            else:
                messages.success(request, _("Kept as a concept."))
        elif typed is None:
            raise Http404
        elif act == "approve":
            approve_return(typed=typed, by=request.user)
            request_run_after_change(
                institution=place.institution,
                period_from=place.month,
                period_until=place.month,
                by=request.user,
            )
            messages.success(request, _("Approved. The figures count from now on."))
        elif act == "send_back":
            send_back_return(typed=typed, by=request.user)
            messages.success(request, _("Sent back. It is a concept again."))
        else:
            raise Http404
    except ReturnStateError:
        messages.error(request, _("Somebody changed this return meanwhile. Look at it again."))


def _current(place: Place) -> StaffingVersion | None:
    return (
        StaffingVersion.objects.current()
        .filter(institution=place.institution, region=place.region, month=place.month)
        .select_related("delivery", "typed_return")
        .first()
    )


def _rows(typed: StaffingReturn | None) -> list[tuple[object, list[str]]]:
    """What was typed as a table: roles down, quantities across."""
    if typed is None:
        return []
    return [
        (ROLE_WORDS[role], [row.get(quantity, "") for quantity in QUANTITIES])
        for role, row in typed.figures.items()
    ]


def _delivered_rows(version: StaffingVersion | None) -> list[tuple[object, list[str]]]:
    """The delivered figures that approval would replace, in the same form."""
    if version is None:
        return []
    return [
        (ROLE_WORDS[row.role], [_number(getattr(row, quantity)) for quantity in QUANTITIES])
        for row in version.rows.order_by("pk")
    ]


def _number(value: Decimal | int | None) -> str:
    return "–" if value is None else f"{Decimal(value).normalize():f}"
