"""A new password by mail. The request and its answer are the same for every address.

The request writes one row, the address as it was typed. Only the worker that sends it asks
whether somebody has that address, and makes the key at that moment: no row ever holds one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import User
from jbn_oversight.accounts.sign_in.backends import may_sign_in
from jbn_oversight.mail.actions.queueing import queue_mail
from jbn_oversight.mail.actions.sending import MailText
from jbn_oversight.mail.models import OutgoingMail

KIND: Final = "password_reset"


def ask_for_new_password(*, email: str, at: datetime) -> None:
    """Let a key be mailed to the address, if somebody who may sign in has it."""
    queue_mail(to=email, subject="", body="", kind=KIND, at=at)


def write(row: OutgoingMail, at: datetime) -> MailText | None:
    """The mail with a key of its own, or None where nobody who may sign in has the address."""
    user = User.objects.filter(email=row.to.strip().lower()).first()
    if user is None or not may_sign_in(user):
        return None
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    link = settings.PUBLIC_ADDRESS.rstrip("/") + path.replace("UID-KEY", key)
    with translation.override(user.language):
        lines = [
            _("A new password was asked for your account in the portal JBN Oversight."),
            _("Did you ask for it? Then choose a password at this address:"),
            link,
            _("Did you not ask for it? Then do nothing. Your password stays as it is."),
            _("Do not pass this message on."),
        ]
        return MailText(
            to=user.email,
            subject=_("A new password for the portal JBN Oversight"),
            body="\n\n".join(lines) + "\n",
        )
