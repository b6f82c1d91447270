"""Naming makers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jbn_oversight.accounts.models import User
from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from reports.briefings.gate.permissions import asked_mandates, maker_of
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.makers.actions import name_makers
from reports.briefings.makers.forms import MakersForm
from reports.briefings.models.briefings import WRITE, Briefing, BriefingPermission


def _co_writers(briefing: Briefing) -> list[User]:
    rows = BriefingPermission.objects.filter(
        content_object=briefing, permission__codename=WRITE
    ).exclude(user=briefing.author)
    return list(User.objects.filter(pk__in=rows.values("user")))


@require_http_methods(["GET", "HEAD", "POST"])
@secret
def makers(request: PortalRequest, public_id: str) -> HttpResponse:
    """Who approves, who publishes, who writes along."""
    briefing = worked_on(request, public_id)
    if not maker_of(briefing, request.user, request.at).writes:
        raise PermissionDenied
    initial = {
        "signatories": [one.public_id for one in asked_mandates(briefing, request.today)],
        "publisher": briefing.publisher and briefing.publisher.public_id,
        "co_writers": [person.public_id for person in _co_writers(briefing)],
    }
    form = MakersForm(
        request.POST if request.method == "POST" else None,
        briefing=briefing,
        on=request.today,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            name_makers(
                briefing=briefing,
                signatories=list(form.cleaned_data["signatories"]),
                publisher=form.cleaned_data["publisher"],
                co_writers=list(form.cleaned_data["co_writers"]),
                at=request.at,
                by=request.user,
            )
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, _("The makers are named."))
            return redirect("reports:briefing_work", public_id)
    return render(request, "reports/briefings/makers.html", page(request, briefing, form=form))
