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
from jbn_oversight.organisations.models import (
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
)
from reports.briefings.models.briefings import APPROVE, PUBLISH, WRITE, Briefing, BriefingPermission
from reports.briefings.models.readers import READING_ROLES
from reports.briefings.models.signing import SignOff

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
    """Is asked to sign, for a region or municipality in which a mandate runs."""
    publishes: bool = False
    stops: bool = False
    """Close in an emergency, and remove early readers: any maker, the author too."""
    decides: bool = False
    """Be one of the two people of an act: any maker but the author."""


def maker_of(briefing: Briefing, by: User, at: datetime) -> Maker:
    """What this person may do on the briefing on the Amsterdam day of ``at``."""
    actor = Actor.of(by, amsterdam_day(at))
    if actor.user is None:
        return Maker()
    rows = BriefingPermission.objects.filter(user=by, content_object=briefing)
    held = set(rows.values_list("permission__codename", flat=True))
    if not held:
        return Maker()
    wrote = _wrote(briefing, by)
    writes = WRITE in held and _covers(actor, DRAFT_RIGHT, briefing.owner)
    asked = briefing.signatories.filter(user=by).select_related("region", "municipality").first()
    approves = (
        APPROVE in held
        and asked is not None
        and not wrote
        and by.pk != briefing.publisher_id
        and _covers(actor, APPROVE_RIGHT, asked.place)
    )
    publishes = (
        PUBLISH in held
        and by.pk == briefing.publisher_id
        and not wrote
        and not _approved(briefing, by)
        and _covers(actor, PUBLISH_RIGHT, briefing.owner)
    )
    # Each of these rights comes with a role of a maker; anyone who has none may still be one.
    stops = writes or approves or publishes or _covers(actor, MAKE_RIGHT, briefing.owner)
    return Maker(
        writes=writes,
        approves=approves,
        publishes=publishes,
        stops=stops,
        decides=stops and by.pk != briefing.author_id,
    )


def _wrote(briefing: Briefing, by: User) -> bool:
    return by.pk == briefing.author_id or briefing.contributions.filter(user=by).exists()


def _approved(briefing: Briefing, by: User) -> bool:
    """Whether this person signed the latest version, or the draft as it is now."""
    version = briefing.latest_version()
    if version is not None and (
        version.approved_by_id == by.pk or version.sign_offs.filter(signed_by=by).exists()
    ):
        return True
    return SignOff.objects.standing(briefing).filter(signed_by=by).exists()


def _covers(actor: Actor, right: str, place: Region | Municipality) -> bool:
    if actor.holds_in(place, right):
        return True  # the usual case, without asking what belongs to what
    places = actor.places(right)
    if isinstance(place, Region):
        return place.slug in places.regions
    return place.cbs_code in places.municipalities


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


def mandates_that_may_sign(briefing: Briefing, on: date) -> QuerySet[Membership]:
    """Running mandates with the right to approve, in any region of the institution.

    A briefing is signed for its own side and may be signed for others: aldermen of both
    regions. Who wrote in it is left out.
    """
    regions = InstitutionTask.objects.running(on).filter(institution=briefing.institution)
    spans = MunicipalityRegion.objects.running(on)
    within = spans.filter(region__in=regions.values("region"))
    return (
        Membership.objects.running(on)
        .filter(
            Q(region__in=regions.values("region"))
            | Q(municipality__in=within.values("municipality")),
            role__in=all_rights()[APPROVE_RIGHT].roles,
            user__is_active=True,
        )
        .exclude(user__in=briefing.contributions.values("user"))
        .exclude(user=briefing.author_id)
    )


def asked_mandates(briefing: Briefing, on: date) -> list[Membership]:
    """The running mandates in which people were asked to sign."""
    asked = {(row.user_id, row.place) for row in briefing.signatories.all()}
    able = mandates_that_may_sign(briefing, on).select_related("user", "municipality", "region")
    return [one for one in able if (one.user_id, one.place) in asked]


def signs_for_the_owner(briefing: Briefing, on: date) -> QuerySet[Membership]:
    """Those of ``mandates_that_may_sign`` that cover the briefing's own region or municipality."""
    return mandates_that_may_sign(briefing, on).filter(_around(briefing.owner, on))


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
