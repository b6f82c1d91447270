"""Pages about deliveries: the months, handing one over, how it goes, what it changed."""

from __future__ import annotations

import logging
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.deliveries.selectors import compare, previous_of
from cases.models import Delivery, Intake, IntakeState
from cases.models.intakes import IntakeFailure
from certification.deliveries.actions import NotKeptError, discard, hand_over, start_again
from certification.deliveries.exports import empty_delivery, problem_list
from certification.deliveries.forms import UploadForm
from certification.deliveries.rights import DELIVER, SEE_DELIVERIES
from certification.deliveries.selectors import calendar_of
from certification.deliveries.sentences import EqualProblems, equal_together, worded_rows
from certification.deliveries.spool import TooLargeError, is_there
from certification.models import ComplianceRun
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution
from jbn_oversight.spoken_day import spoken_day

logger = logging.getLogger(__name__)

ATTEMPTS: Final = 10
EXPLAINED: Final = 10
"""So many problems are told in sentences above the tables."""


@require_safe
@login_required
def deliveries(request: PortalRequest) -> HttpResponse:
    """The months of the person's institutions by how far their delivery is."""
    places = request.actor.places(SEE_DELIVERIES)
    if not places.institutions:
        raise Http404
    day = spoken_day(request)
    shown = []
    for institution in Institution.objects.filter(code__in=places.institutions):
        attempts = Intake.objects.filter(institution=institution).select_related("asked_by")
        shown.append(
            {
                "institution": institution,
                "calendar": calendar_of(institution, day),
                "attempts": attempts[:ATTEMPTS],
            }
        )
    context = {
        "shown": shown,
        "day": day,
        "may_deliver": bool(request.actor.places(DELIVER).institutions),
    }
    return render(request, "certification/deliveries/months.html", context)


@login_required
def upload(request: PortalRequest) -> HttpResponse:
    """Hand over a zip or an XLSX file."""
    if not request.actor.may(SEE_DELIVERIES):
        raise Http404
    institutions = request.actor.places(DELIVER).institutions
    if not institutions:
        raise PermissionDenied
    posted = request.method == "POST"
    form = UploadForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        institutions=institutions,
        today=request.today,
    )
    if posted and form.is_valid():
        try:
            intake = hand_over(
                institution=form.cleaned_data["institution"],
                period_from=form.cleaned_data["period_from"],
                period_until=form.cleaned_data["period_until"],
                chunks=form.cleaned_data["file"].chunks(),
                by=request.user,
            )
        except TooLargeError:
            form.add_error("file", _("The file is larger than 100 MB. Deliver less."))
        except OSError as error:
            logger.error("an upload could not be kept: %s", type(error).__name__)
            form.add_error(
                "file",
                _("The file could not be kept, so nothing was handed over. Try again later."),
            )
        else:
            return redirect("certification:intake", intake.public_id)
    return render(request, "certification/deliveries/upload.html", {"form": form})


def _intake(request: PortalRequest, public_id: str) -> Intake:
    """An attempt of one of the person's institutions, or 404."""
    seen = request.actor.places(SEE_DELIVERIES).institutions
    people = ("asked_by", "restarted_by", "discarded_by")
    rows = Intake.objects.select_related("institution", "delivery", *people)
    return get_object_or_404(rows, public_id=public_id, institution__code__in=seen)


@require_safe
@login_required
def intake(request: PortalRequest, public_id: str) -> HttpResponse:
    """One attempt: how far it is, or how it ended and what is to be fixed."""
    row = _intake(request, public_id)
    problems = equal_together(worded_rows(row.problems))
    files: dict[str, list[EqualProblems]] = {}
    for problem in problems:
        files.setdefault(problem.file, []).append(problem)
    sort = request.GET.get("sort")
    if sort == "column":
        for found in files.values():
            found.sort(key=lambda problem: (problem.column, problem.first_row))
    run = None
    if row.state == IntakeState.ACCEPTED:
        runs = ComplianceRun.objects.covering(row.institution, row.period_from, row.period_until)
        run = runs.filter(requested_at__gte=row.started_at).order_by("requested_at").first()
    is_kept = row.state == IntakeState.FAILED and is_there(row.spool_name)
    context = {
        "intake": row,
        "waits_for_other": Intake.objects.ahead_of(row).exists(),
        "waits_long": row.waits_long(request.at),
        "stands_still": row.stands_still(request.at),
        "is_kept": is_kept and row.failure != IntakeFailure.DISCARDED,
        "is_overtaken": is_kept and Intake.objects.that_overtook(row).exists(),
        "may_deliver": row.institution.code in request.actor.places(DELIVER).institutions,
        # The page with figures belongs to a higher floor, which this one does not name.
        "held_path": f"{request.path}held/",
        "first": problems[:EXPLAINED],
        "files": files,
        "sort": sort,
        "run": run,
        "waits": not row.is_finished or (run is not None and not run.is_finished),
        "warnings": worded_rows(row.delivery.warnings) if row.delivery else [],
    }
    return render(request, "certification/deliveries/intake.html", context)


def _stopped(request: PortalRequest, public_id: str) -> Intake:
    """An attempt of an institution for which the person may deliver, or 404 or 403."""
    row = _intake(request, public_id)
    if row.institution.code not in request.actor.places(DELIVER).institutions:
        raise PermissionDenied
    return row


@require_POST
@login_required
def intake_again(request: PortalRequest, public_id: str) -> HttpResponse:
    """Have the file read once more."""
    row = _stopped(request, public_id)
    try:
        start_again(intake=row, by=request.user)
    except NotKeptError:
        messages.error(request, _("This file is busy, done with or gone. Look at it again."))
    return redirect("certification:intake", public_id)


@require_POST
@login_required
def intake_discard(request: PortalRequest, public_id: str) -> HttpResponse:
    """Throw the file away."""
    row = _stopped(request, public_id)
    try:
        discard(intake=row, by=request.user)
    except NotKeptError:
        messages.error(request, _("This file is busy, done with or gone. Look at it again."))
    return redirect("certification:intake", public_id)


@require_safe
@login_required
def intake_errors(request: PortalRequest, public_id: str) -> HttpResponse:
    """The problems of an attempt as a CSV file."""
    row = _intake(request, public_id)
    problems = problem_list(worded_rows(row.problems))
    return _download(problems.encode(), "text/csv; charset=utf-8", "fouten.csv")


@require_safe
@login_required
def empty(request: PortalRequest) -> HttpResponse:
    """The files of a delivery with their headers alone, to fill in."""
    if not request.actor.may(SEE_DELIVERIES):
        raise Http404
    return _download(empty_delivery(), "application/zip", "lege-levering.zip")


def _download(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@login_required
def delivery(request: PortalRequest, public_id: str) -> HttpResponse:
    """One version: who, when, what it changed, and which months rest on it now."""
    seen = request.actor.places(SEE_DELIVERIES).institutions
    rows = Delivery.objects.select_related("institution")
    row = get_object_or_404(rows, public_id=public_id, institution__code__in=seen)
    previous = previous_of(row)
    context = {
        "delivery": row,
        "months": [
            pointer.month
            for pointer in row.pointers.filter(superseded_at__isnull=True).order_by("month")
        ],
        "previous": previous,
        "comparison": compare(row, previous) if previous else [],
        "warnings": worded_rows(row.warnings),
    }
    return render(request, "certification/deliveries/delivery.html", context)
