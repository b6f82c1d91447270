"""Rehearsing a release."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from reports.briefings.decisions.models import Rehearsal
from reports.briefings.gate.policies import has_new_draft
from reports.briefings.gate.views.fetching import secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.rehearsal.actions.rehearsals import rehearse
from reports.briefings.rehearsal.actions.stage import KINDS, MOMENTS
from reports.briefings.signing.selectors.going_out import draft_going_out, version_going_out
from reports.briefings.signing.selectors.shown import GoingOut
from reports.briefings.signing.selectors.signed_texts import texts_of


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
            messages.error(request, error.sentence)
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
