"""Recording and changing a certificate, in the order of the letter."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.certificates.actions.certificates import LastDayOfferedError, save_certificate
from audits.certificates.forms.records import CertificateForm, with_last_day
from audits.certificates.rules.letters import certificate_suggested
from audits.certificates.views.pages import certificate_or_404
from audits.forms.submitted import recorded, sent
from audits.letters.forms import pasted
from audits.permissions import recorded_institution
from certification.models.certificates import Certificate
from jbn_oversight.http import PortalRequest

GO_ON = "go_on"
"""Name of the button that records and goes on with the next part of the letter."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def certificate_edit(
    request: PortalRequest, institution_code: str, certificate_id: str | None = None
) -> HttpResponse:
    """Record a certificate, or change one; a letter that is pasted fills the form."""
    institution = recorded_institution(request, institution_code)
    row = certificate_or_404(institution, certificate_id) if certificate_id else None
    letter = pasted(request)
    filled = sent(request)
    given: dict[str, Any] = {
        "instance": row or Certificate(institution=institution),
        "suggested": certificate_suggested(letter.found),
        "at": request.at,
    }
    form = CertificateForm(filled, **given)
    offer = ""

    def save() -> Certificate:
        return save_certificate(
            certificate=form.record(request.user), today=request.today, by=request.user
        )

    try:
        saved = recorded(request, form, save, _("The certificate is recorded."))
    except LastDayOfferedError as error:
        saved, offer = None, str(error)
        filled = with_last_day(filled, error)
        form = CertificateForm(filled, **given)
    if saved:
        name = "audits:weighing_new" if GO_ON in request.POST else "audits:certificate"
        return redirect(name, institution.code, saved.public_id)
    context = {"institution": institution, "row": row, "form": form, "letter": letter}
    return render(request, "audits/certificates/form.html", {**context, "offer": offer})
