"""The page on which somebody lets a delivery through that would change much, or sends it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cases.models import Intake
from certification.deliveries.actions import let_held_through, send_held_back
from certification.deliveries.rights import DELIVER, SEE_DELIVERIES
from certification.deliveries.sentences import finding_sentences
from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from reports.held_deliveries.forms import RIGHT, HeldDeliveryForm
from reports.held_deliveries.selectors import changes_of


@login_required
def held_delivery(request: PortalRequest, public_id: str) -> HttpResponse:
    """Why it waits, what it would change, and the decision. For who may hand over deliveries."""
    seen = request.actor.places(SEE_DELIVERIES).institutions
    rows = Intake.objects.select_related("institution", "delivery__hold__decided_by")
    row = get_object_or_404(
        rows, public_id=public_id, institution__code__in=seen, delivery__hold__isnull=False
    )
    if row.institution.code not in request.actor.places(DELIVER).institutions:
        raise PermissionDenied
    assert row.delivery is not None
    hold = row.delivery.hold
    form = HeldDeliveryForm(request.POST if request.method == "POST" and hold.waits else None)
    if form.is_bound and form.is_valid():
        is_right = form.cleaned_data["decision"] == RIGHT
        decide = let_held_through if is_right else send_held_back
        try:
            decide(intake=row, reason=form.cleaned_data["reason"], by=request.user)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            if is_right:
                messages.success(request, _("The delivery counts. Its figures are being computed."))
            else:
                messages.success(request, _("The delivery was sent back. The figures stay."))
            return redirect("certification:intake", public_id)
    context = {
        "intake": row,
        "hold": hold,
        "findings": finding_sentences(hold),
        "changes": changes_of(hold) if hold.waits else None,
        "form": form,
    }
    return render(request, "reports/held_deliveries/held.html", context)
