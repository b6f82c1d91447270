"""Identifiers that may stand in an address: 128 random bits that tell nothing."""

from __future__ import annotations

import secrets

from django.db import models


def new_public_id() -> str:
    """A fresh identifier of 22 URL-safe characters (128 bits)."""
    return secrets.token_urlsafe(16)


class PublicIdField(models.CharField[str, str]):
    """A unique random identifier; internal keys never show."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        # A history table says unique=False: it repeats the identifier of the row it follows.
        kwargs.setdefault("unique", True)
        kwargs.update(max_length=32, editable=False, default=new_public_id)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        """Leave out what this class itself sets."""
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "unique", "editable", "default"):
            kwargs.pop(key, None)
        if not self.unique:
            kwargs["unique"] = False
        return name, path, list(args), dict(kwargs)
