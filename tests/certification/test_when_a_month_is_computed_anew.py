"""A month is computed again when something that its figures rest on changed, and only then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cases.staffing.rules import StaffingTable
from certification.compliance.rules.judging import Bound, NormRule
from certification.compliance.selectors import Inputs, read_inputs
from jbn_oversight.clock import add_months
from tests.factories.people import institution

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2025, 9, 1)


def inputs(**changes: object) -> Inputs:
    """What September 2025 and the two months around it rest on."""
    months = (date(2025, 8, 1), SEPTEMBER, date(2025, 10, 1))
    found = read_inputs(institution(), months[0], months[-1])
    return replace(found, **changes)  # type: ignore[arg-type]


def changes_september(**changes: object) -> bool:
    """Whether September is another month with these inputs than without them."""
    return inputs().fingerprints()[SEPTEMBER] != inputs(**changes).fingerprints()[SEPTEMBER]


@pytest.mark.parametrize(
    ("months_off", "counts"), [(-12, False), (-11, True), (-1, True), (0, True), (1, False)]
)
def test_staff_of_eleven_months_back_count_and_of_twelve_or_the_next_do_not(
    months_off: int, counts: bool
) -> None:
    """A rolling year ends with the month itself."""
    versions = {("drenthe", add_months(SEPTEMBER, months_off)): "a second version"}
    assert changes_september(staffing=StaffingTable(versions=versions)) is counts


@pytest.mark.parametrize(("month", "counts"), [(SEPTEMBER, True), (date(2025, 8, 1), False)])
def test_another_delivery_of_the_month_counts_and_of_the_month_before_does_not(
    month: date, counts: bool
) -> None:
    assert changes_september(deliveries={month: "another delivery"}) is counts


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "counts"),
    [
        (SEPTEMBER, None, True),
        (date(2025, 10, 1), None, False),
        (date(2025, 1, 1), SEPTEMBER, False),
        (date(2025, 1, 1), date(2025, 10, 1), True),
    ],
)
def test_a_norm_counts_in_the_months_that_it_judges(
    valid_from: date, valid_until: date | None, counts: bool
) -> None:
    norm = NormRule("plan_6w", "", Decimal(81), Bound.AT_LEAST, valid_from, valid_until)
    assert changes_september(norms=(*inputs().norms, norm)) is counts


@pytest.mark.parametrize(
    "change",
    [{"plan_clock_start": "first_contact_on"}, {"equated_days_are_working_days": False}],
    ids=["from another day", "another kind of working day"],
)
def test_another_clock_counts(change: dict[str, object]) -> None:
    assert changes_september(settings=replace(inputs().settings, **change))  # type: ignore[arg-type]


def test_another_list_of_days_off_counts() -> None:
    calendar = inputs().calendar
    longer = replace(calendar, equated_days=calendar.equated_days | {date(2025, 9, 8)})
    assert changes_september(calendar=longer)


@pytest.mark.parametrize(
    ("version_of", "there"), [(SEPTEMBER, True), (date(2025, 8, 1), False), (None, False)]
)
def test_a_month_has_facts_once_its_own_staff_are_typed(
    version_of: date | None, there: bool
) -> None:
    versions = {("drenthe", version_of): "first"} if version_of else {}
    found = inputs(staffing=StaffingTable(versions=versions), deliveries={})
    assert found.has_facts(SEPTEMBER) is there


def test_a_month_has_facts_once_it_was_delivered() -> None:
    found = inputs(staffing=StaffingTable(), deliveries={SEPTEMBER: "a delivery"})
    assert found.has_facts(SEPTEMBER)
    assert not found.has_facts(date(2025, 8, 1))
