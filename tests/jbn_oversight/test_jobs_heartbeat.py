"""Work beats while somebody is at it, however long a step takes, and stops with the worker."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import transaction

from jbn_oversight.clock import utc_now
from jbn_oversight.jobs.actions import heartbeat
from jbn_oversight.jobs.actions.claiming import for_a_while
from jbn_oversight.jobs.actions.heartbeat import beating
from jbn_oversight.jobs.rules import LEASE
from jbn_oversight.mail.models import OutgoingMail
from tests.workers import until


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "BEAT_EVERY", 0.02)


@pytest.mark.django_db
def test_a_long_step_goes_on_beating_and_its_end_stops_it() -> None:
    beats: list[float] = []
    with beating(lambda: beats.append(time.monotonic())):
        until(lambda: len(beats) >= 3)
    before = len(beats)
    assert not [one for one in threading.enumerate() if one.name == "heartbeat"]
    assert len(beats) == before


@pytest.mark.django_db
def test_a_beat_that_fails_stops_neither_the_work_nor_the_next_beat() -> None:
    tries: list[int] = []

    def beat() -> None:
        tries.append(1)
        raise ZeroDivisionError

    with beating(beat):
        until(lambda: len(tries) >= 2)


@pytest.mark.django_db(transaction=True)
def test_a_beat_is_seen_while_the_work_s_own_transaction_is_open() -> None:
    at = utc_now()
    row = OutgoingMail.objects.create(to="a@example.org", made_at=at, next_try_at=at)
    later = at + LEASE
    with (
        beating(lambda: OutgoingMail.objects.filter(pk=row.pk).update(next_try_at=later)),
        transaction.atomic(),
    ):
        until(lambda: OutgoingMail.objects.get(pk=row.pk).next_try_at == later)


@pytest.mark.django_db
def test_a_heart_does_not_beat_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "LONGEST", 0.1)
    beats: list[int] = []
    with beating(lambda: beats.append(1)):
        until(lambda: not [one for one in threading.enumerate() if one.name == "heartbeat"])


def test_a_sweep_leaves_the_rest_to_the_next() -> None:
    assert list(for_a_while([1, 2, 3])) == [1, 2, 3]
    assert list(for_a_while([1, 2, 3], seconds=-1)) == []
