"""The app's configuration."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See the floors in docs/architecture.md."""

    name = "cases"
