"""The mail about roles and accounts, each in the language of who gets it.

A name, a role and a place are no secret of a briefing; no mail names a briefing or a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import (
    GOOD_FOR,
    AccountChange,
    ChangeKind,
    Language,
    Membership,
    Role,
    User,
)
from jbn_oversight.mail.actions.queueing import queue_mail

SALT = "accounts.address"
Words = Callable[[], tuple[str, list[str]]]


def send(people: Iterable[User], words: Words, *, kind: str, at: datetime) -> None:
    """Put the mail for each of them in the outbox."""
    for person in people:
        send_to(person.email, person.language, words, kind=kind, at=at)


def send_to(address: str, language: str, words: Words, *, kind: str, at: datetime) -> None:
    """Put one mail in the outbox. Subject and lines are made in the language."""
    with translation.override(language or Language.DUTCH):
        subject, lines = words()
        queue_mail(to=address, subject=subject, body="\n\n".join(lines) + "\n", kind=kind, at=at)


def link(name: str, *args: str) -> str:
    """An address of the portal, whole."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse(name, args=args)


def token_of(change: AccountChange, whose: str) -> str:
    """What the link in the mail to the ``old`` or the ``new`` address holds; kept nowhere."""
    return signing.dumps([change.public_id, whose], salt=SALT)


def read_token(token: str) -> tuple[str, str] | None:
    """The change's public id and whose link it is, while the link is good; else None."""
    try:
        public_id, whose = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(public_id), str(whose)


def role_ended(row: Membership, by: User) -> Words:
    """Told to the others when somebody who decides along no longer does."""

    def words() -> tuple[str, list[str]]:
        said = _("%(by)s ended the role “%(role)s” of %(name)s in %(place)s.") % {
            "by": by.name,
            "name": row.user.name,
            "role": row.get_role_display(),
            "place": row.place,
        }
        return _("A role has ended"), [said, link("home")]

    return words


def decision_waits(change: AccountChange) -> Words:
    """Told to anyone who may be the second person."""

    def words() -> tuple[str, list[str]]:
        return _("A decision about an account waits for you"), [
            what(change),
            _("Look whether it is right. You decide at this address:"),
            link("accounts:decisions"),
        ]

    return words


def what(change: AccountChange) -> str:
    """What would change, in one sentence of the language of now."""
    given = {"by": change.asked_by.name, "name": change.person.name}
    if change.kind == ChangeKind.ADDRESS:
        return _("%(by)s asks for another e-mail address for %(name)s.") % given
    if change.kind == ChangeKind.REOPENING:
        return _("%(by)s asks to open the account of %(name)s again.") % given
    return _("%(by)s asks for the role “%(role)s” in %(place)s for %(name)s, from %(day)s.") % {
        **given,
        "role": Role(change.role).label,
        "place": change.place,
        "day": _day(change.from_on),
    }


def address_told(change: AccountChange) -> Words:
    """To the old address: what was asked, and how to stop it."""

    def words() -> tuple[str, list[str]]:
        return _("Another e-mail address was asked for your account"), [
            _("%(by)s asked to change the e-mail address of your account in the portal.")
            % {"by": change.asked_by.name},
            _("Is that right? Then do nothing."),
            _("Is it not right? Stop it at this address:"),
            link("account_address", token_of(change, "old")),
        ]

    return words


def address_asked(change: AccountChange) -> Words:
    """To the new address: say that it is yours."""

    def words() -> tuple[str, list[str]]:
        return _("Confirm your e-mail address"), [
            _("This address was given for your account in the portal JBN Oversight."),
            _("Is it your own address? Then confirm it here:"),
            link("account_address", token_of(change, "new")),
            _("Do you have no account? Then do nothing."),
        ]

    return words


def address_changed() -> tuple[str, list[str]]:
    """To both addresses, once it is done."""
    return _("The e-mail address of your account was changed"), [
        _("From now on you sign in with the new address. Your password stays the same."),
        _("Is that not right? Tell the administrator of your organisation at once."),
    ]


def change_refused(change: AccountChange) -> Words:
    """To anyone who asked."""

    def words() -> tuple[str, list[str]]:
        return _("What you asked for was refused"), [what(change), link("accounts:decisions")]

    return words


def account_said(text: Callable[[], str]) -> Words:
    """One sentence about an account."""

    def words() -> tuple[str, list[str]]:
        return _("Something changed in an account"), [
            text(),
            _("Is that not right? Tell the administrator of your organisation at once."),
        ]

    return words


def _day(day: object) -> str:
    from django.utils.formats import date_format

    return date_format(day, "j F Y") if day else ""  # type: ignore[arg-type]
