"""Every figure once more, by brute force, straight from the words of the delivery's contract.

Plain Python over plain rows, one day and one row at a time; nothing here uses the portal's
counting. Slow and obvious on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import holidays

DAY = timedelta(days=1)
Row = dict[str, Any]


@dataclass(frozen=True)
class World:
    """A delivery's rows, staffing rows and the choices made."""

    measures: list[Row]
    waiting: list[Row]
    safe_home: list[Row] | None
    staffing: list[Row]
    months: list[date]
    reference_month: date
    regions: dict[str, dict[date, str]]
    """Municipality -> month -> region."""
    safe_home_region: str
    equated: frozenset[date]
    equated_work: bool
    plan_start: str


@cache
def _listed(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year, categories=("public", "optional")))


def is_free(day: date) -> bool:
    return day.isoweekday() in (6, 7) or day in _listed(day.year)


def last_day(month: date) -> date:
    day = month
    while day.month == month.month:
        day += DAY
    return day - DAY


def five_working_days(world: World, start: date) -> date:
    day, counted = start, 0
    while counted < 5:
        day += DAY
        free = is_free(day) or (not world.equated_work and day in world.equated)
        counted += 0 if free else 1
    return day


def weeks(world: World, start: date, number: int) -> date:
    day = start + timedelta(weeks=number)
    while is_free(day) or day in world.equated:
        day += DAY
    return day


def three_months(start: date) -> date:
    year, month = start.year, start.month + 3
    if month > 12:
        year, month = year + 1, month - 12
    number = start.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def by(act: date | None, deadline: date) -> bool:
    return act is not None and act <= deadline


def clock(
    world: World,
    month: date,
    rows: list[Row],
    deadline_of: Callable[[Row], date | None],
    met: Callable[[Row, date], bool],
    *,
    out: Callable[[Row, date], bool] = lambda row, deadline: False,
) -> tuple[int, int]:
    numerator = denominator = 0
    for row in rows:
        if row["entry"] != "new" or row["notified_on"] is None:
            continue
        deadline = deadline_of(row)
        if deadline is None or deadline > last_day(world.reference_month):
            continue
        if (deadline.year, deadline.month) != (month.year, month.month):
            continue
        if row["ended_on"] is not None and row["ended_on"] < deadline:
            continue
        if out(row, deadline):
            continue
        denominator += 1
        numerator += 1 if met(row, deadline) else 0
    return numerator, denominator


def starts(row: Row) -> date:
    if row["entry"] == "transfer_in" and row["notified_on"] is not None:
        return row["notified_on"]  # type: ignore[no-any-return]
    return row["ordered_on"]  # type: ignore[no-any-return]


def running(row: Row, end: date) -> bool:
    return starts(row) <= end and (row["ended_on"] is None or row["ended_on"] > end)


def open_spell(spell: Row, end: date) -> bool:
    return spell["entered_on"] <= end and (spell["left_on"] is None or spell["left_on"] > end)


LEFT = {
    "helped": "spells_helped",
    "withdrawn": "spells_withdrawn",
    "list_cleaned": "spells_list_cleaned",
    "transferred": "spells_transferred",
    None: "spells_left_unknown",
}


def flows(world: World, month: date) -> dict[tuple[str, str, int], int]:
    """Who came onto and left the waiting list in a month: (series, municipality, measure)."""
    measures = {row["case_key"]: row for row in world.measures}
    found: dict[tuple[str, str, int], int] = {}

    def one_more(series: str, measure: Row) -> None:
        cell = series, measure["municipality"], measure["measure"]
        found[cell] = found.get(cell, 0) + 1

    for spell in world.waiting:
        if spell["list"] != "wachtlijst":
            continue
        if spell["entered_on"].replace(day=1) == month:
            one_more("spells_entered", measures[spell["case_key"]])
        if spell["left_on"] is not None and spell["left_on"].replace(day=1) == month:
            one_more(LEFT[spell["exit_reason"]], measures[spell["case_key"]])
    return found


def on_the_waiting_list(world: World, end: date) -> int:
    """Spells open on the waiting list at the end of a month."""
    return len([s for s in world.waiting if s["list"] == "wachtlijst" and open_spell(s, end)])


def lead(candidates: list[tuple[date, str, Row]]) -> Row:
    best = candidates[0]
    for each in candidates[1:]:
        if each[0] > best[0] or (each[0] == best[0] and each[1] < best[1]):
            best = each
    return best[2]


def youths(pairs: list[tuple[Row, date]]) -> list[Row]:
    """The lead measure of each youth among (measure, since)."""
    found: dict[str, list[tuple[date, str, Row]]] = {}
    for measure, since in pairs:
        found.setdefault(measure["youth_key"], []).append((since, measure["case_key"], measure))
    return [lead(candidates) for candidates in found.values()]


