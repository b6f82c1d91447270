"""The words of notices: those of the mail, and those of the page on which people choose."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import User
from jbn_oversight.mail.actions.sending import MailText
from jbn_oversight.notices.models import Notice
from jbn_oversight.notices.rules import NoticeKind, Rhythm
from jbn_oversight.notices.selectors import all_kinds


def rhythm_word(rhythm: Rhythm) -> str:
    """What somebody chooses, in the language of now."""
    return {
        Rhythm.AT_ONCE: _("at once"),
        Rhythm.DAILY: _("once a day, at seven in the morning"),
        Rhythm.WEEKLY: _("once a week, on Monday at seven in the morning"),
        Rhythm.OFF: _("never"),
    }[rhythm]


def always_at_once(kind: NoticeKind) -> str:
    """Why a kind that is fixed cannot be put off or switched off."""
    return _("“%(word)s” always comes at once. %(because)s") % {
        "word": _(kind.word),
        "because": _(kind.fixed_because),
    }


def told_always() -> list[tuple[str, str]]:
    """The word of each kind that always comes at once, and why."""
    fixed = (kind for kind in all_kinds().values() if kind.is_fixed)
    return [(_(kind.word), _(kind.fixed_because)) for kind in fixed]


def letter(user: User, told: Iterable[Notice]) -> MailText:
    """Words that would fit anything, and the addresses: signing in comes before they open.

    What would say the same with the same address is said once.
    """
    kinds = [(all_kinds()[row.kind], row.path) for row in told]
    with translation.override(user.language):
        things = list(dict.fromkeys((_(kind.sentence), _whole(path)) for kind, path in kinds))
        if len(things) == 1:
            said, link = things[0]
            lines = [said, _("Open this address. You sign in on the way:"), link]
        else:
            lines = [
                _("These things wait for you. You sign in on the way to each address."),
                *(f"{said}\n{link}" for said, link in things),
            ]
        lines.append(_("This message says no more on purpose. Do not pass it on."))
        if any(not kind.is_fixed for kind, _path in kinds):
            lines.append(
                _("You choose here how often such mail comes:") + f"\n{_whole(_chooses())}"
            )
        return MailText(
            to=user.email,
            subject=_("Something waits for you in the portal JBN Oversight"),
            body="\n\n".join(lines) + "\n",
        )


def _chooses() -> str:
    return reverse("notices:mine")


def _whole(path: str) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + path
