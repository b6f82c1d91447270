"""The app of regions, municipalities, institutions and authorities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Organisations: reference data that everything else refers to."""

    name = "jbn_oversight.organisations"
    label = "organisations"
    verbose_name = _("organisations")
