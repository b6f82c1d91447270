"""``manage.py calculate``: anyone repeats a calculation, and a second method agrees."""

from __future__ import annotations

import itertools
import json
import math
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.continuity.rules.planning import Continuity, continuity_plan
from cases.forecasting.rules.simulation import WaitingList, waiting_forecast
from certification.agreements.rules import SharedCosts, divide_costs
from certification.management.commands.calculate import CALCULATIONS
from jbn_oversight.calculations.exports import json_text
from jbn_oversight.calculations.imports import read_text
from jbn_oversight.calculations.rules import FaultError

ROOT = Path(__file__).resolve().parent.parent.parent

VALID: Mapping[str, dict[str, Any]] = {
    "queue_measures": {
        "demand_per_week": 10,
        "capacity_per_week": 12,
        "list": 200,
        "target_weeks": 6,
    },
    "waiting_curve": {
        "spells": [
            {"from_day": -1, "until_day": 3, "end": "helped"},
            {"from_day": 2, "until_day": 3, "end": "withdrawn"},
            {"from_day": 3, "until_day": 9, "end": "helped"},
            {"from_day": -1, "until_day": 9, "end": "still"},
        ]
    },
    "waiting_bands": {"arrivals": 100, "leave": [0.1, 0.2], "service": [30, 80]},
    "workers_to_capacity": {
        "start": "2026-01-05",
        "weeks": 3,
        "fte": 10,
        "absence": 0.1,
        "turnover_per_year": 0.2,
        "ramp_weeks": 4,
        "joiners": [{"week": 2, "fte": 5}],
        "ends_per_week": 0.02,
        "groups": [
            {"code": "ots", "running": 120, "caseload_norm": 15},
            {"code": "voogdij", "running": 80, "caseload_norm": 20},
        ],
    },
    "waiting_forecast": {
        "start": "2026-01-05",
        "weeks": 10,
        "runs": 200,
        "seed": 1,
        "queue": [{"since": "2025-12-01", "count": 4}, {"since": "2025-10-01", "count": 20}],
        "arrivals_per_week": 3,
        "starts_per_week": 4,
        "leave_per_week": 0.01,
        "target_weeks": 6,
    },
    "forecast_score": {
        "rows": [
            {
                "made_on": "2026-01-01",
                "for": "2026-04-01",
                "last": 90,
                "p2_5": 80,
                "p50": 100,
                "p97_5": 120,
                "actual": 125,
            }
        ]
    },
    "continuity_plan": {
        "start": "2026-01-05",
        "weeks": 4,
        "lost_on": "2026-01-12",
        "groups": [
            {
                "code": "a",
                "youths": 5,
                "from_week": 1,
                "ends_week": None,
                "court": True,
                "accepted_by": ["x", "y"],
            },
            {
                "code": "b",
                "youths": 3,
                "from_week": 2,
                "ends_week": 4,
                "court": False,
                "accepted_by": ["y"],
            },
        ],
        "receivers": [
            {
                "code": "x",
                "room_per_week": 2,
                "room_total": 3,
                "temporary": True,
                "cost": "100.50",
            },
            {
                "code": "y",
                "room_per_week": [0, 1, 1, 1],
                "room_total": 9,
                "temporary": False,
                "cost": "200.00",
            },
        ],
        "court_per_week": 1,
    },
    "divide_costs": {
        "amount": "-100.00",
        "from": "2026-01-01",
        "until": "2026-12-31",
        "keys": [
            {"from": "2025-01-01", "weights": {"GM0014": "1", "GM1680": "2"}},
            {"from": "2026-07-01", "weights": {"GM0014": "1.5", "GM1699": "1.5"}},
        ],
    },
}


def calculated(tmp_path: Path, name: str, given: object) -> tuple[object, str, list[str]]:
    """Exit status, what was printed, and the faults."""
    file = tmp_path / "input.json"
    file.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    out, err = StringIO(), StringIO()
    status: object = 0
    try:
        call_command("calculate", name, str(file), stdout=out, stderr=err)
    except SystemExit as end:
        status = end.code
    return status, out.getvalue(), err.getvalue().splitlines()


def result(tmp_path: Path, name: str, given: object) -> dict[str, Any]:
    status, printed, faults = calculated(tmp_path, name, given)
    assert (status, faults) == (0, [])
    found: dict[str, Any] = json.loads(printed)
    return found


