"""The list of inspections, and the page of one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audits.inspections.selectors.pages import changes_of_inspection, inspection_page
from audits.inspections.sentences.pages import inspection_sentence
from audits.inspections.views.objects import inspected_or_404
from audits.models.inspections import ON_THE_SCALE, Judgement
from audits.oversight.selectors import inspections_known
from audits.oversight.sentences import supervision_sentence
from audits.permissions import may_record, seen_institution
from audits.selectors.public_documents import shown_document
from audits.selectors.visibility import sight_for
from jbn_oversight.http import PortalRequest
from jbn_oversight.spoken_day import spoken_day


@require_safe
@login_required
def inspections(request: PortalRequest, institution_code: str) -> HttpResponse:
    """All inspections of one institution known on the day."""
    institution = seen_institution(request, institution_code)
    day = spoken_day(request)
    lines = inspections_known(institution, day)
    latest = next((line for line in lines if line.published), lines[0] if lines else None)
    context = {
        "institution": institution,
        "day": day,
        "lines": lines,
        "sentence": supervision_sentence(latest),
        "may_record": may_record(request.actor, institution),
    }
    return render(request, "audits/inspections/list.html", context)


@require_safe
@login_required
def inspection(request: PortalRequest, institution_code: str, inspection_id: str) -> HttpResponse:
    """One inspection: how it went, the verdicts, the measures, the others in it."""
    institution = seen_institution(request, institution_code)
    inspected = inspected_or_404(institution, inspection_id)
    day = spoken_day(request)
    page = inspection_page(inspected, day)
    context = {
        "institution": institution,
        "inspection_id": inspected.public_id,
        "title": inspected.inspection.title,
        "day": day,
        "page": page,
        "document": shown_document(inspected.document, request.at, day)
        if page.own.published
        else None,
        "sentence": inspection_sentence(page),
        "scale": [(each.value, each.label) for each in (*ON_THE_SCALE, *_OFF_THE_SCALE)],
        "may_record": may_record(request.actor, institution),
        "changes": changes_of_inspection(inspected, sight_for(request)),
    }
    return render(request, "audits/inspections/inspection.html", context)


_OFF_THE_SCALE = (Judgement.NOT_JUDGED, Judgement.FALLS_SHORT)