def median(world: World, month: date, inside: Callable[[Row], bool]) -> tuple[int, int | None]:
    end = last_day(month)
    opens = month
    for _ in range(11):
        opens = (opens - DAY).replace(day=1)
    before = opens - DAY
    measures = {row["case_key"]: row for row in world.measures}
    risk: list[tuple[int, int, bool]] = []
    for spell in world.waiting:
        if spell["list"] != "wachtlijst" or not inside(measures[spell["case_key"]]):
            continue
        entered, left = spell["entered_on"], spell["left_on"]
        if entered > end or (left is not None and left < opens):
            continue
        joins_after = (before - entered).days if entered < opens else -1
        if left is None or left > end:
            risk.append((joins_after, (end - entered).days, False))
        else:
            risk.append((joins_after, (left - entered).days, spell["exit_reason"] == "helped"))
    survival = Fraction(1)
    for t in range(max((age for _, age, _ in risk), default=-1) + 1):
        at_risk = [each for each in risk if each[0] < t <= each[1]]
        events = [each for each in at_risk if each[1] == t and each[2]]
        if events:
            survival *= 1 - Fraction(len(events), len(at_risk))
        if survival <= Fraction(1, 2):
            return len(risk), t
    return len(risk), None


def months_back(month: date, number: int) -> list[date]:
    window = [month]
    while len(window) < number:
        window.insert(0, (window[0] - DAY).replace(day=1))
    return window


def staffing(
    world: World, kpi: str, regions: list[str], month: date, running_youths: int
) -> tuple[str, Any, Any]:
    window = months_back(month, 12 if kpi.endswith("_12m") else 1)
    workers = ("youth_protection_worker", "youth_probation_worker")
    rows = [
        row
        for row in world.staffing
        if row["period"] in window
        and row["region"] in regions
        and (kpi != "caseload" or row["role"] in workers)
    ]
    for region in regions:
        for each in window:
            if not any(row["region"] == region and row["period"] == each for row in rows):
                return "not_delivered", None, None

    def cells(name: str, only: date | None = None) -> list[Decimal | None]:
        return [row[name] for row in rows if only is None or row["period"] == only]

    if kpi == "caseload":
        top, bottom = [Decimal(running_youths)], cells("filled_fte") + cells("hired_fte")
    elif kpi in ("absence", "absence_12m"):
        top, bottom = cells("sick_days"), cells("available_days")  # type: ignore[assignment]
    elif kpi == "occupancy":
        top, bottom = cells("filled_fte"), cells("establishment_fte")  # type: ignore[assignment]
    else:
        top = cells("leavers")  # type: ignore[assignment]
        top += [-(cell or Decimal(0)) for cell in cells("internal_leavers")]
        bottom = cells("headcount_start", window[0]) + cells("headcount_end", window[-1])
    if None in top or None in bottom:
        return "not_known", None, None
    total = sum((each for each in bottom if each is not None), Decimal(0))
    return "known", sum(top, Decimal(0)), total / 2 if kpi == "turnover_12m" else total


GROUPS = {
    "ots": (11, 12),
    "voogdij": (21, 22, 23),
    "jeugdreclassering": (41, 42, 50, 51, 61, 62, 63),
}


def figures(
    world: World, *, delivered: Sequence[date], group: str = ""
) -> Mapping[tuple[str, str, date], Any]:
    """(kpi, scope code, month) -> (state, numerator, denominator, value).

    With ``group`` those that count measures, of that kind of measure alone.
    """
    out: dict[tuple[str, str, date], Any] = {}
    municipalities = sorted(world.regions)
    region_names = sorted({r for by_month in world.regions.values() for r in by_month.values()})
    for month in world.months:
        for code in ["jbn", *region_names, *municipalities]:
            for kpi, found in _of_place(world, code, month, month in delivered, group).items():
                out[(kpi, code, month)] = found
    return out