def test_every_calculation_of_the_contract_is_there() -> None:
    assert set(CALCULATIONS) == set(VALID)


@pytest.mark.parametrize("name", sorted(VALID))
def test_a_researcher_gets_the_same_bytes_twice(tmp_path: Path, name: str) -> None:
    first = calculated(tmp_path, name, VALID[name])
    assert first == calculated(tmp_path, name, VALID[name])
    printed = json.loads(first[1])
    assert (printed["calculation"], printed["version"]) == (name, 1)
    assert first[1] == json.dumps(printed, sort_keys=True, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", sorted(VALID))
def test_a_researcher_is_told_of_a_key_that_is_missing_or_unknown(
    tmp_path: Path, name: str
) -> None:
    for key in VALID[name]:
        less = {one: value for one, value in VALID[name].items() if one != key}
        status, printed, faults = calculated(tmp_path, name, {**less, "extra": 1})
        assert (status, printed) == (2, "")
        wanted = ["extra: is a key that this calculation does not know"]
        if key not in {"runs"}:
            wanted.append(f"{key}: is missing")
        assert sorted(faults) == sorted(wanted)


@pytest.mark.parametrize("name", sorted(VALID))
def test_a_researcher_is_told_where_null_stands_that_may_not(tmp_path: Path, name: str) -> None:
    for key in VALID[name]:
        status, printed, faults = calculated(tmp_path, name, {**VALID[name], key: None})
        assert (status, printed) == (2, "")
        assert [fault.split(":")[0] for fault in faults] == [key]


def changed(name: str, path: str, value: object) -> dict[str, Any]:
    """A valid input with one value changed; ``path`` as faults write it."""
    whole: dict[str, Any] = json.loads(json.dumps(VALID[name]))
    steps = path.replace("[", ".").replace("]", "").split(".")
    inside: Any = whole
    for step in steps[:-1]:
        inside = inside[int(step)] if step.isdigit() else inside[step]
    last = steps[-1]
    inside[int(last) if last.isdigit() else last] = value
    return whole


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("queue_measures", "list", -2),
        ("queue_measures", "list", 2.5),
        ("queue_measures", "list", "200"),
        ("queue_measures", "list", True),
        ("queue_measures", "target_weeks", 0),
        ("queue_measures", "percent_within_target", 100),
        ("queue_measures", "factor", 0),
        ("queue_measures", "periods_weeks", 0),
        ("waiting_curve", "spells[1].until_day", 2),
        ("waiting_curve", "spells[1].from_day", -2),
        ("waiting_curve", "spells[0].end", "died"),
        ("waiting_curve", "spells[3]", 5),
        ("waiting_bands", "leave[1]", 1.1),
        ("waiting_bands", "service", [30]),
        ("workers_to_capacity", "groups[1].code", "ots"),
        ("workers_to_capacity", "groups[1].caseload_norm", 0),
        ("workers_to_capacity", "groups", []),
        ("workers_to_capacity", "joiners[0].week", 0),
        ("workers_to_capacity", "start", "2026-02-30"),
        ("waiting_forecast", "queue[1].since", "2026-01-06"),
        ("waiting_forecast", "queue[1].count", -2),
        ("waiting_forecast", "arrivals_per_week", [1, 2]),
        ("waiting_forecast", "starts_per_week", [1] * 9 + [-1]),
        ("waiting_forecast", "runs", 199),
        ("waiting_forecast", "weeks", 521),
        ("waiting_forecast", "seed", -1),
        ("waiting_forecast", "capacity", "many"),
        ("waiting_forecast", "leave_per_week", 1.5),
        ("forecast_score", "rows[0].p50", 79),
        ("forecast_score", "rows[0].made_on", "2026-04-01"),
        ("continuity_plan", "groups[0].accepted_by[1]", "z"),
        ("continuity_plan", "groups[0].accepted_by[1]", "x"),
        ("continuity_plan", "groups[1].code", "a"),
        ("continuity_plan", "receivers[1].code", "x"),
        ("continuity_plan", "receivers[1].room_per_week", [1]),
        ("continuity_plan", "receivers[0].cost", "100"),
        ("continuity_plan", "receivers[0].cost", "-1.00"),
        ("continuity_plan", "receivers[0].temporary", "yes"),
        ("continuity_plan", "court_per_week", 1.5),
        ("divide_costs", "amount", "100"),
        ("divide_costs", "amount", 100),
        ("divide_costs", "amount", "1.234,00"),
        ("divide_costs", "until", "2025-12-31"),
        ("divide_costs", "keys[0].from", "2026-01-02"),
        ("divide_costs", "keys[1].from", "2025-01-01"),
        ("divide_costs", "keys[1].weights", {"GM0014": "0"}),
        ("divide_costs", "keys[1].weights.GM0014", "-1"),
        ("divide_costs", "keys[1].weights.GM0014", "1e3"),
    ],
)
def test_a_researcher_is_told_where_a_fault_lies(
    tmp_path: Path, name: str, path: str, value: object
) -> None:
    status, printed, faults = calculated(tmp_path, name, changed(name, path, value))
    assert (status, printed) == (2, "")
    paths = {fault.split(": ")[0] for fault in faults}
    assert any(found.startswith(path) for found in paths), faults
    assert len(faults) <= 3


