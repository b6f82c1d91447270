"""Real Celery workers over a real broker: files, or Redis where ``REDIS_URL`` says one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from redis import Redis

from jbn_oversight.celery import prepare_broker

PATIENCE_SECONDS = 90


def _redis_of_this_process() -> str:
    """A Redis database of its own: side by side, workers would take each other's tasks."""
    url = os.environ.get("REDIS_URL", "")
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return f"{url.rpartition('/')[0]}/{number}" if url else ""


REDIS_URL = _redis_of_this_process()


@dataclass
class Workshop:
    """A broker, and the workers that listen to it."""

    directory: Path
    redis_url: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        database = connection.settings_dict
        login = quote(database["USER"])
        if database["PASSWORD"]:
            login += f":{quote(database['PASSWORD'])}"
        place = f":{database['PORT']}/{database['NAME']}?host={quote(database['HOST'], safe='')}"
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "jbn_oversight.settings",
            "DATABASE_URL": f"postgresql://{login}@{place}",
            "DATA_DIR": str(self.directory),
            "REDIS_URL": self.redis_url,
        }

    def start_worker(self) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [
                *(sys.executable, "-m", "celery", "-A", "jbn_oversight.celery", "worker"),
                *("--pool", "solo", "--loglevel", "WARNING", "-n", f"w{len(self.workers)}@here"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
            env=self.environment(),
            cwd=settings.BASE_DIR,
        )
        self.workers.append(worker)
        return worker

    def send(self, task: str, *arguments: object) -> None:
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
        sender.send_task(task, list(arguments))
        sender.close()

    def stop(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()


@pytest.fixture(
    params=[
        "files",
        pytest.param(
            "redis", marks=pytest.mark.skipif(not REDIS_URL, reason="REDIS_URL is not set")
        ),
    ]
)
def workshop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workshop]:
    if request.param == "redis":
        forget_everything()
    found = Workshop(tmp_path / "data", REDIS_URL if request.param == "redis" else "")
    yield found
    found.stop()


def forget_everything() -> None:
    """Empty this process's Redis database."""
    with Redis.from_url(REDIS_URL) as broker:
        broker.flushdb()


def until(found: Callable[[], bool]) -> None:
    """Wait for it, but not for ever."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not found():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)
