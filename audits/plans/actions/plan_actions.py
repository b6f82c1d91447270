"""Record what is agreed about an action, and what is reported on it."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from audits.act_kinds import ACTION
from audits.actions import Ties, held_with, tie
from audits.models.findings import Cause, Finding
from audits.models.plans import PlanAction
from audits.models.studies import Recommendation
from audits.plans.permissions import may_own
from certification.certificates.actions import save_by
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import month_of
from jbn_oversight.refusals import RefusedError, meanings_of, told_in_words

NOTE_LENGTH: Final = 100
"""As long as the history keeps why something changed."""
WHOLE: Final = 100


REPORTED: Final = ("progress", "done_on", "dropped_on", "dropped_reason")
"""What is reported on an action, and not agreed."""


@transaction.atomic
def save_action(*, action: PlanAction, ties: Ties, today: date, by: User) -> PlanAction:
    """Record an action or change what is agreed; saving the same again changes nothing.

    ``ties`` are its findings, causes and recommendations. ``today`` is the Amsterdam day. Raises
    RefusedError, whose field is the form's.
    """
    owner = PlanAction.objects.filter(pk=action.pk).values_list("owner", flat=True).first()
    row, is_changed = held_with(action, but=REPORTED)
    is_new = row._state.adding
    _check(row, today)
    if row.owner and row.owner_id != owner and not may_own(row.owner, row.institution, today):
        raise RefusedError(
            _("This person cannot report here. Choose somebody of the list, or nobody."), "owner"
        )
    _check_ties(row, ties)
    with told_in_words(meanings_of(PlanAction)):
        if is_changed:
            save_by(row, by)
        is_tied = tie(row, ties, by)
    if is_changed or is_tied:
        _record(ACTION.saved(new=is_new), row, "", by)
    return row


def _check(row: PlanAction, today: date) -> None:
    if not row.title.strip():
        raise RefusedError(_("Say what is to be done."), "title")
    if not row.owner_name.strip():
        raise RefusedError(_("Say whose action it is."), "owner_name")
    if row.kpi and row.kpi not in KPIS:
        raise RefusedError(_("This portal has no such figure. Choose one of the list."), "kpi")
    if row.started_on is not None and row.started_on > today:
        raise RefusedError(
            _("This day is yet to come. Leave it empty until the action has started."),
            "started_on",
        )
    if row.started_on is not None and row.done_on is not None and row.done_on < row.started_on:
        raise RefusedError(
            _("The action was done before this start. Change the day."), "started_on"
        )
    if row.works_from is None:
        return
    if not row.kpi:
        raise RefusedError(_("Choose the figure that should show it from this month on."), "kpi")
    if row.started_on is not None and row.works_from < month_of(row.started_on):
        raise RefusedError(
            _("A figure cannot show an action before it started. Choose a later month."),
            "works_from",
        )


def _held(action: PlanAction) -> PlanAction:
    return PlanAction.objects.select_for_update(of=("self",)).get(pk=action.pk)


def _check_ties(row: PlanAction, ties: Ties) -> None:
    """Everything that the action is tied to is of the same institution."""
    own = Finding.objects.of(row.institution).values_list("pk", flat=True)
    chosen = {finding.pk for finding in ties.get("findings", ())}
    if not chosen <= set(own):
        raise RefusedError(
            _("This finding is about another institution. Choose one about this institution."),
            "findings",
        )
    causes = Cause.objects.filter(pk__in=[cause.pk for cause in ties.get("causes", ())])
    if not set(causes.values_list("finding_id", flat=True)) <= chosen:
        raise RefusedError(
            _("A cause belongs to a finding that is not chosen. Choose that finding too."),
            "causes",
        )
    advice = Recommendation.objects.of(row.institution).values_list("pk", flat=True)
    if not {each.pk for each in ties.get("recommendations", ())} <= set(advice):
        raise RefusedError(
            _("This recommendation is about another institution. Choose one about this one."),
            "recommendations",
        )
    if row.plan is not None and row.plan.institution_id != row.institution_id:
        raise RefusedError(_("This plan is of another institution. Choose another."), "plan")


@transaction.atomic
def report_progress(
    *,
    action: PlanAction,
    progress: int,
    started_on: date | None,
    note: str,
    today: date,
    by: User,
) -> PlanAction:
    """Say how far an open action is, in per cent. Raises RefusedError.

    ``started_on`` counts where no start is known yet. A hundred per cent is done: that has a
    day, see ``finish``.
    """
    row = _open(action)
    if not 0 <= progress <= WHOLE:
        raise RefusedError(_("Progress is a number from 0 to 99."), "progress")
    if progress == WHOLE:
        raise RefusedError(
            _("A hundred per cent is done. Report the action as done, with the day."), "progress"
        )
    if row.started_on is None:
        if started_on is None and progress:
            raise RefusedError(_("Say on which day the action started."), "started_on")
        _check_start(row, started_on, today)
        row.started_on = started_on
    row.progress = progress
    _save(row, note, by)
    _record(ACTION.changed, row, "progress", by)
    return row


@transaction.atomic
def finish(
    *, action: PlanAction, done_on: date, started_on: date | None, note: str, today: date, by: User
) -> PlanAction:
    """Report an open action as done on a day. Raises RefusedError."""
    row = _open(action)
    if done_on > today:
        raise RefusedError(_("This day is yet to come. Report it on the day itself."), "done_on")
    if row.started_on is None:
        _check_start(row, started_on, today)
        row.started_on = started_on
    if row.started_on is not None and done_on < row.started_on:
        raise RefusedError(
            _("The action was done before it started. Change one of the days."), "done_on"
        )
    row.done_on, row.progress = done_on, WHOLE
    _save(row, note, by)
    _record(ACTION.changed, row, "done", by)
    return row


def _check_start(row: PlanAction, started_on: date | None, today: date) -> None:
    if started_on is None:
        return
    if started_on > today:
        raise RefusedError(_("This day is yet to come."), "started_on")
    if started_on > row.due_on:
        raise RefusedError(
            _(
                "The agreed last day lies before this start. "
                "First have a new last day agreed, then report."
            ),
            "started_on",
        )


@transaction.atomic
def drop(*, action: PlanAction, reason: str, today: date, by: User) -> PlanAction:
    """Let an open action go, for a reason that stays readable. Raises RefusedError."""
    row = _open(action)
    if not reason.strip():
        raise RefusedError(_("Say why the action is dropped."), "dropped_reason")
    row.dropped_on, row.dropped_reason = today, reason.strip()
    _save(row, "", by)
    _record(ACTION.changed, row, "dropped", by)
    return row


@transaction.atomic
def resume(*, action: PlanAction, progress: int, note: str, by: User) -> PlanAction:
    """Take up again what was done or dropped. Raises RefusedError."""
    row = _held(action)
    if row.done_on is None and row.dropped_on is None:
        raise RefusedError(_("This action runs already."))
    if not 0 <= progress < WHOLE:
        raise RefusedError(_("Progress is a number from 0 to 99."), "progress")
    if not note.strip():
        raise RefusedError(_("Say why the action is taken up again."), "note")
    row.done_on = row.dropped_on = None
    row.dropped_reason, row.progress = "", progress
    _save(row, note, by)
    _record(ACTION.changed, row, "resumed", by)
    return row


def _record(kind: KindOfAct, row: PlanAction, detail: str, by: User) -> None:
    record_act(kind=kind, on=row, detail=detail, institution=row.institution, by=by)


def _open(action: PlanAction) -> PlanAction:
    row = _held(action)
    if row.done_on is not None:
        raise RefusedError(_("This action is done already. Reload the page."))
    if row.dropped_on is not None:
        raise RefusedError(_("This action was dropped. Have it taken up again first."))
    return row


def _save(row: PlanAction, note: str, by: User) -> None:
    words = note.strip()
    if len(words) > NOTE_LENGTH:
        raise RefusedError(
            _("The note is too long. Use at most %(most)d characters.") % {"most": NOTE_LENGTH},
            "note",
        )
    vars(row)["_change_reason"] = words
    save_by(row, by)
