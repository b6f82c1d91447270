"""One mail a day to owners whose actions are overdue, in words that tell nobody else a thing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from audits.models.plans import PlanAction
from audits.rights import SEE_TIMELINE
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import AMSTERDAM, amsterdam_day
from jbn_oversight.mail.actions.sending import MailText, send_rows
from reports.action_effects.models import ActionReminder

FROM_HOUR: Final = 8
"""Amsterdam time; nobody is woken."""
FIRST_DAY_OFF: Final = 5
"""Saturday, as weekdays are counted."""


def remind(at: datetime) -> int:
    """Tell each owner once on this Amsterdam day, from eight o'clock and not at the weekend.

    ``at`` is an aware instant. How many mails went out. What could not be sent is tried again
    at the next run.
    """
    local = at.astimezone(AMSTERDAM)
    if local.hour < FROM_HOUR or local.weekday() >= FIRST_DAY_OFF:
        return 0
    day = amsterdam_day(at)
    late = _late(day)
    for user in User.objects.filter(pk__in=late).order_by("pk"):
        _note(user, late[user.pk], day, at)
    waiting = ActionReminder.objects.select_related("user")
    return send_rows(waiting, write=_write, clock=lambda: at)


def _note(user: User, codes: list[str], day: date, at: datetime) -> None:
    """A row for one owner, unless there is one of today or they may not look (any more)."""
    if _seen_by(user, codes, day):
        ActionReminder.objects.get_or_create(user=user, on=day, defaults={"next_try_at": at})


def _seen_by(user: User, codes: Iterable[str], day: date) -> list[str]:
    seen = Actor.of(user, day).places(SEE_TIMELINE).institutions
    return [code for code in codes if code in seen]


def _late(day: date) -> dict[int, list[str]]:
    """Owners of overdue actions, and the institutions of these."""
    rows = PlanAction.objects.overdue(day).filter(owner__is_active=True)
    found: dict[int, set[str]] = {}
    for owner, code in rows.values_list("owner", "institution__code"):
        found.setdefault(owner, set()).add(code)
    return {owner: sorted(codes) for owner, codes in found.items()}


def _write(row: ActionReminder, at: datetime) -> MailText | None:
    """The mail for one owner, or None where the day is over or nothing (seen) is late now."""
    day = amsterdam_day(at)
    mine = _seen_by(row.user, _late(day).get(row.user_id, []), day)
    return _letter(row.user, mine[0]) if mine and row.on == day else None


def _letter(user: User, code: str) -> MailText:
    """Words that would fit anything, and the address: signing in comes before it opens."""
    with translation.override(user.language):
        link = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("audits:findings", args=[code])
        lines = [
            _("Something that stands in your name is past its last day."),
            _("Open this address. You sign in on the way:"),
            f"{link}?overdue=on",
            _("This message says no more on purpose. Do not pass it on."),
        ]
        return MailText(
            to=user.email,
            subject=_("Something waits for you in the portal JBN Oversight"),
            body="\n\n".join(lines) + "\n",
        )
