"""Sending notices: one by one at once, or all that is due to a person in one mail.

A notice holds no word of what it is about, and its kind's gate is asked again at the moment of
sending. Anyone who may no longer know gets nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import OuterRef, Q, Subquery

from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import log_failure
from jbn_oversight.jobs.models import JobQuerySet
from jbn_oversight.mail.actions.sending import MailText, send_rows
from jbn_oversight.notices.actions.noting import held
from jbn_oversight.notices.models import GatheredMail, Notice
from jbn_oversight.notices.rules import GATHERED, STALE, Rhythm, due_at, last_gathering
from jbn_oversight.notices.selectors import all_kinds, rhythms_of
from jbn_oversight.notices.sentences import letter

logger = logging.getLogger(__name__)


def send_waiting(*, clock: Callable[[], datetime] = utc_now) -> int:
    """Send what goes at once, each after asking its gate again. How many went out."""
    waiting = Notice.objects.filter(rhythm=Rhythm.AT_ONCE).select_related("user")
    return send_rows(waiting, write=_write, clock=clock)


def send_gathered(*, clock: Callable[[], datetime] = utc_now) -> int:
    """Gather what is due, one mail for each person, and send these. How many went out."""
    _gather(clock())
    waiting = GatheredMail.objects.select_related("user")
    sent = send_rows(waiting, write=_write_gathered, clock=clock)
    _end_what_went()
    return sent


def _gather(at: datetime) -> None:
    """Put what is due into a mail for each person; one for each person and hour.

    What comes too late for a mail of this hour waits for the next one.
    """
    hour = last_gathering(at)
    due = Notice.objects.due(at).filter(rhythm__in=GATHERED, gathered__isnull=True)
    people = due.order_by("user_id").values_list("user_id", flat=True).distinct()
    for user in list(people):
        with transaction.atomic():
            mail, is_new = GatheredMail.objects.get_or_create(
                user_id=user, gathered_at=hour, defaults={"next_try_at": at}
            )
            if is_new:  # else it may be on its way
                mine = held(due.filter(user=user))
                Notice.objects.filter(pk__in=mine).update(gathered=mail)


def _write(row: Notice, at: datetime) -> MailText | None:
    """The mail for one person, or None where they may not know (any more)."""
    return letter(row.user, [row]) if _may_be_told(row, at) else None


def _write_gathered(mail: GatheredMail, at: datetime) -> MailText | None:
    """The mail with all that the person may still know, or None where nothing is left."""
    rows: JobQuerySet[Notice] = Notice.objects.unfinished().filter(gathered=mail)
    told: list[Notice] = []
    refused: list[Notice] = []
    failed: list[Notice] = []
    for row in rows.select_related("user").order_by("pk"):
        try:
            (told if _may_be_told(row, at) else refused).append(row)
        except DatabaseError:
            raise
        except Exception as error:  # a gate that fails keeps nothing else back
            log_failure(logger, "the gate of a notice", error)
            failed.append(row)
    Notice.objects.filter(pk__in=[row.pk for row in refused]).update(dropped_at=at)
    later = due_at(Rhythm.DAILY, at)
    rows.filter(pk__in=[row.pk for row in failed]).update(gathered=None, next_try_at=later)
    return letter(mail.user, told) if told else None


def _may_be_told(row: Notice, at: datetime) -> bool:
    """Ask everything again, for this person and this moment."""
    kind = all_kinds().get(row.kind)
    if kind is None or not row.user.is_active or at - row.due_at > STALE:
        return False
    if rhythms_of([row.user_id], kind)[row.user_id] is Rhythm.OFF:
        return False
    return kind.may_know(row, at)


@transaction.atomic
def _end_what_went() -> None:
    """Let what went in a mail end with it; what a crash left open is found the next time."""
    mails = GatheredMail.objects.filter(pk=OuterRef("gathered"))
    over = Q(gathered__sent_at__isnull=False) | Q(gathered__dropped_at__isnull=False)
    rows = Notice.objects.filter(pk__in=held(Notice.objects.unfinished().filter(over)))
    rows.update(
        sent_at=Subquery(mails.values("sent_at")), dropped_at=Subquery(mails.values("dropped_at"))
    )
