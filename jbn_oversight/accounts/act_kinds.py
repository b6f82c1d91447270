"""Acts on people, their roles and their accounts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Role
from jbn_oversight.acts.act_kinds import KindOfAct

_ROLES: Final = dict(Role.choices)

PERSON_ADDED: Final = KindOfAct("accounts.person_added", _("person added"))
PERSON_RENAMED: Final = KindOfAct("accounts.person_renamed", _("name of a person changed"))
ROLE_ASKED: Final = KindOfAct("accounts.role_asked", _("role asked for"), words=_ROLES)
ROLE_GIVEN: Final = KindOfAct("accounts.role_given", _("role given"), words=_ROLES)
ROLE_ENDED: Final = KindOfAct("accounts.role_ended", _("role ended"), words=_ROLES)
ADDRESS_ASKED: Final = KindOfAct("accounts.address_asked", _("other e-mail address asked for"))
ADDRESS_CHANGED: Final = KindOfAct("accounts.address_changed", _("e-mail address changed"))
ACCOUNT_CLOSED: Final = KindOfAct("accounts.account_closed", _("account closed"))
REOPENING_ASKED: Final = KindOfAct("accounts.reopening_asked", _("opening of an account asked for"))
ACCOUNT_OPENED: Final = KindOfAct("accounts.account_opened", _("account opened again"))
_WHAT: Final = {
    "role": _("a role"),
    "address": _("an e-mail address"),
    "reopening": _("an account that opens again"),
    **_ROLES,
}
CHANGE_AGREED: Final = KindOfAct("accounts.change_agreed", _("agreed with"), words=_WHAT)
CHANGE_REFUSED: Final = KindOfAct("accounts.change_refused", _("refused"), words=_WHAT)

KINDS: Final = (
    PERSON_ADDED,
    PERSON_RENAMED,
    ROLE_ASKED,
    ROLE_GIVEN,
    ROLE_ENDED,
    ADDRESS_ASKED,
    ADDRESS_CHANGED,
    ACCOUNT_CLOSED,
    REOPENING_ASKED,
    ACCOUNT_OPENED,
    CHANGE_AGREED,
    CHANGE_REFUSED,
)
