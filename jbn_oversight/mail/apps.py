"""The app of outgoing mail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Mail as rows, sent by a worker of its own."""

    name = "jbn_oversight.mail"
    label = "mail"
    verbose_name = _("outgoing mail")
