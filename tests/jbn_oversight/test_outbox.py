"""The outbox: a promised mail is a row, written with what promised it and sent by a worker."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from jbn_oversight.clock import utc_now
from jbn_oversight.mail.actions import queueing as actions
from jbn_oversight.mail.actions import sending
from jbn_oversight.mail.actions.queueing import queue_mail, send_waiting
from jbn_oversight.mail.actions.sending import Failure, kind_of
from jbn_oversight.mail.models import OutgoingMail

MINUTE = timedelta(minutes=1)


def _same(at: datetime) -> datetime:
    """A clock that stands still."""
    return at


def queued(at: datetime | None = None, *, to: str = "ada@example.org") -> OutgoingMail:
    queue_mail(
        to=to, subject="Iets\nte lezen", body="https://x/key", kind="test", at=at or utc_now()
    )
    return OutgoingMail.objects.latest("pk")


@pytest.mark.django_db
def test_a_mail_is_queued_with_what_promised_it_or_not_at_all(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with patch("jbn_oversight.celery.app.send_task") as sent:
        with (
            django_capture_on_commit_callbacks(execute=True),
            suppress(ZeroDivisionError),
            transaction.atomic(),
        ):
            queued()
            raise ZeroDivisionError
        assert not OutgoingMail.objects.exists()
        assert not sent.called
        with django_capture_on_commit_callbacks(execute=True):
            queued()
    assert sent.call_args.args == (actions.TASK, [])
    assert not mail.outbox


@pytest.mark.django_db
def test_a_sent_mail_keeps_no_words() -> None:
    row = queued()
    assert send_waiting() == 1
    assert [(one.to, one.subject, one.body) for one in mail.outbox] == [
        (["ada@example.org"], "Iets te lezen", "https://x/key")
    ]
    row.refresh_from_db()
    assert row.sent_at is not None
    assert row.body == ""
    assert send_waiting() == 0
    with pytest.raises(IntegrityError, match="outgoing_mail_words_go_with_it"):
        OutgoingMail.objects.update(body="https://x/key")


@pytest.mark.django_db
def test_what_fails_waits_longer_each_time_and_keeps_its_words() -> None:
    row = queued()
    at = row.made_at
    with patch.object(
        EmailBackend, "send_messages", side_effect=ConnectionRefusedError("10.0.0.1")
    ):
        waits = []
        for _again in range(8):
            assert send_waiting(clock=partial(_same, at)) == 0
            row.refresh_from_db()
            waits.append(row.next_try_at - at)
            at = row.next_try_at
    assert waits == sorted(waits)
    assert waits[0] == MINUTE
    assert waits[-1] == sending.LONGEST_WAIT
    assert row.failure == Failure.AWAY
    assert row.body
    assert row.dropped_at is None
    assert send_waiting(clock=partial(_same, at)) == 1


@pytest.mark.django_db
def test_a_server_that_is_away_is_asked_once_a_round_not_once_a_mail() -> None:
    for number in range(5):
        queued(to=f"a{number}@example.org")
    with patch.object(EmailBackend, "send_messages", side_effect=TimeoutError) as tried:
        send_waiting()
    assert tried.call_count == 1
    assert OutgoingMail.objects.filter(attempts=0).count() == 4


@pytest.mark.django_db
def test_an_address_that_the_server_refuses_keeps_no_other_waiting_and_is_given_up() -> None:
    bad, good = queued(to="gone@example.org"), queued()
    at = utc_now()

    def refuse(_self: EmailBackend, messages: list[mail.EmailMessage]) -> int:
        if messages[0].to == ["gone@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"gone@example.org": (550, b"no such person")})
        return 1

    with patch.object(EmailBackend, "send_messages", refuse):
        assert send_waiting(clock=partial(_same, at)) == 1
        for _again in range(sending.MOST_REFUSALS):
            at += sending.LONGEST_WAIT
            send_waiting(clock=partial(_same, at))
    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.sent_at is not None
    assert bad.dropped_at is not None
    assert bad.attempts == sending.MOST_REFUSALS
    assert (bad.failure, bad.body) == (Failure.RECIPIENT, "")


@pytest.mark.django_db
def test_what_could_not_be_sent_for_days_is_given_up_without_a_mail() -> None:
    row = queued(utc_now() - actions.STALE - MINUTE)
    assert send_waiting() == 0
    row.refresh_from_db()
    assert row.dropped_at is not None
    assert row.body == ""
    assert not mail.outbox


@pytest.mark.django_db
def test_addresses_go_a_week_after_the_mail_went() -> None:
    queued()
    send_waiting()
    waiting = queued()
    actions.purge(utc_now() + actions.KEPT_FOR - MINUTE)
    assert OutgoingMail.objects.count() == 2
    actions.purge(utc_now() + actions.KEPT_FOR + MINUTE)
    assert OutgoingMail.objects.get() == waiting


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_mail_goes_over_the_network() -> None:
    row = queued()
    seen = []

    def look(_self: EmailBackend, _messages: list[mail.EmailMessage]) -> int:
        seen.append(connection.in_atomic_block)
        # Anybody may lock the row meanwhile: nothing holds it.
        with transaction.atomic():
            held = OutgoingMail.objects.select_for_update(nowait=True).get(pk=row.pk)
            # And it is claimed: no other worker finds it due.
            assert held.next_try_at > utc_now() + MINUTE
        return 1

    with patch.object(EmailBackend, "send_messages", look):
        assert send_waiting() == 1
    assert seen == [False]
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send_waiting()


@pytest.mark.django_db
def test_a_worker_that_dies_after_sending_leaves_a_claim_that_runs_out() -> None:
    row = queued()
    with (
        patch("jbn_oversight.mail.actions.sending._over", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        send_waiting()
    row.refresh_from_db()
    assert (row.sent_at, row.attempts) == (None, 1)
    assert send_waiting() == 0, "another worker still waits for the first"
    later = row.next_try_at + MINUTE
    assert send_waiting(clock=partial(_same, later)) == 1


@pytest.mark.django_db
def test_the_log_says_in_words_what_is_wrong_and_no_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    queued()
    error = ssl.SSLCertVerificationError("hostname mismatch, certificate for ada@example.org")
    with patch.object(EmailBackend, "send_messages", side_effect=error):
        send_waiting()
    assert "certificate is not trusted or not for EMAIL_HOST" in caplog.text
    assert "example.org" not in caplog.text


def hidden(error: Exception) -> Exception:
    """As smtplib does: its own error, with the network's behind it."""
    try:
        try:
            raise error
        except OSError:
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")  # noqa: B904
    except smtplib.SMTPServerDisconnected as found:
        return found


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (hidden(TimeoutError()), Failure.SILENT),
        (smtplib.SMTPServerDisconnected("x"), Failure.AWAY),
        (ConnectionRefusedError(), Failure.AWAY),
        (smtplib.SMTPNotSupportedError("STARTTLS"), Failure.NO_STARTTLS),
        (ssl.SSLCertVerificationError(), Failure.CERTIFICATE),
        (ssl.SSLError(), Failure.TLS),
        (smtplib.SMTPAuthenticationError(535, b"no"), Failure.SIGN_IN),
        (smtplib.SMTPSenderRefused(550, b"no", "a@b"), Failure.SENDER),
        (smtplib.SMTPRecipientsRefused({}), Failure.RECIPIENT),
        (smtplib.SMTPDataError(554, b"no"), Failure.MESSAGE),
        (ValueError(), Failure.OTHER),
    ],
)
def test_each_kind_of_failure_has_its_words(error: Exception, kind: Failure) -> None:
    assert kind_of(error) == kind
    assert kind in sending.WORDS