def _of_place(world: World, code: str, month: date, delivered: bool, group: str) -> dict[str, Any]:
    end = last_day(month)
    region_now = {each: by_month[month] for each, by_month in world.regions.items()}
    is_region = code in region_now.values()

    def inside(row: Row) -> bool:
        place = row["municipality"]
        if group and row["measure"] not in GROUPS[group]:
            return False
        return code in ("jbn", place) or region_now[place] == code

    rows = [row for row in world.measures if inside(row)]
    found: dict[str, Any] = {}

    def ratio(kpi: str, sums: tuple[int, int]) -> None:
        found[kpi] = ("known", *sums, None)

    def five(row: Row) -> date:
        return five_working_days(world, row["notified_on"])

    def assigned(row: Row, deadline: date) -> bool:
        return by(row["worker_assigned_on"], deadline)

    def contacted(row: Row, deadline: date) -> bool:
        return by(row["first_contact_on"], deadline)

    ratio(
        "contact_5wd",
        clock(world, month, rows, five, lambda r, d: assigned(r, d) and contacted(r, d)),
    )
    ratio("assigned_5wd", clock(world, month, rows, five, assigned))
    ratio("contacted_5wd", clock(world, month, rows, five, contacted))
    ratio(
        "plan_6w",
        clock(
            world,
            month,
            rows,
            lambda r: weeks(world, r[world.plan_start], 6) if r[world.plan_start] else None,
            lambda r, d: by(r["plan_adopted_on"], d),
            out=lambda r, d: by(r["family_plan_made_on"], d),
        ),
    )
    ratio(
        "help_3m",
        clock(
            world,
            month,
            rows,
            lambda r: three_months(r["notified_on"]),
            lambda r, d: by(r["suitable_help_started_on"], d),
        ),
    )
    stock = [row for row in rows if running(row, end)]
    old = [row for row in stock if (end - row["ordered_on"]).days > 365]
    current = 0
    for row in old:
        acts = [row["plan_adopted_on"], row["plan_reviewed_on"]]
        known = [act for act in acts if act is not None and act <= end]
        current += 1 if known and (end - max(known)).days <= 365 else 0
    ratio("plan_current", (current, len(old)))
    found["running_measures"] = ("known", len(stock), None, None)

    everywhere = [(row, starts(row)) for row in world.measures if running(row, end)]
    leads = [row for row in youths(everywhere) if inside(row)]
    found["running_youths"] = ("known", len(leads), None, None)

    measure_of = {row["case_key"]: row for row in world.measures}
    spells = [spell for spell in world.waiting if open_spell(spell, end)]
    for kpi, name in (("waiting_youths", "wachtlijst"), ("flow_waiting_youths", "doorstroomlijst")):
        on_list = [
            (measure_of[spell["case_key"]], spell["entered_on"])
            for spell in spells
            if spell["list"] == name
        ]
        number = len([row for row in youths(on_list) if inside(row)])
        found[kpi] = ("known", number, None, None)
    alone = [(row, day) for row, day in everywhere if not by(row["worker_assigned_on"], end)]
    found["unallocated_youths"] = (
        "known",
        len([row for row in youths(alone) if inside(row)]),
        None,
        None,
    )
    counted = [row["workers_so_far"] for row in stock if row["workers_so_far"] is not None]
    if stock and not counted:
        found["worker_changes_3"] = ("not_known", None, None, None)
    else:
        ratio("worker_changes_3", (len([one for one in counted if one >= 3]), len(counted)))
    here = [spell for spell in spells if inside(measure_of[spell["case_key"]])]
    overdue = [
        spell
        for spell in here
        if spell["next_check_due_on"] is None or spell["next_check_due_on"] < end
    ]
    ratio("safety_overdue", (len(overdue), len(here)))
    number, days = median(world, month, inside)
    state = "known" if days is not None else "not_reached"
    found["waiting_median_days"] = (state, None, number, days)

    if group:
        return found if delivered else dict.fromkeys(found, ("not_delivered", None, None, None))
    if code in ("jbn", world.safe_home_region) or (region_now.get(code) == world.safe_home_region):
        _safe_home(world, month, inside, found)
    if not delivered:
        found = dict.fromkeys(found, ("not_delivered", None, None, None))
    if code == "jbn" or is_region:
        regions = [code] if is_region else sorted(set(region_now.values()))
        for kpi in ("caseload", "absence", "absence_12m", "turnover_12m", "occupancy"):
            figure = staffing(world, kpi, regions, month, len(leads))
            if kpi == "caseload" and not delivered:
                figure = ("not_delivered", None, None)
            found[kpi] = (*figure, None)
    return found


def _safe_home(
    world: World, month: date, inside: Callable[[Row], bool], found: dict[str, Any]
) -> None:
    if world.safe_home is None:
        found["vt_triage_5wd"] = found["vt_study_10w"] = ("not_delivered", None, None, None)
        return
    triage = [0, 0]
    study = [0, 0]
    for row in world.safe_home:
        if not inside(row):
            continue
        deadline = five_working_days(world, row["received_on"])
        if deadline.replace(day=1) == month:
            triage[1] += 1
            triage[0] += 1 if by(row["triaged_on"], deadline) else 0
        if row["study_needed_on"] is not None:
            deadline = weeks(world, row["study_needed_on"], 10)
            if deadline.replace(day=1) == month:
                study[1] += 1
                study[0] += 1 if by(row["study_concluded_on"], deadline) else 0
    found["vt_triage_5wd"] = ("known", *triage, None)
    found["vt_study_10w"] = ("known", *study, None)
