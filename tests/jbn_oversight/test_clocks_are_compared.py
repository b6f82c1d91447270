"""The present instant is never later than the database's clock, however wrong the own one is."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from jbn_oversight import clock
from jbn_oversight.clock_check import actions, kernel
from jbn_oversight.clock_check.models import WrongClock
from jbn_oversight.clock_check.rules import MOST_APART, Comparison
from jbn_oversight.refusals import RefusedError

TEN_MINUTES = timedelta(minutes=10)
SECOND = timedelta(seconds=1)
NOON = datetime(2025, 3, 27, 12, tzinfo=UTC)
Wrong = Callable[[timedelta], None]


@pytest.fixture
def own_clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Wrong]:
    """Sets the clock of this process wrong; the database's stays right."""
    settings.CLOCKS_COMPARED_EVERY = timedelta(seconds=50)
    actions.forget()

    def wrong(by: timedelta) -> None:
        monkeypatch.setattr(clock, "own_clock", lambda: datetime.now(UTC) + by)

    yield wrong
    actions.forget()


def of_database() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


@pytest.mark.django_db
def test_a_clock_that_runs_ahead_does_not_make_it_later(own_clock: Wrong) -> None:
    own_clock(TEN_MINUTES)
    actions.look_if_due()
    assert clock.utc_now() <= of_database()


@pytest.mark.django_db
def test_a_clock_that_leaps_ahead_between_two_looks_does_not_make_it_later(
    own_clock: Wrong,
) -> None:
    actions.look_if_due()
    own_clock(TEN_MINUTES)
    assert clock.utc_now() <= of_database()


@pytest.mark.django_db
def test_a_clock_that_is_behind_is_believed(own_clock: Wrong) -> None:
    own_clock(-TEN_MINUTES)
    actions.look_if_due()
    assert clock.utc_now() < of_database() - TEN_MINUTES + SECOND


