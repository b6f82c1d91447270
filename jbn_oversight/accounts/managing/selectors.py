"""What the screens of people show, and to whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from jbn_oversight.accounts.actor import Places
from jbn_oversight.accounts.managing import policies as rules
from jbn_oversight.accounts.models import AccountChange, Membership, Role, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Institution, Municipality, Region


def in_places(user: User, on: date) -> Q:
    """Memberships in the places that an administrator looks after on that day."""
    places = rules.places_of(user, on)
    return (
        Q(region__in=[place.pk for place in places if isinstance(place, Region)])
        | Q(municipality__in=[place.pk for place in places if isinstance(place, Municipality)])
        | Q(institution__in=[place.pk for place in places if isinstance(place, Institution)])
    )


def _seen_from(places: Places) -> Q:
    """What is in one of the places for which somebody holds a right."""
    return (
        Q(region__slug__in=places.regions)
        | Q(municipality__cbs_code__in=places.municipalities)
        | Q(institution__code__in=places.institutions)
    )


def log_of_roles(places: Places) -> QuerySet[Any]:
    """Roles that were given, changed and ended in these places, newest first."""
    rows: QuerySet[Any] = Membership.history.filter(_seen_from(places)).select_related(
        "user", "municipality", "region", "institution", "history_user"
    )
    return rows.order_by("-history_date", "-history_id")


def log_of_changes(places: Places) -> QuerySet[AccountChange]:
    """Changes that took two people: of roles in these places, and of accounts that open any.

    An account of somebody who never had a role anywhere belongs to no place, so to all.
    """
    anywhere = Membership.objects.filter(user=OuterRef("person"))
    of_account = Q(region=None, municipality=None, institution=None)
    around = Exists(anywhere.filter(_seen_from(places))) | ~Exists(anywhere)
    rows = AccountChange.objects.with_all()
    return rows.filter(_seen_from(places) | of_account & Q(around))


def people_of(user: User, on: date) -> QuerySet[User]:
    """Who has, had or will have a role where this administrator looks after, or none anywhere."""
    theirs = Membership.objects.filter(in_places(user, on), user=OuterRef("pk"))
    anywhere = Membership.objects.filter(user=OuterRef("pk"))
    people: QuerySet[User] = User.objects.filter(Exists(theirs) | ~Exists(anywhere))
    return people


def searched(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Those whose name or address holds the words; nothing else can be searched."""
    words = words.replace("\0", "").strip()
    return people.filter(Q(name__icontains=words) | Q(email__icontains=words)) if words else people


GIVEN_LATELY: Final = timedelta(days=30)
MOST_SHOWN: Final = 200


def roles_given_around(user: User, at: datetime) -> list[Any]:
    """The roles that were given lately where this person decides, the last one first.

    Rows of the history of memberships: a role that ended since stands there too.
    """
    on = amsterdam_day(at)
    own = Membership.objects.running(on).filter(user=user, role=Role.CLERK)
    rows = Membership.history.filter(
        in_places(user, on) | Q(municipality__in=own.values("municipality")),
        history_type="+",
        history_date__gt=at - GIVEN_LATELY,
    )
    related = ("user", "municipality", "region", "institution", "added_by")
    return list(rows.select_related(*related).order_by("-history_date", "-history_id")[:MOST_SHOWN])


def changes_for(user: User, at: datetime) -> list[tuple[AccountChange, bool]]:
    """What waits and concerns this person: each with whether they decide about it."""
    found = []
    for change in AccountChange.objects.waiting(at).with_all():
        decides = rules.may_decide(user, change, at)
        if decides or change.asked_by_id == user.pk:
            found.append((change, decides and change.agreed_at is None))
    return found
