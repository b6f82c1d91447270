"""The app of stored files."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Files under their SHA-256, outside every static or media address."""

    name = "jbn_oversight.files"
    label = "files"
    verbose_name = _("files")
