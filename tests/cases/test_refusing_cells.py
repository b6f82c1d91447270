"""Each rule for cells and rows: a valid delivery with one thing broken is refused there."""

from __future__ import annotations

import warnings
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.deliveries.imports import DeliveryRefusedError, read_delivery
from cases.deliveries.imports.layout import FILES
from tests.factories.deliveries import (
    FIRST,
    LAST,
    places,
    problems_of,
    read,
    scope,
    valid_delivery,
)

M, W, S, V = FILES

SINGLE_CELLS = [
    # required, codes, keys
    *[(M, 0, column.name, "") for column in FILES[M] if column.required],
    *[(W, 0, column.name, "") for column in FILES[W] if column.required],
    *[(S, 0, column.name, "") for column in FILES[S] if column.required],
    *[(V, 0, column.name, "") for column in FILES[V] if column.required],
    (M, 0, "municipality", "GM0363"),
    (M, 0, "municipality", "gm0014"),
    (M, 0, "measure", "31"),
    (M, 0, "measure", "1"),
    (M, 0, "entry", "New"),
    (M, 1, "end_reason", "01"),
    (M, 1, "end_reason", "27"),
    (M, 0, "youth_key", "x" * 65),
    (M, 0, "youth_key", "a\u200bb"),
    (M, 0, "youth_key", "a\nb"),
    (M, 0, "youth_key", "a\x07b"),
    (W, 0, "list", "wachtrij"),
    (W, 0, "exit_reason", "other"),
    (S, 0, "region", "friesland"),
    (S, 0, "role", "director"),
    (V, 0, "municipality", "GM0106"),
    # days
    (M, 0, "plan_adopted_on", "2025-02-30"),
    (M, 0, "plan_adopted_on", "2025-2-10"),
    (M, 0, "plan_adopted_on", "2025/02/10"),
    (M, 0, "plan_adopted_on", "20250210"),
    (M, 0, "plan_adopted_on", "10-02-25"),
    (M, 0, "plan_adopted_on", "2025-02-10T00:00"),
    (M, 0, "plan_adopted_on", "２025-02-10"),
    (M, 2, "ordered_on", "1989-12-31"),
    (M, 0, "suitable_help_started_on", "2025-04-01"),
    (M, 0, "family_plan_made_on", "2025-04-01"),
    (W, 0, "safety_checked_on", "2025-04-01"),
    (W, 0, "next_check_due_on", "soon"),
    (V, 1, "triaged_on", "2025-04-01"),
    # months and numbers
    (S, 0, "period", "2025-13"),
    (S, 0, "period", "01-2025"),
    (S, 0, "period", "2025-1"),
    (S, 0, "period", "2024-12"),
    (S, 0, "period", "2025-04"),
    *[
        (S, 0, "hired_fte", text)
        for text in ("-1", "+1", "1e3", "1.000,5", "1,2,3", ".5", "5.", "NaN", "1 000", "٣", "1_0")
    ],
    (S, 0, "hired_fte", "1234567890"),
    (S, 0, "leavers", "1.5"),
    (S, 0, "joiners", "1,5"),
    # what does not go together
    (M, 0, "notified_on", "2025-01-05"),
    (M, 1, "plan_reviewed_on", "2024-02-29"),
    (M, 0, "worker_assigned_on", "2025-01-06"),
    (M, 0, "first_contact_on", "2025-01-06"),
    *[
        (M, 1, act, "2025-03-21")
        for act in (
            "worker_assigned_on",
            "first_contact_on",
            "family_plan_waived_on",
            "family_plan_made_on",
            "plan_reviewed_on",
            "suitable_help_started_on",
        )
    ],
    (M, 2, "plan_reviewed_on", "2025-02-05"),
    (M, 2, "end_reason", "11"),
    (W, 0, "left_on", "2025-01-06"),
    (W, 1, "exit_reason", "helped"),
    (W, 1, "case_key", "case-0003"),
    (V, 0, "triaged_on", "2025-01-01"),
    (V, 0, "study_concluded_on", "2025-01-05"),
    (S, 0, "headcount_end", "36"),
    (S, 0, "sick_days", "976,6"),
    (S, 0, "supernumerary_fte", "31.6"),
    (S, 0, "internal_leavers", "3"),
    (S, 0, "internal_leavers", "1.5"),
    (M, 0, "workers_so_far", "1.5"),
    (M, 0, "workers_so_far", "-1"),
    (M, 0, "order_ends_on", "2025-01-05"),
    (M, 0, "order_ends_on", "1989-12-31"),
    (M, 0, "order_ends_on", "later"),
]


