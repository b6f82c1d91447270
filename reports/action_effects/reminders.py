"""One mail a day to owners whose actions are overdue, in words that tell nobody else a thing."""

from __future__ import annotations

import logging
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from audits.models import PlanAction
from audits.rights import SEE_TIMELINE
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import AMSTERDAM, amsterdam_day
from reports.models import ActionReminder

logger = logging.getLogger(__name__)

FROM_HOUR: Final = 8
"""Amsterdam time; nobody is woken."""
FIRST_DAY_OFF: Final = 5
"""Saturday, as weekdays are counted."""
MOST_ATTEMPTS: Final = 5


def remind(at: datetime) -> int:
    """Tell each owner once on this Amsterdam day, from eight o'clock and not at the weekend.

    ``at`` is an aware instant. How many mails went out. What could not be sent is tried again
    at the next run.
    """
    local = at.astimezone(AMSTERDAM)
    if local.hour < FROM_HOUR or local.weekday() >= FIRST_DAY_OFF:
        return 0
    day = amsterdam_day(at)
    rows = PlanAction.objects.overdue(day).filter(owner__is_active=True)
    institutions: dict[int, set[str]] = {}
    for owner, code in rows.values_list("owner", "institution__code"):
        institutions.setdefault(owner, set()).add(code)
    return sum(
        _tell(user, codes, day, at)
        for user in User.objects.filter(pk__in=institutions).order_by("pk")
        for codes in [sorted(institutions[user.pk])]
    )


@transaction.atomic
def _tell(user: User, codes: list[str], day: date, at: datetime) -> bool:
    """Write to one owner, unless that was done today or they may not look (any more)."""
    seen = Actor.of(user, day).places(SEE_TIMELINE).institutions
    mine = [code for code in codes if code in seen]
    if not mine:
        return False
    ActionReminder.objects.get_or_create(user=user, on=day)
    row = (
        ActionReminder.objects.select_for_update(skip_locked=True)
        .filter(user=user, on=day, sent_at=None, attempts__lt=MOST_ATTEMPTS)
        .first()
    )
    if row is None:
        return False
    row.attempts += 1
    try:
        _message(user, mine[0]).send()
    except Exception as error:  # the mail server's words may repeat an address
        logger.warning("a reminder was not sent: %s", type(error).__name__)
    else:
        row.sent_at = at
    row.save(update_fields=["attempts", "sent_at"])
    return row.sent_at is not None


def _message(user: User, code: str) -> EmailMessage:
    """Words that would fit anything, and the address: signing in comes before it opens."""
    with translation.override(user.language):
        link = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("audits:findings", args=[code])
        lines = [
            _("Something that stands in your name is past its last day."),
            _("Sign in to the portal first. Then open this address:"),
            f"{link}?overdue=on",
            _("This message says no more on purpose. Do not pass it on."),
        ]
        return EmailMessage(
            subject=_("Something waits for you in the portal JBN Oversight"),
            body="\n\n".join(lines) + "\n",
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
