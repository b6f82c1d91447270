"""Rights on one object: the only importer of django-guardian.

Guardian holds makers' rights on a single object in a table with direct foreign keys (one
filter finds a person's objects; its generic table is slow on many rows). A model that grants
such rights declares its permission model from ``ObjectPermission`` and a fixed set of
codenames; nothing else in the portal speaks of guardian.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from guardian.models import UserObjectPermissionBase
from guardian.shortcuts import assign_perm, remove_perm

from jbn_oversight.accounts.models import User
from jbn_oversight.history import Keeping

M = TypeVar("M", bound=models.Model)


class ObjectPermission(UserObjectPermissionBase):
    """Base of a direct-foreign-key permission model; add ``content_object``."""

    # Grants are made and ended by actions that log who did it; the row is the present state.
    audit = Keeping.NONE

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


def grant(codename: str, user: User, obj: models.Model) -> None:
    """Give a person a right on one object; giving it twice changes nothing."""
    assign_perm(codename, user, obj)


def revoke(codename: str, user: User, obj: models.Model) -> None:
    """Take the right away; taking what is not there changes nothing."""
    remove_perm(codename, user, obj)


def holds(
    codename: str,
    user: User | AnonymousUser,
    permissions: type[ObjectPermission],
    *,
    path: str = "content_object",
) -> models.QuerySet[Any]:
    """The keys of the objects on which the person holds the right, as a subquery."""
    rows: models.QuerySet[Any] = permissions._default_manager.filter(
        user_id=user.pk, permission__codename=codename
    )
    return rows.values(path)
