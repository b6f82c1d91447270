"""Every model says how its changes are kept, and a system check holds it to that.

``TRACKED``: people edit it, django-simple-history keeps each state, and its QuerySet refuses
the roads that history would miss. ``INSERT_ONLY``: rows are never changed, the database
refuses (see ``database.InsertOnly``). ``NONE``: neither, with the reason in a comment.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, NoReturn, TypeVar

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

M = TypeVar("M", bound=models.Model)

OUR_APPS = ("jbn_oversight", "cases", "certification", "audits", "reports")


class Keeping(Enum):
    """How changes of a model's rows are kept."""

    TRACKED = "tracked"
    INSERT_ONLY = "insert_only"
    NONE = "none"


class UntrackedWriteError(Exception):
    """A write that the history would not see."""


class TrackedQuerySet(models.QuerySet[M]):
    """A QuerySet of a tracked model: whatever would bypass its history is refused."""

    def _refuse(self, road: str) -> NoReturn:
        raise UntrackedWriteError(
            f"{road}() on {self.model._meta.label} would leave no history: save row by row"
        )

    def update(self, **kwargs: Any) -> int:
        """Refused: save row by row."""
        self._refuse("update")

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        """Refused: save row by row."""
        self._refuse("bulk_create")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Refused: save row by row."""
        self._refuse("bulk_update")


@register()
def check_audit(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Each concrete model of ours declares ``audit``, and tracked ones keep history."""
    errors: list[CheckMessage] = []
    for model in apps.get_models():
        if not model.__module__.startswith(OUR_APPS) or hasattr(model, "instance_type"):
            continue
        audit = getattr(model, "audit", None)
        if not isinstance(audit, Keeping):
            errors.append(Error("The model does not say how its changes are kept.", obj=model))
        elif audit is Keeping.TRACKED and not (
            hasattr(model, "history")
            and isinstance(model._default_manager.get_queryset(), TrackedQuerySet)
        ):
            errors.append(Error("A tracked model needs history and a TrackedQuerySet.", obj=model))
        elif audit is not Keeping.TRACKED and hasattr(model, "history"):
            errors.append(Error("The model keeps history but does not say so.", obj=model))
    return errors
