"""Record measures: imposed with a term, visited, lifted, and told otherwise elsewhere."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.forms.submitted import sent
from audits.inspections.actions.measures import lift_measure, save_claim, save_measure, save_visit
from audits.inspections.forms.measures import ClaimForm, LiftForm, MeasureForm, VisitForm
from audits.inspections.rules.letters import for_lifting, for_measure, for_visit
from audits.inspections.views.forms import FormPage, answer, recorded_inspection
from audits.inspections.views.objects import (
    claim_or_404,
    measure_or_404,
    place_or_404,
    visit_or_404,
)
from audits.letters.forms import pasted
from audits.models.inspections import MeasureClaim, SupervisionMeasure, SupervisionVisit
from jbn_oversight.http import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def measure_edit(
    request: PortalRequest,
    institution_code: str,
    inspection_id: str,
    inspected_id: str | None = None,
    measure_id: str | None = None,
) -> HttpResponse:
    """Record a measure on one institution of the inspection, or change it."""
    own = recorded_inspection(request, institution_code, inspection_id)
    if measure_id:
        measure = measure_or_404(own, measure_id)
        place = measure.inspected
    elif inspected_id:
        measure, place = None, place_or_404(own, inspected_id)
    else:
        raise Http404
    letter = pasted(request)
    form = MeasureForm(
        sent(request),
        instance=measure or SupervisionMeasure(inspected=place),
        suggested=for_measure(letter.found),
        at=request.at,
    )

    def save() -> SupervisionMeasure:
        return save_measure(measure=form.record(request.user), today=request.today, by=request.user)

    title = _("Change a measure on %(name)s") if measure else _("Add a measure on %(name)s")
    lead = _("Which measure, since when, and until when there is time to improve.")
    return answer(request, own, form, save, FormPage(title % {"name": place}, lead, letter))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def measure_lift(
    request: PortalRequest, institution_code: str, inspection_id: str, measure_id: str
) -> HttpResponse:
    """Record that a measure was lifted, or take that back."""
    own = recorded_inspection(request, institution_code, inspection_id)
    measure = measure_or_404(own, measure_id)
    letter = pasted(request)
    form = LiftForm(
        sent(request), instance=measure, suggested=for_lifting(letter.found), at=request.at
    )

    def save() -> SupervisionMeasure:
        return lift_measure(measure=form.record(request.user), today=request.today, by=request.user)

    title = _("The lifting of %(measure)s") % {"measure": measure.get_kind_display()}
    lead = _("Empty the day to take the lifting back.")
    return answer(request, own, form, save, FormPage(title, lead, letter))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def visit_edit(
    request: PortalRequest,
    institution_code: str,
    inspection_id: str,
    measure_id: str,
    visit_number: int | None = None,
) -> HttpResponse:
    """Record a visit that a measure asks for, or change it or take it back."""
    own = recorded_inspection(request, institution_code, inspection_id)
    measure = measure_or_404(own, measure_id)
    visit = visit_or_404(measure, visit_number) if visit_number is not None else None
    letter = pasted(request)
    form = VisitForm(
        sent(request),
        instance=visit or SupervisionVisit(measure=measure),
        suggested=for_visit(letter.found),
        at=request.at,
    )

    def save() -> SupervisionVisit:
        return save_visit(visit=form.record(request.user), today=request.today, by=request.user)

    title = _("Change a visit") if visit else _("Add a visit")
    lead = _("A visit under %(measure)s.") % {"measure": measure.get_kind_display()}
    return answer(request, own, form, save, FormPage(title, lead, letter, visit))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def claim_edit(
    request: PortalRequest,
    institution_code: str,
    inspection_id: str,
    measure_id: str,
    claim_number: int | None = None,
) -> HttpResponse:
    """Record what another source says of a measure, or change it or take it back."""
    own = recorded_inspection(request, institution_code, inspection_id)
    measure = measure_or_404(own, measure_id)
    claim = claim_or_404(measure, claim_number) if claim_number is not None else None
    form = ClaimForm(sent(request), instance=claim or MeasureClaim(measure=measure), at=request.at)

    def save() -> MeasureClaim:
        return save_claim(claim=form.record(request.user), by=request.user)

    title = _("What another source says")
    lead = _("It stands beside the measure and changes nothing of it. Both stay visible.")
    return answer(request, own, form, save, FormPage(title, lead, row=claim))
