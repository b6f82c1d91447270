"""Findings and actions as one table, the page of an action, and its forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.forms.submitted import recorded, sent
from audits.models.plans import EvidenceVersion, PlanAction
from audits.permissions import may_record, recorded_institution, seen_institution
from audits.plans.actions.evidence import pieces_of
from audits.plans.actions.plan_actions import save_action
from audits.plans.forms.filters import ActionFilterForm
from audits.plans.forms.plan_actions import ActionForm
from audits.plans.permissions import may_report, recorded_action, seen_action
from audits.plans.selectors.plan_actions import action_view, actions_of, found_of, lines_of
from audits.plans.sentences.plan_actions import action_sentence, actions_sentence, without_action
from audits.plans.views.reporting import ACTS, Reporting, acts_of
from audits.selectors.history import Change, changes_of
from audits.selectors.visibility import SourceVisibility, sight_for
from jbn_oversight.files.views import serve
from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from jbn_oversight.spoken_day import spoken_day

_SEE_FIGURES: Final = "reports.see_figures"
"""A right of a higher floor, so it is named and not imported."""
_HIDDEN: Final = frozenset({"institution", "action", "stored", "evidence", "number"})


@require_safe
@login_required
def findings(request: PortalRequest, institution_code: str) -> HttpResponse:
    """Every finding with its causes, actions, figure and judgement, and every other action."""
    institution = seen_institution(request, institution_code)
    day = spoken_day(request)
    found = found_of(institution, day)
    actions = [action_view(row, day) for row in actions_of(institution)]
    lines = lines_of(found, actions)
    filters = ActionFilterForm(request.GET, lines)
    context = {
        "institution": institution,
        "day": day,
        "filters": filters,
        "lines": filters.kept(lines),
        "total": len(lines),
        "sentence": actions_sentence(actions),
        "bare": without_action(found, lines),
        "may_record": may_record(request.actor, institution),
    }
    return render(request, "audits/plans/findings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def action_edit(
    request: PortalRequest, institution_code: str, action_id: str | None = None
) -> HttpResponse:
    """Record an action, or change what is agreed about it."""
    if action_id is None:
        institution = recorded_institution(request, institution_code)
        row = PlanAction(institution=institution)
    else:
        row = recorded_action(request, institution_code, action_id)
        institution = row.institution
    initial = None
    if action_id is None:
        names = {"finding": "findings", "plan": "plan", "recommendation": "recommendations"}
        asked = {field: request.GET.get(name, "") for name, field in names.items()}
        initial = {
            field: value if field == "plan" else [value] for field, value in asked.items() if value
        }
    form = ActionForm(sent(request), instance=row, today=request.today, initial=initial)

    def save() -> PlanAction:
        return save_action(
            action=form.record(request.user),
            ties=form.ties(),
            today=request.today,
            by=request.user,
        )

    if saved := recorded(request, form, save, _("The action is recorded.")):
        return redirect("audits:action", institution.code, saved.public_id)
    context = {"institution": institution, "form": form, "action": row if action_id else None}
    return render(request, "audits/plans/action_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def action(request: PortalRequest, institution_code: str, action_id: str) -> HttpResponse:
    """One action: what is agreed, how far it is, its evidence and history; reporting on it."""
    row = seen_action(request, institution_code, action_id)
    institution = row.institution
    records, reports = may_record(request.actor, institution), may_report(request.actor, row)
    forms = acts_of(row, records=records, reports=reports)
    if request.method == "POST":
        name = request.POST.get("act", "")
        if name not in ACTS or not (reports if ACTS[name].of_owner else records):
            raise PermissionDenied
        forms[name] = ACTS[name].form(row, request)
        done = _act(request, ACTS[name], row, forms[name])
        if done:
            messages.success(request, done)
            return redirect("audits:action", institution.code, row.public_id)
        row.refresh_from_db()
    day = spoken_day(request)
    view = action_view(row, day)
    context = {
        "institution": institution,
        "day": day,
        "view": view,
        "row": row,
        "sentence": action_sentence(view),
        "found": [one for one in found_of(institution, day) if one.row in set(row.findings.all())],
        "causes": row.causes.all(),
        "recommendations": row.recommendations.select_related("study", "inspected__inspection"),
        "pieces": pieces_of(row, day),
        "log": progress_log(row),
        "forms": forms,
        "may_record": records,
        "may_see_figures": institution.code in request.actor.places(_SEE_FIGURES).institutions,
        "changes": _changes(row, sight_for(request)),
    }
    return render(request, "audits/plans/action.html", context)


def _act(request: PortalRequest, act: Reporting, row: PlanAction, form: Any) -> str:
    """Do what the form asks; the words that say so, or nothing where it was refused."""
    if not form.is_valid():
        return ""
    try:
        return act.do(row, form, request)
    except RefusedError as error:
        form.refuse(error)
        return ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """What was reported on an action at one moment."""

    record: Any
    words: str


def progress_log(row: PlanAction) -> list[LogLine]:
    """What was reported, the newest first, with the note of who reported it."""
    records = list(
        row.history.select_related("history_user").order_by("history_date", "history_id")
    )
    lines: list[LogLine] = []
    last: tuple[Any, ...] = (0, None, None, None)
    for record in records:
        now = (record.progress, record.started_on, record.done_on, record.dropped_on)
        if now != last or record.history_change_reason:
            lines.append(LogLine(record, _log_words(record, last)))
        last = now
    return lines[::-1]


def _log_words(record: Any, last: tuple[Any, ...]) -> str:
    if record.done_on and not last[2]:
        return _("done")
    if record.dropped_on and not last[3]:
        return _("dropped")
    if (last[2] or last[3]) and not record.done_on and not record.dropped_on:
        return _("taken up again at %(progress)s%%") % {"progress": record.progress}
    return f"{record.progress}%"


def _changes(row: PlanAction, sight: SourceVisibility) -> tuple[Change, ...]:
    pieces: list[models.Model] = [*row.evidence.all()]
    versions: list[models.Model] = [*EvidenceVersion.objects.filter(evidence__action=row)]
    return changes_of(row, *pieces, *versions, sight=sight, leave_out=_HIDDEN)


@require_safe
@login_required
def evidence(
    request: PortalRequest, institution_code: str, action_id: str, version_id: str
) -> HttpResponse:
    """A version of a piece of evidence, for who may see its action. Nobody keeps it."""
    row = seen_action(request, institution_code, action_id)
    version = get_object_or_404(
        EvidenceVersion.objects.select_related("stored"),
        public_id=version_id,
        evidence__action=row,
    )
    return serve(version.stored, download_name=version.stored.name)
