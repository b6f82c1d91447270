"""Small helpers for constraints, so that the database refuses nonsense in a few words.

Each takes the constraint's full name, which tests use to say which rule refused a row.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import CheckConstraint, F, Q


def dates_in_order(name: str, earlier: str, later: str, *, equal: bool = True) -> CheckConstraint:
    """``later`` is not before ``earlier`` (or strictly after it); an empty one passes."""
    lookup = f"{later}__gte" if equal else f"{later}__gt"
    empty = Q(**{f"{earlier}__isnull": True}) | Q(**{f"{later}__isnull": True})
    return CheckConstraint(name=name, condition=empty | Q(**{lookup: F(earlier)}))


def both_or_neither(name: str, *fields: str) -> CheckConstraint:
    """All of the fields are filled, or none is."""
    filled = Q(**{f"{field}__isnull": False for field in fields})
    empty = Q(**{f"{field}__isnull": True for field in fields})
    return CheckConstraint(name=name, condition=filled | empty)


def exactly_one_of(name: str, *fields: str) -> CheckConstraint:
    """One of the fields is filled and the others are empty."""
    choices = [Q(**{f"{other}__isnull": other != field for other in fields}) for field in fields]
    return CheckConstraint(name=name, condition=reduce(or_, choices))


def state_iff(name: str, field: str, states: tuple[str, ...], date_field: str) -> CheckConstraint:
    """The state is one of ``states`` if and only if ``date_field`` is filled."""
    inside = Q(**{f"{field}__in": states})
    filled = Q(**{f"{date_field}__isnull": False})
    return CheckConstraint(name=name, condition=(inside & filled) | (~inside & ~filled))


def different(name: str, one: str, other: str) -> CheckConstraint:
    """The two fields do not hold the same; an empty one passes."""
    empty = Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True})
    return CheckConstraint(name=name, condition=empty | ~Q(**{one: F(other)}))
