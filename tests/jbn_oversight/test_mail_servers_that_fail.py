"""Real mail servers of each kind that fails: named in the log, waited for, and then made good."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from jbn_oversight.clock import utc_now
from jbn_oversight.mail.actions import sending
from jbn_oversight.mail.actions.queueing import queue_mail, send_waiting
from jbn_oversight.mail.actions.sending import Failure
from jbn_oversight.mail.models import OutgoingMail
from tests.factories.mail_servers import (
    MailServer,
    certificate_of_somebody_else,
    free_port,
    serving,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def real(settings: LazySettings) -> LazySettings:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 1
    return settings


def using(settings: LazySettings, port: int, security: str) -> None:
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = security == "starttls"
    settings.EMAIL_USE_SSL = security == "tls"


def promised() -> OutgoingMail:
    queue_mail(to="ada@example.org", subject="Iets", body="Woorden", kind="test", at=utc_now())
    return OutgoingMail.objects.latest("pk")


def test_a_good_server_gets_it_from_the_sender_in_the_settings(real: LazySettings) -> None:
    real.DEFAULT_FROM_EMAIL = "toezicht@gemeente.example"
    promised()
    with serving(MailServer()) as server:
        using(real, server.port, "none")
        assert send_waiting() == 1
    (text,) = server.received
    assert "From: toezicht@gemeente.example" in text
    assert "Woorden" in text


@pytest.mark.parametrize(
    ("kind", "failure"),
    [
        ("silent", Failure.SILENT),
        ("silent in TLS", Failure.SILENT),
        ("without STARTTLS", Failure.NO_STARTTLS),
        ("with another certificate", Failure.CERTIFICATE),
        ("that speaks no TLS", Failure.TLS),
        ("that is down", Failure.AWAY),
    ],
)
def test_a_server(
    real: LazySettings,
    kind: str,
    failure: Failure,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    row = promised()
    server = MailServer(speaks="silent" not in kind)
    if "certificate" in kind:
        server = MailServer(starttls=True, certificate=certificate_of_somebody_else(tmp_path))
    with serving(server):
        port = free_port() if "down" in kind else server.port
        using(real, port, "tls" if kind.endswith("TLS") and "START" not in kind else "starttls")
        assert send_waiting() == 0
    row.refresh_from_db()
    assert (row.failure, row.sent_at, row.attempts) == (failure, None, 1)
    assert row.next_try_at > utc_now()
    assert sending.WORDS[failure] in caplog.text
    assert "ada@example.org" not in caplog.text
    assert not connection.in_atomic_block
    with serving(MailServer()) as good:
        using(real, good.port, "none")
        later = row.next_try_at
        assert send_waiting(clock=lambda: later) == 1
    assert len(good.received) == 1
