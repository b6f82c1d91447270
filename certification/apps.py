"""The app's configuration."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    """See the floors in docs/architecture.md."""

    name = "certification"

    def ready(self) -> None:
        """Have the indicators checked before a command or a worker starts on them."""
        from certification.indicators import checks  # noqa: F401
