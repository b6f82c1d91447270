"""The list of audits, the page of one, and the form to record it."""

from __future__ import annotations

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.audits_held.actions.audits import save_audit
from audits.audits_held.forms.audits import AuditForm
from audits.audits_held.rules.letters import audit_suggested
from audits.audits_held.selectors.history import changes_of_audit
from audits.audits_held.selectors.pages import (
    JudgedHere,
    audit_view,
    audits_of,
    by_theme,
    findings_of,
    title_of,
)
from audits.audits_held.sentences import audit_sentence, findings_sentence, reviews_sentence
from audits.audits_held.views.objects import audit_or_404, may_act
from audits.forms.submitted import recorded, sent
from audits.letters.forms import pasted
from audits.models.audits import Audit
from audits.permissions import may_record, recorded_institution, seen_institution
from audits.rules.audit_days import is_held
from audits.selectors.public_documents import shown_document, shown_passage
from audits.selectors.visibility import sight_for
from jbn_oversight.http import PortalRequest
from jbn_oversight.spoken_day import spoken_day


@require_safe
@login_required
def audits(request: PortalRequest, institution_code: str) -> HttpResponse:
    """All audits of one institution, and how many findings are open."""
    institution = seen_institution(request, institution_code)
    day = spoken_day(request)
    findings = findings_of(institution, day)
    lines = []
    for row in reversed(audits_of(institution)):
        view = audit_view(row, day)
        if not (view.planned or view.is_over):
            continue
        mine = [each for each in findings if each.row.found_in_id == row.pk]
        lines.append(
            {
                "view": view,
                "total": len(mine),
                "open": sum(each.state.is_open for each in mine),
            }
        )
    context = {
        "institution": institution,
        "day": day,
        "lines": lines,
        "sentence": findings_sentence(findings),
        "may_record": may_record(request.actor, institution),
    }
    return render(request, "audits/audits_held/audits.html", context)


@require_safe
@login_required
def audit(request: PortalRequest, institution_code: str, audit_id: str) -> HttpResponse:
    """One audit: planned beside held, what came of it, and each finding with its state."""
    institution = seen_institution(request, institution_code)
    row = audit_or_404(institution, audit_id)
    day = spoken_day(request)
    view = audit_view(row, day)
    findings = findings_of(institution, day)
    mine = [each for each in findings if each.row.found_in_id == row.pk]
    judged = [
        JudgedHere(finding, review)
        for finding in findings
        for review in finding.reviews
        if review.audit_id == row.public_id
    ]
    context = {
        "institution": institution,
        "day": day,
        "view": view,
        # As far as recorded, and not only as known on the day that is shown.
        "was_held": is_held(row),
        "followed_title": title_of(row.follow_up_of) if row.follow_up_of else "",
        "sentence": audit_sentence(view, mine),
        "reviews_sentence": reviews_sentence(
            Counter(str(each.review.judged.value) for each in judged)
        ),
        "themes": by_theme(row, mine),
        "document": shown_document(row.document, request.at, day),
        "passages": {each.public_id: shown_passage(each.row.passage, request.at) for each in mine},
        "judged": judged,
        "may_record": may_record(request.actor, institution),
        "may_act": may_act(request.actor, institution),
        # Who just recorded something sees where it is, also on a page as known before it.
        "more_is_recorded": day < request.today
        and (is_held(row) != view.is_over or row.findings.count() > len(mine)),
        "today": request.today,
        "changes": changes_of_audit(row, sight_for(request)),
    }
    return render(request, "audits/audits_held/audit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def audit_edit(
    request: PortalRequest, institution_code: str, audit_id: str | None = None
) -> HttpResponse:
    """Record an audit, or change it, in the order of the body's letter."""
    institution = recorded_institution(request, institution_code)
    row = audit_or_404(institution, audit_id) if audit_id else None
    letter = pasted(request)
    form = AuditForm(
        sent(request),
        instance=row or Audit(institution=institution),
        at=request.at,
        suggested=audit_suggested(letter.found),
    )

    def save() -> Audit:
        return save_audit(audit=form.record(request.user), today=request.today, by=request.user)

    if saved := recorded(request, form, save, _("The audit is recorded.")):
        return redirect("audits:audit", institution.code, saved.public_id)
    context = {
        "institution": institution,
        "form": form,
        "letter": letter,
        "audit": row,
        "audit_title": title_of(row) if row else "",
        "changes": changes_of_audit(row, sight_for(request)) if row else (),
    }
    return render(request, "audits/audits_held/audit_form.html", context)
