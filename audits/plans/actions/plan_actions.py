"""Record what is agreed about an action, and what is reported on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from audits.models.findings import Cause, Finding
from audits.models.plans import Plan, PlanAction, PlanTheme
from audits.models.studies import Recommendation
from audits.plans.permissions import may_own
from certification.certificates.actions import save_by
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import month_of
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError

NOTE_LENGTH: Final = 100
"""As long as the history keeps why something changed."""
WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class ActionFields:
    """All that is agreed about an action; effort in hours, cost in euros."""

    title: str
    owner_name: str
    due_on: date
    plan: Plan | None = None
    theme: PlanTheme | None = None
    findings: tuple[Finding, ...] = ()
    causes: tuple[Cause, ...] = ()
    recommendations: tuple[Recommendation, ...] = field(default=())
    owner: User | None = None
    effort_hours: int | None = None
    cost: Decimal | None = None
    started_on: date | None = None
    kpi: str = ""
    works_from: date | None = None
    remark: str = ""


_TIED: Final = ("findings", "causes", "recommendations")


@transaction.atomic
def save_action(
    *,
    institution: Institution,
    action: PlanAction | None,
    fields: ActionFields,
    today: date,
    by: User,
) -> PlanAction:
    """Record an action or change what is agreed; saving the same again changes nothing.

    ``today`` is the Amsterdam day. Raises RefusedError, whose field is the form's.
    """
    row = PlanAction(institution=institution) if action is None else _held(action)
    _check(institution, row, fields, today)
    values: dict[str, object] = {
        name: getattr(fields, name)
        for name in ActionFields.__dataclass_fields__
        if name not in _TIED
    }
    tied = {name: set(getattr(fields, name)) for name in _TIED}
    before = {name: set(getattr(row, name).all()) if row.pk else set() for name in _TIED}
    if row.pk and tied == before and all(getattr(row, k) == v for k, v in values.items()):
        return row
    for name, value in values.items():
        setattr(row, name, value)
    if row.pk is None or not all(
        getattr(row, name) == value for name, value in _stored(row, values).items()
    ):
        save_by(row, by)
    vars(row)["_history_user"] = by
    for name in _TIED:
        if tied[name] != before[name]:
            getattr(row, name).set(tied[name])
    return row


def _stored(row: PlanAction, values: dict[str, object]) -> dict[str, object]:
    """The columns as they stand in the database."""
    stored = PlanAction.objects.get(pk=row.pk)
    return {name: getattr(stored, name) for name in values}


def _held(action: PlanAction) -> PlanAction:
    return PlanAction.objects.select_for_update(of=("self",)).get(pk=action.pk)


def _check(institution: Institution, row: PlanAction, fields: ActionFields, today: date) -> None:
    if not fields.title.strip():
        raise RefusedError(_("Say what is to be done."), "title")
    if not fields.owner_name.strip():
        raise RefusedError(_("Say whose action it is."), "owner_name")
    _check_ties(institution, row, fields)
    _check_days(row, fields, today)
    if fields.kpi and fields.kpi not in KPIS:
        raise RefusedError(_("This portal has no such figure. Choose one of the list."), "kpi")
    if fields.works_from is not None:
        _check_month(fields, fields.works_from)
    if fields.cost is not None and fields.cost < 0:
        raise RefusedError(_("A cost is nought or more."), "cost")


def _check_ties(institution: Institution, row: PlanAction, fields: ActionFields) -> None:
    """Everything that the action is tied to is of the same institution."""
    own = set(Finding.objects.of(institution).values_list("pk", flat=True))
    if not {finding.pk for finding in fields.findings} <= own:
        raise RefusedError(
            _("This finding is about another institution. Choose one about this institution."),
            "findings",
        )
    chosen = {finding.pk for finding in fields.findings}
    if not {cause.finding_id for cause in fields.causes} <= chosen:
        raise RefusedError(
            _("A cause belongs to a finding that is not chosen. Choose that finding too."),
            "causes",
        )
    advice = Recommendation.objects.of(institution)
    if not {one.pk for one in fields.recommendations} <= set(advice.values_list("pk", flat=True)):
        raise RefusedError(
            _("This recommendation is about another institution. Choose one about this one."),
            "recommendations",
        )
    if fields.plan is not None and fields.plan.institution_id != institution.pk:
        raise RefusedError(_("This plan is of another institution. Choose another."), "plan")
    same = PlanAction.objects.filter(
        institution=institution, plan=fields.plan, title=fields.title
    ).exclude(pk=row.pk)
    if fields.plan is not None and same.exists():
        raise RefusedError(_("This plan has an action with these words already."), "title")


def _check_days(row: PlanAction, fields: ActionFields, today: date) -> None:
    if fields.started_on is not None:
        if fields.started_on > today:
            raise RefusedError(
                _("This day is yet to come. Leave it empty until the action has started."),
                "started_on",
            )
        if fields.started_on > fields.due_on:
            raise RefusedError(
                _("The last day lies before the start. Change one of the days."), "due_on"
            )
        if row.done_on is not None and row.done_on < fields.started_on:
            raise RefusedError(
                _("The action was done before this start. Change the day."), "started_on"
            )
    if fields.owner is not None and fields.owner != row.owner:
        institution = row.institution
        if not may_own(fields.owner, institution, today):
            raise RefusedError(
                _("This person cannot report here. Choose somebody of the list, or nobody."),
                "owner",
            )


def _check_month(fields: ActionFields, month: date) -> None:
    if not fields.kpi:
        raise RefusedError(_("Choose the figure that should show it from this month on."), "kpi")
    if month.day != 1:
        raise RefusedError(
            _("A figure is counted by the month. Give a whole month, such as 2025-03."),
            "works_from",
        )
    if fields.started_on is not None and month < month_of(fields.started_on):
        raise RefusedError(
            _("A figure cannot show an action before it started. Choose a later month."),
            "works_from",
        )


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
    return row


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
