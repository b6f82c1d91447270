"""Gathered mail goes at seven in Amsterdam, in summer and in winter; that of a week on Monday."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jbn_oversight.clock import AMSTERDAM
from jbn_oversight.notices.rules import HOUR, NoticeKind, Rhythm, due_at, last_gathering

INSTANTS = st.integers(0, 3 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-03-03 05:59:59", "2026-03-03 06:00"),
        ("2026-03-03 06:00:00", "2026-03-04 06:00"),
        ("2026-03-28 12:00:00", "2026-03-29 05:00"),  # that night the clock goes forward
        ("2026-10-24 12:00:00", "2026-10-25 06:00"),  # and here back
    ],
)
def test_the_next_seven_o_clock_of_the_day(since: str, due: str) -> None:
    at = datetime.fromisoformat(since).replace(tzinfo=UTC)
    assert due_at(Rhythm.DAILY, at) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-03-09 05:59:59", "2026-03-09 06:00"),
        ("2026-03-09 06:00:00", "2026-03-16 06:00"),
        ("2026-03-10 12:00:00", "2026-03-16 06:00"),
        ("2026-03-15 23:30:00", "2026-03-16 06:00"),
        ("2026-03-25 12:00:00", "2026-03-30 05:00"),
    ],
)
def test_the_next_monday(since: str, due: str) -> None:
    at = datetime.fromisoformat(since).replace(tzinfo=UTC)
    assert due_at(Rhythm.WEEKLY, at) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@given(since=INSTANTS)
def test_whatever_the_instant_it_is_the_first_gathering_after_it(since: datetime) -> None:
    for rhythm, longest in ((Rhythm.DAILY, 1), (Rhythm.WEEKLY, 7)):
        due = due_at(rhythm, since)
        local = due.astimezone(AMSTERDAM)
        assert local.time() == HOUR
        assert since < due <= since + timedelta(days=longest, hours=1)
        assert rhythm is Rhythm.DAILY or local.weekday() == 0
    last = last_gathering(since)
    assert last <= since < due_at(Rhythm.DAILY, last) == due_at(Rhythm.DAILY, since)


def test_at_once_is_then() -> None:
    at = datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert due_at(Rhythm.AT_ONCE, at) == at


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"rhythms": (Rhythm.DAILY,), "fixed_because": "So."},
        {"rhythms": (Rhythm.DAILY, Rhythm.OFF), "fixed_because": "So."},
        {"rhythms": (Rhythm.OFF, Rhythm.DAILY)},
        {"rhythms": (Rhythm.OFF,), "fixed_because": "So."},
    ],
)
def test_a_kind_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="test_wrong"):
        NoticeKind(
            code="test_wrong",
            word="Word",
            sentence="Sentence.",
            may_know=lambda notice, at: True,
            **wrong,  # type: ignore[arg-type]
        )
