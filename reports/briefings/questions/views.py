"""Questions of council members, and the makers' answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jbn_oversight.http import PortalRequest
from jbn_oversight.refusals import RefusedError
from reports.briefings.gate.views.attempts import tried
from reports.briefings.gate.views.fetching import WITH, secret, worked_on
from reports.briefings.gate.views.pages import page
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.questions import Question, QuestionAnswer
from reports.briefings.questions import actions
from reports.briefings.questions.forms import AnswerForm, QuestionForm


@require_POST
@secret
def ask(request: PortalRequest, public_id: str) -> HttpResponse:
    """A council member who may read the briefing now asks its makers."""
    rows = Briefing.objects.visible_to(request.user, request.at).filter(public_id=public_id)
    briefing = rows.select_related(*WITH).first()
    if briefing is None:
        raise Http404
    form = QuestionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write your question, in at most 2,000 characters."))
        return redirect("reports:briefing", public_id)
    try:
        actions.ask(
            briefing=briefing, text=form.cleaned_data["text"], at=request.at, by=request.user
        )
    except RefusedError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Your question went to the makers of this briefing."))
    return redirect("reports:briefing", public_id)


@require_safe
@secret
def questions(request: PortalRequest, public_id: str) -> HttpResponse:
    """All questions, for the makers: the open ones first."""
    briefing = worked_on(request, public_id)
    rows = Question.objects.filter(briefing=briefing).select_related("asked_by")
    found = list(rows.prefetch_related("answers__answered_by"))
    found.sort(key=lambda one: any(reply.given_at for reply in one.answers.all()))
    context = page(request, briefing, questions=found, form=AnswerForm(), me=request.user)
    return render(request, "reports/briefings/questions.html", context)


@require_POST
@secret
def answer(request: PortalRequest, public_id: str, question_id: str) -> HttpResponse:
    """Draft the answer to one question."""
    briefing = worked_on(request, public_id)
    question = Question.objects.filter(briefing=briefing, public_id=question_id).first()
    if question is None:
        raise Http404
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the answer, in at most 5,000 characters."))
        return redirect("reports:briefing_questions", public_id)
    try:
        actions.answer(
            question=question, text=form.cleaned_data["text"], at=request.at, by=request.user
        )
    except RefusedError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("Kept. Readers see it when another maker gives it out."))
    return redirect("reports:briefing_questions", public_id)


@require_POST
@secret
def give_out(request: PortalRequest, public_id: str, reply_id: str) -> HttpResponse:
    """Give an answer that another maker drafted to all readers."""
    briefing = worked_on(request, public_id)
    found = QuestionAnswer.objects.filter(question__briefing=briefing, public_id=reply_id)
    row = found.select_related("question__briefing").first()
    if row is None:
        raise Http404
    tried(
        request,
        _("Given out. Everybody who may read the briefing sees it."),
        lambda: actions.give_out(answer=row, at=request.at, by=request.user),
    )
    return redirect("reports:briefing_questions", public_id)
