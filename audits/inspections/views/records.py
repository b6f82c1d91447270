"""Record an inspection: announcement, messages, institutions, report, verdict per norm."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.forms.submitted import recorded, sent
from audits.inspections.actions.inspections import save_inspection, save_institution, save_message
from audits.inspections.actions.reports import save_report, save_verdicts
from audits.inspections.forms.inspections import (
    InspectedInstitutionForm,
    InspectionForm,
    MessageForm,
    ReportForm,
    VerdictsForm,
)
from audits.inspections.rules.letters import for_inspection, for_message, for_report
from audits.inspections.views.forms import (
    FormPage,
    answer,
    form_page,
    recorded_inspection,
    to_page,
)
from audits.inspections.views.objects import inspected_or_404, message_or_404, place_or_404
from audits.letters.forms import pasted
from audits.models.inspections import InspectedInstitution, Inspection, InterimMessage
from audits.permissions import recorded_institution
from jbn_oversight.http import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def inspection_edit(
    request: PortalRequest, institution_code: str, inspection_id: str | None = None
) -> HttpResponse:
    """Record an inspection as it is announced, or change it."""
    institution = recorded_institution(request, institution_code)
    own = inspected_or_404(institution, inspection_id) if inspection_id else None
    letter = pasted(request)
    form = InspectionForm(
        sent(request),
        instance=own.inspection if own else Inspection(),
        suggested=for_inspection(letter.found),
        today=request.today,
        at=request.at,
    )

    def save() -> InspectedInstitution:
        return save_inspection(
            institution=institution,
            inspection=form.record(request.user),
            authorities=form.cleaned_data["authorities"],
            today=request.today,
            by=request.user,
        )

    if saved := recorded(request, form, save, _("Saved.")):
        return to_page(saved)
    title = _("Change an inspection") if own else _("Add an inspection")
    lead = _("Fill in what the announcement says, in its order. What it does not say stays empty.")
    return form_page(request, institution, own, form, FormPage(title, lead, letter))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def message_edit(
    request: PortalRequest,
    institution_code: str,
    inspection_id: str,
    message_number: int | None = None,
) -> HttpResponse:
    """Record an interim message, or change it or take it back."""
    own = recorded_inspection(request, institution_code, inspection_id)
    row = message_or_404(own, message_number) if message_number is not None else None
    letter = pasted(request)
    form = MessageForm(
        sent(request),
        instance=row or InterimMessage(inspection=own.inspection),
        suggested=for_message(letter.found),
        at=request.at,
    )

    def save() -> InterimMessage:
        return save_message(message=form.record(request.user), today=request.today, by=request.user)

    title = _("Change an interim message") if row else _("Add an interim message")
    lead = _("What the inspectorates told before the report, or beside it.")
    return answer(request, own, form, save, FormPage(title, lead, letter, row))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def institution_edit(
    request: PortalRequest,
    institution_code: str,
    inspection_id: str,
    inspected_id: str | None = None,
) -> HttpResponse:
    """Record another institution of the same inspection, or change its name."""
    own = recorded_inspection(request, institution_code, inspection_id)
    place = place_or_404(own, inspected_id) if inspected_id else None
    if place is not None and place.pk == own.pk:
        # The institution's own name is not kept here.
        raise Http404
    form = InspectedInstitutionForm(
        sent(request), instance=place or InspectedInstitution(inspection=own.inspection)
    )

    def save() -> InspectedInstitution:
        return save_institution(inspected=form.record(request.user), by=request.user)

    title = _("Change another institution") if place else _("Add another institution")
    lead = _("Only an institution that is publicly known to be in this inspection.")
    return answer(request, own, form, save, FormPage(title, lead, row=place))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_edit(
    request: PortalRequest, institution_code: str, inspection_id: str, inspected_id: str
) -> HttpResponse:
    """Record the report on one institution."""
    own = recorded_inspection(request, institution_code, inspection_id)
    place = place_or_404(own, inspected_id)
    letter = pasted(request)
    form = ReportForm(
        sent(request), instance=place, suggested=for_report(letter.found), at=request.at
    )

    def save() -> InspectedInstitution:
        return save_report(
            inspected=form.record(request.user), today=request.today, by=request.user
        )

    title = _("The report on %(name)s") % {"name": place}
    lead = _("What is not public stays empty or not known. The verdict per norm comes next.")
    return answer(request, own, form, save, FormPage(title, lead, letter))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verdicts_edit(
    request: PortalRequest, institution_code: str, inspection_id: str, inspected_id: str
) -> HttpResponse:
    """Record the verdict on each norm of the framework for one institution."""
    own = recorded_inspection(request, institution_code, inspection_id)
    place = place_or_404(own, inspected_id)
    framework = place.inspection.framework
    if framework is None:
        raise Http404
    themes = list(framework.themes.all())
    form = VerdictsForm(sent(request), inspected=place, themes=themes, at=request.at)

    def save() -> int:
        source = form.source_of("from_source", request.user)
        assert source is not None  # the field is required
        return save_verdicts(
            inspected=place, verdicts=form.verdicts(), source=source, by=request.user
        )

    title = _("The verdict on each norm: %(name)s") % {"name": place}
    lead = _("In the inspectorates' own words. A verdict that is not public stays not known.")
    return answer(request, own, form, save, FormPage(title, lead))
