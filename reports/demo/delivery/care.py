"""What is done for each measure: worker, contact, plan, reviews, help, and the waiting lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random
from typing import Final

from reports.demo.delivery.shape import (
    CONTACT_ON_TIME,
    FLOW_WAITING,
    HELP_ON_TIME,
    PLAN_ON_TIME,
    REGIONS,
    WAITING,
    add_weekdays,
    jittered,
    level,
    opaque_key,
    share_out,
)
from reports.demo.delivery.youths import Case, Spell

_PLAN_DAYS: Final = 42
_HELP_DAYS: Final = 90
_WEEK: Final = timedelta(days=7)
LISTS_START: Final = date(2017, 1, 2)
"""Before this Monday nobody waits: it lies too far back for any window."""


def give_care(seed: str, cases: list[Case], until: date, scale: float) -> None:
    """Fill in what happened to the measures, up to and with ``until`` and beyond."""
    waiting = _contacts(Random(f"{seed} contacts"), cases)
    _serve_waiting(Random(f"{seed} waiting"), waiting, until, scale)
    _plans(Random(f"{seed} plans"), cases)
    _help(Random(f"{seed} help"), cases)
    _changes_of_worker(Random(f"{seed} changes"), cases, until, scale)
    _safety_checks(Random(f"{seed} checks"), cases)
    for case in cases:
        _nothing_after_the_end(case)


def by_region_and_month(
    cases: Iterable[Case], day_of: Callable[[Case], date]
) -> dict[tuple[str, date], list[Case]]:
    """The cases per region and per month of the given day, both in order of appearance."""
    groups: defaultdict[tuple[str, date], list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.region, day_of(case).replace(day=1)].append(case)
    return groups


def _contacts(draw: Random, cases: list[Case]) -> list[Case]:
    """Worker and first contact; returned are those who get no worker in time."""
    waiting: list[Case] = []
    new = [case for case in cases if case.entry == "new"]
    for (region, month), group in by_region_and_month(
        new, lambda case: add_weekdays(case.notified_on, 5)
    ).items():
        on_time = jittered(draw, level(CONTACT_ON_TIME[region], month + timedelta(days=14)))
        for case, in_time in zip(group, share_out(draw, len(group), on_time), strict=True):
            told = case.notified_on
            if in_time:
                case.worker_assigned_on = add_weekdays(told, draw.choice((0, 1, 1, 2, 2, 3, 4)))
                case.first_contact_on = add_weekdays(told, draw.choice((1, 2, 3, 3, 4, 4, 5)))
            elif draw.random() < 0.14:  # a worker at once, but the family is seen too late
                case.worker_assigned_on = add_weekdays(told, draw.choice((1, 2, 3, 4)))
                case.first_contact_on = told + timedelta(days=11 + int(draw.expovariate(1 / 12)))
            else:
                if draw.random() < 0.05:  # a duty worker pays the visit
                    case.first_contact_on = add_weekdays(told, draw.choice((2, 3, 4)))
                waiting.append(case)
    for case in cases:
        if case.entry == "transfer_in":
            case.worker_assigned_on = case.notified_on + timedelta(days=draw.randrange(12))
            case.first_contact_on = case.worker_assigned_on + timedelta(days=draw.randrange(15))
    return waiting


def _serve_waiting(draw: Random, waiting: list[Case], until: date, scale: float) -> None:
    """Week by week the waiting list of each region is served down to its level.

    The one who waits longest mostly goes first, an urgent one sometimes before.
    """
    for region in REGIONS:
        coming = sorted(
            (case for case in waiting if case.region == region),
            key=lambda case: (case.notified_on, case.case_key),
        )
        queue: list[Case] = []
        position = 0
        monday = LISTS_START
        while monday <= until:
            while position < len(coming) and coming[position].notified_on <= monday:
                case = coming[position]
                position += 1
                if monday - case.notified_on > timedelta(days=60) or case.spells:
                    continue  # before the lists were kept
                case.spells.append(Spell("wachtlijst", case.notified_on))
                queue.append(case)
            queue = [case for case in queue if case.ended_on > monday]
            too_many = len(queue) - round(level(WAITING[region], monday) * scale)
            for case in _next_served(draw, queue, monday, too_many):
                queue.remove(case)
                _assign(draw, case, monday + timedelta(days=draw.randrange(5)))
            monday += _WEEK


def _next_served(draw: Random, queue: list[Case], monday: date, count: int) -> list[Case]:
    ripe = [case for case in queue if monday - case.notified_on >= timedelta(days=12)]
    served: list[Case] = []
    while ripe and len(served) < count:
        first = 0 if draw.random() < 0.7 else draw.randrange(len(ripe))
        served.append(ripe.pop(first))
    return served


def _assign(draw: Random, case: Case, day: date) -> None:
    spell = case.spells[0]
    spell.left_on = day
    cleaning = date(2025, 4, 1) <= day <= date(2025, 5, 31)
    spell.exit_reason = "list_cleaned" if cleaning and draw.random() < 0.3 else "helped"
    case.worker_assigned_on = day
    if case.first_contact_on is None:
        waited = (day - case.notified_on).days
        if waited > 20 and draw.random() < 0.3:  # seen by a duty worker while waiting
            case.first_contact_on = case.notified_on + timedelta(days=draw.randrange(13, waited))
        else:
            case.first_contact_on = day + timedelta(days=draw.choice((0, 1, 2, 3, 5, 7, 9, 12)))


def _plans(draw: Random, cases: list[Case]) -> None:
    """Plan of approach and its reviews; anyone who was seen in time has the best chance."""
    new = [case for case in cases if case.entry == "new"]
    for (region, month), group in by_region_and_month(
        new, lambda case: case.notified_on + timedelta(days=_PLAN_DAYS)
    ).items():
        on_time = jittered(draw, level(PLAN_ON_TIME[region], month + timedelta(days=14)))
        with_plan: list[Case] = []
        for case in group:
            if draw.random() < 0.04:
                made = case.notified_on + timedelta(days=draw.randrange(14, _PLAN_DAYS))
                case.family_plan_made_on = made
            else:
                if draw.random() < 0.9:
                    waived = case.notified_on + timedelta(days=draw.randrange(1, 21))
                    case.family_plan_waived_on = waived
                if case.ended_on >= case.notified_on + timedelta(days=_PLAN_DAYS):
                    with_plan.append(case)
        with_plan.sort(key=lambda case: case.first_contact_on or date.max)
        likely = with_plan[: int(len(with_plan) * (on_time + 0.15)) + 1]
        draw.shuffle(likely)
        in_time = set(likely[: sum(share_out(draw, len(with_plan), on_time))])
        for case in with_plan:
            _plan(draw, case, in_time=case in in_time)
    for case in cases:
        if case.entry == "transfer_in":
            case.plan_adopted_on = case.notified_on + timedelta(days=draw.randrange(10, 110))
        _reviews(draw, case)


def _plan(draw: Random, case: Case, *, in_time: bool) -> None:
    if in_time:
        case.plan_adopted_on = case.notified_on + timedelta(days=draw.randrange(14, _PLAN_DAYS + 1))
    elif draw.random() < 0.95:
        deadline = case.notified_on + timedelta(days=_PLAN_DAYS + 6)
        start = max(deadline, case.first_contact_on or deadline)
        case.plan_adopted_on = start + timedelta(days=int(draw.expovariate(1 / 40)))


def _reviews(draw: Random, case: Case) -> None:
    day = case.plan_adopted_on
    while day is not None and day < case.ended_on:
        in_time = draw.random() < 0.8
        day += timedelta(days=draw.randrange(170, 362) if in_time else draw.randrange(370, 560))
        case.reviews.append(day)


def _help(draw: Random, cases: list[Case]) -> None:
    new = [case for case in cases if case.entry == "new"]
    for (_region, month), group in by_region_and_month(
        new, lambda case: case.notified_on + timedelta(days=_HELP_DAYS)
    ).items():
        on_time = jittered(draw, level(HELP_ON_TIME, month))
        for case, in_time in zip(group, share_out(draw, len(group), on_time), strict=True):
            if in_time:
                days = draw.randrange(5, _HELP_DAYS - 1)
            else:
                days = _HELP_DAYS + 4 + int(draw.expovariate(1 / 70))
            if in_time or draw.random() < 0.85:
                case.suitable_help_started_on = case.notified_on + timedelta(days=days)


def _changes_of_worker(draw: Random, cases: list[Case], until: date, scale: float) -> None:
    """The list of those between two workers, filled and served to its level week by week."""
    for region in REGIONS:
        own = [case for case in cases if case.region == region and case.worker_assigned_on]
        queue: list[Case] = []
        monday = LISTS_START
        while monday <= until:
            queue = [case for case in queue if case.ended_on > monday]
            target = round(level(FLOW_WAITING[region], monday) * scale)
            leaving = max(0, len(queue) - target)
            leaving += sum(draw.random() < 0.1 for _ in range(len(queue) - leaving))
            for case in queue[:leaving]:
                left = monday + timedelta(days=draw.randrange(5))
                case.spells[-1].left_on = min(left, case.ended_on)
                case.spells[-1].exit_reason = "helped"
            queue = queue[leaving:]
            missing = target - len(queue)
            tries = 0
            while missing > 0 and tries < 2000 and own:
                tries += 1
                case = own[draw.randrange(len(own))]
                if _may_lose_worker(case, monday):
                    case.spells.append(Spell("doorstroomlijst", monday))
                    queue.append(case)
                    missing -= 1
            monday += _WEEK


def _may_lose_worker(case: Case, monday: date) -> bool:
    if case.worker_assigned_on is None or case.worker_assigned_on > monday - timedelta(days=60):
        return False
    if case.ended_on <= monday + timedelta(days=10):
        return False
    last = case.spells[-1].left_on if case.spells else date.min
    return last is not None and last < monday - timedelta(days=30)


def _safety_checks(draw: Random, cases: list[Case]) -> None:
    """Every four weeks someone should look whether a waiting child is safe."""
    for case in cases:
        for spell in case.spells:
            end = min(spell.left_on or case.ended_on, case.ended_on)
            day = spell.entered_on + timedelta(days=draw.choice((0, 1, 2, 4, 7, 9)))
            while day <= end:
                spell.checks.append((day, day + timedelta(days=28)))
                day += timedelta(days=draw.choice((20, 24, 26, 27, 28, 28, 31, 40)))


def _nothing_after_the_end(case: Case) -> None:
    """A measure that ended gets nothing more, and waits no longer."""
    end = case.ended_on
    for name in (
        "worker_assigned_on",
        "first_contact_on",
        "family_plan_waived_on",
        "family_plan_made_on",
        "plan_adopted_on",
        "suitable_help_started_on",
    ):
        day = getattr(case, name)
        if day is not None and day > end:
            setattr(case, name, None)
    case.reviews = [day for day in case.reviews if day <= end] if case.plan_adopted_on else []
    for spell in case.spells:
        if spell.left_on is None or spell.left_on > end:
            spell.left_on = end
            spell.exit_reason = "transferred" if case.end_reason == "transferred" else "withdrawn"


def split_in_terms(seed: str, cases: list[Case]) -> None:
    """Some older supervision orders stand in the register as one row for each yearly term."""
    draw = Random(f"{seed} terms")
    for case in list(cases):
        turn = case.ordered_on + timedelta(days=365)
        fits = case.measure == 11 and case.entry == "new" and not case.spells
        if not fits or turn >= case.ended_on or turn.year > 2023 or draw.random() > 0.12:
            continue
        acts = (
            case.worker_assigned_on,
            case.first_contact_on,
            case.family_plan_waived_on,
            case.family_plan_made_on,
            case.plan_adopted_on,
            case.suitable_help_started_on,
        )
        if any(day is not None and day > turn for day in acts):
            continue
        cases.append(
            Case(
                case_key=opaque_key(draw, "m"),
                youth_key=case.youth_key,
                region=case.region,
                municipality=case.municipality,
                measure=11,
                ordered_on=turn,
                notified_on=turn,
                ended_on=case.ended_on,
                end_reason=case.end_reason,
                entry="extension",
                worker_assigned_on=case.worker_assigned_on,
                first_contact_on=case.first_contact_on,
                plan_adopted_on=case.plan_adopted_on,
                reviews=[day for day in case.reviews if day > turn],
                suitable_help_started_on=case.suitable_help_started_on,
            )
        )
        case.ended_on, case.end_reason = turn, ""
        case.reviews = [day for day in case.reviews if day <= turn]
