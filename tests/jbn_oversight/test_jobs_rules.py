"""How long a job is left to a silent worker, and how long it waits after a failure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jbn_oversight.jobs.rules import (
    BEAT_EVERY,
    LEASE,
    LONGEST,
    MOST_ATTEMPTS,
    is_worn_out,
    pause_after,
)

MINUTE = timedelta(minutes=1)


def test_a_worker_may_miss_five_heartbeats_and_no_more() -> None:
    assert timedelta(seconds=BEAT_EVERY) == timedelta(seconds=5)
    assert timedelta(seconds=6 * BEAT_EVERY) == LEASE
    assert timedelta(seconds=LONGEST) == timedelta(minutes=35)


def test_three_attempts_wear_a_job_out() -> None:
    assert MOST_ATTEMPTS == 3
    assert [is_worn_out(attempts) for attempts in range(5)] == [False] * 3 + [True] * 2


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(0, 0), (1, 2), (2, 4), (3, 8), (5, 32), (6, 60), (10_000, 60)]
)
def test_each_failure_doubles_the_pause_up_to_the_longest(attempts: int, minutes: int) -> None:
    pause = pause_after(attempts, first=2 * MINUTE, longest=60 * MINUTE)
    assert pause == minutes * MINUTE


def test_a_pause_without_a_near_end_stops_doubling() -> None:
    pauses = [
        pause_after(attempts, first=MINUTE, longest=timedelta.max) for attempts in (16, 17, 18)
    ]
    assert pauses == [2**15 * MINUTE, 2**16 * MINUTE, 2**16 * MINUTE]
