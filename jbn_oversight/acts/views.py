"""The log of acts, as a page and as a file."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jbn_oversight.acts.exports import acts_csv
from jbn_oversight.acts.forms import ActsFilter
from jbn_oversight.acts.models import RecordedActQuerySet
from jbn_oversight.acts.rights import SEE_ACTS
from jbn_oversight.acts.selectors import (
    MOST_IN_A_FILE,
    acts_for,
    acts_page,
    filtered,
    kinds_for,
)
from jbn_oversight.acts.sentences import in_words
from jbn_oversight.http import PortalRequest


def _asked(request: PortalRequest) -> tuple[ActsFilter, RecordedActQuerySet]:
    """What was asked for, and the acts that answer it, else 404."""
    if not request.actor.may(SEE_ACTS):
        raise Http404
    form = ActsFilter(request.GET, kinds=kinds_for(request.actor))
    return form, filtered(acts_for(request.actor, request.user, request.at), form.asked())


@require_safe
@login_required
def log(request: PortalRequest) -> HttpResponse:
    """Who did what in the places of this person, the newest first."""
    form, acts = _asked(request)
    before = request.GET.get("before", "").replace("\0", "")[:32]
    page = acts_page(acts, before)
    asked = {name: text for name in form.fields if (text := request.GET.get(name, ""))}
    context = {
        "form": form,
        "lines": in_words(page.rows, request.actor),
        "is_first": not before,
        "newest": urlencode(asked),
        "older": urlencode({**asked, "before": page.older}) if page.older else "",
        "most": MOST_IN_A_FILE,
    }
    return render(request, "acts/log.html", context)


@require_safe
@login_required
def csv(request: PortalRequest) -> HttpResponse:
    """The same acts as a file, as many as it holds."""
    _form, acts = _asked(request)
    rows = list(acts.newest_first()[:MOST_IN_A_FILE])
    response = HttpResponse(
        acts_csv(in_words(rows, request.actor)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="handelingen.csv"'
    return response
