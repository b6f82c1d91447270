"""Real workers over a real broker: whatever is lost, doubled or killed, the end is the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection

from certification.actions import EXECUTE_TASK
from certification.models import ComplianceRun, KpiResult
from certification.models.runs import DEAD_AFTER, LOST_AFTER, RunState, RunStep
from jbn_oversight.celery import prepare_broker
from jbn_oversight.clock import utc_now
from jbn_oversight.turns import institution_turn

from .delivering import asked, compute, deliver, jbn, real_regions
from .test_from_delivery_to_export import EMPTY

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SWEEP_TASK = "certification.sweep_runs"
PATIENCE_SECONDS = 90
REDIS_URL = os.environ.get("REDIS_URL", "")
MEASURE = {
    "case_key": "a",
    "youth_key": "y",
    "municipality": "GM0014",
    "measure": 11,
    "entry": "new",
    "ordered_on": date(2025, 5, 1),
    "notified_on": date(2025, 5, 2),
}


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
    found = Workshop(tmp_path / "data", REDIS_URL if request.param == "redis" else "")
    yield found
    found.stop()


@pytest.fixture
def delivered(tmp_path: Path) -> None:
    deliver(replace(EMPTY, regions=real_regions(), measures=[MEASURE]), tmp_path / "delivery")


def until(found: Callable[[], bool]) -> None:
    """Wait for it, but not for ever."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not found():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def succeeded(*runs: ComplianceRun) -> Callable[[], bool]:
    keys = [run.pk for run in runs]
    done = ComplianceRun.objects.filter(pk__in=keys, state=RunState.SUCCEEDED)
    return lambda: done.count() == len(keys)


def the_end_is_as_it_should_be() -> None:
    """What stands is what computing it once more gives, cell by cell."""
    june = KpiResult.objects.current().filter(
        kpi="running_measures", scope_code="jbn", month=date(2025, 6, 1)
    )
    assert june.get().numerator == 1
    assert compute().changed == {"observations": [0, 0], "results": [0, 0]}


def test_a_doubled_message_computes_once(workshop: Workshop, delivered: None) -> None:
    run = asked()
    workshop.start_worker()
    for _ in range(2):
        workshop.send(EXECUTE_TASK, run.pk)
    marker = asked()
    workshop.send(EXECUTE_TASK, marker.pk)
    until(succeeded(run, marker))
    assert ComplianceRun.objects.get(pk=run.pk).attempts == 1
    the_end_is_as_it_should_be()


def test_a_lost_message_is_made_good_by_the_sweeper(workshop: Workshop, delivered: None) -> None:
    run = asked()
    ComplianceRun.objects.filter(pk=run.pk).update(requested_at=utc_now() - 2 * LOST_AFTER)
    workshop.start_worker()
    workshop.send(SWEEP_TASK)
    until(succeeded(run))
    the_end_is_as_it_should_be()


def test_a_killed_worker_is_made_good_by_the_sweeper(workshop: Workshop, delivered: None) -> None:
    run = asked()
    waiting = ComplianceRun.objects.filter(pk=run.pk, step=RunStep.WAITING)
    with institution_turn(jbn().pk):
        first = workshop.start_worker()
        workshop.send(EXECUTE_TASK, run.pk)
        until(waiting.exists)
        first.send_signal(signal.SIGKILL)
        first.wait()
    ComplianceRun.objects.filter(pk=run.pk).update(heartbeat_at=utc_now() - 2 * DEAD_AFTER)
    workshop.start_worker()
    workshop.send(SWEEP_TASK)
    until(succeeded(run))
    assert ComplianceRun.objects.get(pk=run.pk).attempts == 2
    the_end_is_as_it_should_be()


def test_two_workers_at_once_take_turns(workshop: Workshop, delivered: None) -> None:
    runs = [asked() for _ in range(4)]
    workshop.start_worker()
    workshop.start_worker()
    for run in runs:
        for _ in range(2):
            workshop.send(EXECUTE_TASK, run.pk)
    until(succeeded(*runs))
    for row in ComplianceRun.objects.all():
        assert (row.state, row.attempts) == (RunState.SUCCEEDED, 1)
    the_end_is_as_it_should_be()
