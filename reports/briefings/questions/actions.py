"""Questions of council members: one maker drafts an answer, another gives it to all councils."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role, User
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import ANSWER_GIVEN
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.gate.policies import check_open
from reports.briefings.log.actions import reads_as, record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.questions import Question, QuestionAnswer
from reports.briefings.notices.actions import answered

MOST_QUESTIONS: Final = 50
"""Of one person about one briefing."""


def may_ask(role: str) -> bool:
    """Council members ask; who works for them or for the executive has other ways."""
    return role == Role.COUNCIL_MEMBER.value


def seen_by(briefing: Briefing, user: User) -> QuerySet[Question]:
    """What a reader of the briefing sees: what was answered, and the own questions.

    ``shown`` of each are the answers that were given out; a draft is for makers. An open
    question is for the makers and its asker alone, since nobody looked yet whether it says too
    much. Whether this person may read the briefing was asked before.
    """
    is_answered = Exists(QuestionAnswer.objects.given_out().filter(question=OuterRef("pk")))
    rows: QuerySet[Question] = briefing.questions.filter(Q(is_answered) | Q(asked_by=user))
    given_out = QuestionAnswer.objects.given_out()
    return rows.prefetch_related(Prefetch("answers", queryset=given_out, to_attr="shown"))


@transaction.atomic
def ask(*, briefing: Briefing, text: str, at: datetime, by: User) -> Question:
    """Ask the makers. The briefing comes from the readers' gate.

    Raises PermissionDenied for who reads it in another role, or RefusedError.
    """
    role, organisation = reads_as(briefing, at, by)
    check(may_ask(role))
    if not text.strip():
        raise RefusedError(_("Write your question."))
    mine = briefing.questions.filter(asked_by=by)
    if mine.count() >= MOST_QUESTIONS:
        raise RefusedError(_("You asked very many questions already. Call the contact person."))
    return Question.objects.create(
        briefing=briefing,
        text=text.strip(),
        asked_at=at,
        asked_by=by,
        role=role,
        organisation=organisation,
    )


@transaction.atomic
def answer(*, question: Question, text: str, at: datetime, by: User) -> QuestionAnswer:
    """Draft an answer. A writer does; no reader sees it before another maker gives it out.

    Raises PermissionDenied or RefusedError.
    """
    briefing = locked(question.briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    if not text.strip():
        raise RefusedError(_("Write the answer."))
    return QuestionAnswer.objects.create(
        question=question, text=text.strip(), answered_at=at, answered_by=by
    )


@transaction.atomic
def give_out(*, answer: QuestionAnswer, at: datetime, by: User) -> QuestionAnswer:
    """Let everybody who may read the briefing see the answer, at once. Twice is once.

    Any maker but who drafted it. Raises PermissionDenied for anyone who is no maker, or
    RefusedError.
    """
    briefing = locked(answer.question.briefing)
    check(maker_of(briefing, by, at).stops)
    check_open(briefing)
    answer = QuestionAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if answer.answered_by_id == by.pk:
        raise RefusedError(_("Somebody else must give it out: you wrote this answer yourself."))
    if answer.given_at is None:
        answer.given_at, answer.given_by = max(at, answer.answered_at), by
        answer.save(update_fields=["given_at", "given_by"])
        record_on(briefing, ANSWER_GIVEN, at=at, by=answer.answered_by, agreed_by=by)
        answered(answer.question, at)
    return answer
