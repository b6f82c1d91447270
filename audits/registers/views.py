"""A register of this floor as a spreadsheet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from audits.exports import xlsx_response
from audits.permissions import seen_institution
from audits.registers.selectors import register_for
from jbn_oversight.http import PortalRequest
from jbn_oversight.spoken_day import spoken_day


@require_safe
@login_required
def register_xlsx(request: PortalRequest, institution_code: str, register: str) -> HttpResponse:
    """The register by that name, as known on the day that the page speaks of."""
    institution = seen_institution(request, institution_code)
    found = register_for(register, institution, spoken_day(request), request)
    if found is None:
        raise Http404
    return xlsx_response(found)
