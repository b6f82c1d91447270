"""Typing a month's staffing figures: concept, submitted, approved by a second person.

Each act names what it was looking at: ``seen`` is the ``Standing.key`` of the page. Where that
changed meanwhile, by a colleague, a delivery or one's own other tab, nothing is written.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from cases.act_kinds import RETURN_APPROVED, RETURN_SENT_BACK, RETURN_SUBMITTED
from cases.models import StaffingReturn, StaffingVersion
from cases.returns.rules import Figures, WrongFiguresError, quantities_of, tidy, wrong_figures
from cases.returns.selectors import ReturnStanding, standing, standing_of
from cases.staffing.actions import accept_typed
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import amsterdam_today, month_of, utc_now
from jbn_oversight.jobs.actions.turns import institution_turn
from jbn_oversight.organisations.models import Institution, Region


class ReturnStateError(Exception):
    """The return is not in the state that this act needs."""


class ReturnChangedError(ReturnStateError):
    """Something else stands now than what the person was looking at."""


@transaction.atomic
def save_return(
    *, institution: Institution, region: Region, month: date, figures: Figures, seen: str, by: User
) -> StaffingReturn:
    """Keep what was typed as the concept of that month; months are first days.

    Raises ReturnChangedError when something else stands now than what was seen, ReturnStateError
    when a return of the month waits for approval, or for a month that has not ended yet;
    WrongFiguresError for a cell that is no number.
    """
    wrong = wrong_figures(figures, together=False)
    if wrong:
        raise WrongFiguresError(wrong)
    at = utc_now()
    if month >= month_of(amsterdam_today(at)):
        raise ReturnStateError("the month has not ended yet")
    found = standing(institution, region, month, locked=True)
    _check_seen(found, seen)
    typed = found.typed
    if typed is None:
        typed = StaffingReturn(institution=institution, region=region, month=month)
    elif typed.submitted_at is not None:
        raise ReturnStateError("the return waits for approval")
    typed.figures = tidy(figures)
    typed.typed_at = at
    typed.typed_by = by
    try:
        with transaction.atomic():
            return _saved(typed, by)
    except IntegrityError as error:
        # A colleague began a return of the same month at the same moment.
        raise ReturnChangedError("somebody else began a return") from error


@transaction.atomic
def submit_return(*, typed: StaffingReturn, seen: str, by: User) -> StaffingReturn:
    """Ask a second person to approve the concept.

    Raises ReturnChangedError when something else stands now, ReturnStateError when it is no
    concept or holds nothing, WrongFiguresError when the checks of staffing.csv refuse it.
    """
    typed = _held(typed, seen)
    if typed.submitted_at is not None:
        raise ReturnStateError("the return was submitted already")
    if not quantities_of(typed.figures):
        raise ReturnStateError("the return holds no figures")
    typed.submitted_at = utc_now()
    typed.submitted_by = by
    _saved(typed, by)
    _record(RETURN_SUBMITTED, typed, by)
    return typed


@transaction.atomic
def send_back_return(*, typed: StaffingReturn, seen: str, by: User) -> StaffingReturn:
    """Make a submitted return a concept again.

    Raises ReturnChangedError when something else stands now, ReturnStateError when it is not
    submitted.
    """
    typed = _held(typed, seen)
    if typed.submitted_at is None or typed.approved_at is not None:
        raise ReturnStateError("the return does not wait for approval")
    typed.submitted_at = None
    typed.submitted_by = None
    _saved(typed, by)
    _record(RETURN_SENT_BACK, typed, by)
    return typed


def approve_return(*, typed: StaffingReturn, seen: str, by: User) -> StaffingReturn:
    """Accept a submitted return as the current version of its month.

    Raises PermissionDenied for who typed or submitted it, ReturnChangedError when something else
    stands now than what the person judged (the figures, or what they replace), ReturnStateError
    when it is not submitted. Waits for an import or run of the institution to finish.
    """
    with institution_turn(typed.institution_id), transaction.atomic():
        typed = _held(typed, seen)
        if typed.submitted_at is None or typed.approved_at is not None:
            raise ReturnStateError("the return does not wait for approval")
        if not may_approve(typed, by):
            raise PermissionDenied("a second person approves")
        typed.approved_at = utc_now()
        typed.approved_by = by
        _saved(typed, by)
        accept_typed(typed, typed.approved_at)
        _record(RETURN_APPROVED, typed, typed.submitted_by, agreed_by=by)
    return typed


def may_approve(typed: StaffingReturn, person: User) -> bool:
    """Whether the person had no hand in the figures."""
    return person.pk not in {typed.typed_by_id, typed.submitted_by_id}


def replaces_delivered(typed: StaffingReturn) -> StaffingVersion | None:
    """The delivered version that approval of this return would replace."""
    return (
        StaffingVersion.objects.current()
        .filter(
            institution=typed.institution,
            region=typed.region,
            month=typed.month,
            delivery__isnull=False,
        )
        .first()
    )


def _held(typed: StaffingReturn, seen: str) -> StaffingReturn:
    """The row as it is now, held, if what stands is what was seen."""
    row = StaffingReturn.objects.select_for_update(of=("self",)).get(pk=typed.pk)
    _check_seen(standing_of(row), seen)
    return row


def _check_seen(found: ReturnStanding, seen: str) -> None:
    if found.key != seen:
        raise ReturnChangedError("something else stands now")


def _record(
    kind: KindOfAct, typed: StaffingReturn, by: User | None, *, agreed_by: User | None = None
) -> None:
    record_act(
        kind=kind,
        on=typed,
        detail=f"{typed.month:%Y-%m}",
        institution=typed.institution,
        region=typed.region,
        by=by,
        agreed_by=agreed_by,
    )


def _saved(typed: StaffingReturn, by: models.Model) -> StaffingReturn:
    vars(typed)["_history_user"] = by
    typed.save()
    return typed


__all__ = [
    "ReturnChangedError",
    "ReturnStateError",
    "WrongFiguresError",
    "approve_return",
    "may_approve",
    "replaces_delivered",
    "save_return",
    "send_back_return",
    "submit_return",
]
