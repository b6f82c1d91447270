"""Who may do what on a briefing. When it may be done is for ``policies``.

A maker needs three things at once: the right on this briefing by name, a running mandate
that gives the right, and a mandate in a place that covers the briefing's owner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.accounts.rights import all_rights
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Municipality, MunicipalityRegion, Region
from reports.models import READING_ROLES, Briefing, BriefingPermission
from reports.models.briefings import APPROVE, PUBLISH, WRITE

DRAFT_RIGHT = "reports.draft_briefings"
APPROVE_RIGHT = "reports.approve_briefings"
PUBLISH_RIGHT = "reports.publish_briefings"
MAKE_RIGHT = "reports.make_briefings"


@dataclass(frozen=True, slots=True)
class Maker:
    """What one person may do on one briefing, on one day."""

    writes: bool = False
    """Edit the draft, submit it, name makers and early readers."""
    approves: bool = False
    publishes: bool = False
    stops: bool = False
    """Withdraw at once, and remove early readers: any maker."""


def maker_of(briefing: Briefing, by: User, at: datetime) -> Maker:
    """What this person may do on the briefing on the Amsterdam day of ``at``."""
    actor = Actor.of(by, amsterdam_day(at))
    if actor.user is None:
        return Maker()
    rows = BriefingPermission.objects.filter(user=by, content_object=briefing)
    held = set(rows.values_list("permission__codename", flat=True))
    if not held:
        return Maker()
    judges = {
        codename
        for codename, asked in ((APPROVE, briefing.approver_id), (PUBLISH, briefing.publisher_id))
        if codename in held and asked == by.pk and not _wrote(briefing, by)
    }
    writes = WRITE in held and _covers(actor, DRAFT_RIGHT, briefing)
    approves = APPROVE in judges and _covers(actor, APPROVE_RIGHT, briefing)
    publishes = (
        PUBLISH in judges
        and not _approved(briefing, by)
        and _covers(actor, PUBLISH_RIGHT, briefing)
    )
    return Maker(
        writes=writes,
        approves=approves,
        publishes=publishes,
        # Each of these rights comes with a role of a maker; whoever has none may still be one.
        stops=writes or approves or publishes or _covers(actor, MAKE_RIGHT, briefing),
    )


def _wrote(briefing: Briefing, by: User) -> bool:
    return by.pk == briefing.author_id or briefing.contributions.filter(user=by).exists()


def _approved(briefing: Briefing, by: User) -> bool:
    version = briefing.latest_version()
    return version is not None and version.approved_by_id == by.pk


def _covers(actor: Actor, right: str, briefing: Briefing) -> bool:
    places = actor.places(right)
    if briefing.region is not None:
        return briefing.region.slug in places.regions
    assert briefing.municipality is not None  # briefing_one_owner
    return briefing.municipality.cbs_code in places.municipalities


def check(allowed: bool) -> None:
    """Raise PermissionDenied unless allowed: seen, but not yours to do."""
    if not allowed:
        raise PermissionDenied


def owners_for(actor: Actor) -> tuple[list[Region], list[Municipality]]:
    """For whom this person may start a briefing: where the right to draft is held."""
    places = actor.places(DRAFT_RIGHT)
    return (
        list(Region.objects.filter(slug__in=places.regions)),
        list(Municipality.objects.filter(cbs_code__in=places.municipalities)),
    )


def _around(owner: Region | Municipality, on: date) -> Q:
    """Memberships in places that cover the owner: itself, and its region or municipalities."""
    spans = MunicipalityRegion.objects.running(on)
    if isinstance(owner, Region):
        return Q(region=owner) | Q(
            municipality__in=spans.filter(region=owner).values("municipality")
        )
    return Q(municipality=owner) | Q(region__in=spans.filter(municipality=owner).values("region"))


def people_with(right: str, owner: Region | Municipality, on: date) -> QuerySet[User]:
    """Active people whose running mandate gives the right in a place that covers the owner."""
    roles = all_rights()[right].roles
    mandates = Membership.objects.running(on).filter(_around(owner, on), role__in=roles)
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=mandates.values("user"))
    return people


def mandates_that_may_read_early(briefing: Briefing, on: date) -> QuerySet[Membership]:
    """Running mandates in a reading role, in the audience or around the briefing's owner.

    Makers are left out: they see drafts through their own gate and are no readers.
    """
    audience = briefing.audience.all()
    makers = BriefingPermission.objects.filter(content_object=briefing).values("user")
    return (
        Membership.objects.running(on)
        .filter(
            _around(briefing.owner, on)
            | Q(municipality__in=audience.values("municipality"))
            | Q(region__in=audience.values("region")),
            role__in=READING_ROLES,
            user__is_active=True,
        )
        .exclude(user__in=makers)
        .exclude(role=Role.INSTITUTION)
    )
