"""The drawn delivery is counted here by hand, apart from the portal's own counting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from reports.demo.delivery import FILES, DemoDelivery, demo_delivery

SEEDS = (1, 7, 2025)
DRENTHE = {
    *("GM0106", "GM0109", "GM0114", "GM0118", "GM0119", "GM1680"),
    *("GM1681", "GM1690", "GM1699", "GM1701", "GM1730", "GM1731"),
}
# Days in the law's list that fall on a weekday, for the months counted below.
HOLIDAYS = {
    date.fromisoformat(day)
    for day in (
        *(
            "2025-01-01",
            "2025-04-18",
            "2025-04-21",
            "2025-05-05",
            "2025-05-29",
            "2025-06-09",
        ),
        *("2024-12-25", "2024-12-26"),
    )
}
EQUATED = date(2025, 5, 30)
Line = dict[str, str]
pytestmark = pytest.mark.parametrize("seed", SEEDS)


@cache
def delivered(seed: int) -> DemoDelivery:
    return demo_delivery(seed)


@cache
def lines(seed: int, name: str) -> tuple[Line, ...]:
    rows = delivered(seed).rows[name]
    return tuple(dict(zip(FILES[name], row, strict=True)) for row in rows)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def fifth_working_day(start: date) -> date:
    count = 0
    while count < 5:
        start += timedelta(days=1)
        count += start.weekday() < 5 and start not in HOLIDAYS
    return start


def rolled(end: date) -> date:
    while end.weekday() > 4 or end in HOLIDAYS or end == EQUATED:
        end += timedelta(days=1)
    return end


def with_clock(seed: int, deadline: Callable[[date], date]) -> Iterator[tuple[Line, date]]:
    """New measures of which the deadline falls in May, June or July 2025."""
    for line in lines(seed, "measures.csv"):
        told = day(line["notified_on"])
        if line["entry"] == "new" and told:
            until = deadline(told)
            ended = day(line["ended_on"])
            in_months = date(2025, 5, 1) <= until <= date(2025, 7, 31)
            if in_months and (ended is None or ended >= until):
                yield line, until


def done(line: Line, column: str, until: date) -> bool:
    acted = day(line[column])
    return acted is not None and acted <= until


def running(seed: int, end: date) -> dict[str, Line]:
    """Youths with a measure at the end of that day, with one of their measures."""
    youths: dict[str, Line] = {}
    for line in lines(seed, "measures.csv"):
        start = day(line["notified_on" if line["entry"] == "transfer_in" else "ordered_on"])
        ended = day(line["ended_on"])
        if start and start <= end and (ended is None or ended > end):
            youths[line["youth_key"]] = line
    return youths


def waiting(seed: int, end: date, drenthe: bool) -> int:
    homes = {line["case_key"]: line for line in lines(seed, "measures.csv")}
    youths = set()
    for line in lines(seed, "waiting.csv"):
        case = homes[line["case_key"]]
        left = day(line["left_on"])
        is_open = line["entered_on"] <= end.isoformat() and (left is None or left > end)
        here = (case["municipality"] in DRENTHE) == drenthe
        if line["list"] == "wachtlijst" and is_open and here:
            youths.add(case["youth_key"])
    return len(youths)


def staff(seed: int, region: str, months: tuple[str, str]) -> list[Line]:
    return [
        line
        for line in lines(seed, "staffing.csv")
        if line["region"] == region and months[0] <= line["period"] <= months[1]
    ]


def workers(seed: int, region: str, months: tuple[str, str]) -> list[Line]:
    two_roles = ("youth_protection_worker", "youth_probation_worker")
    return [line for line in staff(seed, region, months) if line["role"] in two_roles]


def share_gone_in_2024(rows: list[Line]) -> tuple[float, float]:
    """Leavers of 2024 over the staff at its start, and over the mean of start and end."""
    start = sum(int(line["headcount_start"]) for line in rows if line["period"] == "2024-01")
    end = sum(int(line["headcount_end"]) for line in rows if line["period"] == "2024-12")
    gone = sum(int(line["leavers"]) for line in rows)
    return gone / start, 2 * gone / (start + end)


def absence(rows: list[Line]) -> float:
    return sum(float(line["sick_days"]) for line in rows) / sum(
        float(line["available_days"]) for line in rows
    )


def test_about_a_thousand_youths_run_of_whom_350_in_drenthe(seed: int) -> None:
    for end in (date(2022, 10, 31), date(2024, 12, 31), date(2025, 9, 30)):
        youths = running(seed, end)
        drenthe = sum(line["municipality"] in DRENTHE for line in youths.values())
        assert 900 <= len(youths) <= 1100
        assert 310 <= drenthe <= 390


def test_the_first_contact_is_late_in_two_of_five_by_mid_2025(seed: int) -> None:
    counted = list(with_clock(seed, fifth_working_day))
    seen = sum(done(line, "first_contact_on", until) for line, until in counted)
    both = sum(
        done(line, "first_contact_on", until) and done(line, "worker_assigned_on", until)
        for line, until in counted
    )
    assert len(counted) > 120
    assert 0.34 <= 1 - seen / len(counted) <= 0.45
    assert 0.35 <= 1 - both / len(counted) <= 0.46


def test_the_plan_is_late_in_seven_of_ten_by_mid_2025(seed: int) -> None:
    counted = [
        (line, until)
        for line, until in with_clock(seed, lambda told: rolled(told + timedelta(days=42)))
        if not done(line, "family_plan_made_on", until)
    ]
    made = sum(done(line, "plan_adopted_on", until) for line, until in counted)
    assert len(counted) > 110
    assert 0.63 <= 1 - made / len(counted) <= 0.75


def test_more_than_half_of_drenthe_and_almost_a_third_of_groningen_left_in_2024(
    seed: int,
) -> None:
    year = ("2024-01", "2024-12")
    for rows in (workers(seed, "drenthe", year), staff(seed, "drenthe", year)):
        assert min(share_gone_in_2024(rows)) > 0.5
    for rows in (workers(seed, "groningen", year), staff(seed, "groningen", year)):
        assert min(share_gone_in_2024(rows)) > 0.28
        assert max(share_gone_in_2024(rows)) < 1 / 3


def test_head_counts_add_up_and_follow_on_each_other(seed: int) -> None:
    previous: dict[tuple[str, str], int] = {}
    for line in lines(seed, "staffing.csv"):
        start, end = int(line["headcount_start"]), int(line["headcount_end"])
        assert start + int(line["joiners"]) - int(line["leavers"]) == end
        assert previous.get((line["region"], line["role"]), start) == start
        previous[line["region"], line["role"]] = end


def test_absence_is_high_in_2024_and_lower_in_2025(seed: int) -> None:
    for region, high in (("groningen", 0.09), ("drenthe", 0.11)):
        before = absence(staff(seed, region, ("2024-01", "2024-12")))
        after = absence(staff(seed, region, ("2025-06", "2025-09")))
        assert before > high > after


def test_extra_staff_stands_above_the_establishment_from_spring_2025(seed: int) -> None:
    for region in ("groningen", "drenthe"):
        for line in staff(seed, region, ("2022-10", "2025-03")):
            assert float(line["supernumerary_fte"]) == 0
        for month in ("2025-04", "2025-09"):
            rows = workers(seed, region, (month, month))
            assert sum(float(line["supernumerary_fte"]) for line in rows) > 2


@pytest.mark.parametrize("drenthe", [False, True])
def test_the_waiting_list_grows_and_then_shrinks(seed: int, drenthe: bool) -> None:
    first, high, last = (
        waiting(seed, end, drenthe)
        for end in (date(2022, 10, 31), date(2025, 2, 28), date(2025, 9, 30))
    )
    assert high > 2 * first
    assert last < 0.6 * high


def test_veilig_thuis_meets_its_ambition_for_triage_in_some_months_only(
    seed: int,
) -> None:
    def on_time(month: str) -> float:
        due = [
            (line, until)
            for line in lines(seed, "veilig_thuis.csv")
            if (until := fifth_working_day(date.fromisoformat(line["received_on"])))
            and f"{until:%Y-%m}" == month
        ]
        return sum(done(line, "triaged_on", until) for line, until in due) / len(due)

    assert on_time("2025-01") < 0.85
    assert on_time("2025-09") > 0.86


def test_no_cell_looks_like_a_citizens_number(seed: int) -> None:
    for name in FILES:
        for line in lines(seed, name):
            for cell in line.values():
                digits = "".join(char for char in cell if char not in " .-")
                assert not (len(digits) == 9 and digits.isdigit())
