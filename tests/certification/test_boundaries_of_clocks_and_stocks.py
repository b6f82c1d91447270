"""Days on which a figure turns, one measure at a time, read off the delivery's contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from certification.compliance.rules.counting import compute
from certification.compliance.rules.scoring import JudgedFigure

from .second_method import World
from .small_worlds import EQUATED, REFERENCE_MONTH, given_of, regions_of

JUNE = date(2025, 6, 1)
Row = dict[str, Any]
NO_DAYS = {
    "notified_on": None,
    "worker_assigned_on": None,
    "first_contact_on": None,
    "family_plan_waived_on": None,
    "family_plan_made_on": None,
    "plan_adopted_on": None,
    "plan_reviewed_on": None,
    "suitable_help_started_on": None,
    "order_ends_on": None,
    "workers_so_far": None,
    "ended_on": None,
}
WORLD = World(
    measures=[],
    waiting=[],
    safe_home=None,
    staffing=[],
    months=[JUNE],
    reference_month=REFERENCE_MONTH,
    regions=regions_of(date(2030, 1, 1)),
    safe_home_region="groningen",
    equated=EQUATED,
    equated_work=True,
    plan_start="notified_on",
)


def measure(**given: Any) -> Row:
    days = {
        name: date.fromisoformat(value) if name.endswith("_on") and value else value
        for name, value in given.items()
    }
    return {
        "case_key": "k",
        "youth_key": "y",
        "municipality": "GM0014",
        "measure": 11,
        "entry": "new",
        "ordered_on": date(2025, 5, 1),
        **NO_DAYS,
        **days,
    }


def spell(**given: str | None) -> Row:
    days = {
        name: date.fromisoformat(value) if name.endswith("_on") and value else value
        for name, value in given.items()
    }
    return {
        "case_key": "k",
        "list": "wachtlijst",
        "entered_on": date(2025, 6, 2),
        "left_on": None,
        "exit_reason": None,
        "safety_checked_on": None,
        "next_check_due_on": None,
        **days,
    }


def figure(kpi: str, world: World, code: str = "jbn", month: date = JUNE) -> JudgedFigure:
    found = compute(given_of(world, months=[month], delivered=[month])).results
    return next(row for row in found if (row.kpi, row.scope_code) == (kpi, code))


def sums(kpi: str, *rows: Row, **changes: Any) -> tuple[Any, Any]:
    row = figure(kpi, replace(WORLD, measures=list(rows), **changes))
    return row.numerator, row.denominator


def test_an_act_on_the_last_day_of_the_term_is_in_time() -> None:
    # Notified on Friday 30 May: five working days end on Friday 6 June.
    row = measure(
        notified_on="2025-05-30", worker_assigned_on="2025-06-06", first_contact_on="2025-06-06"
    )
    assert sums("contact_5wd", row) == (1, 1)


def test_contact_needs_worker_and_contact_both_in_time() -> None:
    row = measure(
        notified_on="2025-05-30", worker_assigned_on="2025-06-10", first_contact_on="2025-06-06"
    )
    assert sums("contact_5wd", row) == (0, 1)
    assert sums("assigned_5wd", row) == (0, 1)
    assert sums("contacted_5wd", row) == (1, 1)


def test_a_day_missing_after_the_deadline_is_a_miss() -> None:
    assert sums("contact_5wd", measure(notified_on="2025-05-30")) == (0, 1)


def test_a_measure_ending_on_its_deadline_day_still_counts() -> None:
    row = measure(notified_on="2025-05-30", ended_on="2025-06-06")
    assert sums("contact_5wd", row) == (0, 1)


def test_a_measure_that_ended_before_its_deadline_has_none_even_if_the_act_was_done() -> None:
    row = measure(
        notified_on="2025-05-30",
        worker_assigned_on="2025-06-02",
        first_contact_on="2025-06-02",
        ended_on="2025-06-05",
    )
    assert sums("contact_5wd", row) == (0, 0)


def test_a_deadline_after_the_reference_date_is_in_no_month_yet() -> None:
    # Notified on 25 June: the deadline is 2 July, after the reference date.
    row = measure(
        notified_on="2025-06-25", worker_assigned_on="2025-06-26", first_contact_on="2025-06-26"
    )
    assert sums("contact_5wd", row) == (0, 0)


@pytest.mark.parametrize("entry", ["extension", "transfer_in"])
def test_only_new_measures_have_clocks(entry: str) -> None:
    assert sums("contact_5wd", measure(entry=entry, notified_on="2025-05-30")) == (0, 0)


@pytest.mark.parametrize("code", [12, 21, 22, 23, 41, 42, 50, 51, 61, 62, 63])
def test_every_measure_code_has_clocks(code: int) -> None:
    assert sums("contact_5wd", measure(measure=code, notified_on="2025-05-30")) == (0, 1)


def test_a_new_measure_without_notification_has_no_clock_and_stands_beside() -> None:
    row = figure("contact_5wd", replace(WORLD, measures=[measure(ordered_on="2025-06-03")]))
    assert (row.numerator, row.denominator, row.aside) == (0, 0, 1)


@pytest.mark.parametrize(("equated_work", "june"), [(True, 0), (False, 1)])
def test_the_setting_on_equated_days_moves_five_working_days(equated_work: bool, june: int) -> None:
    # Notified on 22 May: the deadline is 30 May, an equated day, or 2 June.
    row = measure(notified_on="2025-05-22")
    assert sums("contact_5wd", row, equated_work=equated_work) == (0, june)


@pytest.mark.parametrize("equated_work", [True, False])
def test_six_weeks_roll_past_an_equated_day_whatever_the_setting(equated_work: bool) -> None:
    # Six weeks after 18 April is 30 May, an equated Friday: the plan may be there on 2 June.
    row = measure(ordered_on="2025-04-18", notified_on="2025-04-18", plan_adopted_on="2025-06-02")
    assert sums("plan_6w", row, equated_work=equated_work) == (1, 1)


@pytest.mark.parametrize(("made", "due"), [("2025-06-09", 0), ("2025-06-10", 0), ("2025-06-11", 1)])
def test_a_family_group_plan_by_the_deadline_takes_the_measure_out(made: str, due: int) -> None:
    # Six weeks after 28 April is Whit Monday 9 June, so the deadline is 10 June.
    row = measure(ordered_on="2025-04-28", notified_on="2025-04-28", family_plan_made_on=made)
    assert sums("plan_6w", row) == (0, due)


def test_without_the_day_on_which_its_clock_starts_a_plan_has_no_deadline() -> None:
    row = measure(notified_on="2025-05-01", family_plan_waived_on="2025-05-05")
    assert sums("plan_6w", row, plan_start="family_plan_waived_on") == (0, 1)
    assert sums("plan_6w", row, plan_start="first_contact_on") == (0, 0)


def test_a_plan_made_before_the_notification_is_in_time() -> None:
    row = measure(notified_on="2025-05-12", plan_adopted_on="2025-05-02")
    assert sums("plan_6w", row) == (1, 1)


def test_three_months_from_the_last_of_march_end_on_the_last_of_june() -> None:
    row = measure(
        ordered_on="2025-03-01", notified_on="2025-03-31", suitable_help_started_on="2025-06-30"
    )
    assert sums("help_3m", row) == (1, 1)


@pytest.mark.parametrize(("ended", "running"), [("2025-06-30", 0), (None, 1)])
def test_a_measure_ending_on_the_last_day_is_not_in_the_stock(
    ended: str | None, running: int
) -> None:
    assert sums("running_measures", measure(ended_on=ended)) == (running, None)


def test_a_measure_taken_over_runs_from_the_day_of_take_over() -> None:
    later = replace(
        WORLD,
        measures=[measure(entry="transfer_in", ordered_on="2025-04-01", notified_on="2025-05-02")],
    )
    april, may = date(2025, 4, 1), date(2025, 5, 1)
    assert figure("running_measures", later, month=april).numerator == 0
    assert figure("running_measures", later, month=may).numerator == 1


def test_a_youth_is_counted_once_where_its_latest_measure_is() -> None:
    rows = [
        measure(case_key="a", municipality="GM0014", ordered_on="2025-04-01"),
        measure(case_key="b", municipality="GM0106", ordered_on="2025-05-01"),
    ]
    world = replace(WORLD, measures=rows)
    assert figure("running_youths", world).numerator == 1
    assert figure("running_youths", world, "GM0106").numerator == 1
    assert figure("running_youths", world, "GM0014").numerator == 0


def test_at_a_tie_the_lowest_key_in_code_points_leads() -> None:
    # "Z" comes before "a" in code points, after it in a dictionary.
    rows = [
        measure(case_key="a", municipality="GM0014"),
        measure(case_key="Z", municipality="GM0106"),
    ]
    assert figure("running_youths", replace(WORLD, measures=rows), "GM0106").numerator == 1


def test_at_a_tie_on_the_waiting_list_the_lowest_key_leads_whatever_the_rows_order() -> None:
    rows = [
        measure(case_key="b", municipality="GM0014"),
        measure(case_key="a", municipality="GM0106"),
    ]
    waiting = [spell(case_key="b"), spell(case_key="a")]
    for order in (waiting, waiting[::-1]):
        world = replace(WORLD, measures=rows, waiting=order)
        assert figure("waiting_youths", world, "GM0106").numerator == 1


@pytest.mark.parametrize(
    ("ordered", "due"), [("2024-06-30", 0), ("2024-06-29", 1)], ids=["365 days", "366 days"]
)
def test_a_plan_must_be_current_when_the_measure_is_over_365_days_old(
    ordered: str, due: int
) -> None:
    assert sums("plan_current", measure(ordered_on=ordered)) == (0, due)


@pytest.mark.parametrize(("reviewed", "current"), [("2024-06-30", 1), ("2024-06-29", 0)])
def test_a_plan_reviewed_365_days_before_month_end_is_current(reviewed: str, current: int) -> None:
    row = measure(ordered_on="2023-01-02", plan_adopted_on="2023-02-01", plan_reviewed_on=reviewed)
    assert sums("plan_current", row) == (current, 1)


def test_a_review_after_month_end_is_left_aside() -> None:
    row = measure(
        ordered_on="2023-01-02", plan_adopted_on="2024-06-15", plan_reviewed_on="2025-06-20"
    )
    world = replace(WORLD, measures=[row])
    may = figure("plan_current", world, month=date(2025, 5, 1))
    assert (may.numerator, may.denominator, may.approximate) == (1, 1, True)
    assert not figure("plan_current", world).approximate


@pytest.mark.parametrize(
    ("due", "overdue"), [(None, 1), ("2025-06-29", 1), ("2025-06-30", 0), ("2025-08-01", 0)]
)
def test_a_check_due_before_month_end_or_not_planned_is_overdue(
    due: str | None, overdue: int
) -> None:
    waiting = [spell(next_check_due_on=due)]
    assert sums("safety_overdue", measure(), waiting=waiting) == (overdue, 1)


def test_a_spell_left_on_the_last_day_is_not_open() -> None:
    waiting = [spell(left_on="2025-06-30", exit_reason="helped")]
    assert sums("waiting_youths", measure(), waiting=waiting) == (0, None)


def staff(region: str, role: str, **given: Any) -> Row:
    names = ("establishment_fte", "filled_fte", "supernumerary_fte", "hired_fte", "vacancy_fte")
    counts = ("sick_days", "available_days", "headcount_start", "headcount_end")
    moves = ("joiners", "leavers", "internal_leavers")
    row: Row = dict.fromkeys((*names, *counts, *moves), Decimal(1))
    return {"region": region, "period": JUNE, "role": role, **row, **given}


def test_a_region_without_rows_leaves_the_institution_without_a_figure() -> None:
    world = replace(WORLD, staffing=[staff("drenthe", "other")])
    assert figure("occupancy", world, "drenthe").state == "known"
    assert figure("occupancy", world, "groningen").state == "not_delivered"
    assert figure("occupancy", world).state == "not_delivered"


def test_the_caseload_needs_a_row_of_a_worker_role() -> None:
    world = replace(WORLD, staffing=[staff("drenthe", "other")])
    assert figure("caseload", world, "drenthe").state == "not_delivered"


def test_a_role_without_a_row_has_no_staff() -> None:
    rows = [staff("drenthe", "youth_probation_worker", filled_fte=Decimal("2.5"))]
    row = figure("caseload", replace(WORLD, staffing=rows), "drenthe")
    assert (row.numerator, row.denominator) == (0, Decimal("3.5"))


def test_an_empty_cell_among_those_added_makes_the_figure_not_known() -> None:
    rows = [staff("drenthe", "other", sick_days=None), staff("drenthe", "practice_coach")]
    world = replace(WORLD, staffing=rows)
    assert figure("absence", world, "drenthe").state == "not_known"
    assert figure("occupancy", world, "drenthe").state == "known"
