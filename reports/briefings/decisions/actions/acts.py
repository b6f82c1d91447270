"""Acts of two people: one maker proposes, another confirms, and neither is the author.

Nothing happens at the proposal. At the confirmation everything is asked again, because the
briefing, the people and the clock went on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import (
    CANCELLED,
    HOUR_MOVED,
    PROPOSED,
    REOPENED,
    SECRECY_LIFTED,
    WITHDRAWN,
)
from reports.briefings.decisions.models import MOVES, Act, ActKind
from reports.briefings.decisions.policies import check_can_act
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.gate.policies import has_new_draft
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.signing import SignOff
from reports.briefings.notices import actions as mail
from reports.briefings.printing.actions.renderings import nudge
from reports.briefings.releasing.actions.announcing import nudge_release
from reports.briefings.signing.selectors.going_out import version_going_out
from reports.briefings.signing.selectors.shown import SeenToken, check_shown


@transaction.atomic
def propose(
    *,
    briefing: Briefing,
    kind: ActKind,
    reason: str,
    at: datetime,
    by: User,
    hour: datetime | None = None,
    in_error: bool = False,
    payload: dict[str, Any] | None = None,
) -> Act:
    """Say what should happen; it happens when another maker confirms it.

    ``hour`` is the new hour of an act that moves it, aware. Raises PermissionDenied for the
    author and anyone who is no maker, or RefusedError.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).decides)
    act = Act(
        briefing=briefing,
        kind=kind,
        author_id=briefing.author_id,
        hour_before=briefing.embargo_until if kind in MOVES else None,
        hour=hour if kind in MOVES else None,
        in_error=in_error and kind is ActKind.WITHDRAW,
        payload=payload or {},
        reason=reason.strip(),
        proposed_at=at,
        proposed_by=by,
    )
    if briefing.acts.open().filter(kind=kind).exists():
        raise RefusedError(_("This was proposed already. Confirm or cancel that first."))
    check_can_act(briefing, act, at)
    act.save(force_insert=True)
    record_on(briefing, PROPOSED, at=at, by=by, detail=kind.value)
    return act


@transaction.atomic
def confirm(*, act: Act, at: datetime, by: User, shown: SeenToken | None = None) -> Act:
    """Do what another maker proposed. Confirming twice does nothing.

    ``shown`` is what stood on the page of what it is about: texts, files, readers, hours.
    Raises PermissionDenied for the author, the proposer and anyone who is no maker, or
    RefusedError where it makes no sense any more or is about something else than was shown.
    """
    briefing = locked(act.briefing)
    act = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
    check(maker_of(briefing, by, at).decides and by.pk != act.proposed_by_id)
    if act.confirmed_at is not None:
        return act
    if act.cancelled_at is not None:
        raise RefusedError(_("This proposal was cancelled."))
    check(maker_of(briefing, act.proposed_by, at).decides)
    check_can_act(briefing, act, at)
    version = briefing.published_version or briefing.latest_version()
    if shown is not None and version is not None:
        check_shown(version_going_out(briefing, version, at), shown)
    act.confirmed_at, act.confirmed_by = max(at, act.proposed_at), by
    act.save(update_fields=["confirmed_at", "confirmed_by"])
    DOES[ActKind(act.kind)](briefing, act, at, by)
    done = DONE[ActKind(act.kind)]
    detail = f"{act.kind} in_error" if act.in_error else act.kind
    record_on(briefing, done, at=at, by=act.proposed_by, agreed_by=by, detail=detail)
    return act


@transaction.atomic
def cancel(*, act: Act, at: datetime, by: User) -> Act:
    """Take a proposal away; any maker who could confirm or proposed it. Twice is once."""
    briefing = locked(act.briefing)
    act = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
    check(maker_of(briefing, by, at).decides)
    if act.confirmed_at is not None:
        raise RefusedError(_("This was confirmed already."))
    if act.cancelled_at is None:
        act.cancelled_at, act.cancelled_by = at, by
        act.save(update_fields=["cancelled_at", "cancelled_by"])
        record_on(briefing, CANCELLED, at=at, by=by, detail=act.kind)
    return act


def _move(briefing: Briefing, act: Act, at: datetime, by: User) -> None:
    """Set the new hour. A recorded publication stays recorded, and opens at the new hour.

    What was signed stays as it is; its paper is printed again with the new hour. A draft that
    nobody finished signing is another one now: its hour is part of what is signed.
    """
    assert act.hour is not None  # act_moves_the_hour_the_right_way
    briefing.embargo_until = act.hour
    if briefing.window_opens_at is not None:
        briefing.window_opens_at = min(briefing.window_opens_at, act.hour)
    latest = briefing.latest_version()
    if has_new_draft(briefing, latest):
        mail.voided(briefing, list(SignOff.objects.standing(briefing)), at)
        briefing.draft_revision += 1
        briefing.submitted_at = briefing.submitted_by = None
    briefing.save()
    nudge_release(briefing, at)
    for version in {latest, briefing.published_version}:
        if version is not None:
            nudge(version)


def _withdraw(briefing: Briefing, act: Act, at: datetime, by: User) -> None:
    """Close it for everybody and for good, its files by their old addresses too."""
    briefing.withdrawn_at, briefing.withdrawn_by = max(at, briefing.published_at or at), by
    briefing.withdrawal_reason = act.reason
    briefing.withdrawn_in_error = act.in_error
    briefing.save()
    mail.withdrawn(briefing, at)


def _reopen(briefing: Briefing, act: Act, at: datetime, by: User) -> None:
    """End an emergency for this one briefing; the others of its dossier stay shut."""
    for closing in briefing.closings.filter(reopened_by=None):
        closing.reopened_by = act
        closing.save(update_fields=["reopened_by"])
    briefing.closed_at = briefing.closed_by = None
    briefing.closing_reason = ""
    briefing.save()
    latest = briefing.latest_version()
    if latest is not None:
        nudge(latest)


def _lift_secrecy(briefing: Briefing, act: Act, at: datetime, by: User) -> None:
    """Record the lifting. What was published before is open again; nothing else opens."""
    running = briefing.secrecies.running().get(public_id=act.payload["secrecy"])
    running.lifted_on = date.fromisoformat(act.payload["lifted_on"])
    running.lifted_by = act.payload["organ"]
    running.lifting_recorded_at = max(at, running.recorded_at)
    running.lifting_recorded_by = by
    running.save()
    nudge_release(briefing, at)


DOES: Final[dict[ActKind, Callable[[Briefing, Act, datetime, User], None]]] = {
    ActKind.POSTPONE: _move,
    ActKind.ADVANCE: _move,
    ActKind.WITHDRAW: _withdraw,
    ActKind.REOPEN: _reopen,
    ActKind.LIFT_SECRECY: _lift_secrecy,
}

DONE: Final[dict[ActKind, KindOfAct]] = {
    ActKind.POSTPONE: HOUR_MOVED,
    ActKind.ADVANCE: HOUR_MOVED,
    ActKind.WITHDRAW: WITHDRAWN,
    ActKind.REOPEN: REOPENED,
    ActKind.LIFT_SECRECY: SECRECY_LIFTED,
}
