"""A person on a day: which roles run, what they allow, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.accounts.rights import all_rights
from jbn_oversight.organisations.models import (
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Place,
    Region,
)
from jbn_oversight.prepared_queries import StandingQuery

if TYPE_CHECKING:
    from jbn_oversight.accounts.rights import Right

REGION_TOO = frozenset({Role.ALDERMAN, Role.POLICY_ADVISER})
"""Roles that, held in a municipality, also see that municipality's region."""


_MEMBERSHIPS = StandingQuery(
    "memberships",
    lambda user, on: Membership.objects.running(on).filter(user=user),
    {"user": int, "on": date},
    related=("municipality", "region", "institution"),
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where somebody has a right: region slugs, CBS codes, institution codes."""

    regions: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Actor:
    """A person (or nobody) on an Amsterdam day. Ask it, never the user's flags."""

    user: User | None
    on: date

    @classmethod
    def of(cls, user: User | AnonymousUser, on: date) -> Actor:
        """The actor behind a request's user."""
        return cls(user if isinstance(user, User) and user.is_active else None, on)

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """The memberships that run on the day, with their organisations."""
        if self.user is None:
            return ()
        return tuple(_MEMBERSHIPS.ask(user=self.user.pk, on=self.on))

    @property
    def roles(self) -> frozenset[str]:
        """The roles held on the day, anywhere."""
        return frozenset(membership.role for membership in self.memberships)

    def rights(self) -> Iterator[Right]:
        """Every right that one of the memberships gives."""
        return (right for right in all_rights().values() if self._with(right.code))

    def may(self, code: str) -> bool:
        """Whether any membership gives the right. Raises KeyError for an unknown code."""
        return bool(self._with(code))

    def _with(self, code: str) -> list[Membership]:
        right = all_rights()[code]
        return [
            membership
            for membership in self.memberships
            if right.held_by(membership.role, in_region=membership.region_id is not None)
        ]

    def holds_in(self, place: Region | Municipality, code: str) -> bool:
        """Whether a membership in this very place gives the right; ``places`` knows of more."""
        return any(place in (row.region, row.municipality) for row in self._with(code))

    def roles_over(self, places: Sequence[Place]) -> frozenset[str]:
        """The roles that reach one of these places; all of them where no place is given."""
        held = self.memberships
        own = [row for row in held if row.place in places]
        if not places or len(held) == 1 or own:
            return frozenset(row.role for row in own or held)
        return frozenset(row.role for row in held if self._reaches(row, places))

    def _reaches(self, row: Membership, places: Sequence[Place]) -> bool:
        seen = self._places_with([row])
        return any(
            (isinstance(place, Region) and place.slug in seen.regions)
            or (isinstance(place, Municipality) and place.cbs_code in seen.municipalities)
            or (isinstance(place, Institution) and place.code in seen.institutions)
            for place in places
        )

    def places(self, code: str) -> Places:
        """Where the right is held.

        A region brings its municipalities; a municipality brings its region for an alderman
        or adviser; an institution brings the regions of its tasks; and a region, or a
        municipality's region, brings the institutions with a task there.
        """
        if code not in self._places:
            self._places[code] = self._places_with(self._with(code))
        return self._places[code]

    @cached_property
    def _places(self) -> dict[str, Places]:
        return {}

    @cached_property
    def _regions(self) -> list[MunicipalityRegion]:
        rows = MunicipalityRegion.objects.running(self.on)
        return list(rows.select_related("region", "municipality"))

    @cached_property
    def _tasks(self) -> list[InstitutionTask]:
        rows = InstitutionTask.objects.running(self.on)
        return list(rows.select_related("region", "institution"))

    def _places_with(self, found: list[Membership]) -> Places:
        if not found:
            return Places()
        of_municipality = {row.municipality_id: row.region for row in self._regions}
        tasks = self._tasks
        regions: set[str] = set()
        municipalities: set[str] = set()
        institutions: set[str] = set()
        around: set[str] = set()
        whole: set[int] = set()
        for row in found:
            if row.region is not None:
                regions.add(row.region.slug)
                whole.add(row.region.pk)
            elif row.municipality is not None:
                municipalities.add(row.municipality.cbs_code)
                region = of_municipality.get(row.municipality.pk)
                if region is not None:
                    around.add(region.slug)
                    if row.role in REGION_TOO:
                        regions.add(region.slug)
            elif row.institution is not None:
                institutions.add(row.institution.code)
                mine = [task for task in tasks if task.institution_id == row.institution_id]
                regions.update(task.region.slug for task in mine)
                whole.update(task.region_id for task in mine)
        municipalities.update(
            row.municipality.cbs_code for row in self._regions if row.region_id in whole
        )
        institutions.update(
            task.institution.code for task in tasks if task.region.slug in regions | around
        )
        return Places(frozenset(regions), frozenset(municipalities), frozenset(institutions))
