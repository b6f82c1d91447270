"""Forms for a finding, its causes, and the judgements of a re-audit on earlier findings."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from audits.access import recorded_institution
from audits.audits_held.days import is_held
from audits.audits_held.forms import CauseForm, FindingForm, report_of
from audits.audits_held.found import (
    acted_institution,
    audit_or_404,
    cause_or_404,
    finding_or_404,
)
from audits.audits_held.history import changes_of_finding
from audits.audits_held.recording_findings import review_findings, save_cause, save_finding
from audits.audits_held.refusals import RefusedError
from audits.audits_held.review_form import ReviewForm
from audits.audits_held.selectors import title_of, to_judge
from audits.changes import changes_of
from jbn_oversight.http import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def finding_edit(
    request: PortalRequest,
    institution_code: str,
    audit_id: str,
    finding_id: str | None = None,
) -> HttpResponse:
    """Record a finding, or change it, in the order of the report."""
    institution = recorded_institution(request, institution_code)
    audit = audit_or_404(institution, audit_id)
    finding = finding_or_404(audit, finding_id) if finding_id else None
    form = FindingForm(request.POST or None, audit=audit, finding=finding, at=request.at)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                saved = save_finding(
                    audit=audit,
                    finding=finding,
                    fields=form.fields_said(request.user),
                    by=request.user,
                )
        except RefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The finding is recorded."))
            if "another" in request.POST:
                return redirect("audits:finding_new", institution.code, audit.public_id)
            address = reverse("audits:audit", args=[institution.code, audit.public_id])
            return redirect(f"{address}#finding-{saved.public_id}")
    context = {
        "institution": institution,
        "audit": audit,
        "audit_title": title_of(audit),
        "finding": finding,
        "form": form,
        "was_held": is_held(audit),
        "changes": changes_of_finding(finding) if finding else (),
    }
    return render(request, "audits/audits_held/finding_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cause_edit(
    request: PortalRequest,
    institution_code: str,
    audit_id: str,
    finding_id: str,
    cause_id: str | None = None,
) -> HttpResponse:
    """Say why it came to a finding; the institution itself may too."""
    institution = acted_institution(request, institution_code)
    audit = audit_or_404(institution, audit_id)
    finding = finding_or_404(audit, finding_id)
    cause = cause_or_404(finding, cause_id) if cause_id else None
    form = CauseForm(request.POST or None, cause=cause, at=request.at)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                save_cause(
                    finding=finding,
                    cause=cause,
                    kind=form.cleaned_data["kind"],
                    text=form.cleaned_data["text"],
                    source=form.source_of("source", request.user),
                    by=request.user,
                )
        except RefusedError as error:
            form.refuse(error)
        else:
            messages.success(request, _("The cause is recorded."))
            address = reverse("audits:audit", args=[institution.code, audit.public_id])
            return redirect(f"{address}#finding-{finding.public_id}")
    context = {
        "institution": institution,
        "audit": audit,
        "audit_title": title_of(audit),
        "finding": finding,
        "cause": cause,
        "form": form,
        "changes": changes_of(cause) if cause else (),
    }
    return render(request, "audits/audits_held/cause_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review(request: PortalRequest, institution_code: str, audit_id: str) -> HttpResponse:
    """Judge all findings of earlier audits at once: closed, still open or opened again."""
    institution = recorded_institution(request, institution_code)
    audit = audit_or_404(institution, audit_id)
    form = ReviewForm(
        request.POST or None, lines=to_judge(audit), report=report_of(audit), at=request.at
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = review_findings(
                    re_audit=audit,
                    judgements=form.judgements(),
                    source=form.source_said(request.user),
                    by=request.user,
                )
        except RefusedError as error:
            form.refuse(error)
        else:
            messages.success(
                request,
                ngettext("%(n)s judgement is recorded.", "%(n)s judgements are recorded.", changed)
                % {"n": changed},
            )
            return redirect("audits:audit", institution.code, audit.public_id)
    context = {
        "institution": institution,
        "audit": audit,
        "audit_title": title_of(audit),
        "form": form,
        "lines": form.judged_lines(),
        "was_held": is_held(audit),
    }
    return render(request, "audits/audits_held/review_form.html", context)
