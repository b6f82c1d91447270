"""The page of organisations: who oversees whom, with the dates it depends on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import (
    Authority,
    InstitutionTask,
    Municipality,
)
from jbn_oversight.organisations.selectors.organisations import (
    MANAGE,
    seen_institutions,
    seen_regions,
)


@require_safe
@login_required
def mine(request: PortalRequest) -> HttpResponse:
    """Regions with their municipalities, institutions with their tasks, authorities."""
    tasks = InstitutionTask.objects.running(request.today).select_related("region")
    context = {
        "regions": [
            (region, Municipality.objects.in_region(region, request.today))
            for region in seen_regions(request.actor)
        ],
        "institutions": [
            (institution, [task for task in tasks if task.institution_id == institution.pk])
            for institution in seen_institutions(request.actor)
        ],
        "authorities": [
            (
                now := authority.name_on(request.today),
                [row.name for row in authority.names.all() if row.name != now],
                authority.aliases,
            )
            for authority in Authority.objects.prefetch_related("names")
        ],
        "may_manage": request.actor.may(MANAGE),
    }
    return render(request, "organisations/mine.html", context)
