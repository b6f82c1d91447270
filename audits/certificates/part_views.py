"""Recording, changing and taking away what hangs on a certificate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.access import recorded_institution
from audits.certificates.actions import (
    remove_part,
    save_condition,
    save_decision,
    save_weighing_point,
)
from audits.certificates.forms import (
    ConditionForm,
    DecisionForm,
    WeighingForm,
    condition_initial,
    decision_initial,
    weighing_initial,
)
from audits.certificates.letter import condition_suggested, decision_suggested
from audits.certificates.parts_offered import findings_chosen, requirement_chosen
from audits.certificates.record_views import GO_ON
from audits.certificates.refusals import RefusedError
from audits.certificates.views import certificate_or_404
from audits.pasting import BUTTON, Pasted, pasted
from audits.rough_fields import SaidForm
from certification.models.certificates import Certificate, CertificateCondition
from certification.models.decisions import CertificateDecision, DecisionKind, WeighingPoint
from jbn_oversight.http import PortalRequest

REMOVE = "remove"
Part = WeighingPoint | CertificateCondition | CertificateDecision


@dataclass(frozen=True, slots=True)
class _Task:
    """What one request is about, for the one way in which all parts are recorded."""

    certificate: Certificate
    part: Part | None
    form: SaidForm
    save: Callable[[], object]
    title: str
    after: str
    """Address name of the next part of the letter."""
    go_on: str
    """What the button says that goes on to it."""
    letter: Pasted | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def weighing_edit(
    request: PortalRequest, institution_code: str, certificate_id: str, point_id: str | None = None
) -> HttpResponse:
    """A point of the weighing: on what it was granted all the same, and why."""
    certificate = _certificate(request, institution_code, certificate_id)
    points = certificate.weighing.select_related("requirement__theme__framework", "source")
    point = get_object_or_404(points, public_id=point_id) if point_id else None
    form = WeighingForm(
        _sent(request), at=request.at, initial=weighing_initial(point) if point else {}
    )

    def save() -> WeighingPoint:
        source = form.source_of("source", request.user)
        assert source is not None
        return save_weighing_point(
            point=point,
            certificate=certificate,
            shortcoming=form.cleaned_data["shortcoming"],
            rationale=form.cleaned_data["rationale"],
            requirement=requirement_chosen(form.cleaned_data["requirement"]),
            source=source,
            by=request.user,
        )

    title = _("Change a point of the weighing") if point else _("Add a point of the weighing")
    go_on = _("Record and go on with the conditions")
    task = _Task(certificate, point, form, save, title, "audits:condition_new", go_on)
    return _answer(request, task)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def condition_edit(
    request: PortalRequest,
    institution_code: str,
    certificate_id: str,
    condition_id: str | None = None,
) -> HttpResponse:
    """A condition: what is asked, about which figure or findings, by when, since when met."""
    certificate = _certificate(request, institution_code, certificate_id)
    rows = certificate.conditions.select_related("source", "met_source")
    row = get_object_or_404(rows, public_id=condition_id) if condition_id else None
    letter = pasted(request)
    initial = condition_initial(row) if row else {}
    form = ConditionForm(
        _sent(request),
        at=request.at,
        institution=certificate.institution,
        initial={**initial, **condition_suggested(letter.found)},
    )

    def save() -> CertificateCondition:
        source = form.source_of("source", request.user)
        assert source is not None
        chosen = form.cleaned_data.get("findings", [])
        return save_condition(
            condition=row,
            certificate=certificate,
            text=form.cleaned_data["text"],
            source=source,
            kpi=form.cleaned_data["kpi"],
            findings=findings_chosen(certificate.institution, chosen),
            due=form.cleaned_data["due"],
            met=form.said("met", request.user),
            today=request.today,
            by=request.user,
        )

    title = _("Change a condition") if row else _("Add a condition")
    go_on = _("Record and add another condition")
    task = _Task(certificate, row, form, save, title, "audits:condition_new", go_on, letter)
    return _answer(request, task)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decision_edit(
    request: PortalRequest,
    institution_code: str,
    certificate_id: str,
    decision_id: str | None = None,
) -> HttpResponse:
    """A later decision: suspension, its end, restriction, withdrawal, not renewed."""
    certificate = _certificate(request, institution_code, certificate_id)
    row = (
        get_object_or_404(certificate.decisions.all(), public_id=decision_id)
        if decision_id
        else None
    )
    letter = pasted(request)
    initial = decision_initial(row) if row else {}
    form = DecisionForm(
        _sent(request), at=request.at, initial={**initial, **decision_suggested(letter.found)}
    )

    def save() -> CertificateDecision:
        decided = form.said("decided", request.user)
        assert decided is not None
        return save_decision(
            decision=row,
            certificate=certificate,
            kind=DecisionKind(form.cleaned_data["kind"]),
            ground=form.cleaned_data["ground"],
            reason=form.cleaned_data["reason"],
            decided=decided,
            effective=form.said("effective", request.user),
            today=request.today,
            by=request.user,
        )

    title = _("Change a later decision") if row else _("Add a later decision")
    return _answer(request, _Task(certificate, row, form, save, title, "", "", letter))


def _certificate(request: PortalRequest, code: str, certificate_id: str) -> Certificate:
    return certificate_or_404(recorded_institution(request, code), certificate_id)


def _sent(request: PortalRequest) -> object | None:
    """What was filled in; None where a letter was pasted or the part is to be taken away."""
    other = BUTTON in request.POST or REMOVE in request.POST
    return request.POST if request.method == "POST" and not other else None


def _answer(request: PortalRequest, task: _Task) -> HttpResponse:
    certificate = task.certificate
    keys = (certificate.institution.code, certificate.public_id)
    form, refusal = task.form, ""
    try:
        if task.part is not None and REMOVE in request.POST:
            remove_part(part=task.part, by=request.user)
            messages.success(request, _("It is removed. The history keeps it."))
            return redirect("audits:certificate", *keys)
        if form.is_bound and form.is_valid():
            with transaction.atomic():
                task.save()
            messages.success(request, _("It is recorded."))
            return redirect(task.after if GO_ON in request.POST else "audits:certificate", *keys)
    except RefusedError as error:
        if form.is_bound:
            form.add_error(error.field or None, str(error))
        else:
            refusal = str(error)
    context = {
        "institution": certificate.institution,
        "certificate": certificate,
        "part": task.part,
        "form": form,
        "title": task.title,
        "go_on": task.go_on,
        "letter": task.letter,
        "refusal": refusal,
    }
    return render(request, "audits/certificates/part.html", context)
