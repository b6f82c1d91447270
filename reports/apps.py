"""The app's configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See the floors in docs/architecture.md."""

    name = "reports"

    def ready(self) -> None:
        """Have the machine checked before a command or a worker starts on it."""
        from reports import checks  # noqa: F401
