"""Forms for a finding, its causes, and the judgements of a re-audit on earlier findings."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from audits.audits_held.actions.findings import (
    remove_cause,
    remove_finding,
    review_findings,
    save_cause,
    save_finding,
)
from audits.audits_held.forms.audits import report_of
from audits.audits_held.forms.findings import CauseForm, FindingForm
from audits.audits_held.forms.review import AuditReviewForm
from audits.audits_held.selectors.history import changes_of_finding
from audits.audits_held.selectors.pages import title_of, to_judge
from audits.audits_held.views.objects import (
    acted_institution,
    audit_or_404,
    cause_or_404,
    finding_or_404,
)
from audits.forms.submitted import recorded, sent, taken_back
from audits.models.audits import Audit
from audits.models.findings import Cause, Finding
from audits.permissions import recorded_institution
from audits.rules.audit_days import is_held
from audits.selectors.history import changes_of
from audits.selectors.visibility import sight_for
from jbn_oversight.http import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def finding_edit(
    request: PortalRequest,
    institution_code: str,
    audit_id: str,
    finding_id: str | None = None,
) -> HttpResponse:
    """Record a finding in the order of the report, change it, or take it back."""
    audit = audit_or_404(recorded_institution(request, institution_code), audit_id)
    finding = finding_or_404(audit, finding_id) if finding_id else None
    form = FindingForm(sent(request), instance=finding or Finding(found_in=audit), at=request.at)

    def save() -> Finding:
        return save_finding(
            finding=form.record(request.user),
            conditions=form.cleaned_data.get("conditions", ()),
            by=request.user,
        )

    def remove() -> None:
        if finding is not None:
            remove_finding(finding=finding, by=request.user)

    if saved := recorded(request, form, save, _("The finding is recorded.")):
        if "another" in request.POST:
            return redirect("audits:finding_new", institution_code, audit_id)
        return redirect(_at_finding(audit, saved))
    if taken_back(request, remove if finding else None):
        return redirect("audits:audit", institution_code, audit_id)
    context = {
        "institution": audit.institution,
        "audit": audit,
        "audit_title": title_of(audit),
        "finding": finding,
        "form": form,
        "was_held": is_held(audit),
        "changes": changes_of_finding(finding, sight_for(request)) if finding else (),
    }
    return render(request, "audits/audits_held/finding_form.html", context)


def _at_finding(audit: Audit, finding: Finding) -> str:
    """The place of the finding on the page of its audit."""
    page = reverse("audits:audit", args=[audit.institution.code, audit.public_id])
    return f"{page}#finding-{finding.public_id}"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cause_edit(
    request: PortalRequest,
    institution_code: str,
    audit_id: str,
    finding_id: str,
    cause_id: str | None = None,
) -> HttpResponse:
    """Say why it came to a finding, or take that back; the institution itself may too."""
    audit = audit_or_404(acted_institution(request, institution_code), audit_id)
    finding = finding_or_404(audit, finding_id)
    cause = cause_or_404(finding, cause_id) if cause_id else None
    form = CauseForm(sent(request), instance=cause or Cause(finding=finding), at=request.at)

    def save() -> Cause:
        return save_cause(cause=form.record(request.user), by=request.user)

    def remove() -> None:
        if cause is not None:
            remove_cause(cause=cause, by=request.user)

    done = recorded(request, form, save, _("The cause is recorded."))
    if done or taken_back(request, remove if cause else None):
        return redirect(_at_finding(audit, finding))
    context = {
        "institution": audit.institution,
        "audit": audit,
        "audit_title": title_of(audit),
        "finding": finding,
        "cause": cause,
        "form": form,
        "changes": changes_of(cause, sight=sight_for(request)) if cause else (),
    }
    return render(request, "audits/audits_held/cause_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def review(request: PortalRequest, institution_code: str, audit_id: str) -> HttpResponse:
    """Judge all findings of earlier audits at once: closed, still open or opened again."""
    audit = audit_or_404(recorded_institution(request, institution_code), audit_id)
    form = AuditReviewForm(
        sent(request), lines=to_judge(audit), report=report_of(audit), at=request.at
    )

    def save() -> int:
        return review_findings(
            re_audit=audit,
            judgements=form.judgements(),
            source=form.source_said(request.user),
            by=request.user,
        )

    if recorded(request, form, save, _judgements_recorded) is not None:
        return redirect("audits:audit", institution_code, audit_id)
    context = {
        "institution": audit.institution,
        "audit": audit,
        "audit_title": title_of(audit),
        "form": form,
        "lines": form.judged_lines(),
        "was_held": is_held(audit),
    }
    return render(request, "audits/audits_held/review_form.html", context)


def _judgements_recorded(changed: int) -> str:
    return ngettext("%(n)s judgement is recorded.", "%(n)s judgements are recorded.", changed) % {
        "n": changed
    }
