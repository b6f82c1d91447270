"""Real Celery workers over a real broker: files, and Redis."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from redis import Redis
from redis.exceptions import ConnectionError as NoAnswerError

from jbn_oversight.celery import prepare_broker
from tests.programs import program

PATIENCE_SECONDS = 90


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Redis for this process alone: side by side, workers would take each other's tasks.

    A database of the server that ``REDIS_URL`` names, else a server that ends with the tests.
    """
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    if given := os.environ.get("REDIS_URL", ""):
        yield f"{given.rpartition('/')[0]}/{number}"
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="jbn-redis-") as directory:
        server = subprocess.Popen(
            [
                *(program("redis-server"), "--bind", "127.0.0.1", "--port", str(port)),
                *("--save", "", "--appendonly", "no", "--dir", directory),
            ],
            stdout=subprocess.DEVNULL,
        )
        url = f"redis://127.0.0.1:{port}/0"
        try:
            until(lambda: _answers(url))
            yield url
        finally:
            server.kill()
            server.wait()


def _answers(url: str) -> bool:
    with Redis.from_url(url) as broker, suppress(NoAnswerError):
        return bool(broker.ping())
    return False


@dataclass
class Workshop:
    """A broker, and the workers that listen to it."""

    directory: Path
    redis_url: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    """Variables of the environment that its workers get besides."""

    def environment(self) -> dict[str, str]:
        database = connection.settings_dict
        login = quote(database["USER"])
        if database["PASSWORD"]:
            login += f":{quote(database['PASSWORD'])}"
        place = f":{database['PORT']}/{database['NAME']}?host={quote(database['HOST'], safe='')}"
        return {
            **os.environ,
            **self.settings,
            "DJANGO_SETTINGS_MODULE": "jbn_oversight.settings",
            "DATABASE_URL": f"postgresql://{login}@{place}",
            "CLOCK_KEPT_BY": "host",  # whatever keeps the clock of the machine that tests
            "DATA_DIR": str(self.directory),
            "REDIS_URL": self.redis_url,
        }

    def start_worker(
        self, *, queues: str = "celery,mail", pool: tuple[str, ...] = ("--pool", "solo")
    ) -> subprocess.Popen[bytes]:
        return self._start(
            "worker",
            *pool,
            *("--queues", queues, "-n", f"w{len(self.workers)}@here"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        )

    def start_beat(self) -> subprocess.Popen[bytes]:
        return self._start("beat")

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        started = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "-A", "jbn_oversight.celery", *command),
                *("--loglevel", "WARNING"),
            ],
            env=self.environment(),
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )
        self.workers.append(started)
        return started

    def send_by_route(self, task: str, *arguments: object) -> None:
        """Send it to the queue that the settings route it to."""
        routes: dict[str, dict[str, str]] = settings.CELERY_TASK_ROUTES
        self.send(task, *arguments, queue=routes.get(task, {}).get("queue", "celery"))

    def send(self, task: str, *arguments: object, queue: str = "celery") -> None:
        folder = self.directory / "broker"
        options = {
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "processed_folder": str(folder / "processed"),
            "control_folder": str(folder / "control"),
        }
        if not self.redis_url:
            prepare_broker(dict(options))
        sender = Celery(broker=self.redis_url or "filesystem://", set_as_current=False)
        sender.conf.broker_transport_options = {} if self.redis_url else options
        sender.send_task(task, list(arguments), queue=queue)
        sender.close()

    def stop(self) -> None:
        for worker in self.workers:
            killed(worker)


def killed(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children as the machine would: without notice."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(params=["files", "redis"])
def workshop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workshop]:
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    if url:
        forget_everything(url)
    found = Workshop(tmp_path / "data", url)
    yield found
    found.stop()


def forget_everything(url: str) -> None:
    """Empty this process's Redis database."""
    with Redis.from_url(url) as broker:
        broker.flushdb()


def until(found: Callable[[], bool]) -> None:
    """Wait for it, but not for ever."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not found():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)
