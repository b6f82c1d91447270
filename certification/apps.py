"""The app's configuration."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    """See the floors in docs/architecture.md."""

    name = "certification"
