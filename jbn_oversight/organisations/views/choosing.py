"""The page on which somebody who sees several institutions chooses one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jbn_oversight.http import PortalRequest
from jbn_oversight.navigation import institutions_of, page_of_institutions


@require_safe
@login_required
def choose(request: PortalRequest) -> HttpResponse:
    """Every institution that the person may see a page of, each with that page."""
    page = page_of_institutions(request.actor, request.GET.get("page", ""))
    if page is None:
        raise Http404
    context = {"institutions": institutions_of(page, request.actor)}
    return render(request, "organisations/choose.html", context)
