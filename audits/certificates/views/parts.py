"""Recording, changing and taking away what depends on a certificate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.certificates.actions.parts import (
    remove_part,
    save_condition,
    save_decision,
    save_weighing_point,
)
from audits.certificates.forms.choices import findings_chosen, requirement_chosen
from audits.certificates.forms.records import (
    ConditionForm,
    DecisionForm,
    WeighingForm,
    condition_initial,
    decision_initial,
    weighing_initial,
)
from audits.certificates.rules.letters import condition_suggested, decision_suggested
from audits.certificates.views.pages import certificate_or_404
from audits.certificates.views.records import GO_ON
from audits.forms.imprecise_days import SaidForm
from audits.forms.submitted import recorded, sent, taken_back
from audits.letters.forms import Pasted, pasted
from audits.permissions import recorded_institution
from certification.models.certificates import Certificate, CertificateCondition
from certification.models.decisions import CertificateDecision, DecisionKind, WeighingPoint
from jbn_oversight.http import PortalRequest

Part = WeighingPoint | CertificateCondition | CertificateDecision


@dataclass(frozen=True, slots=True)
class _Task:
    """What one request is about, for the one way in which all parts are recorded."""

    certificate: Certificate
    part: Part | None
    form: SaidForm
    save: Callable[[], Part]
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
        sent(request), at=request.at, initial=weighing_initial(point) if point else {}
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
        sent(request),
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
        sent(request), at=request.at, initial={**initial, **decision_suggested(letter.found)}
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


def _answer(request: PortalRequest, task: _Task) -> HttpResponse:
    certificate, part = task.certificate, task.part
    keys = (certificate.institution.code, certificate.public_id)

    def remove() -> None:
        if part is not None:
            remove_part(part=part, by=request.user)

    if recorded(request, task.form, task.save, _("It is recorded.")):
        return redirect(task.after if GO_ON in request.POST else "audits:certificate", *keys)
    if taken_back(request, remove if part else None):
        return redirect("audits:certificate", *keys)
    context = {
        "institution": certificate.institution,
        "certificate": certificate,
        "part": part,
        "form": task.form,
        "title": task.title,
        "go_on": task.go_on,
        "letter": task.letter,
    }
    return render(request, "audits/certificates/part.html", context)
