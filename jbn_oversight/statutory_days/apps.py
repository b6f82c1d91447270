"""The app of days that royal decree equates with general holidays."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatutoryDaysConfig(AppConfig):
    """Equated days: reference data of the clocks."""

    name = "jbn_oversight.statutory_days"
    label = "statutory_days"
    verbose_name = _("equated days")
