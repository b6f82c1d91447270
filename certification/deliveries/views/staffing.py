"""Pages for typing a month's staffing figures: concept, submitted, approved by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.models import StaffingReturn, StaffingVersion
from cases.returns.actions import (
    ReturnChangedError,
    ReturnStateError,
    approve_return,
    may_approve,
    replaces_delivered,
    save_return,
    send_back_return,
    submit_return,
)
from cases.returns.selectors import ReturnStanding, standing, standing_of
from cases.staffing.rules import QUANTITIES
from certification.compliance.actions.runs import request_run_after_change
from certification.deliveries.forms import QUANTITY_WORDS, ROLE_WORDS, StaffingForm
from certification.deliveries.rights import SEE_STAFFING, TYPE_STAFFING
from certification.deliveries.sentences import counting_sentence, typing_words
from jbn_oversight.clock import add_months, month_of, months_between, parse_month
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution, InstitutionTask, Region, Task
from jbn_oversight.spoken_day import spoken_day

MONTHS_SHOWN: Final = 12
TYPING: Final = frozenset({"save", "submit", "replace"})
"""Acts that bring what was typed."""


@dataclass(frozen=True, slots=True)
class StaffingPlace:
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


def _place(request: PortalRequest, code: str, slug: str, month: str) -> StaffingPlace:
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
    return StaffingPlace(task.institution, task.region, first, may_type)


@login_required
def staffing_return(request: PortalRequest, code: str, slug: str, month: str) -> HttpResponse:
    """Type, submit, send back or approve the figures of one month and region."""
    place = _place(request, code, slug, month)
    found = standing(place.institution, place.region, place.month)
    form = StaffingForm(figures=found.figures)
    seen, is_conflict = found.key, False
    if request.method == "POST":
        if not place.may_type:
            raise PermissionDenied
        act = request.POST.get("act", "")
        # What the page was opened on: it stays until the person has seen what else stands now.
        seen = request.POST.get("seen", "")
        if act in TYPING:
            form = StaffingForm(request.POST, figures=found.figures, strict=act == "submit")
        if act not in TYPING or form.is_valid():
            try:
                _carry_out(request, place, found, act, form, seen)
            except ReturnStateError as error:
                is_conflict = act in TYPING
                if not is_conflict:
                    messages.error(request, _changed_words(error))
            if not is_conflict:
                return redirect("certification:staffing_return", code, slug, month)
            found = standing(place.institution, place.region, place.month)
            seen = found.key
    grid = list(form.grid(beside=found.figures if is_conflict else None))
    replaced = replaces_delivered(found.typed) if found.typed else None
    return render(
        request,
        "certification/deliveries/staffing_return.html",
        {
            "place": place,
            "typed": found.typed,
            "form": form,
            "grid": grid,
            "differences": [cell for _word, cells in grid for cell in cells if cell.stands],
            "seen": seen,
            "is_conflict": is_conflict,
            "current": found.version,
            "sentence": counting_sentence(found.version),
            "heading": typing_words(
                is_begun=found.typed is not None, are_counted=found.version is not None
            ),
            "replaces": replaced,
            "delivered_rows": _delivered_rows(replaced),
            "may_approve": found.typed is not None and may_approve(found.typed, request.user),
            "rows": _rows(found.typed),
            "quantity_words": [QUANTITY_WORDS[quantity] for quantity in QUANTITIES],
            "role_words": list(ROLE_WORDS.values()),
        },
        status=HTTPStatus.CONFLICT if is_conflict else HTTPStatus.OK,
    )


def _changed_words(error: ReturnStateError) -> str:
    if isinstance(error, ReturnChangedError):
        return _("The figures changed since you opened the page. Nothing was done. Look again.")
    return _("Somebody changed this return meanwhile. Look at it again.")


def _carry_out(
    request: PortalRequest,
    place: StaffingPlace,
    found: ReturnStanding,
    act: str,
    form: StaffingForm,
    seen: str,
) -> None:
    """The act that a button asked for. Raises ReturnStateError for what cannot be done now."""
    typed = found.typed
    if act in TYPING:
        _keep(request, place, typed, act, form, seen)
    elif typed is None:
        raise ReturnChangedError("there is no return (any more)")
    elif act == "approve":
        approve_return(typed=typed, seen=seen, by=request.user)
        request_run_after_change(
            institution=place.institution,
            period_from=place.month,
            period_until=place.month,
            by=request.user,
        )
        messages.success(request, _("Approved. The figures count from now on."))
    elif act == "send_back":
        send_back_return(typed=typed, seen=seen, by=request.user)
        messages.success(request, _("Sent back. It is a concept again."))
    else:
        raise Http404


def _keep(
    request: PortalRequest,
    place: StaffingPlace,
    typed: StaffingReturn | None,
    act: str,
    form: StaffingForm,
    seen: str,
) -> None:
    """Keep what was typed; ``replace`` sends back first what waits for approval."""
    if act == "replace" and typed is not None and typed.submitted_at is not None:
        sent_back = send_back_return(typed=typed, seen=seen, by=request.user)
        seen = standing_of(sent_back).key
    saved = save_return(
        institution=place.institution,
        region=place.region,
        month=place.month,
        figures=form.figures(),
        seen=seen,
        by=request.user,
    )
    if act == "submit":
        submit_return(typed=saved, seen=standing_of(saved).key, by=request.user)
        messages.success(request, _("Submitted. A colleague has to approve it now."))
    else:
        messages.success(request, _("Kept as a concept."))


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
