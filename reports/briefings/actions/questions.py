"""Questions of council members: answered by the makers, for all councils at once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role, User
from reports.briefings.actions.locking import locked
from reports.briefings.actions.mail import answered
from reports.briefings.actions.reading import reads_as
from reports.briefings.errors import RefusedError
from reports.briefings.permissions import check, maker_of
from reports.briefings.policies import check_open
from reports.models import Briefing, Question, QuestionAnswer

MOST_QUESTIONS: Final = 50
"""Of one person about one briefing."""


def may_ask(role: str) -> bool:
    """Council members ask; who works for them or for the executive has other ways."""
    return role == Role.COUNCIL_MEMBER.value


def seen_by(briefing: Briefing, user: User) -> QuerySet[Question]:
    """What a reader of the briefing sees: what was answered, and the own questions.

    An open question is for the makers and its asker alone, since nobody looked yet whether it
    says too much. Whether this person may read the briefing was asked before.
    """
    is_answered = Exists(QuestionAnswer.objects.filter(question=OuterRef("pk")))
    rows: QuerySet[Question] = briefing.questions.filter(Q(is_answered) | Q(asked_by=user))
    return rows.prefetch_related("answers")


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
    """Answer, for everybody who may read the briefing, at once. A writer does.

    Raises PermissionDenied or RefusedError.
    """
    briefing = locked(question.briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    if not text.strip():
        raise RefusedError(_("Write the answer."))
    row = QuestionAnswer.objects.create(
        question=question, text=text.strip(), answered_at=at, answered_by=by
    )
    answered(question, at)
    return row
