"""The numbers at which a delivery waits for a person."""

from __future__ import annotations

from datetime import date

import pytest

from cases.deliveries.rules import (
    HoldFinding,
    HoldReason,
    deadlines_collapse,
    emptied,
    running_differs,
)


@pytest.mark.parametrize(
    ("before", "now", "held"),
    [
        (25, 20, True),
        (25, 21, False),
        (25, 30, True),
        (25, 29, False),
        (24, 0, False),
        (0, 500, False),
        (1000, 801, False),
        (1000, 800, True),
        (1000, 1200, True),
    ],
)
def test_a_fifth_more_or_less_running_measures_holds_from_twenty_five_on(
    before: int, now: int, held: bool
) -> None:
    assert running_differs(before, now) is held


def test_a_file_that_had_rows_and_has_none_holds() -> None:
    before = {"measures.csv": 10, "waiting.csv": 3, "veilig_thuis.csv": 0}
    assert emptied(before, {"measures.csv": 9}) == ["waiting.csv"]
    assert emptied(before, {**before, "waiting.csv": 1}) == []


@pytest.mark.parametrize(
    ("due", "held"),
    [
        ([10, 10, 10, 10, 10, 10, 4], True),
        ([10, 10, 10, 10, 10, 10, 5], False),
        ([90, 10, 10, 10, 10, 10, 10, 5], False),
        ([10, 10, 10, 10, 10, 4], False),
        ([0, 0, 0, 0, 0, 0, 0], False),
        ([1, 0, 0, 0, 0, 0, 0], True),
    ],
)
def test_a_last_month_with_under_half_of_the_deadlines_of_the_six_before_it_holds(
    due: list[int], held: bool
) -> None:
    assert deadlines_collapse(due) is held


def test_a_finding_is_kept_whole() -> None:
    finding = HoldFinding(HoldReason.RUNNING, 100, 40, date(2025, 9, 1))
    assert HoldFinding.of_json(finding.as_json()) == finding
    file = HoldFinding(HoldReason.EMPTY_FILE, 3, 0, file="waiting.csv")
    assert HoldFinding.of_json(file.as_json()) == file
