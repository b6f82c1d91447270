"""Who plays in the demonstration. All of them are made up; they sign in nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from jbn_oversight.accounts.actions import add_membership
from jbn_oversight.accounts.models import Role, User
from jbn_oversight.organisations.models import Institution, Municipality, Region

PASSWORD: Final = "alles-is-hier-fictief"  # noqa: S105  (refused outside the demonstration)
SINCE: Final = date(2022, 3, 30)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A fictional person with one role; ``place`` is a region, CBS code or institution."""

    role: str
    email: str
    name: str
    place: str
    password: str = PASSWORD


def _person(role: Role, local_part: str, name: str, place: str) -> DemoPerson:
    return DemoPerson(role.value, f"{local_part}@demo.example", name, place)


DEMO_PEOPLE: Final = (
    _person(Role.ALDERMAN, "wethouder.assen", "Wietske Verzonnen", "GM0106"),
    _person(Role.POLICY_ADVISER, "adviseur.drenthe", "Anouk Alsof", "drenthe"),
    _person(Role.CONTRACT_MANAGER, "contract.drenthe", "Bas Bedacht", "drenthe"),
    _person(Role.COUNCIL_MEMBER, "raadslid.assen", "Ronja Roman", "GM0106"),
    _person(Role.CLERK, "griffier.assen", "Gerben Gefingeerd", "GM0106"),
    _person(Role.PRIVACY_OFFICER, "fg.drenthe", "Floor Fictie", "drenthe"),
    _person(Role.AUDITOR, "auditor.drenthe", "Otto Ooit", "drenthe"),
    _person(Role.INSTITUTION, "instelling.jbn", "Ivo Inbeelding", "jbn"),
    _person(Role.ADMINISTRATOR, "beheer.drenthe", "Brechtje Bordkarton", "drenthe"),
)
"""One of each role."""

OTHER_PEOPLE: Final = (
    _person(Role.ALDERMAN, "wethouder.drenthe", "Dirk Denkbeeld", "drenthe"),
    _person(Role.ALDERMAN, "wethouder.groningen", "Geke Gedicht", "groningen"),
    _person(Role.POLICY_ADVISER, "adviseur2.drenthe", "Daan Decor", "drenthe"),
    _person(Role.POLICY_ADVISER, "adviseur.groningen", "Fenna Fabel", "groningen"),
    _person(Role.POLICY_ADVISER, "adviseur2.groningen", "Hidde Hersenspinsel", "groningen"),
    _person(Role.CONTRACT_MANAGER, "contract2.drenthe", "Vera Verhaal", "drenthe"),
    _person(Role.CONTRACT_MANAGER, "contract.groningen", "Sanne Sprookje", "groningen"),
    _person(Role.CONTRACT_MANAGER, "contract.assen", "Tjeerd Toneel", "GM0106"),
    _person(Role.COUNCIL_MEMBER, "raadslid.emmen", "Elske Epos", "GM0114"),
    _person(Role.COUNCIL_MEMBER, "raadslid.groningen", "Lieuwe Legende", "GM0014"),
)
"""The others that four eyes, two regions and three councils ask for."""


def place_of(code: str) -> Municipality | Region | Institution:
    """The organisation with that code. Raises DoesNotExist for an unknown one."""
    if code.startswith("GM"):
        municipality: Municipality = Municipality.objects.get(cbs_code=code)
        return municipality
    found = Region.objects.filter(slug=code).first()
    if found is not None:
        region: Region = found
        return region
    institution: Institution = Institution.objects.get(code=code)
    return institution


@transaction.atomic
def load_people() -> dict[str, User]:
    """Everybody by the part of the address before the @; who is there already stays as is."""
    encoded = ""
    people: dict[str, User] = {}
    for person in (*DEMO_PEOPLE, *OTHER_PEOPLE):
        user = User.objects.filter(email=person.email).first()
        if user is None:
            encoded = encoded or make_password(PASSWORD)  # one slow hash for everybody
            user = add_membership(
                email=person.email,
                name=person.name,
                role=Role(person.role),
                place=place_of(person.place),
                from_on=SINCE,
                until_on=None,
                by=None,
            ).user
            # Nobody but the demonstration gives out passwords.
            user.is_demo, user.password = True, encoded
            user.save()
        people[person.email.partition("@")[0]] = user
    return people