@pytest.mark.django_db
def test_a_database_that_is_behind_is_believed(
    own_clock: Wrong, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = datetime.now(UTC)
    monkeypatch.setattr(actions, "_database_clock", lambda: right - TEN_MINUTES)
    actions.look()
    assert clock.utc_now() < right - TEN_MINUTES + timedelta(minutes=1)


@pytest.mark.django_db
def test_the_instant_goes_on_between_two_looks(own_clock: Wrong) -> None:
    own_clock(TEN_MINUTES)
    actions.look_if_due()
    before = clock.utc_now()
    time.sleep(0.01)
    assert clock.utc_now() > before


@pytest.mark.django_db
def test_the_clocks_are_compared_again_after_a_minute_and_not_before(
    own_clock: Wrong, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Comparison] = []
    look = actions.look
    monkeypatch.setattr(actions, "look", lambda: looks.append(look()))
    started, passed = time.monotonic(), 0.0
    monkeypatch.setattr(time, "monotonic", lambda: started + passed)
    for passed in (0.0, 1.0, 40.0):
        own_clock(timedelta(seconds=passed))
        actions.look_if_due()
        assert len(looks) == 1, passed
    passed = 60.0
    own_clock(timedelta(seconds=passed))
    actions.look_if_due()
    assert len(looks) == 2


@pytest.mark.django_db
def test_a_leap_is_seen_within_seconds(own_clock: Wrong, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.look_if_due()
    started = time.monotonic()
    own_clock(TEN_MINUTES)
    monkeypatch.setattr(time, "monotonic", lambda: started + 6)
    actions.look_if_due()
    assert actions.wrong_clocks()


@pytest.mark.django_db
def test_without_a_database_no_instant_is_taken_before_the_first_comparison(
    own_clock: Wrong, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> datetime:
        raise OperationalError

    monkeypatch.setattr(actions, "_database_clock", away)
    with pytest.raises(OperationalError):
        actions.look_if_due()


@pytest.mark.django_db
def test_without_a_database_the_last_comparison_goes_on_counting(
    own_clock: Wrong, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.look_if_due()
    known = clock.reference()

    def away() -> datetime:
        raise OperationalError

    monkeypatch.setattr(actions, "_database_clock", away)
    started = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: started + 60)
    actions.look_if_due()
    assert clock.reference() is known


@pytest.mark.django_db
def test_a_wrong_clock_is_told_once_in_the_log_and_so_is_its_mending(
    own_clock: Wrong, caplog: pytest.LogCaptureFixture
) -> None:
    def told() -> list[logging.LogRecord]:
        return [record for record in caplog.records if "clock" in record.getMessage()]

    own_clock(TEN_MINUTES)
    actions.look()
    assert len(told()) == 1
    actions.look()
    (line,) = told()
    assert line.levelno == logging.ERROR
    assert "600." in line.getMessage() or "599." in line.getMessage()
    own_clock(timedelta(0))
    actions.look()
    assert "right again" in caplog.records[-1].getMessage()
    assert not WrongClock.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("by", [TEN_MINUTES, -TEN_MINUTES])
def test_nobody_schedules_or_publishes_while_a_clock_is_wrong(
    own_clock: Wrong, by: timedelta
) -> None:
    own_clock(by)
    with pytest.raises(RefusedError, match="klok"):
        actions.refuse_while_a_clock_is_wrong()
    own_clock(timedelta(0))
    actions.refuse_while_a_clock_is_wrong()


@pytest.mark.django_db
def test_the_wrong_clock_of_another_process_counts_until_it_was_not_seen_for_minutes(
    own_clock: Wrong,
) -> None:
    seen = {"machine": "werker-2", "process": 1, "seconds_ahead": 600.0}
    row = WrongClock.objects.create(seen_at=of_database() - timedelta(minutes=1), **seen)
    with pytest.raises(RefusedError):
        actions.refuse_while_a_clock_is_wrong()
    WrongClock.objects.filter(pk=row.pk).update(seen_at=of_database() - timedelta(minutes=4))
    actions.refuse_while_a_clock_is_wrong()


@pytest.mark.django_db
def test_where_both_clocks_are_one_the_kernel_is_asked(
    own_clock: Wrong, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.CLOCK_KEPT_BY = "kernel"
    for answer, told in ((False, 1), (True, 0), (None, 0)):
        monkeypatch.setattr(kernel, "is_synchronized", lambda answer=answer: answer)
        actions.refuse_while_a_clock_is_wrong()  # it may be right all the same
        assert len(actions.wrong_clocks()) == told, answer


@pytest.mark.django_db
def test_a_host_that_keeps_the_clock_is_believed_over_the_kernel(
    own_clock: Wrong, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.CLOCK_KEPT_BY = "host"
    monkeypatch.setattr(kernel, "is_synchronized", lambda: False)
    actions.refuse_while_a_clock_is_wrong()
    assert not actions.wrong_clocks()
    own_clock(TEN_MINUTES)
    with pytest.raises(RefusedError):
        actions.refuse_while_a_clock_is_wrong()


def test_the_kernel_answers_or_says_that_it_cannot() -> None:
    assert kernel.is_synchronized() in {True, False, None}


@given(st.integers(-10_000, 10_000), st.integers(0, 5_000), st.integers(0, 5_000), st.booleans())
def test_what_the_way_there_and_back_explains_is_no_difference(
    ahead: int, there: int, back: int, synchronized: bool
) -> None:
    own = NOON + timedelta(milliseconds=ahead)
    found = Comparison(
        before=own,
        after=own + timedelta(milliseconds=there + back),
        database=NOON + timedelta(milliseconds=there),
        synchronized=synchronized,
    )
    # The true difference lies at most the way there above, or the way back below, what is said.
    least = timedelta(milliseconds=ahead)
    assert abs(found.ahead) <= abs(least)
    assert abs(least - found.ahead) <= timedelta(milliseconds=max(there, back))
    assert found.is_apart() == (abs(found.ahead) > MOST_APART)
    assert found.is_to_be_told(ask_kernel=True) == (found.is_apart() or not synchronized)
    assert found.is_to_be_told(ask_kernel=False) == found.is_apart()


@pytest.mark.parametrize("seconds", [2, -2])
def test_two_seconds_apart_is_not_told_and_more_is(seconds: int) -> None:
    def apart(own: datetime) -> bool:
        return Comparison(before=own, after=own, database=NOON, synchronized=True).is_apart()

    own = NOON + timedelta(seconds=seconds)
    assert not apart(own)
    assert apart(own + (own - NOON) / 1000)
