"""What becomes of a delivery in the database: versions, pointers, and reading it back."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cases.counting.rules.observations import ClockSettings, count
from cases.counting.selectors import facts_for_months, staffing_for
from cases.deliveries.actions.receiving import Received, receive_delivery
from cases.deliveries.imports import DeliveryRefusedError, read_delivery
from cases.models import (
    Delivery,
    DeliveryMonth,
    Measure,
    SafeHomeNotification,
    StaffingMonth,
    StaffingVersion,
    WaitingSpell,
)
from cases.staffing.rules import staffing_series
from jbn_oversight.clock import add_months, amsterdam_today, month_of, utc_now
from jbn_oversight.organisations.selectors.scope import oversight_scope
from jbn_oversight.statutory_days.selectors import working_calendar
from tests.factories.deliveries import FIRST, LAST, DeliveryFiles, valid_delivery
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db

MONTHS = [FIRST, add_months(FIRST, 1), LAST]


def receive(
    delivery: DeliveryFiles, path: Path, first: date = FIRST, last: date = LAST
) -> Received:
    """Receive the delivery as a folder at the path."""
    return receive_delivery(
        path=delivery.folder(path),
        institution=institution(),
        period_from=first,
        period_until=last,
        accept_changes="What holds a delivery is told elsewhere.",
        by=None,
    )


def test_every_row_is_stored_and_every_month_points_to_it(tmp_path: Path) -> None:
    received = receive(valid_delivery(), tmp_path / "d")
    assert received.changed
    delivery = received.delivery
    assert delivery.rows == {
        "measures.csv": 3,
        "waiting.csv": 2,
        "staffing.csv": 3,
        "veilig_thuis.csv": 2,
    }
    assert Measure.objects.filter(delivery=delivery).count() == 3
    assert WaitingSpell.objects.filter(delivery=delivery).count() == 2
    assert SafeHomeNotification.objects.filter(delivery=delivery).count() == 2
    assert StaffingMonth.objects.filter(version__delivery=delivery).count() == 3
    assert [p.month for p in delivery.pointers.order_by("month")] == MONTHS


def test_who_delivered_is_kept_by_name(tmp_path: Path, cast: Cast) -> None:
    received = receive_delivery(
        path=valid_delivery().zip(tmp_path / "d.zip"),
        institution=institution(),
        period_from=FIRST,
        period_until=LAST,
        by=cast.institution,
    )
    assert received.delivery.received_by_name == cast.institution.name


def _same(one: object, other: object) -> None:
    for field in fields(one):  # type: ignore[arg-type]
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def test_facts_read_back_are_the_facts_delivered(tmp_path: Path) -> None:
    delivery = valid_delivery()
    delivery.cell("measures.csv", 0, "case_key", "\\N\\t'x\\").cell(
        "measures.csv", 2, "youth_key", "é"
    )
    delivery.cell("waiting.csv", 0, "case_key", "\\N\\t'x\\")
    delivery.cell("measures.csv", 0, "order_ends_on", "2026-01-06")
    delivery.cell("measures.csv", 1, "workers_so_far", "3")
    receive(delivery, tmp_path / "d")
    scope = oversight_scope(institution(), FIRST, LAST)
    parsed = read_delivery(tmp_path / "d", scope=scope, period_from=FIRST, period_until=LAST).facts
    ((months, facts),) = facts_for_months(institution(), MONTHS)
    assert months == tuple(MONTHS)
    assert facts.reference_on == parsed.reference_on
    _same(facts.measures, parsed.measures)
    _same(facts.waiting, parsed.waiting)
    assert facts.safe_home is not None
    assert parsed.safe_home is not None
    _same(facts.safe_home, parsed.safe_home)
    assert set(Measure.objects.values_list("case_key", flat=True)) == {
        "\\N\\t'x\\",
        "Case-0002",
        "Case-0003",
    }


def test_one_month_reads_only_rows_that_can_touch_it(tmp_path: Path) -> None:
    delivery = valid_delivery()
    old = {**delivery.rows["measures.csv"][2], "notified_on": "", "ordered_on": "2020-01-01"}
    for key, ended in (("gone", "2022-05-05"), ("helped last year", "2024-12-31")):
        delivery.rows["measures.csv"].append({**old, "case_key": key, "ended_on": ended})
    spell = {"list": "wachtlijst", "entered_on": "2020-02-01"}
    delivery.rows["waiting.csv"] += [
        {**spell, "case_key": "gone", "left_on": "2020-03-01"},
        {**spell, "case_key": "helped last year", "left_on": "2024-06-01"},
    ]
    receive(delivery, tmp_path / "d")
    ((_months, facts),) = facts_for_months(institution(), [FIRST])
    assert len(facts.measures.measure) == 4
    assert facts.waiting.measure_row.tolist() == [0, 3]
    assert facts.measures.ordered_on[3] == np.datetime64("2020-01-01")


def test_a_plan_clock_that_ran_out_before_the_order_is_read_with_its_month(tmp_path: Path) -> None:
    delivery = valid_delivery().cell("measures.csv", 0, "family_plan_waived_on", "2024-12-30")
    for column, day in (("ordered_on", "2025-03-03"), ("notified_on", "2025-03-03")):
        delivery.cell("measures.csv", 0, column, day)
    for column in ("worker_assigned_on", "first_contact_on"):
        delivery.cell("measures.csv", 0, column, "2025-03-04")
    delivery.rows["waiting.csv"] = []
    receive(delivery, tmp_path / "d")

    def plans_due(months: list[date]) -> list[int]:
        ((_months, facts),) = facts_for_months(institution(), months)
        counts = count(
            facts,
            months,
            municipalities=22,
            calendar=working_calendar(),
            settings=ClockSettings(plan_clock_start="family_plan_waived_on"),
        )
        due: list[int] = counts.measures["plan_due"].sum(axis=(0, 1)).tolist()
        return due

    assert plans_due(MONTHS) == [0, 1, 0]
    assert [plans_due([month]) for month in MONTHS] == [[0], [1], [0]]


def test_nothing_is_counted_of_a_month_after_the_reference_date(tmp_path: Path) -> None:
    receive(valid_delivery(), tmp_path / "d")
    ((_months, facts),) = facts_for_months(institution(), MONTHS)
    with pytest.raises(ValueError, match="after the reference date"):
        count(
            facts,
            [*MONTHS, add_months(MONTHS[-1], 1)],
            municipalities=22,
            calendar=working_calendar(),
            settings=ClockSettings(),
        )


def test_months_of_two_deliveries_come_in_two_groups(tmp_path: Path) -> None:
    receive(valid_delivery(), tmp_path / "one")
    later = valid_delivery().cell("veilig_thuis.csv", 0, "notification_key", "other")
    later.rows["staffing.csv"] = []
    receive(later, tmp_path / "two", first=LAST)
    groups = facts_for_months(institution(), [*MONTHS, add_months(LAST, 1)])
    assert [months for months, _facts in groups] == [tuple(MONTHS[:2]), (LAST,)]


def test_a_new_delivery_replaces_the_months_that_it_covers_and_loses_nothing(
    tmp_path: Path,
) -> None:
    first = receive(valid_delivery(), tmp_path / "one").delivery
    changed = valid_delivery().cell("measures.csv", 0, "youth_key", "Youth-09")
    changed.rows["staffing.csv"] = []
    second = receive(changed, tmp_path / "two", first=LAST).delivery
    current = DeliveryMonth.objects.current().order_by("month")
    assert [pointer.delivery for pointer in current] == [first, first, second]
    closed = DeliveryMonth.objects.exclude(superseded_at=None).get()
    assert (closed.delivery, closed.month) == (first, LAST)
    assert closed.superseded_at == second.pointers.get().since
    assert Measure.objects.filter(delivery=first).count() == 3


def test_the_same_contents_for_the_same_months_change_nothing(tmp_path: Path) -> None:
    first = receive(valid_delivery(), tmp_path / "one")
    again = receive_delivery(
        path=valid_delivery().workbook(tmp_path / "d.xlsx"),
        institution=institution(),
        period_from=FIRST,
        period_until=LAST,
        by=None,
    )
    assert again == Received(first.delivery, changed=False)
    assert Delivery.objects.count() == 1


def test_the_same_contents_for_other_months_are_a_new_version(tmp_path: Path) -> None:
    delivery = valid_delivery()
    delivery.rows["staffing.csv"] = []
    receive(delivery, tmp_path / "one")
    second = receive(delivery, tmp_path / "one", first=LAST)
    assert second.changed
    third = receive(delivery, tmp_path / "one")
    assert third.changed
    assert len({third.delivery.sha256, second.delivery.sha256}) == 1


def test_a_refused_delivery_stores_nothing(tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefusedError):
        receive(valid_delivery().cell("measures.csv", 0, "entry", "x"), tmp_path / "d")
    assert not Delivery.objects.exists()
    assert not DeliveryMonth.objects.exists()


def test_a_period_ends_at_the_latest_in_the_last_month_that_has_ended(tmp_path: Path) -> None:
    now = month_of(amsterdam_today(utc_now()))
    delivery = valid_delivery()
    delivery.rows["staffing.csv"] = []
    for ahead in (now, add_months(now, 1)):
        with pytest.raises(DeliveryRefusedError) as refusal:
            receive(delivery, tmp_path / "d", last=ahead)
        assert f"{add_months(now, -1):%Y-%m}" in str(refusal.value.problems[0].message)
    assert receive(delivery, tmp_path / "d", last=add_months(now, -1)).changed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_measure SET youth_key = 'x'",
        "UPDATE cases_delivery SET sha256 = repeat('a', 64)",
        "UPDATE cases_deliverymonth SET month = '2024-01-01'",
        "UPDATE cases_staffingmonth SET filled_fte = 1",
        "DELETE FROM cases_measure",
        "DELETE FROM cases_waitingspell",
        "DELETE FROM cases_safehomenotification",
        "TRUNCATE cases_measure",
        "TRUNCATE cases_observation",
    ],
)
def test_the_database_refuses_to_change_what_was_delivered(tmp_path: Path, statement: str) -> None:
    receive(valid_delivery(), tmp_path / "d")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_holds_one_current_delivery_a_month(tmp_path: Path) -> None:
    delivery = receive(valid_delivery(), tmp_path / "d").delivery
    with pytest.raises(IntegrityError, match="delivery_month_one_current"), transaction.atomic():
        DeliveryMonth.objects.create(
            institution=delivery.institution,
            month=FIRST,
            delivery=delivery,
            since=utc_now() + timedelta(days=1),
        )


def test_staffing_is_read_by_month_region_and_role(tmp_path: Path) -> None:
    receive(valid_delivery(), tmp_path / "d")
    table = staffing_for(institution(), MONTHS)
    assert set(table.versions) == {
        ("drenthe", FIRST),
        ("groningen", FIRST),
        ("groningen", MONTHS[1]),
    }
    quantities = {(row.region, row.month): row.quantities for row in table.rows}
    assert str(quantities["groningen", FIRST]["hired_fte"]) == "3.25"
    assert str(quantities["groningen", FIRST]["establishment_fte"]) == "40"
    assert quantities["drenthe", FIRST]["leavers"] is None


def test_internal_leavers_are_kept_with_their_month(tmp_path: Path) -> None:
    receive(valid_delivery().cell("staffing.csv", 0, "internal_leavers", "2"), tmp_path / "d")
    rows = {(row.region, row.month): row for row in staffing_for(institution(), MONTHS).rows}
    assert rows["groningen", FIRST].quantities["internal_leavers"] == 2
    assert rows["drenthe", FIRST].quantities["internal_leavers"] is None


def test_internal_leavers_are_a_series_where_they_were_delivered(tmp_path: Path) -> None:
    receive(valid_delivery().cell("staffing.csv", 0, "internal_leavers", "2"), tmp_path / "d")
    series = {cell[0] for cell in staffing_series(staffing_for(institution(), MONTHS))}
    assert "leavers" in series
    # Where the column is empty nothing is counted, and nothing is called not known either.
    assert [name for name in series if name.startswith("internal_leavers")] == ["internal_leavers"]


def test_the_database_refuses_an_order_that_ends_before_it_is_given(tmp_path: Path) -> None:
    delivery = receive(valid_delivery(), tmp_path / "d").delivery
    with pytest.raises(IntegrityError, match="measure_order_ends"), transaction.atomic():
        Measure.objects.create(
            delivery=delivery,
            place=9,
            youth=0,
            municipality=14,
            measure=11,
            entry=0,
            ordered_on=LAST,
            order_ends_on=FIRST,
        )


def test_the_database_refuses_more_internal_leavers_than_leavers(tmp_path: Path) -> None:
    delivery = receive(valid_delivery(), tmp_path / "d").delivery
    version = StaffingVersion.objects.filter(delivery=delivery).earliest("pk")
    with pytest.raises(IntegrityError, match="staffing_internal_leavers"), transaction.atomic():
        StaffingMonth.objects.create(version=version, role="other", leavers=1, internal_leavers=2)


def test_delivered_staffing_falls_away_with_its_months(tmp_path: Path) -> None:
    receive(valid_delivery(), tmp_path / "one")
    later = valid_delivery()
    later.rows["staffing.csv"] = later.rows["staffing.csv"][2:]
    receive(later, tmp_path / "two")
    assert set(staffing_for(institution(), MONTHS).versions) == {("drenthe", FIRST)}
    assert StaffingVersion.objects.count() == 4
