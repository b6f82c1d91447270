"""The app's configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See the floors in docs/architecture.md."""

    name = "reports"
