"""The page that lays a figure before and after an action side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audits.models.plans import PlanAction
from audits.permissions import seen_institution as seen_supervision
from jbn_oversight.http import PortalRequest
from reports.action_effects.selectors import effect_page
from reports.figure_pages.forms.days import asked_day
from reports.figure_pages.permissions import seen_institution
from reports.figure_pages.selectors.control import asked_place
from reports.figure_pages.selectors.visibility import sight
from reports.rights import SEE_FIGURES


@require_safe
@login_required
def action_effect(request: PortalRequest, institution_code: str, action_id: str) -> HttpResponse:
    """Did the figure change after the action? For who sees the action and the figures."""
    institution = seen_supervision(request, institution_code)
    seen_institution(request, institution_code, SEE_FIGURES)
    action = get_object_or_404(
        PlanAction.objects.filter(institution=institution), public_id=action_id
    )
    asked = asked_day(request)
    view = sight(request.actor, institution, asked.on)
    place = asked_place(view, request.GET.get("place", ""))
    page = effect_page(view, asked, action, place)
    base = reverse("reports:action_effect", args=[institution.code, action.public_id])
    joint = "&" if asked.query else "?"
    places = [
        (
            view.short_name(one),
            f"{base}{asked.query}" + ("" if one == view.main[0] else f"{joint}place={one.code}"),
            one == place,
        )
        for one in view.main
    ]
    context = {
        "institution": institution,
        "action": action,
        "page": page,
        "asked": asked,
        "places": places,
    }
    return render(request, "reports/action_effects/effect.html", context)
