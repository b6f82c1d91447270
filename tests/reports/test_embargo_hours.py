"""The hour of an embargo: typed in Amsterdam, kept in UTC, exact to the second."""

from __future__ import annotations

import time as time_module
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jbn_oversight.clock import AMSTERDAM
from jbn_oversight.embargo import (
    Answer,
    EmbargoFacts,
    NonexistentHourError,
    Term,
    answer,
    moment_from_local,
    overdue,
)

SECOND = timedelta(seconds=1)
ALWAYS = (Term(date(1900, 1, 1)),)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

HOURS = [
    pytest.param(date(2025, 3, 27), time(10), "2025-03-27T09:00:00+00:00", id="winter time"),
    pytest.param(date(2025, 3, 31), time(0), "2025-03-30T22:00:00+00:00", id="summer time"),
    pytest.param(date(2025, 3, 30), time(1, 59), "2025-03-30T00:59:00+00:00", id="before skip"),
    pytest.param(date(2025, 3, 30), time(3), "2025-03-30T01:00:00+00:00", id="after skip"),
    pytest.param(date(2025, 10, 26), time(1, 59), "2025-10-25T23:59:00+00:00", id="before double"),
    pytest.param(date(2025, 10, 26), time(2), "2025-10-26T01:00:00+00:00", id="double, at first"),
    pytest.param(date(2025, 10, 26), time(2, 30), "2025-10-26T01:30:00+00:00", id="double hour"),
    pytest.param(date(2025, 10, 26), time(3), "2025-10-26T02:00:00+00:00", id="after double"),
]


def published(hour: datetime) -> EmbargoFacts:
    return EmbargoFacts(
        approved_at=LONG_AGO,
        window_opens_at=LONG_AGO,
        embargo_until=hour,
        published_at=LONG_AGO,
        audience_terms=ALWAYS,
    )


@pytest.mark.parametrize(("day", "hour", "expected"), HOURS)
def test_an_amsterdam_hour_becomes_the_right_moment(day: date, hour: time, expected: str) -> None:
    assert moment_from_local(day, hour).isoformat() == expected


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that keeps the time of Auckland."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time_module.tzset()
    yield
    monkeypatch.undo()
    time_module.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_the_hour_is_that_of_amsterdam_wherever_the_machine_stands() -> None:
    moment = moment_from_local(date(2025, 3, 27), time(10))
    assert moment.isoformat() == "2025-03-27T09:00:00+00:00"


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
@pytest.mark.parametrize("day", [date(2025, 3, 30), date(2026, 3, 29), date(2027, 3, 28)])
def test_an_hour_that_the_clock_skips_is_refused(day: date, minute: int) -> None:
    with pytest.raises(NonexistentHourError):
        moment_from_local(day, time(2, minute))


def test_an_hour_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        moment_from_local(date(2025, 3, 27), time(10, tzinfo=UTC))


WALL_CLOCK = st.datetimes(
    min_value=datetime(1980, 1, 1),  # noqa: DTZ001
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
)


@given(WALL_CLOCK)
def test_an_entered_hour_is_either_refused_or_reads_back_as_typed(local: datetime) -> None:
    try:
        moment = moment_from_local(local.date(), local.time())
    except NonexistentHourError:
        assert _minutes_that_read_as(local) == []
        return
    assert moment.tzinfo is UTC
    assert moment == max(_minutes_that_read_as(local))


def _minutes_that_read_as(local: datetime) -> list[datetime]:
    """Brute force, a second way: which UTC moments does the Amsterdam clock show so?"""
    around = local.replace(tzinfo=UTC)
    candidates = [around - timedelta(minutes=15 * step) for step in range(-2, 13)]
    return [
        moment
        for moment in candidates
        if moment.astimezone(AMSTERDAM).replace(tzinfo=None, fold=0) == local
    ]


@pytest.mark.parametrize(("day", "hour", "expected"), HOURS)
@pytest.mark.parametrize("zone", ["UTC", "Europe/Amsterdam", "Pacific/Auckland"])
def test_it_is_closed_a_second_before_and_open_on_and_after_the_hour(
    day: date, hour: time, expected: str, zone: str
) -> None:
    moment = moment_from_local(day, hour)
    facts = published(moment.astimezone(ZoneInfo(zone)))
    shown = [
        answer(facts, (moment + offset).astimezone(ZoneInfo(zone)))
        for offset in (-SECOND, timedelta(0), SECOND)
    ]
    assert shown == [Answer.NONE, Answer.AFTER, Answer.AFTER], expected


@given(
    hour=WALL_CLOCK.map(lambda local: local.replace(tzinfo=UTC)),
    microseconds=st.integers(min_value=-(10**10), max_value=10**10),
)
def test_the_window_of_early_readers_opens_to_the_microsecond(
    hour: datetime, microseconds: int
) -> None:
    facts = EmbargoFacts(
        approved_at=LONG_AGO,
        window_opens_at=hour,
        embargo_until=hour + timedelta(days=30),
        invited_at=LONG_AGO,
        accepted_at=LONG_AGO,
        early_terms=ALWAYS,
    )
    expected = Answer.WITHIN if microseconds >= 0 else Answer.BEFORE
    assert answer(facts, hour + timedelta(microseconds=microseconds)) is expected


def test_the_first_pass_through_a_double_hour_does_not_open_the_second() -> None:
    hour = datetime(2025, 10, 26, 2, 30, fold=1, tzinfo=AMSTERDAM)
    first_pass = hour.replace(fold=0)
    assert answer(published(hour), first_pass) is Answer.NONE
    assert answer(published(hour), hour) is Answer.AFTER


@pytest.mark.parametrize(("day", "hour", "expected"), HOURS)
def test_the_alarm_goes_on_at_the_hour_itself(day: date, hour: time, expected: str) -> None:
    moment = moment_from_local(day, hour)
    facts = replace(published(moment), published_at=None)
    assert [overdue(facts, moment + offset) for offset in (-SECOND, 0 * SECOND, SECOND)] == [
        False,
        True,
        True,
    ], expected


def test_naive_instants_are_refused() -> None:
    naive = datetime(2025, 3, 27, 10)  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        EmbargoFacts(embargo_until=naive)
    with pytest.raises(ValueError, match="aware"):
        answer(EmbargoFacts(), naive)
    with pytest.raises(ValueError, match="aware"):
        overdue(EmbargoFacts(), naive)
