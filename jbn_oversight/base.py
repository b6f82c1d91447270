"""The ground's own app: its template tags, checks and commands."""

from django.apps import AppConfig

from jbn_oversight import constraints  # noqa: F401  (its sentence must be there before any model)


class BaseConfig(AppConfig):
    """The ground; loads the check that every model says how its changes are kept."""

    name = "jbn_oversight"
    label = "base"

    def ready(self) -> None:
        """Register the system checks, and make the portal's Celery the one that tasks find."""
        from jbn_oversight import (  # noqa: F401  (work by being imported)
            celery,
            database_checks,
            history,
        )
