"""The page "side by side", and explaining what contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from audits.comparison.actions.explanations import explain
from audits.comparison.rules.sides import WHOLE
from audits.permissions import may_explain, seen_institution
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError
from reports.figure_pages.forms.days import asked_day
from reports.figure_pages.selectors.visibility import sight
from reports.rights import SEE_FIGURES
from reports.side_by_side.forms import ExplainForm
from reports.side_by_side.selectors.page import ComparisonRow, rows_for
from reports.side_by_side.sentences import lead

WHOLE_KEY: Final = "institution"
"""What stands for the institution as a whole in a form: a code is never empty there."""


@dataclass(frozen=True, slots=True)
class ExplainableRow:
    """A row with its form, for who may explain it."""

    row: ComparisonRow
    key: str
    form: ExplainForm | None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: PortalRequest, institution_code: str) -> HttpResponse:
    """Per theme: the certifying body, the inspectorate, the own figures. Never made into one."""
    institution = seen_institution(request, institution_code)
    asked = asked_day(request)
    sees_figures = institution.code in request.actor.places(SEE_FIGURES).institutions
    view = sight(request.actor, institution, asked.on) if sees_figures else None
    rows = rows_for(institution, asked, view)
    explains = may_explain(request.actor, institution)
    sent = ""
    if request.method == "POST":
        if not explains:
            raise PermissionDenied
        sent = request.POST.get("matter", "")
        if sent not in {_key(row) for row in rows}:
            raise Http404
    shown = [_shown(request, row, explains, sent) for row in rows]
    for one in shown:
        if one.key == sent and one.form is not None and _explained(request, institution, one):
            messages.success(request, _("Your explanation is kept with these verdicts."))
            return HttpResponseRedirect(f"{request.path}{asked.query}#{one.key}")
    return render(
        request,
        "reports/side_by_side/page.html",
        {
            "institution": institution,
            "asked": asked,
            "lead": lead(rows),
            "whole": shown[0],
            "themes": shown[1:],
            "sees_figures": sees_figures,
            "explains": explains,
        },
        status=400 if sent else 200,
    )


def _key(row: ComparisonRow) -> str:
    return row.matter.code if row.matter.code != WHOLE else WHOLE_KEY


def _shown(request: PortalRequest, row: ComparisonRow, explains: bool, sent: str) -> ExplainableRow:
    key = _key(row)
    if not explains or (row.found is None and key != sent):
        return ExplainableRow(row, key, None)
    seen = row.found.sha256 if row.found else ""
    return ExplainableRow(
        row, key, ExplainForm(request.POST if key == sent else None, matter=key, seen=seen)
    )


def _explained(request: PortalRequest, institution: Institution, one: ExplainableRow) -> bool:
    form = one.form
    assert form is not None  # asked by the caller
    if not form.is_valid():
        return False
    try:
        explain(
            institution=institution,
            theme_id=one.row.matter.theme_id,
            found=one.row.found,
            seen_sha256=form.cleaned_data["seen"],
            text=form.cleaned_data["text"],
            at=request.at,
            by=request.user,
        )
    except RefusedError as error:
        form.add_error(error.field or None, error.sentence)
        form.renew(one.row.found.sha256 if one.row.found else "")
        return False
    return True
