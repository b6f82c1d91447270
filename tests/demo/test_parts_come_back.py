"""A part of the demonstration that stops is started again, with a pause and a sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scripts.supervise import FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER, Part, tidy
from tests.workers import killed, until


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def part(clock: Clock, code: str) -> Part:
    return Part("The worker", [sys.executable, "-c", code], Path.cwd(), clock=clock)


def stopped(one: Part) -> bool:
    return one.process is not None and one.process.poll() is not None


def test_what_is_killed_is_started_again(capfd: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    one = part(clock, "import time; time.sleep(600)")
    one.start()
    first = one.process
    assert first is not None
    killed(first)
    one.look()
    assert one.process is first, "not at once"
    clock.now += FIRST_PAUSE
    one.look()
    assert one.process is not first
    assert not stopped(one)
    tidy([one])
    assert stopped(one)
    assert "The worker stopped; it is started again in 1 s." in capfd.readouterr().err


def test_what_cannot_run_is_tried_ever_less_and_counts_as_well_again_when_it_runs() -> None:
    clock = Clock()
    one = part(clock, "raise SystemExit(3)")
    one.start()
    pauses = []
    for _again in range(9):
        until(lambda: stopped(one))
        one.look()
        assert one.due_at is not None
        pauses.append(one.due_at - clock.now)
        one.look()
        assert stopped(one), "it waits for its pause"
        clock.now = one.due_at
        one.look()
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    until(lambda: stopped(one))
    clock.now += STEADY_AFTER
    one.look()
    assert one.due_at is not None
    assert one.due_at - clock.now == FIRST_PAUSE
    assert len(one.said) == 10
