"""What every action of this floor does with a row that somebody changed: hold it, keep it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias, TypeVar

from django.db import models

from jbn_oversight.accounts.models import User

M = TypeVar("M", bound=models.Model)
Ties: TypeAlias = Mapping[str, Collection[models.Model]]
"""By name of a relation to many: the rows that it shall have."""


def held_with(row: M, *, but: Collection[str] = ()) -> tuple[M, bool]:
    """The row as it stands now with what ``row`` says laid over it, and whether that changes it.

    It is held until the transaction ends. ``but`` names columns that stay as they stand: other
    actions change them, and what was told meanwhile is not undone. A row that is not there yet is
    given back as it is.
    """
    if row._state.adding:
        return row, True
    manager = type(row)._default_manager
    held = manager.select_for_update(of=("self",)).get(pk=row.pk)
    is_changed = False
    for column in row._meta.concrete_fields:
        said = getattr(row, column.attname)
        if column.name in but or said == getattr(held, column.attname):
            continue
        setattr(held, column.attname, said)
        is_changed = True
    return held, is_changed


def tie(row: models.Model, ties: Ties, by: User) -> bool:
    """Let each relation have exactly these rows, and say whether that changes any.

    The history says who changed it.
    """
    is_changed = False
    for name, rows in ties.items():
        related = getattr(row, name)
        if set(related.all()) != set(rows):
            vars(row)["_history_user"] = by
            related.set(rows)
            is_changed = True
    return is_changed
