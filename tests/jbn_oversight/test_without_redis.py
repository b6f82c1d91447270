"""Without Redis, or with one that says nothing, each page answers: a message is only a nudge."""

from __future__ import annotations

import subprocess
import sys
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings

from jbn_oversight import celery
from jbn_oversight.celery import app, tell
from jbn_oversight.mail.models import OutgoingMail
from tests.factories.mail_servers import MailServer, free_port, serving
from tests.factories.people import make_cast
from tests.workers import Workshop

ASKS = """
import sys, django
django.setup()
from django.conf import settings
from django.test import Client
from django.urls import reverse
from jbn_oversight import settings as own
from jbn_oversight.celery import app
# The tests' settings have a broker in memory: here it is the portal's own.
app.conf.broker_url = own.CELERY_BROKER_URL
app.conf.broker_transport_options = own.CELERY_BROKER_TRANSPORT_OPTIONS
assert settings.CACHES == own.CACHES
for email in sys.argv[1:]:
    answer = Client(HTTP_HOST="localhost").post(reverse("account_reset_password"), {"email": email})
    print(answer.status_code, answer.headers["Location"])
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("redis", ["away", "silent"])
def test_a_new_password_is_asked_for_all_the_same(redis: str, workshop_of_files: Workshop) -> None:
    cast = make_cast()
    with serving(MailServer(speaks=False)) as silent:
        port = free_port() if redis == "away" else silent.port
        done = subprocess.run(
            [sys.executable, "-c", ASKS, cast.clerk.email, "niemand@example.org"],
            cwd=settings.BASE_DIR,
            env={
                **workshop_of_files.environment(),
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "REDIS_URL": f"redis://127.0.0.1:{port}/0",
            },
            capture_output=True,
            text=True,
            timeout=90,  # one that waits for Redis never comes back
            check=False,
        )
    assert done.returncode == 0, done.stderr
    known, unknown = done.stdout.splitlines()
    assert known == unknown
    assert known.startswith("302 ")
    assert "no worker could be told" in done.stderr
    assert OutgoingMail.objects.count() == 2


@pytest.fixture
def workshop_of_files(tmp_path: Any) -> Workshop:
    return Workshop(tmp_path / "data", "")


def test_a_broker_that_failed_is_left_alone_for_a_while(caplog: pytest.LogCaptureFixture) -> None:
    with patch.object(app, "send_task", side_effect=ConnectionError("redis://secret@host")) as sent:
        for _text in range(22):
            tell("reports.render_version", "key")
    assert sent.call_count == 1, "who has 22 texts printed waits once, not 22 times"
    assert "secret" not in caplog.text
    with (
        patch.object(celery, "_quiet_until", 0.0),
        patch.object(app, "send_task") as sent,
    ):
        tell("reports.render_version", "key")
    assert sent.called
