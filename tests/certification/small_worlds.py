"""Small made-up deliveries for tests, as plain rows and as the columns that counting reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import strategies as st

from cases.counting.rules.columns import (
    ENTRIES,
    EXIT_REASONS,
    LISTS,
    UNKNOWN,
    Facts,
    MeasureColumns,
    SafeHomeColumns,
    WaitingColumns,
)
from cases.counting.rules.observations import MEASURES, ClockSettings, PlanClockStart
from cases.staffing.rules import QUANTITIES, ROLES, StaffingRow, StaffingTable
from certification.compliance.rules.counting import RunInputs
from certification.compliance.rules.judging import NormRule
from jbn_oversight.clock import add_months, month_end
from jbn_oversight.organisations.rules import OversightScope
from jbn_oversight.working_days import Calendar

from .second_method import World

REFERENCE_MONTH = date(2025, 6, 1)
MONTHS = [add_months(REFERENCE_MONTH, back) for back in range(-4, 1)]
STAFFED = [add_months(MONTHS[0], back) for back in range(-11, 5)]
EQUATED = frozenset({date(2024, 5, 10), date(2024, 12, 27), date(2025, 5, 30)})
CALENDAR = Calendar.of(EQUATED, date(2023, 1, 1), date(2028, 12, 31))
MUNICIPALITIES = ("GM0014", "GM0037", "GM0106", "GM0114")

Row = dict[str, Any]

_first = date(2023, 1, 1)
_last = month_end(REFERENCE_MONTH)
_turning_points = [
    month_end(month) - timedelta(days=back)
    for month in MONTHS
    for back in (-1, 0, 1, 364, 365, 366)
]
early = st.integers(0, 700).map(lambda back: _last - timedelta(days=back)) | st.sampled_from(
    [day for day in _turning_points if day <= _last]
)
"""Days around which the clocks and stocks of the tested months turn."""
terms = st.integers(0, 300) | st.integers(5, 10) | st.integers(40, 46) | st.integers(88, 94)
"""Days from a start to about when a term is over."""


def regions_of(moved_in: date) -> dict[str, dict[date, str]]:
    """Two municipalities a region, of which one moves to the other region in a month."""
    return {
        code: {
            month: "groningen"
            if code < "GM0106" and not (code == "GM0037" and month >= moved_in)
            else "drenthe"
            for month in STAFFED
        }
        for code in MUNICIPALITIES
    }


@st.composite
def measures(draw: st.DrawFn, key: str) -> Row:
    """One measure whose dates are in the order that a delivery must have."""
    ordered = draw(early)
    ended = draw(st.none() | terms.map(lambda d: ordered + timedelta(days=d)))
    ended = None if ended is None or ended > _last else ended
    entry = draw(st.sampled_from(["new", "new", "new", "extension", "transfer_in"]))
    delay = st.just(0) | st.integers(0, 12)
    notified = draw(st.none() | delay.map(lambda d: ordered + timedelta(days=d)))
    notified = None if notified is None or notified > _last else notified
    final = ended or _last

    def act(since: date, spread: int) -> date | None:
        """A day around when the clock runs out, within what the delivery allows."""
        after = draw(st.none() | st.integers(0, spread))
        day = None if after is None else since + timedelta(days=after)
        return day if day is not None and ordered <= day <= final else None

    since = notified or ordered
    adopted = (draw(st.booleans()) and act(ordered, 500)) or act(ordered, 60)
    return {
        "case_key": key,
        "youth_key": draw(st.sampled_from(["a", "b", "c", "d"])),
        "municipality": draw(st.sampled_from(MUNICIPALITIES)),
        "measure": draw(st.sampled_from(MEASURES)),
        "entry": entry,
        "ordered_on": ordered,
        "notified_on": notified,
        "worker_assigned_on": act(since, 12),
        "first_contact_on": act(since, 12),
        "family_plan_waived_on": act(ordered, 20),
        "family_plan_made_on": (draw(st.booleans()) and act(ordered, 60)) or None,
        "plan_adopted_on": adopted,
        "plan_reviewed_on": None if adopted is None else act(adopted, 400),
        "suitable_help_started_on": act(ordered, 120),
        "order_ends_on": draw(st.none() | terms.map(lambda d: ordered + timedelta(days=d))),
        "workers_so_far": draw(st.none() | st.integers(0, 4)),
        "ended_on": ended,
    }


@st.composite
def spells(draw: st.DrawFn, measure: Row) -> list[Row]:
    """Spells of one measure, one after the other on each list."""
    final = measure["ended_on"] or _last
    rows: list[Row] = []
    for list_name in LISTS:
        day = measure["ordered_on"] - timedelta(days=draw(st.integers(-5, 30)))
        for _ in range(draw(st.integers(0, 2))):
            entered = day + timedelta(days=draw(st.integers(1, 30)))
            if entered > final:
                break
            stays = draw(st.none() | st.integers(0, 200))
            left = None if stays is None else entered + timedelta(days=stays)
            if left is None or left > final:
                left = measure["ended_on"]
            due = draw(st.none() | st.sampled_from(_turning_points))
            due = None if due is None or due < entered else due
            rows.append(
                {
                    "case_key": measure["case_key"],
                    "list": list_name,
                    "entered_on": entered,
                    "left_on": left,
                    "exit_reason": left
                    and draw(st.sampled_from(["helped", "helped", *EXIT_REASONS, None])),
                    "safety_checked_on": None,
                    "next_check_due_on": due,
                }
            )
            if left is None:
                break
            day = left
    return rows


@st.composite
def notifications(draw: st.DrawFn) -> Row:
    received = draw(early)

    def later(since: date, spread: int) -> date | None:
        after = draw(st.none() | st.integers(0, spread))
        day = None if after is None else since + timedelta(days=after)
        return day if day is not None and day <= _last else None

    needed = later(received, 30)
    return {
        "municipality": draw(st.sampled_from(MUNICIPALITIES[:1])),
        "received_on": received,
        "triaged_on": later(received, 12),
        "study_needed_on": needed,
        "study_concluded_on": None if needed is None else later(needed, 90),
    }


def _staffing_row(draw: st.DrawFn, region: str, month: date, role: str) -> Row:
    random = draw(st.randoms(use_true_random=False))
    row: Row = {
        name: Decimal(random.randrange(0, 400)) / (4 if name.endswith("fte") else 1)
        for name in QUANTITIES
    }
    if random.random() < 0.02:
        row[random.choice(QUANTITIES)] = None
    return {"region": region, "period": month, "role": role, **row}


@st.composite
def staffing_rows(draw: st.DrawFn) -> list[Row]:
    """Most months of both regions; now and then a month, or the workers' rows, are absent."""
    rows: list[Row] = []
    for region in ("drenthe", "groningen"):
        gap = draw(st.none() | st.sampled_from(STAFFED))
        bare = draw(st.none() | st.sampled_from(STAFFED))
        for month in STAFFED:
            if month == gap:
                continue
            chosen = ROLES[2:] if month == bare else draw(st.sampled_from([ROLES, ROLES[1:4]]))
            rows += [_staffing_row(draw, region, month, role) for role in chosen]
    return rows


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A delivery with its staffing and settings."""
    key = st.text("abZ9é-", min_size=1, max_size=3).filter(lambda text: text != "-")
    keys = draw(st.lists(key, unique=True, max_size=12))
    rows = [draw(measures(key)) for key in keys]
    return World(
        measures=rows,
        waiting=[spell for row in rows for spell in draw(spells(row))],
        safe_home=draw(st.none() | st.lists(notifications(), max_size=6)),
        staffing=draw(st.just([]) | staffing_rows()),
        months=MONTHS,
        reference_month=REFERENCE_MONTH,
        regions=regions_of(draw(st.sampled_from([*MONTHS, date(2030, 1, 1)]))),
        safe_home_region="groningen",
        equated=EQUATED,
        equated_work=draw(st.booleans()),
        plan_start=draw(
            st.sampled_from(["notified_on", "family_plan_waived_on", "first_contact_on"])
        ),
    )


def _days(rows: Sequence[Row], name: str) -> Any:
    return np.array([row[name] for row in rows], dtype="datetime64[D]")


def facts_of(world: World) -> Facts:
    """The rows as columns, as reading gives them."""
    rows = sorted(world.measures, key=lambda row: row["case_key"])
    rank = {row["case_key"]: number for number, row in enumerate(rows)}
    youths = sorted({row["youth_key"] for row in rows}, reverse=True)
    names = list(MeasureColumns.__dataclass_fields__)[4:-1]
    waiting = world.waiting
    safe_home = world.safe_home
    return Facts(
        reference_on=np.datetime64(month_end(world.reference_month), "D"),
        measures=MeasureColumns(
            youth=np.array([youths.index(row["youth_key"]) for row in rows], dtype=np.int32),
            municipality=_municipality(rows),
            measure=np.array([row["measure"] for row in rows], dtype=np.int16),
            entry=np.array([ENTRIES.index(row["entry"]) for row in rows], dtype=np.int8),
            **{name: _days(rows, name) for name in names},
            workers_so_far=np.array(
                [
                    UNKNOWN if row["workers_so_far"] is None else row["workers_so_far"]
                    for row in rows
                ],
                dtype=np.int32,
            ),
        ),
        waiting=WaitingColumns(
            measure_row=np.array([rank[row["case_key"]] for row in waiting], dtype=np.int32),
            list=np.array([LISTS.index(row["list"]) for row in waiting], dtype=np.int8),
            exit_reason=np.array(
                [
                    UNKNOWN
                    if row["exit_reason"] is None
                    else EXIT_REASONS.index(row["exit_reason"])
                    for row in waiting
                ],
                dtype=np.int8,
            ),
            **{
                name: _days(waiting, name) for name in list(WaitingColumns.__dataclass_fields__)[3:]
            },
        ),
        safe_home=None
        if safe_home is None
        else SafeHomeColumns(
            municipality=_municipality(safe_home),
            **{
                name: _days(safe_home, name)
                for name in list(SafeHomeColumns.__dataclass_fields__)[1:]
            },
        ),
    )


def _municipality(rows: Sequence[Row]) -> Any:
    return np.array([MUNICIPALITIES.index(row["municipality"]) for row in rows], dtype=np.int16)


def given_of(
    world: World,
    *,
    months: Sequence[date] = tuple(MONTHS),
    delivered: Sequence[date] = tuple(MONTHS),
    norms: Sequence[NormRule] = (),
) -> RunInputs:
    """What a run over the world's months would start from."""
    plan_start: PlanClockStart = world.plan_start  # type: ignore[assignment]
    return RunInputs(
        scope=OversightScope(
            institution="jbn",
            municipalities=MUNICIPALITIES,
            regions=("drenthe", "groningen"),
            regions_by_month={
                (code, month): region
                for code, by_month in world.regions.items()
                for month, region in by_month.items()
            },
            safe_home_regions=frozenset({world.safe_home_region}),
        ),
        months=tuple(months),
        deliveries=[(list(delivered), facts_of(world))] if delivered else [],
        staffing=StaffingTable(
            rows=tuple(
                StaffingRow(
                    region=row["region"],
                    month=row["period"],
                    role=row["role"],
                    quantities={name: row[name] for name in QUANTITIES},
                )
                for row in world.staffing
            )
        ),
        calendar=CALENDAR,
        settings=ClockSettings(
            plan_clock_start=plan_start,
            equated_days_are_working_days=world.equated_work,
        ),
        norms=norms,
    )
