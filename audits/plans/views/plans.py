"""Plans, studies and recommendations: their pages and forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from audits.forms.imprecise_days import WithSources
from audits.forms.submitted import CanBeRefused, recorded, sent
from audits.models.plans import Plan
from audits.models.studies import Recommendation, RecommendationAnswer, Study
from audits.permissions import may_record, recorded_institution, seen_institution
from audits.plans.actions.plans import answer, save_plan, save_recommendation, save_study
from audits.plans.forms.plans import (
    PlanForm,
    RecommendationAnswerForm,
    RecommendationForm,
    StudyForm,
)
from audits.plans.selectors.plans import (
    is_out,
    plans_of,
    recommendation_view,
    recommendations_of,
    studies_of,
)
from audits.plans.sentences.plans import plans_sentence, recommendations_sentence, studies_sentence
from audits.selectors.history import changes_of
from audits.selectors.visibility import sight_for
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution
from jbn_oversight.spoken_day import spoken_day

_HIDDEN: Final = frozenset({"institution", "document", "study", "inspected", "passage"})
"""What says where a row belongs, and papers that this reader may not read yet."""


@require_safe
@login_required
def plans(request: PortalRequest, institution_code: str) -> HttpResponse:
    """The plans with their progress by theme, the recommendations, and the studies."""
    institution = seen_institution(request, institution_code)
    day = spoken_day(request)
    shown = plans_of(institution, day)
    advice = recommendations_of(institution, day)
    context = {
        "institution": institution,
        "day": day,
        "plans": shown,
        "recommendations": advice,
        "sentence": plans_sentence(shown),
        "advice_sentence": recommendations_sentence(advice),
        "may_record": may_record(request.actor, institution),
    }
    return render(request, "audits/plans/plans.html", context)


@require_safe
@login_required
def studies(request: PortalRequest, institution_code: str) -> HttpResponse:
    """The studies by outsiders: who ordered them according to whom, when, what they cost."""
    institution = seen_institution(request, institution_code)
    day = spoken_day(request)
    shown = studies_of(institution, day)
    context = {
        "institution": institution,
        "day": day,
        "studies": shown,
        "sentence": studies_sentence(shown),
        "may_record": may_record(request.actor, institution),
    }
    return render(request, "audits/plans/studies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan_edit(
    request: PortalRequest, institution_code: str, plan_id: str | None = None
) -> HttpResponse:
    """Record a plan, or change it."""
    institution = recorded_institution(request, institution_code)
    rows = Plan.objects.filter(institution=institution)
    row = get_object_or_404(rows, public_id=plan_id) if plan_id else None
    form = PlanForm(sent(request), instance=row or Plan(institution=institution), at=request.at)

    def save() -> Plan:
        return save_plan(
            plan=form.record(request.user),
            ties=form.ties(),
            today=request.today,
            by=request.user,
        )

    back = reverse("audits:plans", args=[institution.code])
    if saved := recorded(request, form, save, _("The plan is recorded.")):
        return redirect(f"{back}#plan-{saved.public_id}")
    title = _("Change a plan") if row else _("Add a plan")
    return _paper_form(
        request, institution, form, title=title, back=back, rows=[row] if row else ()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def study_edit(
    request: PortalRequest, institution_code: str, study_id: str | None = None
) -> HttpResponse:
    """Record a study, or change it."""
    institution = recorded_institution(request, institution_code)
    rows = Study.objects.filter(institution=institution)
    row = get_object_or_404(rows, public_id=study_id) if study_id else None
    form = StudyForm(sent(request), instance=row or Study(institution=institution), at=request.at)

    def save() -> Study:
        return save_study(
            study=form.record(request.user),
            commissioners=form.commissioners(request.user),
            today=request.today,
            by=request.user,
        )

    back = reverse("audits:studies", args=[institution.code])
    if saved := recorded(request, form, save, _("The study is recorded.")):
        return redirect(f"{back}#study-{saved.public_id}")
    title = _("Change a study") if row else _("Add a study")
    told = (row, *row.commissioners.all()) if row else ()
    return _paper_form(request, institution, form, title=title, back=back, rows=told)


def _recommendation(request: PortalRequest, code: str, key: str) -> Recommendation:
    """The recommendation, for who may see it: once it is public, or who records. Else 404."""
    institution = seen_institution(request, code)
    rows = Recommendation.objects.of(institution).select_related(
        "study", "inspected__inspection", "answered_by"
    )
    row = get_object_or_404(rows, public_id=key)
    if not is_out(row, spoken_day(request)) and not may_record(request.actor, institution):
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def recommendation(
    request: PortalRequest, institution_code: str, recommendation_id: str
) -> HttpResponse:
    """One recommendation, what was decided about it and why, and what is done with it."""
    row = _recommendation(request, institution_code, recommendation_id)
    institution = seen_institution(request, institution_code)
    records = may_record(request.actor, institution)
    if request.method == "POST" and not records:
        raise PermissionDenied
    form = RecommendationAnswerForm(sent(request), instance=row)

    def save() -> Recommendation:
        return answer(
            recommendation=row,
            how=RecommendationAnswer(form.cleaned_data["how"]),
            reason=form.cleaned_data["reason"],
            at=request.at,
            by=request.user,
        )

    if recorded(request, form, save, _("The decision is recorded.")):
        return redirect("audits:recommendation", institution.code, row.public_id)
    view = recommendation_view(row, spoken_day(request))
    context = {
        "institution": institution,
        "row": row,
        "view": view,
        "form": form if records else None,
        "may_record": records,
        "changes": changes_of(row, sight=sight_for(request), leave_out=_HIDDEN),
    }
    return render(request, "audits/plans/recommendation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def recommendation_edit(
    request: PortalRequest, institution_code: str, recommendation_id: str | None = None
) -> HttpResponse:
    """Record a recommendation of a study or inspection, or its words."""
    institution = recorded_institution(request, institution_code)
    row = (
        _recommendation(request, institution_code, recommendation_id) if recommendation_id else None
    )
    form = RecommendationForm(
        sent(request), instance=row or Recommendation(), institution=institution
    )

    def save() -> Recommendation:
        return save_recommendation(recommendation=form.record(request.user), by=request.user)

    if saved := recorded(request, form, save, _("The recommendation is recorded.")):
        return redirect("audits:recommendation", institution.code, saved.public_id)
    title = _("Change a recommendation") if row else _("Add a recommendation")
    back = reverse("audits:plans", args=[institution.code]) + "#recommendations"
    return _paper_form(
        request, institution, form, title=title, back=back, rows=[row] if row else ()
    )


def _paper_form(
    request: PortalRequest,
    institution: Institution,
    form: CanBeRefused,
    *,
    title: str,
    back: str,
    rows: Iterable[models.Model],
) -> HttpResponse:
    """The page of a form about a paper, with the history of the rows that it changes."""
    context = {
        "institution": institution,
        "form": form,
        "title": title,
        "has_sources": isinstance(form, WithSources),
        "back": back,
        "changes": changes_of(*rows, sight=sight_for(request), leave_out=_HIDDEN),
    }
    return render(request, "audits/plans/paper_form.html", context)
