"""Recording, changing and taking away what depends on a certificate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
from audits.certificates.forms.records import ConditionForm, DecisionForm, WeighingForm
from audits.certificates.rules.letters import condition_suggested, decision_suggested
from audits.certificates.views.pages import certificate_or_404
from audits.certificates.views.records import GO_ON
from audits.forms.records import SaidRecordForm
from audits.forms.submitted import recorded, sent, taken_back
from audits.letters.forms import Pasted, pasted
from audits.permissions import recorded_institution
from certification.models.certificates import Certificate, CertificateCondition
from certification.models.decisions import CertificateDecision, WeighingPoint
from jbn_oversight.http import PortalRequest

Part = WeighingPoint | CertificateCondition | CertificateDecision


@dataclass(frozen=True, slots=True)
class _Task:
    """What one request is about, for the one way in which all parts are recorded."""

    certificate: Certificate
    part: Part | None
    form: SaidRecordForm[Any]
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
        sent(request), instance=point or WeighingPoint(certificate=certificate), at=request.at
    )

    def save() -> WeighingPoint:
        return save_weighing_point(point=form.record(request.user), by=request.user)

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
    form = ConditionForm(
        sent(request),
        instance=row or CertificateCondition(certificate=certificate),
        suggested=condition_suggested(letter.found),
        at=request.at,
    )

    def save() -> CertificateCondition:
        return save_condition(
            condition=form.record(request.user),
            findings=form.cleaned_data.get("findings", ()),
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
    form = DecisionForm(
        sent(request),
        instance=row or CertificateDecision(certificate=certificate),
        suggested=decision_suggested(letter.found),
        at=request.at,
    )

    def save() -> CertificateDecision:
        return save_decision(
            decision=form.record(request.user), today=request.today, by=request.user
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
