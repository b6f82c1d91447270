"""Phases of control charts: who sets one, what is refused, and what stays when it is removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from certification.compliance.rules.scoring import INSTITUTION, MUNICIPALITY, REGION, FigureScope
from certification.control_charts.actions import (
    may_set_phases,
    phase_starts,
    remove_phase,
    set_phase,
)
from certification.models import ChartPhase
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db
WHOLE = FigureScope(INSTITUTION, "jbn")
DRENTHE = FigureScope(REGION, "drenthe")
GRONINGEN = FigureScope(REGION, "groningen")
ASSEN = FigureScope(MUNICIPALITY, "GM0106")
MARCH = date(2025, 3, 1)
TODAY = date(2025, 10, 1)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def phase(by: User, **changes: Any) -> ChartPhase:
    """A phase that is set as it should be."""
    given: dict[str, Any] = {
        "institution": institution(),
        "kpi": "contact_5wd",
        "place": WHOLE,
        "starts_month": MARCH,
        "reason": "vaste duo's in alle teams",
        "by": by,
    }
    return set_phase(**given | changes)


def row(by: User, **changes: Any) -> ChartPhase:
    """A row that the database takes, not saved."""
    given: dict[str, Any] = {
        "institution": institution(),
        "kpi": "contact_5wd",
        "scope": "region",
        "scope_code": "drenthe",
        "starts_month": MARCH,
        "reason": "nieuwe werkwijze",
        "set_by": by,
        "set_at": datetime(2025, 4, 1, tzinfo=UTC),
    }
    return ChartPhase(**given | changes)


def test_advisers_and_contract_managers_of_a_region_may_and_nobody_else(cast: Cast) -> None:
    may = {
        name
        for name, user in cast.everyone().items()
        if may_set_phases(Actor.of(user, TODAY), institution(), WHOLE)
    }
    assert may == {
        "adviser", "second_adviser", "contract_manager", "second_contract_manager",
        "groningen_contract_manager",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "drenthe", "groningen"),
    [
        (DRENTHE, True, False),
        (GRONINGEN, False, True),
        (ASSEN, True, False),
        (FigureScope(INSTITUTION, "other"), False, False),
    ],
)
def test_a_region_is_for_those_of_that_region(
    cast: Cast, place: FigureScope, drenthe: bool, groningen: bool
) -> None:
    for user, expected in (
        (cast.adviser, drenthe),
        (cast.contract_manager, drenthe),
        (cast.groningen_contract_manager, groningen),
    ):
        assert may_set_phases(Actor.of(user, TODAY), institution(), place) is expected


def test_a_phase_stands_for_its_own_chart_only(cast: Cast) -> None:
    phase(cast.adviser)
    phase(cast.adviser, place=DRENTHE, starts_month=date(2024, 1, 1))
    phase(cast.adviser, starts_month=date(2024, 6, 1))
    assert phase_starts(institution()) == {
        ("contact_5wd", WHOLE): (date(2024, 6, 1), MARCH),
        ("contact_5wd", DRENTHE): (date(2024, 1, 1),),
    }


def test_the_history_keeps_who_set_and_who_removed_it(cast: Cast) -> None:
    one = phase(cast.adviser)
    remove_phase(phase=one, reason="bij nader inzien niet", by=cast.contract_manager)
    one.refresh_from_db()
    assert (one.set_by, one.removed_by) == (cast.adviser, cast.contract_manager)
    assert one.removed_reason == "bij nader inzien niet"
    assert one.history.count() == 2
    assert phase_starts(institution()) == {}


def test_what_stood_on_a_day_can_be_asked_later(cast: Cast) -> None:
    one = phase(cast.adviser)
    remove_phase(phase=one, reason="vergissing", by=cast.adviser)
    one.refresh_from_db()
    assert one.removed_at is not None
    chart = {("contact_5wd", WHOLE): (MARCH,)}
    assert phase_starts(institution(), one.set_at) == chart
    assert phase_starts(institution(), one.removed_at) == {}
    assert phase_starts(institution(), one.set_at - timedelta(seconds=1)) == {}


def test_the_same_month_is_refused_until_the_phase_is_removed(cast: Cast) -> None:
    one = phase(cast.adviser)
    with pytest.raises(RefusedError, match="starts in this month already"):
        phase(cast.contract_manager)
    remove_phase(phase=one, reason="vergissing", by=cast.adviser)
    phase(cast.contract_manager)
    assert ChartPhase.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "  "}, "Say why"),
        ({"reason": "x" * 301}, "too long"),
        ({"starts_month": date(2025, 3, 2)}, "first day of a month"),
        ({"starts_month": date(2999, 1, 1)}, "yet to come"),
        ({"kpi": "absence_12m"}, "counted over a year"),
        ({"kpi": "nothing"}, "counted over a year"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(
    cast: Cast, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(RefusedError, match=words):
        phase(cast.adviser, **changes)
    assert not ChartPhase.objects.exists()


def test_a_phase_is_removed_once_and_for_a_reason(cast: Cast) -> None:
    one = phase(cast.adviser)
    with pytest.raises(RefusedError, match="Say why"):
        remove_phase(phase=one, reason=" ", by=cast.adviser)
    remove_phase(phase=one, reason="vergissing", by=cast.adviser)
    with pytest.raises(RefusedError, match="removed this phase already"):
        remove_phase(phase=one, reason="nog eens", by=cast.adviser)


def test_the_database_takes_a_phase_as_it_should_be(cast: Cast) -> None:
    row(cast.adviser).save()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"starts_month": date(2025, 3, 15)}, "chart_phase_whole_month"),
        ({"reason": ""}, "chart_phase_has_a_reason"),
        ({"scope": "planet"}, "chart_phase_kind_of_place"),
        (
            {"removed_at": datetime(2025, 5, 1, tzinfo=UTC), "removed_reason": "x"},
            "chart_phase_removed_by_somebody",
        ),
        ({"removed_reason": "x"}, "chart_phase_removed_for_a_reason"),
        ({"removed_at": "after", "removed_reason": ""}, "chart_phase_removed_for_a_reason"),
        ({"removed_at": "before", "removed_reason": "x"}, "chart_phase_removed_after_setting"),
    ],
)
def test_the_database_refuses_nonsense(
    cast: Cast, changes: dict[str, Any], constraint: str
) -> None:
    years = {"after": 2026, "before": 2024}
    if changes.get("removed_at") in years:
        at = datetime(years[changes["removed_at"]], 1, 1, tzinfo=UTC)
        changes = {**changes, "removed_at": at, "removed_by": cast.adviser}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row(cast.adviser, **changes).save()


def test_the_database_takes_one_standing_phase_a_month(cast: Cast) -> None:
    row(cast.adviser).save()
    row(cast.adviser, scope_code="groningen").save()
    row(cast.adviser, kpi="plan_6w").save()
    with pytest.raises(IntegrityError, match="chart_phase_once"), transaction.atomic():
        row(cast.adviser).save()
