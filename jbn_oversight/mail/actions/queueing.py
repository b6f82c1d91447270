"""Putting mail in the outbox, and sending what waits there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import nudge
from jbn_oversight.mail.actions.sending import MailText, send_rows
from jbn_oversight.mail.models import OutgoingMail

TASK: Final = "jbn_oversight.mail.send"
STALE: Final = timedelta(days=3)
"""How long a mail is tried; a key in it would hardly be good for longer."""
KEPT_FOR: Final = timedelta(days=7)

Writer = Callable[[OutgoingMail, datetime], MailText | None]
_writers: Final[dict[str, Writer]] = {}


def written_when_sent(kind: str, writer: Writer) -> None:
    """Let mail of a kind be written at the moment of sending, so that no row ever holds a key.

    The writer may answer None: then nobody gets a mail. Called while the portal starts.
    """
    _writers[kind] = writer


def queue_mail(*, to: str, subject: str, body: str, kind: str, at: datetime) -> None:
    """Put a mail in the outbox, in the caller's transaction; a worker is told on commit.

    ``at`` is an aware instant in UTC. ``kind`` says what sort of mail it is, for the log and the
    rows. Speaks to no mail server, and waits for nobody.
    """
    OutgoingMail.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],  # a header is one line
        body=body,
        kind=kind,
        made_at=at,
        next_try_at=at,
    )
    nudge(TASK)


def send_waiting(*, clock: Callable[[], datetime] = utc_now) -> int:
    """Send what waits in the outbox. How many mails went out."""
    return send_rows(OutgoingMail.objects.all(), write=_write, when_over={"body": ""}, clock=clock)


def purge(at: datetime) -> None:
    """Throw away what was sent or dropped a week before ``at``: an address is somebody's."""
    old = at - KEPT_FOR
    OutgoingMail.objects.filter(Q(sent_at__lt=old) | Q(dropped_at__lt=old)).delete()


def _write(row: OutgoingMail, at: datetime) -> MailText | None:
    if at - row.made_at > STALE:
        return None
    writer = _writers.get(row.kind)
    return writer(row, at) if writer else MailText(row.to, row.subject, row.body)
