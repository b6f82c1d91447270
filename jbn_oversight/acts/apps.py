"""The app of the log of acts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActsConfig(AppConfig):
    """Acts of people, each a row that nobody changes."""

    name = "jbn_oversight.acts"
    label = "acts"
    verbose_name = _("log of acts")
