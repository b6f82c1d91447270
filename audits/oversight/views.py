"""Certificate and supervision: what others decided and found, as known on a day."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audits.oversight.selectors import (
    COMING_DAYS,
    audits_known,
    coming_of,
    contradictions,
    inspections_known,
    latest_of,
    overdue_of,
    timeline,
)
from audits.oversight.sentences import certificate_sentence, supervision_sentence
from audits.permissions import seen_institution
from certification.certificates.selectors import certificates_known, holding_of
from jbn_oversight.http import PortalRequest
from jbn_oversight.spoken_day import spoken_day


@require_safe
@login_required
def oversight(request: PortalRequest, institution_code: str) -> HttpResponse:
    """The page "Keurmerk en toezicht" of one institution."""
    institution = seen_institution(request, institution_code)
    day = spoken_day(request)
    certificates = certificates_known(institution, day)
    certificate = holding_of(certificates, day)
    inspections = inspections_known(institution, day)
    inspection = latest_of(inspections)
    matters = timeline(institution, day)
    context = {
        "institution": institution,
        "day": day,
        "certificate": certificate,
        "certificates": certificates,
        "certificate_sentence": certificate_sentence(certificate, day),
        "audits": audits_known(institution, day),
        "inspection": inspection,
        "inspections": inspections,
        "supervision_sentence": supervision_sentence(inspection),
        "timeline": matters[::-1],
        "coming": coming_of(matters, day),
        "coming_days": COMING_DAYS,
        "overdue": overdue_of(matters, day),
        "contradictions": contradictions(institution),
    }
    return render(request, "audits/oversight.html", context)
