"""The one way in which the portal speaks to a mail server.

A row is claimed in a short transaction of its own, the mail goes over the network while no
transaction is open, and a second short one records how it went. A worker that dies in between
leaves a claim that runs out, so a mail is sent at least once, and twice only then.

Anyone who owns the row says at the last moment what is sent, or that nobody should get it (any
more).
"""

from __future__ import annotations

import logging
import smtplib
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.claiming import claim_next
from jbn_oversight.jobs.models import JobQuerySet, rows_like
from jbn_oversight.jobs.rules import pause_after
from jbn_oversight.mail.models import MailJob

logger = logging.getLogger(__name__)

M = TypeVar("M", bound=MailJob)

CLAIMED_FOR: Final = timedelta(minutes=5)
"""Longer than one mail may take: a task that sends is ended before that (see settings)."""
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(minutes=15)
MOST_REFUSALS: Final = 8
"""How often a mail is tried that the server takes no account of; one that is away is waited for."""
AT_ONCE_SECONDS: Final = 60.0
"""How long one task goes on; what is left waits for the next message or sweep."""


class Failure(StrEnum):
    """Why a mail did not go out."""

    AWAY = "away"
    SILENT = "silent"
    NO_STARTTLS = "no_starttls"
    CERTIFICATE = "certificate"
    TLS = "tls"
    SIGN_IN = "sign_in"
    SENDER = "sender"
    RECIPIENT = "recipient"
    MESSAGE = "message"
    OTHER = "other"


WORDS: Final[Mapping[Failure, str]] = {
    Failure.AWAY: "no mail server answers at EMAIL_HOST and EMAIL_PORT",
    Failure.SILENT: "the mail server says nothing in time",
    Failure.NO_STARTTLS: "the mail server offers no STARTTLS or no signing in; see EMAIL_SECURITY",
    Failure.CERTIFICATE: "the mail server's certificate is not trusted or not for EMAIL_HOST",
    Failure.TLS: "no secure connection with the mail server; see EMAIL_SECURITY and EMAIL_PORT",
    Failure.SIGN_IN: "the mail server refuses EMAIL_HOST_USER with EMAIL_HOST_PASSWORD",
    Failure.SENDER: "the mail server refuses the sender in DEFAULT_FROM_EMAIL",
    Failure.RECIPIENT: "the mail server refuses the person's address",
    Failure.MESSAGE: "the mail server refuses the message",
    Failure.OTHER: "it could not be written or sent",
}
OF_THE_SERVER: Final = frozenset(Failure) - {Failure.RECIPIENT, Failure.MESSAGE, Failure.OTHER}
"""Failures that the next mail would meet too."""


@dataclass(frozen=True, slots=True)
class MailText:
    """What is sent to one address."""

    to: str
    subject: str
    body: str


Write = Callable[[M, datetime], MailText | None]


def send_rows(
    rows: JobQuerySet[M],
    *,
    write: Write[M],
    when_over: Mapping[str, Any] | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> int:
    """Send what waits among ``rows``, the longest waiting first. How many mails went out.

    ``write`` is asked for each row right before it is sent, with an aware instant; None drops
    the row. ``when_over`` are values that a row gets when it was sent or dropped. A failure of
    the mail server ends the round: the others would only wait for it too.
    """
    sent = 0
    end = time.monotonic() + AT_ONCE_SECONDS
    line = _Connection()
    try:
        while (row := claim_next(rows, clock(), lease=CLAIMED_FOR)) is not None:
            try:
                letter = write(row, clock())
                if letter is not None:
                    line.send(letter)
            except Exception as error:
                failure = kind_of(error)
                _told(failure, error)
                line.close()
                _put_off(row, clock(), failure, when_over or {})
                if failure in OF_THE_SERVER:
                    break
            else:
                _over(row, clock(), "dropped_at" if letter is None else "sent_at", when_over or {})
                sent += letter is not None
            if time.monotonic() > end:
                break
    finally:
        line.close()
    return sent


class _Connection:
    """The connection with the mail server: opened for the first mail, again after a failure."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def send(self, letter: MailText) -> None:
        """Send it, over the connection that is there."""
        if self._connection is None:
            connection: BaseEmailBackend = get_connection()
            connection.open()
            self._connection = connection
        EmailMessage(
            subject=letter.subject,
            body=letter.body,
            to=[letter.to],
            headers={"Auto-Submitted": "auto-generated"},
            connection=self._connection,
        ).send()

    def close(self) -> None:
        """Hang up, without a word about how that went."""
        with suppress(Exception):
            if self._connection is not None:
                self._connection.close()
        self._connection = None


def kind_of(error: BaseException) -> Failure:
    """The kind of a failure; smtplib hides what the network said behind its own errors."""
    chain: list[BaseException] = []
    known: BaseException | None = error
    while known is not None and known not in chain:
        chain.append(known)
        known = known.__cause__ or known.__context__
    kinds: list[tuple[type[BaseException], Failure]] = [
        (ssl.SSLCertVerificationError, Failure.CERTIFICATE),
        (TimeoutError, Failure.SILENT),
        (SoftTimeLimitExceeded, Failure.SILENT),
        (ssl.SSLError, Failure.TLS),
        (smtplib.SMTPNotSupportedError, Failure.NO_STARTTLS),
        (smtplib.SMTPAuthenticationError, Failure.SIGN_IN),
        (smtplib.SMTPSenderRefused, Failure.SENDER),
        (smtplib.SMTPRecipientsRefused, Failure.RECIPIENT),
        (smtplib.SMTPDataError, Failure.MESSAGE),
        (smtplib.SMTPException, Failure.AWAY),
        (OSError, Failure.AWAY),
    ]
    for kind, failure in kinds:
        if any(isinstance(one, kind) for one in chain):
            return failure
    return Failure.OTHER


def _told(failure: Failure, error: Exception) -> None:
    """Tell the administrator's log, in words without an address."""
    logger.error("a mail was not sent: %s (%s)", WORDS[failure], type(error).__name__)


def _over(row: MailJob, at: datetime, field: str, values: Mapping[str, Any]) -> None:
    """Record that it was sent or dropped, no matter who holds the row by now: that is a fact."""
    rows_like(row).unfinished().filter(pk=row.pk).update(**{field: at, **values})


def _put_off(row: MailJob, at: datetime, failure: Failure, values: Mapping[str, Any]) -> None:
    """Let it wait, longer each time; give it up when the server keeps refusing this one."""
    rows = rows_like(row).still_held(row)
    if failure not in OF_THE_SERVER and row.attempts >= MOST_REFUSALS:
        rows.update(dropped_at=at, failure=failure, **values)
    else:
        pause = pause_after(row.attempts, first=FIRST_WAIT, longest=LONGEST_WAIT)
        rows.update(next_try_at=at + pause, failure=failure)
