"""One import or run of an institution at a time: who waits can say so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from jbn_oversight.jobs.actions import turns


def test_who_waits_for_a_turn_is_called_each_time_it_is_not_there_yet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([False, False, True])

    @contextmanager
    def taken_twice(number: int) -> Iterator[bool]:
        yield next(answers)

    monkeypatch.setattr(turns, "only_one", taken_twice)
    monkeypatch.setattr(turns, "_PAUSE_SECONDS", 0)
    said: list[str] = []
    with turns.institution_turn(1, waiting=lambda: said.append("waits")):
        assert said == ["waits", "waits"]
