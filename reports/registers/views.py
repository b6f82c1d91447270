"""A register of the floor below as a PDF."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from audits.exports import download, file_name
from audits.permissions import seen_institution
from audits.registers.selectors import register_for
from jbn_oversight.http import PortalRequest
from jbn_oversight.spoken_day import spoken_day
from reports.registers.exports import printed


@require_safe
@login_required
def register_pdf(request: PortalRequest, institution_code: str, register: str) -> HttpResponse:
    """The register by that name, as known on the day that the page speaks of."""
    institution = seen_institution(request, institution_code)
    found = register_for(register, institution, spoken_day(request), request)
    if found is None:
        raise Http404
    pdf = printed(found, institution.name)
    return download(pdf.data, "application/pdf", file_name(found, "pdf"))