def test_a_researcher_hears_all_faults_at_once(tmp_path: Path) -> None:
    text = json.dumps(VALID["waiting_forecast"]).replace('"count": 20', '"count": -2, "count": 1.5')
    text = text.replace('"runs": 200', '"runs": 1, "weeks": 10')
    status, printed, faults = calculated(tmp_path, "waiting_forecast", text)
    assert (status, printed) == (2, "")
    assert {fault.split(": ")[0] for fault in faults} == {"queue[1].count", "weeks", "runs"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"arrivals": NaN}',
        '{"arrivals": Infinity}',
        '{"arrivals": 1e999}',
        '{"arrivals": ' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"arrivals": "\\ud800"}',
    ],
)
def test_a_researcher_gets_no_traceback_for_what_is_no_input(tmp_path: Path, text: str) -> None:
    status, printed, faults = calculated(tmp_path, "waiting_bands", text)
    assert (status, printed) == (2, "")
    assert faults
    assert all(": " in fault for fault in faults)


def test_a_researcher_hears_of_a_name_or_file_that_does_not_exist(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    for name, file in [
        ("no_such", "x.json"),
        ("waiting_bands", "no-such.json"),
        ("waiting_bands", ""),
    ]:
        with pytest.raises(SystemExit, match="2"):
            call_command("calculate", name, str(tmp_path / file), stdout=out, stderr=err)
    assert out.getvalue() == ""
    assert [line.split(":")[0] for line in err.getvalue().splitlines()] == [
        "NAME",
        "input",
        "input",
    ]


def test_a_researcher_writes_a_file_whole_or_keeps_what_stood_there(tmp_path: Path) -> None:
    file, out = tmp_path / "in.json", tmp_path / "out.json"
    file.write_text(json.dumps(VALID["waiting_bands"]), encoding="utf-8-sig")
    printed, err = StringIO(), StringIO()
    call_command("calculate", "waiting_bands", str(file), out=out, stdout=printed)
    assert printed.getvalue() == ""
    assert json.loads(out.read_text(encoding="utf-8"))["sizes"] == [60.0, 0.0]
    file.write_text("{}")
    with pytest.raises(SystemExit, match="2"):
        call_command("calculate", "waiting_bands", str(file), out=out, stderr=err)
    assert json.loads(out.read_text(encoding="utf-8"))["sizes"] == [60.0, 0.0]
    with pytest.raises(SystemExit, match="2"):
        call_command(
            "calculate", "waiting_bands", str(file), out=tmp_path / "none" / "x", stderr=err
        )
    assert [*tmp_path.glob("tmp*")] == []


def test_an_accountant_needs_no_database(tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text(json.dumps(VALID["waiting_bands"]))
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "calculate", "waiting_bands", file],
        env={"DATA_DIR": str(tmp_path / "data"), "PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["served"] == [30.0, 48.0]
    assert not (tmp_path / "data" / "postgresql").exists()


# Each result by a second method.


def test_queue_measures_by_hand(tmp_path: Path) -> None:
    found = result(
        tmp_path,
        "queue_measures",
        {**VALID["queue_measures"], "mean_wait_weeks": 9, "cv_demand": 2, "periods_weeks": 10},
    )
    factor = math.log(50)
    assert found == {
        "calculation": "queue_measures",
        "version": 1,
        "load": pytest.approx(10 / 12, abs=1e-6),
        "factor": pytest.approx(factor, abs=1e-6),
        "target_list": pytest.approx(60 / factor, abs=1e-6),
        "relief_capacity": pytest.approx(10 + (200 - 60 / factor) / 10, abs=1e-6),
        "target_capacity": pytest.approx(10 + 2.5 * factor / 6, abs=1e-6),
        "pressure": 3.0,
        "weeks_to_clear": pytest.approx((200 - 60 / factor) / 2, abs=1e-6),
    }


@pytest.mark.parametrize(
    ("change", "key", "value"),
    [
        ({"capacity_per_week": 10}, "weeks_to_clear", "never"),
        ({"list": 15, "capacity_per_week": 1}, "weeks_to_clear", 0.0),
        ({"list": 30}, "relief_capacity", None),
        ({"capacity_per_week": 0}, "load", None),
        ({"factor": 4}, "target_list", 15.0),
        ({"list": 200.0}, "pressure", None),
    ],
)
def test_queue_measures_at_its_edges(
    tmp_path: Path, change: dict[str, Any], key: str, value: object
) -> None:
    given = {**VALID["queue_measures"], **change}
    assert result(tmp_path, "queue_measures", given)[key] == value


def curve_by_hand(spells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Day by day, one spell at a time, in fractions."""
    waiting, both = Fraction(1), Fraction(1)
    helped_so_far, other_so_far = Fraction(0), Fraction(0)
    steps = []
    for day in range(max((spell["until_day"] for spell in spells), default=0) + 1):
        there = [spell for spell in spells if spell["from_day"] < day <= spell["until_day"]]
        ends = [spell["end"] for spell in there if spell["until_day"] == day]
        helped = ends.count("helped")
        other = len(ends) - helped - ends.count("still")
        if not helped + other:
            continue
        helped_so_far += both * Fraction(helped, len(there))
        other_so_far += both * Fraction(other, len(there))
        both *= 1 - Fraction(helped + other, len(there))
        waiting *= 1 - Fraction(helped, len(there))
        steps.append(
            {
                "day": day,
                "at_risk": len(there),
                "helped": helped,
                "other": other,
                "waiting": waiting,
                "incidence_helped": helped_so_far,
                "incidence_other": other_so_far,
            }
        )
    return steps


ENDS = ["helped", "withdrawn", "list_cleaned", "transferred", "unknown", "still"]
SPELL = st.tuples(st.integers(-1, 20), st.integers(1, 15), st.sampled_from(ENDS)).map(
    lambda one: {"from_day": one[0], "until_day": one[0] + one[1], "end": one[2]}
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SPELL, max_size=25))
def test_a_waiting_curve_equals_one_that_is_followed_by_hand(spells: list[dict[str, Any]]) -> None:
    shape, calculate = CALCULATIONS["waiting_curve"]
    found = json.loads(
        json_text("waiting_curve", calculate(read_text(json.dumps({"spells": spells}), shape)))
    )
    wanted = curve_by_hand(spells)
    assert len(found["steps"]) == len(wanted)
    for step, hand in zip(found["steps"], wanted, strict=True):
        assert step == {key: pytest.approx(float(value), abs=2e-6) for key, value in hand.items()}
    reached = [step["day"] for step in wanted if step["waiting"] <= Fraction(1, 2)]
    assert found["median"] == (reached[0] if reached else None)
    helped = sum(step["helped"] for step in wanted)
    other = sum(step["other"] for step in wanted)
    share = other / (helped + other) if helped + other else None
    assert found["other_share"] == (share if share is None else pytest.approx(share, abs=2e-6))


def test_workers_to_capacity_by_hand(tmp_path: Path) -> None:
    found = result(tmp_path, "workers_to_capacity", VALID["workers_to_capacity"])
    assert found["norm"] == pytest.approx(200 / 12, abs=1e-6)
    assert found["fte_needed"] == pytest.approx(12 / 0.9, abs=1e-6)
    stay = [0.8 ** (week / 52) for week in range(4)]
    effective = [
        0.9 * 10 * stay[1],
        0.9 * (10 * stay[2] + 5 * stay[0] * 0.25),
        0.9 * (10 * stay[3] + 5 * stay[1] * 0.5),
    ]
    present = [10 * stay[1], 10 * stay[2] + 5, 10 * stay[3] + 5 * stay[1]]
    running = 200.0
    for week, row in enumerate(found["weeks"]):
        room = effective[week] * 200 / 12
        ended = running * 0.02
        starts = max(0.0, room - running + ended)
        running += starts - ended
        assert row == {
            "week": week + 1,
            "present_fte": pytest.approx(present[week], abs=1e-6),
            "effective_fte": pytest.approx(effective[week], abs=1e-6),
            "room": pytest.approx(room, abs=1e-5),
            "ended": pytest.approx(ended, abs=1e-6),
            "starts": pytest.approx(starts, abs=1e-5),
            "running": pytest.approx(running, abs=1e-5),
        }
    nobody = {**VALID["workers_to_capacity"], "absence": 1}
    assert result(tmp_path, "workers_to_capacity", nobody)["fte_needed"] is None


def test_forecast_score_by_hand(tmp_path: Path) -> None:
    found = result(tmp_path, "forecast_score", VALID["forecast_score"])
    assert found["interval_score"] == 40 + 40 * 5
    assert (found["mean_error"], found["mean_absolute_error"]) == (-25.0, 25.0)
    assert found["relative_to_naive"] == pytest.approx(25 / 35, abs=1e-6)
    assert (found["n"], found["coverage_95"]) == (1, 0.0)
    empty = result(tmp_path, "forecast_score", {"rows": []})
    assert (empty["n"], empty["interval_score"]) == (0, None)


def played_one_by_one(given: WaitingList, runs: int) -> dict[str, Any]:
    """Every youth a row of a list, every week by itself: slow, and of another make."""
    chance = np.random.default_rng(99)
    lists = np.zeros((runs, given.weeks))
    started, left = np.zeros(given.weeks), np.zeros(given.weeks)
    judged = in_time = 0
    means: Any = given.arrivals_per_week
    for run in range(runs):
        queue = [
            (row.since - given.start).days
            for row in sorted(given.queue, key=lambda one: one.since)
            for _ in range(row.count)
        ]
        for week in range(given.weeks):
            day = 7 * week + 3
            mean = means[week] if isinstance(means, list) else means
            new = int(chance.poisson(mean))
            queue += [day] * new
            judged += new if week + given.target_weeks < given.weeks else 0
            stays = chance.random(len(queue)) >= given.leave_per_week
            left[week] += len(queue) - stays.sum()
            queue = [one for one, stay in zip(queue, stays, strict=True) if stay]
            room = int(chance.poisson(given.starts_per_week))
            for came in queue[:room]:
                started[week] += 1
                week_of_coming = (came - 3) / 7
                if came >= 0 and week_of_coming + given.target_weeks < given.weeks:
                    in_time += day - came <= 7 * given.target_weeks
            queue = queue[room:]
            lists[run, week] = len(queue)
    return {
        "list": lists.mean(axis=0),
        "started": started / runs,
        "left": left / runs,
        "within": in_time / judged,
    }


def test_a_forecast_agrees_with_one_that_is_played_one_by_one() -> None:
    list_of_all = read_text(
        json.dumps(
            {
                **VALID["waiting_forecast"],
                "weeks": 20,
                "runs": 4000,
                "leave_per_week": 0.08,
                "arrivals_per_week": [2, 6] * 10,
                "target_weeks": 4,
            }
        ),
        WaitingList,
    )
    found = waiting_forecast(list_of_all)
    slow = played_one_by_one(list_of_all, 1500)
    assert [week.mean for week in found.list_] == pytest.approx(slow["list"], abs=0.9)
    assert found.started == pytest.approx(slow["started"], abs=0.3)
    assert found.left == pytest.approx(slow["left"], abs=0.2)
    assert found.within_target == pytest.approx(slow["within"], abs=0.03)
    # What comes in and does not go out is on the list.
    flows = 24 + np.cumsum(np.array([2, 6] * 10) - found.started - found.left)
    assert [week.mean for week in found.list_] == pytest.approx(flows, abs=0.4)


def test_a_forecast_without_chance_is_arithmetic(tmp_path: Path) -> None:
    found = result(
        tmp_path,
        "waiting_forecast",
        {
            **VALID["waiting_forecast"],
            "capacity": "fixed",
            "starts_per_week": 2.5,
            "arrivals_per_week": 0,
            "leave_per_week": 0,
        },
    )
    assert [week["p97_5"] for week in found["list"]] == [22, 19, 17, 14, 12, 9, 7, 4, 2, 0]
    assert found["started"] == [2, 3, 2, 3, 2, 3, 2, 3, 2, 2]
    assert found["list"][0]["last_day"] == "2026-01-11"
    first_wait = (date(2026, 1, 5) + timedelta(days=3) - date(2025, 10, 1)).days
    assert found["median_wait_days"][0] == first_wait
    assert found["youth_weeks"] == {"mean": 106.0, "p2_5": 106, "p97_5": 106}
    assert found["within_target"] is None


def test_everybody_leaves_where_leaving_is_certain(tmp_path: Path) -> None:
    found = result(
        tmp_path,
        "waiting_forecast",
        {**VALID["waiting_forecast"], "leave_per_week": 1, "target_weeks": 50},
    )
    assert {week["mean"] for week in found["list"]} == {0.0}
    assert found["left"][0] >= 24
    assert found["median_wait_days"] == [None] * 10


def plans_by_trying(given: Continuity) -> tuple[int, int, Decimal, int]:
    """The best of all plans there are, for a handful of youths."""
    lost = given.lost_week
    people = [group for group in given.groups for _ in range(group.youths)]
    rooms = {one.code: one for one in given.receivers}

    def per_week(value: Any, week: int) -> int:
        return int(value[week - 1] if isinstance(value, list) else value)

    def choices(group: Any) -> Iterator[tuple[str, int] | None]:
        yield None
        for code in group.accepted_by:
            for week in range(group.from_week, given.weeks + 1):
                if group.ends_week is None or week < group.ends_week:
                    yield code, week

    best: tuple[int, int, Decimal, int] | None = None
    for plan in itertools.product(*(tuple(choices(one)) for one in people)):
        moves = [move for move in plan if move]
        per = {move: moves.count(move) for move in moves}
        court = [move[1] for one, move in zip(people, plan, strict=True) if move and one.court]
        if any(
            number > per_week(rooms[code].room_per_week, week)
            for (code, week), number in per.items()
        ) or any(court.count(week) > per_week(given.court_per_week, week) for week in court):
            continue
        to = [code for code, _ in moves]
        if any(to.count(code) > rooms[code].room_total for code in to):
            continue
        weeks = 0
        for one, move in zip(people, plan, strict=True):
            for week in range(lost or given.weeks + 1, given.weeks + 1):
                ended = one.ends_week is not None and week >= one.ends_week
                weeks += not ended and not (move and week >= move[1])
        found = (
            weeks,
            sum(rooms[code].temporary for code in to),
            sum((Decimal(rooms[code].cost) for code in to), Decimal(0)),
            len(to),
        )
        best = found if best is None else min(best, found)
    assert best is not None
    return best


def small_plan(seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    receivers = [
        {
            "code": code,
            "room_per_week": chance.choice([0, 1, 2, [1, 0, 2]]),
            "room_total": chance.randint(0, 3),
            "temporary": chance.random() < 0.5,
            "cost": chance.choice(["0.00", "10.50", "3000.00"]),
        }
        for code in "xy"
    ]
    groups = [
        {
            "code": code,
            "youths": chance.randint(0, 2),
            "from_week": chance.randint(1, 3),
            "ends_week": chance.choice([None, 2, 3, 4, 9]),
            "court": chance.random() < 0.5,
            "accepted_by": chance.choice([["x"], ["y"], ["x", "y"], []]),
        }
        for code in "abc"
    ]
    return {
        "start": "2026-01-05",
        "weeks": 3,
        "lost_on": chance.choice(["2025-12-01", "2026-01-05", "2026-01-13", "2026-02-01"]),
        "groups": groups,
        "receivers": receivers,
        "court_per_week": chance.choice([0, 1, [0, 2, 1]]),
    }


@pytest.mark.parametrize("seed", range(25))
def test_a_small_plan_is_the_best_of_all_there_are(seed: int) -> None:
    given = read_text(json.dumps(small_plan(seed)), Continuity)
    found = continuity_plan(given)
    best = plans_by_trying(given)
    assert found.proven
    assert (found.youth_weeks_without, found.at_temporary, found.moved) == (
        best[0],
        best[1],
        best[3],
    )
    assert Decimal(found.cost) == best[2]
    assert sum(found.without) == found.youth_weeks_without
    assert found.moved + found.ended + found.not_needed + found.unplaced == sum(
        group.youths for group in given.groups
    )
    assert found.relief is not None
    for relief in found.relief:
        more = small_plan(seed)
        if relief.what == "court":
            more["court_per_week"] = one_more(more["court_per_week"])
        else:
            receiver = next(one for one in more["receivers"] if one["code"] == relief.what)
            receiver["room_per_week"] = one_more(receiver["room_per_week"])
            receiver["room_total"] += more["weeks"]
        with_more = plans_by_trying(read_text(json.dumps(more), Continuity))
        assert relief.saves == best[0] - with_more[0]


def one_more(room: int | list[int]) -> int | list[int]:
    return [one + 1 for one in room] if isinstance(room, list) else room + 1


def test_a_plan_that_is_not_proven_says_so_and_how_far_off_it_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = read_text(json.dumps(VALID["continuity_plan"]), Continuity)
    proven = continuity_plan(given)
    found = continuity_plan(given, limit_seconds=0)
    assert not found.proven
    assert found.relief is None
    assert isinstance(found.bound, int)
    assert found.bound <= proven.youth_weeks_without <= found.youth_weeks_without
    monkeypatch.setattr(
        "certification.management.commands.calculate.CALCULATIONS",
        {"continuity_plan": (Continuity, lambda one: continuity_plan(one, limit_seconds=0))},
    )
    status, printed, faults = calculated(tmp_path, "continuity_plan", VALID["continuity_plan"])
    assert (status, faults) == (3, [])
    assert json.loads(printed)["proven"] is False


def test_costs_by_hand(tmp_path: Path) -> None:
    found = result(tmp_path, "divide_costs", VALID["divide_costs"])
    # 181 and 184 days of 365: 49.589 and 50.410, so the cent goes to the first.
    assert [period["amount"] for period in found["periods"]] == ["-49.59", "-50.41"]
    assert found["periods"][0]["shares"] == {
        "GM0014": "-16.53",
        "GM1680": "-33.06",
        "GM1699": "0.00",
    }
    # 25.205 each, equal weights: the earlier code has the cent.
    assert found["periods"][1]["shares"]["GM0014"] == "-25.21"
    assert found["shares"] == {"GM0014": "-41.74", "GM1680": "-33.06", "GM1699": "-25.20"}
    assert found["total"] == "-100.00"


@settings(max_examples=150, deadline=None)
@given(
    st.integers(-(10**8), 10**8),
    st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 9), max_size=4), max_size=3),
)
def test_shares_of_costs_add_up_to_the_cent(cents: int, keys: list[dict[str, int]]) -> None:
    rows = [
        {"from": f"202{at}-02-01", "weights": {code: str(one) for code, one in weights.items()}}
        for at, weights in enumerate([{"a": 1}, *keys])
    ]
    amount = f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
    given_costs = json.dumps(
        {"amount": amount, "from": "2020-03-01", "until": "2023-01-31", "keys": rows}
    )
    if not all(any(weights.values()) for weights in keys):
        with pytest.raises(FaultError, match="no weight"):
            read_text(given_costs, SharedCosts)
        return
    found = divide_costs(read_text(given_costs, SharedCosts))
    assert sum(Decimal(period.amount) for period in found.periods) == Decimal(amount)
    assert sum(map(Decimal, found.shares.values())) == Decimal(amount)
    for period in found.periods:
        assert sum(map(Decimal, period.shares.values())) == Decimal(period.amount)
        key = rows[["2020-03-01", "2021-02-01", "2022-02-01"].index(str(period.from_))]["weights"]
        assert isinstance(key, dict)
        for code, share in period.shares.items():
            exact = Fraction(period.amount) * int(key.get(code, 0)) / sum(map(int, key.values()))
            assert abs(Fraction(share) - exact) < Fraction(1, 100)
