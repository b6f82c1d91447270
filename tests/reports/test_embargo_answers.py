"""The four answers, each from the facts that decide it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jbn_oversight.embargo import Answer, EmbargoFacts, Term, answer, is_window_open, overdue

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = date(2026, 3, 20)
RUNNING = (Term(date(2022, 3, 30), date(2026, 3, 21)),)
ENDED = (Term(date(2022, 3, 30), TODAY),)

EARLY = EmbargoFacts(
    approved_at=NOW - 3 * DAY,
    window_opens_at=NOW - 2 * DAY,
    embargo_until=NOW + 2 * DAY,
    invited_at=NOW - 4 * DAY,
    accepted_at=NOW - DAY,
    early_terms=RUNNING,
)
COUNCIL = replace(EARLY, invited_at=None, accepted_at=None, early_terms=(), audience_terms=RUNNING)
OUT = {"published_at": NOW - DAY, "embargo_until": NOW - timedelta(hours=1)}


def test_an_early_reader_reads_within_the_embargo() -> None:
    assert answer(EARLY, NOW) is Answer.WITHIN


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"approved_at": None}, id="not approved"),
        pytest.param({"window_opens_at": NOW + DAY}, id="window not open"),
        pytest.param({"window_opens_at": None}, id="no window"),
        pytest.param({"accepted_at": None}, id="terms not accepted"),
        pytest.param({"embargo_until": None, "approved_at": None}, id="no hour yet"),
    ],
)
def test_an_invited_reader_waits(change: dict[str, datetime | None]) -> None:
    assert answer(replace(EARLY, **change), NOW) is Answer.BEFORE  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"withdrawn_at": NOW}, id="withdrawn"),
        pytest.param({"removed_at": NOW}, id="removed"),
        pytest.param({"early_terms": ENDED}, id="mandate ended today"),
        pytest.param({"early_terms": ()}, id="role gone"),
        pytest.param({"invited_at": None}, id="never invited"),
        pytest.param({"withdrawn_at": NOW + DAY}, id="withdrawn during this request"),
    ],
)
@pytest.mark.parametrize("out", [False, True])
def test_it_does_not_exist_for_who_lost_access(change: dict[str, object], out: bool) -> None:
    facts = replace(EARLY, **(OUT if out else {}))  # type: ignore[arg-type]
    assert answer(replace(facts, **change), NOW) is Answer.NONE  # type: ignore[arg-type]


def test_the_clock_alone_opens_nothing() -> None:
    late = replace(COUNCIL, embargo_until=NOW - 100 * DAY)
    assert answer(late, NOW) is Answer.NONE
    assert overdue(late, NOW)


def test_a_publication_alone_opens_nothing() -> None:
    assert answer(replace(COUNCIL, published_at=NOW - DAY), NOW) is Answer.NONE


def test_a_publication_without_an_hour_opens_nothing() -> None:
    facts = replace(COUNCIL, published_at=NOW - DAY, embargo_until=None)
    assert answer(facts, NOW) is Answer.NONE


def test_the_council_reads_when_both_are_there() -> None:
    assert answer(replace(COUNCIL, **OUT), NOW) is Answer.AFTER  # type: ignore[arg-type]


def test_an_early_reader_outside_the_audience_keeps_reading_afterwards() -> None:
    assert answer(replace(EARLY, **OUT), NOW) is Answer.AFTER  # type: ignore[arg-type]


def test_who_was_removed_as_early_reader_still_reads_as_audience_afterwards() -> None:
    facts = replace(EARLY, removed_at=NOW, audience_terms=RUNNING)
    assert answer(facts, NOW) is Answer.NONE
    assert answer(replace(facts, **OUT), NOW) is Answer.AFTER  # type: ignore[arg-type]


def test_early_readers_stay_within_when_the_hour_passes_unpublished() -> None:
    late = replace(EARLY, embargo_until=NOW - DAY)
    assert answer(late, NOW) is Answer.WITHIN
    assert overdue(late, NOW)


def test_an_empty_audience_means_nobody() -> None:
    facts = replace(COUNCIL, audience_terms=(), **OUT)  # type: ignore[arg-type]
    assert answer(facts, NOW) is Answer.NONE


def test_empty_facts_open_nothing_at_any_hour() -> None:
    for hours in range(-48, 48):
        assert answer(EmbargoFacts(), NOW + timedelta(hours=hours)) is Answer.NONE


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        pytest.param(datetime(2026, 3, 20, 22, 59, 59, tzinfo=UTC), Answer.WITHIN, id="23:59:59"),
        pytest.param(datetime(2026, 3, 20, 23, 0, 0, tzinfo=UTC), Answer.NONE, id="midnight"),
    ],
)
def test_a_mandate_ends_at_midnight_in_amsterdam(instant: datetime, expected: Answer) -> None:
    assert answer(EARLY, instant) is expected


def test_a_mandate_that_starts_tomorrow_opens_nothing_today() -> None:
    tomorrow = (Term(date(2026, 3, 21)),)
    assert answer(replace(EARLY, early_terms=tomorrow), NOW) is Answer.NONE


def test_withdrawal_puts_out_the_alarm() -> None:
    assert not overdue(replace(EARLY, embargo_until=NOW - DAY, withdrawn_at=NOW), NOW)


def test_publication_puts_out_the_alarm() -> None:
    assert not overdue(replace(EARLY, **OUT), NOW)  # type: ignore[arg-type]


moments = st.none() | st.integers(-3, 3).map(lambda step: NOW + step * DAY)
terms = st.lists(
    st.builds(
        lambda first, days: Term(
            TODAY + timedelta(days=first), None if days is None else TODAY + timedelta(days=days)
        ),
        st.integers(-3, 3),
        st.none() | st.integers(-3, 3),
    ),
    max_size=2,
).map(tuple)
facts_of_any_kind = st.builds(
    EmbargoFacts,
    approved_at=moments,
    window_opens_at=moments,
    embargo_until=moments,
    published_at=moments,
    withdrawn_at=st.none() | st.none() | moments,
    invited_at=moments,
    accepted_at=moments,
    removed_at=st.none() | st.none() | moments,
    early_terms=terms,
    audience_terms=terms,
)
instants = st.integers(-4 * 24, 4 * 24).map(lambda hours: NOW + timedelta(hours=hours))


@given(facts_of_any_kind, instants)
def test_content_is_only_ever_shown_for_a_reason(facts: EmbargoFacts, at: datetime) -> None:
    shown = answer(facts, at)
    if shown in (Answer.WITHIN, Answer.AFTER):
        assert facts.withdrawn_at is None
    if shown is Answer.WITHIN:
        assert is_window_open(facts, at)
        assert facts.accepted_at is not None
    if shown in (Answer.WITHIN, Answer.BEFORE):
        assert facts.invited_at is not None
        assert facts.removed_at is None
        assert facts.early_terms
    if shown is Answer.AFTER:
        assert facts.published_at is not None
        assert facts.embargo_until is not None
        assert facts.embargo_until <= at
        assert facts.early_terms or facts.audience_terms


@given(facts_of_any_kind, instants)
def test_taking_a_fact_away_never_opens_more(facts: EmbargoFacts, at: datetime) -> None:
    rank = {Answer.NONE: 0, Answer.BEFORE: 1, Answer.WITHIN: 2, Answer.AFTER: 3}
    for name in (
        "approved_at",
        "window_opens_at",
        "embargo_until",
        "published_at",
        "invited_at",
        "accepted_at",
    ):
        less = replace(facts, **{name: None})  # type: ignore[arg-type]
        assert rank[answer(less, at)] <= rank[answer(facts, at)], name
    for name in ("early_terms", "audience_terms"):
        less = replace(facts, **{name: ()})  # type: ignore[arg-type]
        assert rank[answer(less, at)] <= rank[answer(facts, at)], name


@given(facts_of_any_kind, instants)
def test_the_alarm_never_shows_for_what_is_open(facts: EmbargoFacts, at: datetime) -> None:
    if overdue(facts, at):
        assert answer(facts, at) is not Answer.AFTER
