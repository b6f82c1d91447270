"""A run is a row: taken once, taken over when its worker dies, swept when its message is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from certification.compliance.actions import runs as actions
from certification.compliance.actions.runs import (
    execute_run,
    request_run_after_change,
    sweep_runs,
)
from certification.models import ComplianceRun, KpiResult, Norm
from certification.models.runs import (
    RunReason,
    RunState,
)
from jbn_oversight.clock import add_months, utc_now
from jbn_oversight.jobs.actions.claiming import TakenOverError
from jbn_oversight.jobs.rules import LEASE, MOST_ATTEMPTS

from .delivering import asked, compute, deliver, jbn, real_regions
from .small_worlds import MONTHS
from .test_from_delivery_to_export import EMPTY

pytestmark = pytest.mark.django_db


def died(run: ComplianceRun, **changes: Any) -> None:
    """Its worker took it and was never heard of again."""
    ComplianceRun.objects.filter(pk=run.pk).update(
        state=RunState.RUNNING,
        attempts=1,
        started_at=utc_now() - 2 * LEASE,
        next_try_at=utc_now() - LEASE,
        **changes,
    )
    run.refresh_from_db()


def test_a_run_keeps_from_what_and_how_it_was_computed(tmp_path: Path) -> None:
    deliver(replace(EMPTY, regions=real_regions()), tmp_path)
    run = compute()
    assert run.state == RunState.SUCCEEDED
    assert (run.progress, run.attempts) == (100, 1)
    assert set(run.inputs["deliveries"]) == {f"{month:%Y-%m}" for month in MONTHS}
    assert len(run.inputs_sha256) == 64
    assert run.settings == {
        "plan_clock_start": "notified_on",
        "equated_days_are_working_days": True,
    }


def test_a_second_message_finds_nothing_to_do(tmp_path: Path) -> None:
    deliver(replace(EMPTY, regions=real_regions()), tmp_path)
    run = compute()
    count = KpiResult.objects.count()
    assert not execute_run(run)
    assert ComplianceRun.objects.get(pk=run.pk).attempts == 1
    assert KpiResult.objects.count() == count


def test_a_run_in_living_hands_is_left_alone() -> None:
    run = asked()
    ComplianceRun.objects.filter(pk=run.pk).update(
        state=RunState.RUNNING, attempts=1, next_try_at=utc_now() + LEASE
    )
    assert not execute_run(run)


def test_a_run_whose_worker_died_is_taken_over() -> None:
    run = asked()
    died(run)
    assert execute_run(run)
    assert run.attempts == 2


def test_a_worker_that_comes_back_from_the_dead_writes_nothing() -> None:
    run = asked()

    def taken_over(*args: Any, **kwargs: Any) -> Any:
        ComplianceRun.objects.filter(pk=run.pk).update(attempts=2)
        raise TakenOverError

    with patch.object(actions, "compute_and_write", taken_over):
        assert not execute_run(run)
    row = ComplianceRun.objects.get(pk=run.pk)
    assert (row.state, row.attempts) == (RunState.RUNNING, 2)


def test_the_last_step_is_refused_to_a_worker_that_lost_the_run() -> None:
    run = asked()
    original = actions._finish

    def too_late(row: ComplianceRun, at: Any) -> None:
        ComplianceRun.objects.filter(pk=row.pk).update(attempts=row.attempts + 1)
        original(row, at)

    with patch.object(actions, "_finish", too_late):
        assert not execute_run(run)
    assert not KpiResult.objects.exists()


def test_a_failure_is_kept_in_the_row_and_undoes_nothing_else(tmp_path: Path) -> None:
    deliver(replace(EMPTY, regions=real_regions()), tmp_path)
    compute()
    count = KpiResult.objects.current().count()
    run = asked()
    with patch.object(actions, "compute_and_write", side_effect=ZeroDivisionError):
        assert not execute_run(run)
    assert (run.state, run.error) == (RunState.FAILED, "ZeroDivisionError")
    assert KpiResult.objects.current().count() == count


def test_the_sweeper_finds_a_run_whose_message_was_lost() -> None:
    run = asked()
    assert sweep_runs(utc_now()) == []
    assert sweep_runs(utc_now() + LEASE + timedelta(seconds=1)) == [run]


def test_the_sweeper_finds_a_run_whose_worker_died() -> None:
    run = asked()
    died(run)
    assert sweep_runs(utc_now()) == [run]


def test_a_run_that_lost_its_worker_too_often_is_given_up() -> None:
    run = asked()
    died(run)
    ComplianceRun.objects.filter(pk=run.pk).update(attempts=MOST_ATTEMPTS)
    assert sweep_runs(utc_now()) == []
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.FAILED, "WorkerLost")


def test_a_clock_that_was_set_back_stops_no_end() -> None:
    run = asked()
    died(run)
    ahead = utc_now() + timedelta(hours=1)
    ComplianceRun.objects.update(attempts=MOST_ATTEMPTS, requested_at=ahead)
    sweep_runs(utc_now())
    run.refresh_from_db()
    assert (run.state, run.finished_at) == (RunState.FAILED, ahead)


def test_the_sweeper_starts_a_run_for_a_delivery_that_has_none(tmp_path: Path) -> None:
    deliver(replace(EMPTY, regions=real_regions()), tmp_path)
    (run,) = sweep_runs(utc_now())
    assert (run.period_from, run.period_until) == (MONTHS[0], MONTHS[-1])
    assert run.reason == RunReason.SWEEPER
    assert sweep_runs(utc_now()) == []
    assert execute_run(run)
    assert sweep_runs(utc_now()) == []


def test_what_failed_with_the_same_facts_is_not_tried_again_by_itself(tmp_path: Path) -> None:
    deliver(replace(EMPTY, regions=real_regions()), tmp_path)
    run = asked()
    with patch.object(actions, "compute_and_write", side_effect=ZeroDivisionError):
        execute_run(run)
    assert sweep_runs(utc_now()) == []


def test_a_changed_norm_is_computed_again_by_itself(tmp_path: Path) -> None:
    deliver(replace(EMPTY, regions=real_regions()), tmp_path)
    compute()
    norm = Norm.objects.get(kpi="plan_6w")
    norm.threshold = 80
    norm.save()
    (run,) = sweep_runs(utc_now())
    assert execute_run(run)
    norms = KpiResult.objects.current().filter(kpi="plan_6w").values_list("norm", flat=True)
    assert set(norms) == {80}


def test_after_an_import_later_months_with_facts_are_computed_too(tmp_path: Path) -> None:
    world = replace(EMPTY, regions=real_regions())
    deliver(world, tmp_path / "later")
    before = add_months(MONTHS[0], -3)
    deliver(world, tmp_path / "earlier", before, before)
    run = request_run_after_change(
        institution=jbn(), period_from=before, period_until=before, by=None, nudge=False
    )
    assert (run.period_from, run.period_until) == (before, MONTHS[-1])


def test_clocks_in_a_year_without_a_list_of_equated_days_are_noted(tmp_path: Path) -> None:
    world = replace(
        EMPTY,
        regions=real_regions(),
        measures=[
            {
                "case_key": "a",
                "youth_key": "y",
                "municipality": "GM0014",
                "measure": 11,
                "entry": "new",
                "ordered_on": add_months(MONTHS[0], -30),
                "notified_on": add_months(MONTHS[0], -30),
            }
        ],
    )
    month = add_months(MONTHS[0], -30)
    deliver(world, tmp_path, month, month)
    run = compute(month, month)
    assert run.notes == [
        {"note": "equated_days_not_known", "clocks": 1, "months": {f"{month:%Y-%m}": 1}}
    ]
