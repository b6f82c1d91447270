"""Who may look after whom, and who is a second person.

An administrator of a region looks after the region, its municipalities and the institutions that
work there; one of a municipality or an institution after that one alone. A clerk decides with
them about the own municipality.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from jbn_oversight.accounts.models import (
    AccountChange,
    ChangeKind,
    Membership,
    MembershipQuerySet,
    Role,
    User,
)
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import (
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Place,
    Region,
)

DECIDING = (Role.ADMINISTRATOR, Role.CLERK)


def over(place: Place, on: date) -> MembershipQuerySet:
    """The memberships of administrators and clerks over the place, whenever they run.

    ``on`` is the Amsterdam day for which municipalities stand in regions.
    """
    administrator = Q(role=Role.ADMINISTRATOR)
    if isinstance(place, Region):
        return Membership.objects.filter(administrator, region=place)
    if isinstance(place, Municipality):
        regions = MunicipalityRegion.objects.running(on).filter(municipality=place)
        return Membership.objects.filter(
            Q(municipality=place, role__in=DECIDING)
            | administrator & Q(region__in=regions.values("region"))
        )
    tasks = InstitutionTask.objects.running(on).filter(institution=place)
    return Membership.objects.filter(
        administrator, Q(institution=place) | Q(region__in=tasks.values("region"))
    )


def looks_after(user: User, place: Place, on: date) -> bool:
    """Whether the person may give roles in the place on that day, as administrator."""
    rows = over(place, on).running(on)
    return rows.filter(user=user, role=Role.ADMINISTRATOR, user__is_active=True).exists()


def places_of(user: User, on: date) -> list[Place]:
    """The places that an administrator looks after on that day."""
    held = Membership.objects.running(on).filter(user=user, role=Role.ADMINISTRATOR)
    regions = Region.objects.filter(pk__in=held.values("region"))
    tasks = InstitutionTask.objects.running(on).filter(region__in=regions)
    inside = MunicipalityRegion.objects.running(on).filter(region__in=regions)
    municipalities = Municipality.objects.filter(
        Q(pk__in=held.values("municipality")) | Q(pk__in=inside.values("municipality"))
    )
    institutions = Institution.objects.filter(
        Q(pk__in=held.values("institution")) | Q(pk__in=tasks.values("institution"))
    )
    return [*regions, *municipalities, *institutions]


def current_places(person: User, on: date) -> list[Place]:
    """Where somebody has a role on that day or later: what an account of theirs opens."""
    rows = Membership.objects.with_places().filter(user=person)
    rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))
    return list({(type(row.place), row.place.pk): row.place for row in rows}.values())


def may_manage(user: User, person: User, on: date) -> bool:
    """Whether an administrator may change somebody: over every place where they have a role.

    Else a role in one's own place would be enough to reach what somebody reads in another.
    """
    return all(looks_after(user, place, on) for place in current_places(person, on))


def is_alike(one: User, other: User) -> bool:
    """Whether two accounts look like those of one person: the name, or a variant of the address."""
    return (
        one.pk == other.pk or _of(one.name) == _of(other.name) or _mailbox(one) == _mailbox(other)
    )


def _of(name: str) -> str:
    return " ".join(name.casefold().split())


def _mailbox(user: User) -> str:
    local, _at, domain = user.email.lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"


def had_a_second(place: Place, asked_by: User, on: date) -> bool:
    """Whether anybody else ever decided over the place: only before that one acts alone.

    Also of one whose role has ended: ending it does not make the other one the first again.
    """
    return over(place, on).exclude(user=asked_by).exists()


def may_decide(user: User, change: AccountChange, at: datetime) -> bool:
    """Whether somebody is the second person for a change: neither who asked nor whom it is about.

    The role that lets them decide was there before, and is no clerk's role that goes back to the
    asking person: nobody makes a second person for a purpose. ``at`` is an aware instant.
    """
    if is_alike(user, change.asked_by) or is_alike(user, change.person):
        return False
    on = amsterdam_day(at)
    places = [change.place] if change.place else current_places(change.person, on)
    if not places:  # nowhere a role: any administrator who had a role before
        places = list(places_of(user, on))[:1]
        if not places:
            return False
    return all(place is not None and _decides_over(user, place, change, on) for place in places)


def _decides_over(user: User, place: Place, change: AccountChange, on: date) -> bool:
    rows = over(place, on).running(on).filter(user=user)
    for row in rows:
        given = Membership.history.filter(id=row.pk).order_by("history_date", "pk").first()
        before = given is not None and given.history_date <= change.asked_at
        if before and not (row.role == Role.CLERK and _was_made_by(row, change.asked_by)):
            return True
    return False


def _was_made_by(row: Membership, user: User) -> bool:
    """Whether a clerk's role goes back to somebody, over any number of clerks in between.

    It ends with an administrator: one more of these takes two people.
    """
    giver, seen = row.added_by_id, set[int]()
    while giver is not None and giver not in seen:
        if giver == user.pk:
            return True
        seen.add(giver)
        own = Membership.objects.filter(user=giver, role__in=DECIDING).order_by("pk")
        if own.filter(role=Role.ADMINISTRATOR).exists():
            return False
        giver = own.values_list("added_by", flat=True).first()
    return False


def takes_two(*, person: User, role: Role, from_on: date, by: User, place: Place, on: date) -> bool:
    """Whether giving this role waits: for oneself, into the past, or to one more administrator.

    An administrator could become the second person of the one who made them. ``on`` is today.
    """
    asks = is_alike(person, by) or from_on < on or role == Role.ADMINISTRATOR
    return asks and had_a_second(place, by, on)


def told_about(place: Place, on: date, *, but: User) -> QuerySet[User]:
    """The other administrators and clerks of a place on that day."""
    rows = over(place, on).running(on)
    people: QuerySet[User] = User.objects.filter(pk__in=rows.values("user"), is_active=True)
    return people.exclude(pk=but.pk)


def needs_confirming(change: AccountChange) -> bool:
    """Whether the new address still has to say that it is somebody's."""
    return change.kind == ChangeKind.ADDRESS and change.confirmed_at is None
