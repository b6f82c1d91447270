"""What each role may do: every app declares its own rows, one page shows them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Final

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role


@dataclass(frozen=True, slots=True)
class Right:
    """One thing that people may do, and the roles that may."""

    code: str
    """``app.verb_object``."""
    label: str | Promise
    """What it is, in words that follow "You may"."""
    roles: frozenset[Role] = frozenset()
    """Roles that have it wherever they are held."""
    region_roles: frozenset[Role] = frozenset()
    """Roles that have it only where they are held in a region."""

    def held_by(self, role: str, *, in_region: bool) -> bool:
        """Whether the role, held in a region or elsewhere, has this right."""
        return role in self.roles or (in_region and role in self.region_roles)


RIGHTS: Final = (
    Right(
        "accounts.manage",
        _("add people and memberships, and end them"),
        frozenset({Role.ADMINISTRATOR}),
    ),
    Right(
        "accounts.decide",
        _("decide as the second person about roles and accounts"),
        frozenset({Role.ADMINISTRATOR, Role.CLERK}),
    ),
    Right(
        "accounts.manage_people",
        _("add people of your own council, and end their membership"),
        frozenset({Role.CLERK}),
    ),
    Right(
        "accounts.see_account_log",
        _("see who was given which role, when and by whom"),
        frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR}),
    ),
    Right(
        "organisations.see_own",
        _("see which municipalities, regions, institutions and authorities there are"),
        frozenset(Role),
    ),
    Right(
        "organisations.manage",
        _("edit organisations, their names and their tasks"),
        frozenset({Role.ADMINISTRATOR}),
    ),
)


@cache
def all_rights() -> Mapping[str, Right]:
    """Every right of every installed app, by code. Raises ValueError for a doubled code."""
    rights: dict[str, Right] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.rights"
        if find_spec(name) is None:
            continue
        for right in getattr(import_module(name), "RIGHTS", ()):
            if right.code in rights:
                raise ValueError(f"the right {right.code} is declared twice")
            rights[right.code] = right
    return MappingProxyType(rights)