@pytest.mark.parametrize(("file", "index", "column", "value"), SINGLE_CELLS)
def test_one_wrong_cell_is_refused_in_its_place(
    tmp_path: Path, file: str, index: int, column: str, value: str
) -> None:
    delivery = valid_delivery().cell(file, index, column, value)
    if file == M and column == "case_key":
        delivery.rows[W] = []
    if (file, column) == (M, "plan_reviewed_on") and index == 1 and value > "2025":
        delivery.cell(M, 1, "plan_adopted_on", "2025-01-01")
    assert places(delivery.folder(tmp_path / "d")) == [(file, index + 2, column)]


def test_an_end_before_the_order_is_refused(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(M, 2, "ended_on", "2023-04-30")
    delivery.rows[W].pop()
    assert places(delivery.folder(tmp_path / "d")) == [(M, 4, "ended_on")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("notified_on", "2025-01-06"),
        ("worker_assigned_on", "2025-01-07"),
        ("suitable_help_started_on", "2025-01-01"),
        ("plan_adopted_on", "2025-01-01"),
        ("family_plan_made_on", "2025-03-31"),
        ("ended_on", "2025-03-31"),
        ("case_key", "Case-0001"),
    ],
)
def test_what_lies_on_the_edge_is_accepted(tmp_path: Path, column: str, value: str) -> None:
    delivery = valid_delivery().cell(M, 0, column, value)
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_worker_and_contact_may_come_before_a_take_over(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(M, 2, "worker_assigned_on", "2024-01-01")
    delivery.cell(M, 2, "first_contact_on", "2024-01-01")
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


@pytest.mark.parametrize(("measure", "reason"), [("11", "06"), ("23", "15"), ("63", "26")])
def test_each_measure_has_its_own_reasons_and_may_be_transferred(
    tmp_path: Path, measure: str, reason: str
) -> None:
    for end_reason in (reason, "transferred", ""):
        delivery = valid_delivery().cell(M, 1, "measure", measure)
        delivery.cell(M, 1, "end_reason", end_reason)
        assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_a_doubled_key_is_refused_at_its_second_row(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(M, 2, "case_key", "Case-0002")
    delivery.rows[W].pop()
    assert places(delivery.folder(tmp_path / "d")) == [(M, 4, "case_key")]
    delivery = valid_delivery().cell(V, 1, "notification_key", " Call-1 ")
    assert places(delivery.folder(tmp_path / "e")) == [(V, 3, "notification_key")]


def test_doubled_staffing_rows_are_refused(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(S, 1, "period", "2025-01")
    assert places(delivery.folder(tmp_path / "d")) == [(S, 3, "period")]


SPELLS = {
    "on the same day": ("2025-02-03", "2025-02-10", "2025-02-03", ""),
    "before the previous ended": ("2025-02-03", "2025-02-10", "2025-02-09", ""),
    "while the previous is open": ("2025-02-03", "", "2025-02-09", ""),
}


@pytest.mark.parametrize("days", SPELLS.values(), ids=SPELLS)
@pytest.mark.parametrize("turned", [False, True])
def test_spells_of_one_case_on_one_list_do_not_overlap(
    tmp_path: Path, days: tuple[str, str, str, str], turned: bool
) -> None:
    delivery = valid_delivery()
    one = {"case_key": "Case-0003", "list": "wachtlijst", "entered_on": days[0], "left_on": days[1]}
    two = {**one, "entered_on": days[2], "left_on": days[3]}
    delivery.rows[W] = [two, one] if turned and days[0] != days[2] else [one, two]
    row = 2 if turned and days[0] != days[2] else 3
    assert places(delivery.folder(tmp_path / "d")) == [(W, row, "entered_on")]


def test_a_long_spell_overlaps_with_every_later_one_that_starts_within_it(
    tmp_path: Path,
) -> None:
    delivery = valid_delivery()
    one = {"case_key": "Case-0003", "list": "wachtlijst"}
    delivery.rows[W] = [
        {**one, "entered_on": "2025-02-03", "left_on": "2025-03-03"},
        {**one, "entered_on": "2025-02-05", "left_on": "2025-02-07"},
        {**one, "entered_on": "2025-02-10", "left_on": ""},
    ]
    assert places(delivery.folder(tmp_path / "d")) == [(W, 3, "entered_on"), (W, 4, "entered_on")]


def test_spells_may_touch_and_lists_are_apart(tmp_path: Path) -> None:
    delivery = valid_delivery()
    one = {"case_key": "Case-0003", "list": "wachtlijst", "entered_on": "2025-02-03"}
    one["left_on"] = "2025-02-10"
    two = {**one, "entered_on": "2025-02-10", "left_on": ""}
    three = {**one, "list": "doorstroomlijst", "left_on": ""}
    delivery.rows[W] = [two, three, one]
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


@pytest.mark.parametrize("left_on", ["", "2025-03-21"])
def test_a_spell_ends_with_its_measure(tmp_path: Path, left_on: str) -> None:
    delivery = valid_delivery().cell(W, 1, "case_key", "Case-0002")
    delivery.cell(W, 1, "left_on", left_on)
    assert places(delivery.folder(tmp_path / "d")) == [(W, 3, "left_on")]
    delivery.cell(W, 1, "left_on", "2025-03-20")
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


CITIZEN_NUMBERS = ["111222333", "123456782", "111 222 333", "1112.22.333", "111-222-333"]


@pytest.mark.parametrize("column", [(M, "youth_key"), (M, "end_reason"), (V, "notification_key")])
@pytest.mark.parametrize("number", CITIZEN_NUMBERS)
def test_a_citizen_service_number_is_refused_in_text(
    tmp_path: Path, column: tuple[str, str], number: str
) -> None:
    delivery = valid_delivery().cell(column[0], 1, column[1], number)
    (problem,) = problems_of(delivery.folder(tmp_path / "d"))
    assert (problem.row, problem.column) == (3, column[1])
    assert "BSN" in str(problem.message)
    assert not any(character in str(problem.message) for character in "123456789")


@pytest.mark.parametrize("column", [(M, "plan_adopted_on"), (S, "sick_days"), (S, "leavers")])
def test_a_citizen_service_number_is_refused_among_days_and_numbers(
    tmp_path: Path, column: tuple[str, str]
) -> None:
    for path in (tmp_path / "d", tmp_path / "d.xlsx"):
        delivery = valid_delivery().cell(column[0], 1, column[1], "111222333")
        if column[0] == M and path.suffix:
            continue
        write = delivery.workbook if path.suffix else delivery.folder
        (problem,) = problems_of(write(path))
        assert (problem.row, problem.column) == (3, column[1])
        assert "BSN" in str(problem.message)


def test_a_citizen_service_number_where_a_spreadsheet_has_a_day_is_repeated_nowhere(
    tmp_path: Path,
) -> None:
    path = valid_delivery().workbook(tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(path)
    book["measures"]["F2"].value = 111222333
    book["measures"]["F2"].number_format = "yyyy-mm-dd"
    book.save(path)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert places(path) == [("measures.csv", 2, "ordered_on")]
    assert not [one for one in warned if "111222333" in str(one.message)]


@pytest.mark.parametrize("key", ["111222334", "000000000", "11122233", "1112223331", "Y111222333"])
def test_other_numbers_may_be_keys(tmp_path: Path, key: str) -> None:
    delivery = valid_delivery().cell(V, 1, "notification_key", key)
    assert problems_of(delivery.folder(tmp_path / "d")) == ()


def test_all_problems_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    delivery = valid_delivery().cell(V, 0, "received_on", "x").cell(M, 2, "entry", "x")
    delivery.cell(M, 0, "ordered_on", "x").cell(M, 0, "measure", "x").cell(W, 1, "list", "x")
    assert places(delivery.folder(tmp_path / "d")) == [
        (M, 2, "measure"),
        (M, 2, "ordered_on"),
        (M, 4, "entry"),
        (W, 3, "list"),
        (V, 2, "received_on"),
    ]


def test_of_very_many_problems_the_first_two_hundred_are_told(tmp_path: Path) -> None:
    delivery = valid_delivery()
    delivery.rows[V] = [
        {"notification_key": f"K{n}", "municipality": "?", "received_on": "?"} for n in range(150)
    ]
    with pytest.raises(DeliveryRefusedError) as refusal:
        read(delivery.folder(tmp_path / "d"))
    assert refusal.value.total == 300
    told = refusal.value.problems
    assert len(told) == 200
    assert [problem.row for problem in told] == [row for row in range(2, 102) for _both in "ab"]


def test_a_period_turned_round_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefusedError):
        read_delivery(
            valid_delivery().folder(tmp_path / "d"),
            scope=scope(),
            period_from=LAST,
            period_until=FIRST,
        )


_CANARY = st.text(
    st.characters(codec="utf-8", blacklist_characters="\x00"), min_size=1, max_size=30
).map(lambda text: f"Qz{text}7Jx")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), secret=_CANARY)
def test_no_message_repeats_what_a_cell_holds(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, secret: str
) -> None:
    file = data.draw(st.sampled_from(list(FILES)))
    delivery = valid_delivery()
    column = data.draw(st.sampled_from(delivery.headers[file]))
    index = data.draw(st.integers(0, len(delivery.rows[file]) - 1))
    delivery.cell(file, index, column, secret)
    for problem in problems_of(delivery.folder(tmp_path_factory.mktemp("d"))):
        told = f"{problem.file} {problem.row} {problem.column} {problem.message}"
        assert "Qz" not in told
        assert "7Jx" not in told
