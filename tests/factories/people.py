"""The same cast of people everywhere. All of them are made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.organisations.models import Institution, Municipality, Region

PASSWORD = "correct horse battery staple"
SINCE = date(2022, 3, 30)


def person(name: str, email: str | None = None) -> User:
    """Somebody without any role."""
    address = email or f"{name.lower().replace(' ', '.')}@test.example"
    return User.objects.create_user(address, PASSWORD, name=name)


def membership(
    user: User,
    role: Role,
    place: Municipality | Region | Institution,
    *,
    from_on: date = SINCE,
    until_on: date | None = None,
) -> Membership:
    """A role of somebody somewhere."""
    kind = {Municipality: "municipality", Region: "region", Institution: "institution"}[type(place)]
    return Membership.objects.create(
        user=user, role=role, from_on=from_on, until_on=until_on, **{kind: place}
    )


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
    """Create everybody."""
    assen, emmen, city = municipality("GM0106"), municipality("GM0114"), municipality("GM0014")
    drenthe, groningen = region("drenthe"), region("groningen")
    return Cast(
        alderman=with_role("Anna Assen", Role.ALDERMAN, assen),
        region_alderman=with_role("Bram Drenthe", Role.ALDERMAN, drenthe),
        other_alderman=with_role("Carla Groningen", Role.ALDERMAN, city),
        adviser=with_role("Daan Adviseur", Role.POLICY_ADVISER, drenthe),
        second_adviser=with_role("Eva Adviseur", Role.POLICY_ADVISER, drenthe),
        municipal_adviser=with_role("Femke Assen", Role.POLICY_ADVISER, assen),
        contract_manager=with_role("Gijs Contract", Role.CONTRACT_MANAGER, drenthe),
        second_contract_manager=with_role("Hanna Contract", Role.CONTRACT_MANAGER, drenthe),
        municipal_contract_manager=with_role("Iris Contract", Role.CONTRACT_MANAGER, assen),
        groningen_contract_manager=with_role("Jan Contract", Role.CONTRACT_MANAGER, groningen),
        council_member=with_role("Karin Raad", Role.COUNCIL_MEMBER, assen),
        other_council_member=with_role("Lars Raad", Role.COUNCIL_MEMBER, emmen),
        clerk=with_role("Mila Griffie", Role.CLERK, assen),
        privacy_officer=with_role("Noor Privacy", Role.PRIVACY_OFFICER, drenthe),
        auditor=with_role("Otto Audit", Role.AUDITOR, drenthe),
        institution=with_role("Petra Instelling", Role.INSTITUTION, institution()),
        administrator=with_role("Quint Beheer", Role.ADMINISTRATOR, drenthe),
        nobody=person("Rosa Niemand"),
    )
