"""The app of notices."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Neutral mail to people with an account, at the rhythm that they chose."""

    name = "jbn_oversight.notices"
    label = "notices"
    verbose_name = _("notices")

    def ready(self) -> None:
        """Gather what every floor declares: a kind that makes no sense stops the start."""
        from jbn_oversight.notices.selectors import all_kinds

        all_kinds()
