"""Record an inspection: announcement, messages, institutions, report, verdict per norm."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.access import recorded_institution
from audits.inspections.form_pages import done, form_page, sent, to_page
from audits.inspections.forms import (
    InspectionForm,
    InstitutionForm,
    MessageForm,
    ReportForm,
    VerdictsForm,
)
from audits.inspections.found import inspected_or_404, message_or_404, place_or_404
from audits.inspections.judging import save_report, save_verdicts
from audits.inspections.letters import for_inspection, for_message, for_report
from audits.inspections.recording import (
    remove,
    save_inspection,
    save_institution,
    save_message,
)
from audits.models import InspectedInstitution, InterimMessage
from audits.pasting import pasted
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
        inspected=own,
        suggested=for_inspection(letter.found),
        today=request.today,
        at=request.at,
    )
    saved: list[InspectedInstitution] = []

    def act() -> None:
        saved.append(
            save_inspection(
                institution=institution,
                inspection=own.inspection if own else None,
                fields=form.said_of_it(request.user),
                today=request.today,
                by=request.user,
            )
        )

    if done(request, form, act):
        return to_page(institution, saved[0])
    return form_page(
        request,
        institution,
        own,
        form,
        title=_("Change an inspection") if own else _("Add an inspection"),
        lead=_(
            "Fill in what the announcement says, in its order. What it does not say stays empty."
        ),
        letter=letter,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def message_edit(
    request: PortalRequest,
    institution_code: str,
    inspection_id: str,
    message_number: int | None = None,
) -> HttpResponse:
    """Record an interim message, or change it or take it back."""
    institution = recorded_institution(request, institution_code)
    own = inspected_or_404(institution, inspection_id)
    row: InterimMessage | None = (
        message_or_404(own, message_number) if message_number is not None else None
    )
    letter = pasted(request)
    form = MessageForm(
        sent(request), message=row, suggested=for_message(letter.found), at=request.at
    )

    def act() -> None:
        said = form.said("sent", request.user)
        assert said is not None
        save_message(
            inspection=own.inspection,
            message=row,
            sent=said,
            text=form.cleaned_data["text"],
            today=request.today,
            by=request.user,
        )

    def take_back() -> None:
        if row is not None:
            remove(row=row, by=request.user)

    if done(request, form, act, take_back if row else None):
        return to_page(institution, own)
    return form_page(
        request,
        institution,
        own,
        form,
        title=_("Change an interim message") if row else _("Add an interim message"),
        lead=_("What the inspectorates told before the report, or beside it."),
        letter=letter,
        may_remove=row is not None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def institution_edit(
    request: PortalRequest,
    institution_code: str,
    inspection_id: str,
    inspected_id: str | None = None,
) -> HttpResponse:
    """Record another institution of the same inspection, or change its name."""
    institution = recorded_institution(request, institution_code)
    own = inspected_or_404(institution, inspection_id)
    place = place_or_404(own, inspected_id) if inspected_id else None
    if place is not None and place.pk == own.pk:
        # The institution's own name is not kept here.
        raise Http404
    form = InstitutionForm(sent(request), initial={"name": place.name if place else ""})

    def act() -> None:
        save_institution(
            inspection=own.inspection,
            inspected=place,
            name=form.cleaned_data["name"],
            by=request.user,
        )

    def take_back() -> None:
        if place is not None:
            remove(row=place, by=request.user)

    if done(request, form, act, take_back if place else None):
        return to_page(institution, own)
    return form_page(
        request,
        institution,
        own,
        form,
        title=_("Change another institution") if place else _("Add another institution"),
        lead=_("Only an institution that is publicly known to be in this inspection."),
        may_remove=place is not None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_edit(
    request: PortalRequest, institution_code: str, inspection_id: str, inspected_id: str
) -> HttpResponse:
    """Record the report on one institution."""
    institution = recorded_institution(request, institution_code)
    own = inspected_or_404(institution, inspection_id)
    place = place_or_404(own, inspected_id)
    letter = pasted(request)
    form = ReportForm(
        sent(request), inspected=place, suggested=for_report(letter.found), at=request.at
    )

    def act() -> None:
        save_report(
            inspected=place,
            fields=form.said_of_it(request.user),
            today=request.today,
            by=request.user,
        )

    if done(request, form, act):
        return to_page(institution, own)
    return form_page(
        request,
        institution,
        own,
        form,
        title=_("The report on %(name)s") % {"name": place},
        lead=_("What is not public stays empty or not known. The verdict per norm comes next."),
        letter=letter,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def verdicts_edit(
    request: PortalRequest, institution_code: str, inspection_id: str, inspected_id: str
) -> HttpResponse:
    """Record the verdict on each norm of the framework for one institution."""
    institution = recorded_institution(request, institution_code)
    own = inspected_or_404(institution, inspection_id)
    place = place_or_404(own, inspected_id)
    framework = place.inspection.framework
    if framework is None:
        raise Http404
    form = VerdictsForm(
        sent(request), inspected=place, themes=list(framework.themes.all()), at=request.at
    )

    def act() -> None:
        source = form.source_of("from_source", request.user)
        assert source is not None
        save_verdicts(inspected=place, verdicts=form.verdicts(), source=source, by=request.user)

    if done(request, form, act):
        return to_page(institution, own)
    return form_page(
        request,
        institution,
        own,
        form,
        title=_("The verdict on each norm: %(name)s") % {"name": place},
        lead=_("In the inspectorates' own words. A verdict that is not public stays not known."),
    )
