"""The app of the clocks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClockCheckConfig(AppConfig):
    """Clock check: compares each process's clock with the database's."""

    name = "jbn_oversight.clock_check"
    label = "clock_check"
    verbose_name = _("clocks")
