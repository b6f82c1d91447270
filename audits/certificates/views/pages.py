"""Certificates as they are read: all of them, and the page of one."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audits.certificates.rules.states import HOLDING
from audits.certificates.selectors.history import changes_of_certificate
from audits.certificates.selectors.pages import certificate_page, certificates_of
from audits.permissions import may_record, seen_institution
from audits.selectors.visibility import sight_for
from certification.models.certificates import Certificate
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution
from jbn_oversight.spoken_day import default_day, spoken_day

SEE_FIGURES: Final = "reports.see_figures"
"""A right of a higher floor, so named and not imported: whether a figure's name is a link."""


def certificate_or_404(institution: Institution, public_id: str) -> Certificate:
    """One certificate of the institution, with all that its page shows."""
    for row in certificates_of(institution):
        if row.public_id == public_id:
            return row
    raise Http404


@require_safe
@login_required
def certificates(request: PortalRequest, institution_code: str) -> HttpResponse:
    """Every certificate of an institution, as known on a day; the one that holds comes first."""
    institution = seen_institution(request, institution_code)
    day = spoken_day(request)
    pages = [
        page
        for row in certificates_of(institution)
        if (page := certificate_page(row, day)).is_known
    ]
    context = {
        "institution": institution,
        "day": day,
        "query": _query(request),
        "pages": pages,
        "holding": next((page for page in pages if page.standing.stand in HOLDING), None),
        "may_record": may_record(request.actor, institution),
    }
    return render(request, "audits/certificates/list.html", context)


@require_safe
@login_required
def certificate(request: PortalRequest, institution_code: str, certificate_id: str) -> HttpResponse:
    """One certificate: whether it holds on the day, the way to its end, what was weighed."""
    institution = seen_institution(request, institution_code)
    row = certificate_or_404(institution, certificate_id)
    day = spoken_day(request)
    context = {
        "institution": institution,
        "day": day,
        "query": _query(request),
        "page": certificate_page(row, day),
        "changes": changes_of_certificate(row, sight_for(request)),
        "may_record": may_record(request.actor, institution),
        "may_see_figures": institution.code in request.actor.places(SEE_FIGURES).institutions,
    }
    return render(request, "audits/certificates/certificate.html", context)


def _query(request: PortalRequest) -> str:
    """What a link must carry to speak of the same day; empty for the default day."""
    day = spoken_day(request)
    return "" if day == default_day(request) else f"?on={day.isoformat()}"
