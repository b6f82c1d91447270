"""Who may do what with an action: record what is agreed, or report on one's own actions."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from audits.models.plans import PlanAction
from audits.permissions import may_record, seen_institution
from audits.rights import ACT, RECORD
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.http import PortalRequest
from jbn_oversight.organisations.models import Institution


def seen_action(request: PortalRequest, code: str, action_id: str) -> PlanAction:
    """The action, for who may see the institution's supervision. Raises Http404 for others."""
    institution = seen_institution(request, code)
    rows = PlanAction.objects.filter(institution=institution)
    return get_object_or_404(
        rows.select_related("institution", "plan", "theme", "owner"), public_id=action_id
    )


def recorded_action(request: PortalRequest, code: str, action_id: str) -> PlanAction:
    """The action, for who may change what is agreed. Raises Http404 or PermissionDenied."""
    action = seen_action(request, code, action_id)
    if not may_record(request.actor, action.institution):
        raise PermissionDenied
    return action


def may_report(actor: Actor, action: PlanAction) -> bool:
    """Whether the person may report progress and add evidence.

    Who records may always. People of the institution may on actions that one of them owns;
    an action of somebody else, or of nobody who signs in, is not theirs.
    """
    if may_record(actor, action.institution):
        return True
    if actor.user is None or action.institution.code not in actor.places(ACT).institutions:
        return False
    if action.owner_id is None:
        return False
    return action.owner_id == actor.user.pk or _of_institution(
        action.owner_id, action.institution, actor.on
    )


def _of_institution(user_id: int, institution: Institution, day: date) -> bool:
    return (
        Membership.objects.running(day)
        .filter(user_id=user_id, role=Role.INSTITUTION, institution=institution)
        .exists()
    )


def may_own(user: User, institution: Institution, day: date) -> bool:
    """Whether somebody can be an owner: who may report or record there on the (Amsterdam) day."""
    actor = Actor.of(user, day)
    return any(institution.code in actor.places(right).institutions for right in (ACT, RECORD))


def possible_owners(institution: Institution, day: date) -> list[User]:
    """People of the institution, and those who record about it, by name."""
    running = Membership.objects.running(day)
    people = User.objects.filter(
        pk__in=running.filter(
            role__in=(Role.INSTITUTION, Role.POLICY_ADVISER, Role.CONTRACT_MANAGER)
        ).values("user"),
        is_active=True,
    )
    return [user for user in people.order_by("name") if may_own(user, institution, day)]
