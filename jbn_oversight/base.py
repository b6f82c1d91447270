"""The ground's own app: its template tags, checks and commands."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """The ground; loads the check that every model says how its changes are kept."""

    name = "jbn_oversight"
    label = "base"

    def ready(self) -> None:
        """Register the system checks."""
        from jbn_oversight import history  # noqa: F401  (registers its check)
