"""The same cast of people everywhere. All of them are made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.organisations.models import Institution, Municipality, Region

PASSWORD = "correct horse battery staple"
SINCE = date(2022, 3, 30)


def person(name: str, email: str | None = None) -> User:
    """Somebody without any role."""
    return User.objects.create_user(email or _address(name), PASSWORD, name=name)


def _address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@test.example"


def membership(
    user: User,
    role: Role,
    place: Municipality | Region | Institution,
    *,
    from_on: date = SINCE,
    until_on: date | None = None,
) -> Membership:
    """A role of somebody somewhere."""
    return Membership.objects.create(
        user=user, role=role, from_on=from_on, until_on=until_on, **{_kind(place): place}
    )


def _kind(place: Municipality | Region | Institution) -> str:
    return {Municipality: "municipality", Region: "region", Institution: "institution"}[type(place)]


def _saved(model: Any, rows: list[Any]) -> list[Any]:
    """New rows of a tracked model with their history, as saving one by one leaves them."""
    QuerySet(model).bulk_create(rows)
    model.history.bulk_history_create(rows)
    return rows


def municipality(cbs_code: str) -> Municipality:
    """A municipality of the reference data."""
    return Municipality.objects.get(cbs_code=cbs_code)


def region(slug: str) -> Region:
    """A region of the reference data."""
    return Region.objects.get(slug=slug)


def institution() -> Institution:
    """The institution of the reference data."""
    return Institution.objects.get(code="jbn")


def with_role(name: str, role: Role, place: Municipality | Region | Institution) -> User:
    """Somebody new with one role."""
    user = person(name)
    membership(user, role, place)
    return user


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays; names say the role and the place."""

    alderman: User
    """Assen."""
    region_alderman: User
    """Region Drenthe."""
    other_alderman: User
    """City of Groningen."""
    adviser: User
    """Region Drenthe."""
    second_adviser: User
    """Region Drenthe."""
    municipal_adviser: User
    """Assen."""
    contract_manager: User
    """Region Drenthe."""
    second_contract_manager: User
    """Region Drenthe."""
    municipal_contract_manager: User
    """Assen."""
    groningen_contract_manager: User
    """Region Groningen."""
    council_member: User
    """Assen."""
    other_council_member: User
    """Emmen."""
    clerk: User
    """Assen."""
    privacy_officer: User
    """Region Drenthe."""
    auditor: User
    """Region Drenthe."""
    institution: User
    """Jeugdbescherming Noord."""
    administrator: User
    """Region Drenthe."""
    nobody: User
    """No role anywhere."""

    def everyone(self) -> dict[str, User]:
        """The whole cast by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def make_cast() -> Cast:
    """Create everybody; most tests start with it, so in a statement per table."""
    assen, emmen, city = municipality("GM0106"), municipality("GM0114"), municipality("GM0014")
    drenthe, groningen = region("drenthe"), region("groningen")
    parts: dict[str, tuple[str, Role | None, Any]] = {
        "alderman": ("Anna Assen", Role.ALDERMAN, assen),
        "region_alderman": ("Bram Drenthe", Role.ALDERMAN, drenthe),
        "other_alderman": ("Carla Groningen", Role.ALDERMAN, city),
        "adviser": ("Daan Adviseur", Role.POLICY_ADVISER, drenthe),
        "second_adviser": ("Eva Adviseur", Role.POLICY_ADVISER, drenthe),
        "municipal_adviser": ("Femke Assen", Role.POLICY_ADVISER, assen),
        "contract_manager": ("Gijs Contract", Role.CONTRACT_MANAGER, drenthe),
        "second_contract_manager": ("Hanna Contract", Role.CONTRACT_MANAGER, drenthe),
        "municipal_contract_manager": ("Iris Contract", Role.CONTRACT_MANAGER, assen),
        "groningen_contract_manager": ("Jan Contract", Role.CONTRACT_MANAGER, groningen),
        "council_member": ("Karin Raad", Role.COUNCIL_MEMBER, assen),
        "other_council_member": ("Lars Raad", Role.COUNCIL_MEMBER, emmen),
        "clerk": ("Mila Griffie", Role.CLERK, assen),
        "privacy_officer": ("Noor Privacy", Role.PRIVACY_OFFICER, drenthe),
        "auditor": ("Otto Audit", Role.AUDITOR, drenthe),
        "institution": ("Petra Instelling", Role.INSTITUTION, institution()),
        "administrator": ("Quint Beheer", Role.ADMINISTRATOR, drenthe),
        "nobody": ("Rosa Niemand", None, None),
    }
    people = [User(email=_address(name), name=name) for name, _role, _place in parts.values()]
    for user in people:
        user.set_password(PASSWORD)
    cast = Cast(**dict(zip(parts, _saved(User, people), strict=True)))
    mandates = [
        Membership(user=user, role=role, from_on=SINCE, **{_kind(place): place})
        for user, (_name, role, place) in zip(people, parts.values(), strict=True)
        if role is not None
    ]
    _saved(Membership, mandates)
    return cast
