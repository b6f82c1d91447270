"""The app of people, their memberships and their rights."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts: who somebody is, and for whom, and until when."""

    name = "jbn_oversight.accounts"
    label = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        """Let the outbox write mail about passwords when it is sent."""
        from jbn_oversight.accounts.sign_in import actions as passwords
        from jbn_oversight.mail.actions.queueing import written_when_sent

        written_when_sent(passwords.KIND, passwords.write)
