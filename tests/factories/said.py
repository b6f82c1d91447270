"""Rows with days that are known only roughly, written as tests say them."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from certification.certificates.actions import said_columns
from certification.imprecise_days import ImpreciseDay

M = TypeVar("M", bound=models.Model)


def laid(row: M, **said: Any) -> M:
    """The row with this laid over it; a day goes by its stem, with its source or without."""
    names = {field.name for field in row._meta.get_fields()}
    for name, value in said.items():
        if name in names or f"{name}_on" not in names:
            setattr(row, name, value)
            continue
        day: Any = (value, None) if isinstance(value, ImpreciseDay) else value
        for column, content in said_columns(name, day).items():
            if column in names:
                setattr(row, column, content)
    return row
