"""When an act of two people may be proposed and confirmed: the same question at both moments.

Who may is for ``permissions``. Each ``check_`` raises ``RefusedError`` with words for the
person who asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.clock import amsterdam_day
from jbn_oversight.clock_check.actions import refuse_while_a_clock_is_wrong
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.decisions.models import Act, ActKind
from reports.briefings.gate.policies import check_open
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Organ
from reports.briefings.signing.selectors.checklist import SOONEST


def check_can_act(briefing: Briefing, act: Act, at: datetime) -> None:
    """What is proposed makes sense for the briefing as it is at ``at``."""
    if not act.reason.strip():
        raise RefusedError(_("Say why."))
    RULES[ActKind(act.kind)](briefing, act, at)


def _check_moves(briefing: Briefing, act: Act, at: datetime) -> None:
    check_open(briefing)
    refuse_while_a_clock_is_wrong()
    if briefing.approved_at is None:
        raise RefusedError(_("Until the approval the writers move the hour in the draft itself."))
    if act.hour is None or briefing.embargo_until is None:
        raise RefusedError(_("Fill in the new hour."))
    if briefing.published_at is not None and briefing.embargo_until <= at:
        raise RefusedError(_("It is out already: its hour cannot be moved any more."))
    if act.hour_before != briefing.embargo_until:
        raise ChangedMeanwhileError(_("The hour was moved meanwhile. Look at it again first."))
    if act.hour < at + SOONEST:
        raise RefusedError(
            _("The hour is too near: choose one that is at least five minutes away.")
        )


def _check_postpones(briefing: Briefing, act: Act, at: datetime) -> None:
    _check_moves(briefing, act, at)
    if act.hour is None or briefing.embargo_until is None or act.hour <= briefing.embargo_until:
        raise RefusedError(_("Postponing takes a later hour than the present one."))


def _check_advances(briefing: Briefing, act: Act, at: datetime) -> None:
    _check_moves(briefing, act, at)
    if act.hour is None or briefing.embargo_until is None or act.hour >= briefing.embargo_until:
        raise RefusedError(_("Ending the embargo earlier takes an earlier hour."))


def _check_withdraws(briefing: Briefing, act: Act, at: datetime) -> None:
    # Also what an emergency closed: withdrawing shuts it for good.
    if briefing.withdrawn_at is not None:
        raise RefusedError(_("This briefing was withdrawn. Nothing about it can change any more."))
    if act.in_error and briefing.published_at is None:
        raise RefusedError(_("Only what was published can have been published in error."))


def _check_reopens(briefing: Briefing, act: Act, at: datetime) -> None:
    if briefing.withdrawn_at is not None:
        raise RefusedError(_("This briefing was withdrawn. Nothing about it can change any more."))
    if briefing.closed_at is None:
        raise RefusedError(_("This briefing is not closed."))


def _check_lifts(briefing: Briefing, act: Act, at: datetime) -> None:
    check_open(briefing)
    refuse_while_a_clock_is_wrong()  # what was published opens at once
    running = briefing.secrecies.running().first()
    if running is None or running.public_id != act.payload.get("secrecy"):
        raise RefusedError(_("No such secrecy runs on this briefing."))
    organ = act.payload.get("organ")
    if running.given_to_council_on is not None and organ != Organ.COUNCIL:
        raise RefusedError(_("It was given to the council, so only the council lifts it."))
    if running.given_to_council_on is None and organ != running.organ:
        raise RefusedError(_("Only the organ that imposed it lifts it."))
    day = date.fromisoformat(str(act.payload.get("lifted_on")))
    if not running.imposed_on <= day <= amsterdam_day(at):
        raise RefusedError(_("It is lifted on a day from its imposition until today."))


RULES: Final[dict[ActKind, Callable[[Briefing, Act, datetime], None]]] = {
    ActKind.POSTPONE: _check_postpones,
    ActKind.ADVANCE: _check_advances,
    ActKind.WITHDRAW: _check_withdraws,
    ActKind.REOPEN: _check_reopens,
    ActKind.LIFT_SECRECY: _check_lifts,
}
