"""Each part says whether it does its work, to anyone who asks from within and to nobody else."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import LazySettings, settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client

from jbn_oversight.health import probe
from tests.answers import without_way_in
from tests.workers import Workshop, until

WITHIN: dict[str, Any] = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def _away() -> Iterator[None]:
    """PostgreSQL is stopped: nobody listens where it was."""
    gone = {**connection.get_connection_params(), "host": "127.0.0.1", "port": "1"}
    with patch.object(connection, "get_connection_params", return_value=gone):
        yield


@pytest.mark.django_db
def test_the_web_process_is_well_while_its_database_answers(client: Client) -> None:
    answer = client.get("/health/", **WITHIN)
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert not answer.cookies


@pytest.mark.django_db
@pytest.mark.usefixtures("_away")
def test_it_is_not_when_the_database_is_away_and_says_no_more_than_that(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with patch.object(logging.getLogger("django.request"), "propagate", new=True):
        answer = client.get("/health/", **WITHIN)
    assert (answer.status_code, answer.content) == (503, b"no")
    assert not caplog.records


@pytest.mark.django_db
def test_the_question_passes_the_redirect_to_https_and_the_check_of_the_host(
    client: Client, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS = ["portaal.example"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/", **WITHIN).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "outside",
    [
        {"REMOTE_ADDR": "10.89.0.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_to_somebody_outside_the_address_does_not_exist(
    client: Client, outside: dict[str, Any]
) -> None:
    answer = client.get("/health/", **outside)
    assert answer.status_code == 404
    nothing = client.get("/nothing/", **outside)
    assert without_way_in(answer.content) == without_way_in(nothing.content)


@pytest.mark.django_db(transaction=True)
def test_the_command_of_the_compose_file_asks_the_web_process() -> None:
    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert probe.is_well("web", server.server_port)
        thread.join()
    assert not probe.is_well("web", server.server_port)


def test_a_part_is_well_while_it_goes_round(tmp_path: Path) -> None:
    with patch("tempfile.tempdir", str(tmp_path)):
        assert not probe.is_well("worker")
        probe.went_round("worker")
        assert probe.is_well("worker")
        assert not probe.is_well("beat")
        long_ago = time.time() - 3600
        os.utime(probe.path_of("worker"), (long_ago, long_ago))
        assert not probe.is_well("worker")


def test_the_command_says_it_by_its_status(tmp_path: Path) -> None:
    def status(*arguments: str) -> int:
        command = [sys.executable, "-m", "jbn_oversight.health", *arguments]
        environment = {"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)}
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=False
        ).returncode

    assert status("beat") == 1
    (tmp_path / "jbn-oversight-beat").touch()
    assert status("beat") == 0
    assert status("something") == 1
    assert status() == 1


def test_the_timer_leaves_a_trace_even_when_its_database_is_away(tmp_path: Path) -> None:
    from celery.beat import Scheduler

    from reports.briefings.releasing.scheduler import NoticingScheduler

    with (
        patch("tempfile.tempdir", str(tmp_path)),
        patch("reports.briefings.releasing.scheduler.look"),
        patch("reports.briefings.releasing.scheduler.close_old_connections"),
        patch.object(Scheduler, "tick", return_value=1.0),
        patch.object(NoticingScheduler, "__init__", return_value=None),
    ):
        NoticingScheduler().tick()
        assert probe.is_well("beat")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_leaves_a_trace(workshop: Workshop, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "celery", "-A", "jbn_oversight.celery", "worker"]
    environment = {**workshop.environment(), "TMPDIR": str(tmp_path)}
    worker = subprocess.Popen(
        [*command, "--concurrency", "1", "--loglevel", "WARNING"],
        env=environment,
        cwd=settings.BASE_DIR,
    )
    try:
        until((tmp_path / "jbn-oversight-worker").exists)
    finally:
        worker.terminate()
        worker.wait()
