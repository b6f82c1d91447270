"""Comments of the makers on the draft. Writing one is not writing in the briefing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.personal_numbers import refuse_personal_numbers
from jbn_oversight.refusals import RefusedError
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check
from reports.briefings.gate.policies import check_open
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.drafting import Comment
from reports.briefings.models.parts import Section

MOST_COMMENTS = 500


def _among_makers(briefing: Briefing, at: datetime, by: User) -> Briefing:
    """The briefing, held; only for its makers."""
    check(Briefing.objects.worked_on_by(by, at).filter(pk=briefing.pk).exists())
    briefing = locked(briefing)
    check_open(briefing)
    return briefing


@transaction.atomic
def comment_on(*, section: Section, quoted: str, text: str, at: datetime, by: User) -> Comment:
    """Say something about some words of a section. Raises PermissionDenied or RefusedError."""
    briefing = _among_makers(section.briefing, at, by)
    _check_says_something(briefing, text)
    return Comment.objects.create(
        briefing=briefing,
        section=section,
        heading=section.heading,
        quoted=" ".join(quoted.split())[:300],
        text=text.strip(),
        written_at=at,
        written_by=by,
    )


@transaction.atomic
def reply(*, comment: Comment, text: str, at: datetime, by: User) -> Comment:
    """Answer a comment; a reply to a reply stands under the same comment."""
    briefing = _among_makers(comment.briefing, at, by)
    _check_says_something(briefing, text)
    thread = comment.parent or comment
    return Comment.objects.create(
        briefing=briefing,
        section=thread.section,
        heading=thread.heading,
        parent=thread,
        text=text.strip(),
        written_at=at,
        written_by=by,
    )


@transaction.atomic
def resolve(*, comment: Comment, at: datetime, by: User) -> Comment:
    """Say that a comment was dealt with. Twice is once."""
    _among_makers(comment.briefing, at, by)
    row = _thread(comment)
    if row.resolved_at is None:
        row.resolve(at, by)
        row.save()
    return row


@transaction.atomic
def reopen(*, comment: Comment, at: datetime, by: User) -> Comment:
    """Say that a comment still asks for something."""
    _among_makers(comment.briefing, at, by)
    row = _thread(comment)
    if row.resolved_at is not None:
        row.resolved_at = row.resolved_by = None
        row.save()
    return row


def _thread(comment: Comment) -> Comment:
    row: Comment = Comment.objects.get(pk=(comment.parent or comment).pk)
    return row


def _check_says_something(briefing: Briefing, text: str) -> None:
    if not text.strip():
        raise RefusedError(_("Write your comment first."))
    refuse_personal_numbers(text)
    if briefing.comments.count() >= MOST_COMMENTS:
        raise RefusedError(_("There are very many comments already. Resolve some by talking."))
