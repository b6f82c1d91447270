"""What is odd and may be right: a delivery is accepted, and a remark says what to look at."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.deliveries.imports import messages
from tests.factories.deliveries import DeliveryFiles, read, valid_delivery, warnings_of

M, W = "measures.csv", "waiting.csv"
Span = tuple[date, date | None]


def crowd(*spans: tuple[str, str], youth: str = "Youth-03") -> DeliveryFiles:
    """The valid delivery with measures of one youth, each with a worker."""
    delivery = valid_delivery()
    for number, (ordered, ended) in enumerate(spans):
        delivery.rows[M].append(
            {
                "case_key": f"{youth}-{number:02}",
                "youth_key": youth,
                "municipality": "GM0014",
                "measure": "11",
                "entry": "new",
                "ordered_on": ordered,
                "worker_assigned_on": ordered,
                "ended_on": ended,
            }
        )
    return delivery


TEN = ("2025-01-10", "2025-02-10")


@pytest.mark.parametrize(
    ("spans", "row"),
    [
        ([TEN] * 6, None),
        ([TEN] * 7, 11),
        ([("2025-01-01", "2025-01-10"), *[TEN] * 6], None),
        ([("2025-01-01", "2025-01-11"), *[TEN] * 6], 11),
        ([*[TEN] * 6, ("2025-02-09", "")], 11),
        ([*[TEN] * 6, ("2025-02-10", "")], None),
        ([*[TEN] * 6, ("2025-01-20", "2025-01-20")], None),
        ([("2025-02-09", "")] + [TEN] * 6, 5),
    ],
)
def test_more_than_six_rows_of_a_youth_on_one_day_are_remarked_once(
    tmp_path: Path, spans: list[tuple[str, str]], row: int | None
) -> None:
    found = warnings_of(crowd(*spans).folder(tmp_path / "d"))
    expected = [] if row is None else [(M, row, "youth_key")]
    assert [(file, at, column) for file, at, column, _sentence in found] == expected


def test_a_measure_taken_over_runs_from_the_day_of_take_over(tmp_path: Path) -> None:
    delivery = crowd(*[TEN] * 7)
    delivery.rows[M][-1].update(entry="transfer_in", notified_on="2025-02-10", ended_on="")
    assert warnings_of(delivery.folder(tmp_path / "d")) == []
    delivery.rows[M][-1].update(notified_on="2025-02-09")
    assert len(warnings_of(delivery.folder(tmp_path / "d"))) == 1


def test_each_youth_has_a_remark_of_its_own_without_its_key(tmp_path: Path) -> None:
    delivery = crowd(*[TEN] * 7)
    delivery.rows[M] += crowd(*[TEN] * 8, youth="Youth-04").rows[M][3:]
    found = read(delivery.folder(tmp_path / "d")).warnings
    assert [(one.row, one.message.msgid) for one in found] == [
        (11, messages.MANY_AT_ONCE.msgid),
        (18, messages.MANY_AT_ONCE.msgid),
    ]
    assert not any("Youth-0" in str(one.message) for one in found)


_DAY = st.integers(0, 20).map(lambda after: date(2025, 1, 1) + timedelta(days=after))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), _DAY, st.none() | st.integers(0, 12)),
        min_size=7,
        max_size=24,
    )
)
def test_the_remark_agrees_with_counting_day_by_day(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, date, int | None]]
) -> None:
    spans: dict[str, list[Span]] = {}
    delivery = valid_delivery()
    for number, (youth, start, days) in enumerate(rows):
        end = None if days is None else start + timedelta(days=days)
        spans.setdefault(youth, []).append((start, end))
        one = crowd((start.isoformat(), end.isoformat() if end else ""), youth=youth).rows[M][-1]
        delivery.rows[M].append({**one, "case_key": f"case {number}"})
    expected = sum(
        any(
            sum(start <= day and (end is None or end > day) for start, end in own) > 6
            for day in (date(2025, 1, 1) + timedelta(days=after) for after in range(40))
        )
        for own in spans.values()
    )
    found = read(delivery.folder(tmp_path_factory.mktemp("d"))).warnings
    assert len(found) == expected


# --- running without anybody, on no list -------------------------------------------------


def unattended(path: Path, delivery: DeliveryFiles) -> int:
    """How many are said to have nobody and to wait on no list."""
    found = read(delivery.folder(path)).warnings
    counts = [
        int(one.message.params["count"])
        for one in found
        if one.message.msgid == messages.NOBODY_AND_NO_LIST.msgid
    ]
    assert len(counts) == len(found) <= 1
    return sum(counts)


@pytest.mark.parametrize("kept_on", ["wachtlijst", "doorstroomlijst"])
def test_who_has_nobody_and_waits_on_a_list_is_no_remark(tmp_path: Path, kept_on: str) -> None:
    delivery = valid_delivery().cell(W, 1, "list", kept_on)
    assert unattended(tmp_path / "d", delivery) == 0


@pytest.mark.parametrize(
    ("left_on", "worker", "ended_on", "count"),
    [
        ("2025-03-31", "", "", 1),
        ("2025-03-01", "", "", 1),
        ("2025-03-01", "2025-03-31", "", 0),
        ("2025-03-01", "", "2025-03-31", 0),
        ("2025-03-01", "", "2025-03-30", 0),
    ],
)
def test_who_has_nobody_and_waits_on_no_list_is_counted_as_the_reference_day_ends(
    tmp_path: Path, left_on: str, worker: str, ended_on: str, count: int
) -> None:
    delivery = valid_delivery().cell(W, 1, "left_on", left_on)
    delivery.cell(M, 2, "worker_assigned_on", worker).cell(M, 2, "ended_on", ended_on)
    assert unattended(tmp_path / "d", delivery) == count


def test_all_of_them_are_one_remark_with_their_number(tmp_path: Path) -> None:
    delivery = crowd(("2025-03-31", ""), ("2025-03-31", ""), ("2025-03-30", ""))
    for row in delivery.rows[M][3:]:
        row["worker_assigned_on"] = ""
    delivery.rows[W].pop()
    folder = delivery.folder(tmp_path / "d")
    assert warnings_of(folder) == [
        (
            M,
            None,
            "worker_assigned_on",
            "Measures that run without a permanent worker and stand on neither list: 4. "
            "Check them; the delivery is accepted.",
        )
    ]


def test_a_refused_delivery_has_its_errors_alone(tmp_path: Path) -> None:
    delivery = crowd(*[TEN] * 7).cell(M, 0, "entry", "x")
    with pytest.raises(Exception, match="1 problems"):
        read(delivery.folder(tmp_path / "d"))
