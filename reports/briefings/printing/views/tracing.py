"""Whose copy is this, and who behaved out of the ordinary: for makers and for who keeps watch."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.http import PortalRequest
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.misses import GuessingAlarm
from reports.briefings.models.readings import ReadingLog
from reports.briefings.printing.actions.copies import code_in, copy_by_code
from reports.briefings.printing.forms import CopyForm
from reports.briefings.printing.models import PersonalCopy

LOGS = "reports.see_logs"
MAKE = "reports.make_briefings"
PER_PAGE = 50


def _may_watch(actor: Actor) -> bool:
    return actor.may(LOGS) or actor.may(MAKE)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def whose_copy(request: PortalRequest) -> HttpResponse:
    """A code or a file in; whose copy it is out, if that is yours to know."""
    if not _may_watch(request.actor):
        raise PermissionDenied
    posted = request.method == "POST"
    form = CopyForm(request.POST if posted else None, request.FILES if posted else None)
    context: dict[str, object] = {"form": form, "asked": False}
    if posted and form.is_valid():
        upload = form.cleaned_data["file"]
        typed = code_in(upload.read()) if upload else form.cleaned_data["code"]
        copy = copy_by_code(typed) if typed else None
        context["asked"] = True
        if copy is not None and may_know(copy, request.user, request.actor, request.at):
            maker = Briefing.objects.worked_on_by(request.user, request.at)
            context |= {
                "copy": copy,
                "is_maker": maker.filter(pk=copy.briefing_id).exists(),
                "downloads": list(ReadingLog.objects.filter(copy_code=copy.code)),
            }
    return render(request, "reports/briefings/whose_copy.html", context)


def may_know(copy: PersonalCopy, user: User, actor: Actor, at: datetime) -> bool:
    """Makers of the briefing, and the privacy officer and the auditor of its owner."""
    if Briefing.objects.worked_on_by(user, at).filter(pk=copy.briefing_id).exists():
        return True
    places = actor.places(LOGS)
    owner = copy.briefing.owner_code
    return owner in {
        *(f"region:{slug}" for slug in places.regions),
        *(f"municipality:{code}" for code in places.municipalities),
    }


@require_safe
@login_required
def alarms(request: PortalRequest) -> HttpResponse:
    """Who guessed addresses or read in an unusual way. No briefing is named."""
    if not _may_watch(request.actor):
        raise PermissionDenied
    shown = Paginator(GuessingAlarm.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/briefings/alarms.html", {"page": shown})
