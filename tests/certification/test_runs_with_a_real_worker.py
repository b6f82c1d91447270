"""Real workers over a real broker: whatever is lost, doubled or killed, the end is the same."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from certification.compliance.actions.runs import EXECUTE_TASK
from certification.models import ComplianceRun, KpiResult
from certification.models.runs import RunState, RunStep
from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions.turns import institution_turn
from jbn_oversight.jobs.rules import LEASE
from tests.workers import Workshop, until

from .delivering import asked, compute, deliver, jbn, real_regions
from .test_from_delivery_to_export import EMPTY

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SWEEP_TASK = "certification.sweep_runs"
MEASURE = {
    "case_key": "a",
    "youth_key": "y",
    "municipality": "GM0014",
    "measure": 11,
    "entry": "new",
    "ordered_on": date(2025, 5, 1),
    "notified_on": date(2025, 5, 2),
}


@pytest.fixture
def delivered(tmp_path: Path) -> None:
    deliver(replace(EMPTY, regions=real_regions(), measures=[MEASURE]), tmp_path / "delivery")


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
    ComplianceRun.objects.filter(pk=run.pk).update(next_try_at=utc_now() - LEASE)
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
    ComplianceRun.objects.filter(pk=run.pk).update(next_try_at=utc_now() - LEASE)
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
