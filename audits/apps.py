"""The app's configuration."""

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    """See the floors in docs/architecture.md."""

    name = "audits"
