from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.oversight.selectors import coming_events, contradictions, overdue_events, timeline
from audits.rules.known import is_coming, is_overdue
from audits.rules.moments import Moment
from jbn_oversight.organisations.models import Institution
from reports.demo.facts import day as rough
from tests.factories.supervision import record_public_facts


@pytest.fixture
def institution(db: None) -> Institution:
    record_public_facts()
    return Institution.objects.get(code="jbn")


def titles(matters: object) -> list[str]:
    return [matter.title for matter in matters]  # type: ignore[attr-defined]


def test_the_last_day_of_a_month_is_still_in_time_and_the_next_is_late(
    institution: Institution,
) -> None:
    assert not overdue_events(institution, date(2025, 5, 31))
    [late] = overdue_events(institution, date(2025, 6, 1))
    assert late.owner == "Keurmerkinstituut"
    assert not overdue_events(institution, date(2025, 6, 13))


def test_the_end_of_the_certificate_is_laid_down_audit_and_decision_are_planned(
    institution: Institution,
) -> None:
    coming = coming_events(institution, date(2025, 8, 20))
    assert [matter.certain for matter in coming] == [False, False, True]
    assert all(matter.planned and matter.planned.on == rough("2025-09") for matter in coming)


def test_after_the_september_decision_the_old_end_no_longer_comes(
    institution: Institution,
) -> None:
    coming = coming_events(institution, date(2025, 9, 30), 125)
    assert [matter.planned.on for matter in coming if matter.planned] == [rough("2026-01")]


def test_nothing_that_happened_later_is_told_on_an_earlier_day(institution: Institution) -> None:
    for day in (date(2024, 11, 1), date(2025, 3, 15), date(2025, 9, 15)):
        for matter in timeline(institution, day):
            assert matter.actual is None or matter.actual.on.first <= day


def test_a_plan_is_told_only_from_when_its_source_was_out(institution: Institution) -> None:
    def planned(day: date) -> list[date]:
        return [
            matter.planned.on.first
            for matter in timeline(institution, day)
            if matter.kind == "audit" and matter.planned
        ]

    assert planned(date(2025, 2, 1)) == []
    assert planned(date(2025, 3, 1)) == [date(2025, 5, 1)]
    assert planned(date(2025, 6, 11)) == [date(2025, 5, 1), date(2025, 9, 1)]


def test_planned_stands_beside_actual(institution: Institution) -> None:
    [audit] = [
        matter
        for matter in timeline(institution, date(2025, 6, 30))
        if matter.kind == "audit" and matter.actual
    ]
    assert audit.planned is not None
    assert audit.actual is not None
    assert (audit.planned.words, audit.planned.on) == (audit.planned.words, rough("2025-05"))
    assert audit.actual.on == rough("2025-06-13")
    assert audit.planned.source != audit.actual.source


def test_both_sides_of_a_clash_stay_on_the_time_line(institution: Institution) -> None:
    starts = [
        matter
        for matter in timeline(institution, date(2025, 9, 30))
        if matter.title == "De nieuwe bestuurder van JBN treedt aan"
    ]
    assert [matter.actual.on for matter in starts if matter.actual] == [
        rough("2025-02"),
        rough("2025-03"),
    ]
    assert all(matter.contradictions for matter in starts)


def test_all_seventeen_contradictions_are_kept(institution: Institution) -> None:
    assert len(contradictions(institution)) == 17


def test_every_day_has_a_source(institution: Institution) -> None:
    for matter in timeline(institution, date(2026, 6, 1)):
        for moment in (matter.planned, matter.actual):
            assert moment is None or moment.source is not None


ROUGH = st.sampled_from(["2025-06-13", "2025-06", "2025-06 late", "2025-Q2", "2025"]).map(rough)


@given(ROUGH, st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_what_is_late_is_never_still_to_come(on: object, day: date) -> None:
    moment = Moment(on, None)  # type: ignore[arg-type]
    assert not (is_overdue(moment, day) and is_coming(moment, day, 90))
