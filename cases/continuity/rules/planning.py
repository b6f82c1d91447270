"""``continuity_plan``: who moves to which institution in which week. Pure.

Groups that differ only in code and number are one *class* in the programme, so that the whole
country is a programme of some 25,000 whole numbers; a plan for a class is dealt out over its
groups afterwards. Wishes come one by one: each is solved to its optimum, which binds the next.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import gcd
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from jbn_oversight.calculations.rules import (
    LEFT_OUT,
    CalculationInput,
    Code,
    Count,
    CountPerWeek,
    Fault,
    LeftOut,
    Price,
    WeekNumber,
    Weeks,
    doubled,
    each_week,
    refuse,
    wrong_length,
)

COURT: Final = "court"
LIMIT_SECONDS: Final = 50.0
"""After so long the best plan found is given, with what is known of how good it is."""

ROUNDING: Final = 1e-3
"""Added to each limit: it lets no other whole number in, and keeps sums of large costs feasible."""


@dataclass(frozen=True, slots=True)
class YouthGroup(CalculationInput):
    """Youths for whom the same holds."""

    code: Code
    youths: Count
    from_week: WeekNumber
    """The first week in which they can move."""
    ends_week: WeekNumber | None
    """The week in which their order ends; None where no end is known."""
    court: bool
    """Whether a court decides on each move."""
    accepted_by: list[Code]


@dataclass(frozen=True, slots=True)
class Receiver(CalculationInput):
    """An institution that youths can move to."""

    code: Code
    room_per_week: CountPerWeek
    room_total: Count
    temporary: bool
    cost: Price
    """Per youth."""


@dataclass(frozen=True, slots=True)
class Continuity(CalculationInput):
    """What has to be planned."""

    start: date
    weeks: Weeks
    lost_on: date
    groups: list[YouthGroup]
    receivers: list[Receiver]
    court_per_week: CountPerWeek

    def __post_init__(self) -> None:
        codes = [receiver.code for receiver in self.receivers]
        faults = [
            *doubled("groups", "code", [group.code for group in self.groups]),
            *doubled("receivers", "code", codes),
            *wrong_length("court_per_week", self.court_per_week, self.weeks),
        ]
        for at, receiver in enumerate(self.receivers):
            path = f"receivers[{at}].room_per_week"
            faults += wrong_length(path, receiver.room_per_week, self.weeks)
            if receiver.code == COURT:
                faults.append(Fault(f"receivers[{at}].code", f'"{COURT}" is the court itself'))
        for at, group in enumerate(self.groups):
            path = f"groups[{at}].accepted_by"
            faults += doubled(path, "", group.accepted_by)
            faults += [
                Fault(f"{path}[{place}]", "is the code of no receiver")
                for place, code in enumerate(group.accepted_by)
                if code not in codes
            ]
        refuse(faults)

    @property
    def lost_week(self) -> int | None:
        """The first week without a certificate; None where that lies after the last week."""
        week = max(1, (self.lost_on - self.start).days // 7 + 1)
        return week if week <= self.weeks else None


@dataclass(frozen=True, slots=True)
class Move:
    """So many youths of a group go to a receiver in a week."""

    group: str
    receiver: str
    week: int
    youths: int


@dataclass(frozen=True, slots=True)
class Relief:
    """What one more place a week would save, in youth-weeks."""

    what: str
    saves: int


@dataclass(frozen=True, slots=True)
class ContinuityPlan:
    """The plan, and what it leaves undone."""

    youth_weeks_without: int
    at_temporary: int
    cost: str
    moved: int
    ended: int
    not_needed: int
    unplaced: int
    proven: bool
    plan: list[Move]
    without: list[int]
    """Youths without a competent institution, by week."""
    relief: list[Relief] | None
    bound: int | LeftOut = LEFT_OUT
    """The fewest youth-weeks that are still possible, where the plan is not proven."""


@dataclass(frozen=True, slots=True)
class _Class:
    """Groups that differ in code and number only."""

    from_week: int
    ends_week: int | None
    court: bool
    accepted_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Choice:
    """One variable: youths of a class to a receiver in a week."""

    group: _Class
    receiver: int
    week: int
    saves: int
    """Youth-weeks without an institution that one such move prevents."""


@dataclass(frozen=True, slots=True)
class _Solved:
    """Whole numbers by choice; the bound is what no solution can get under."""

    numbers: NDArray[np.int64]
    proven: bool
    bound: float


def continuity_plan(given: Continuity, *, limit_seconds: float = LIMIT_SECONDS) -> ContinuityPlan:
    """The fewest youth-weeks without an institution; then the fewest youths at temporary
    receivers, the lowest cost, the fewest moves.
    """
    end = time.monotonic() + limit_seconds
    members: dict[_Class, list[YouthGroup]] = defaultdict(list)
    for group in given.groups:
        accepted = frozenset(group.accepted_by)
        members[_Class(group.from_week, group.ends_week, group.court, accepted)].append(group)
    youths = {one: sum(group.youths for group in groups) for one, groups in members.items()}
    choices = list(_choices(given, list(members)))
    solved, saved = _best(given, choices, youths, end)
    worst = sum(number * _weeks_without(given, one) for one, number in youths.items())
    relief = _relief(given, choices, youths, saved, end) if solved.proven else None
    plan = _plan_of(given, members, choices, solved.numbers)
    proven = relief is not None
    result = _counted(given, plan, proven=proven, relief=relief)
    if proven:
        return result
    fewest = worst + solved.bound if np.isfinite(solved.bound) else 0
    return replace(result, bound=max(0, int(np.ceil(fewest - 1e-6))))


def _weeks_without(given: Continuity, one: _Class | YouthGroup, moves: int | None = None) -> int:
    """Weeks in which a youth has no institution, who moves in a week or never."""
    if given.lost_week is None:
        return 0
    until = given.weeks + 1 if one.ends_week is None else min(one.ends_week, given.weeks + 1)
    return max(0, (until if moves is None else min(until, moves)) - given.lost_week)


def _choices(given: Continuity, classes: Sequence[_Class]) -> Iterator[_Choice]:
    """Every move that saves something; others cost and help nobody."""
    for one in classes:
        without = _weeks_without(given, one)
        last = given.weeks if one.ends_week is None else min(given.weeks, one.ends_week - 1)
        for at, receiver in enumerate(given.receivers):
            if receiver.code not in one.accepted_by:
                continue
            for week in range(one.from_week, last + 1):
                saves = without - _weeks_without(given, one, week)
                if saves > 0:  # also where there is no room: one place more could make it
                    yield _Choice(one, at, week, saves)


def _limits(
    given: Continuity, choices: Sequence[_Choice], youths: dict[_Class, int], more: str = ""
) -> tuple[csr_array, NDArray[np.float64]]:
    """The rows "at most": youths of a class, room per week and in all, the court's week.

    ``more`` names who has one place more in each week.
    """
    rows: dict[tuple[object, ...], int] = {}
    most: list[float] = []
    cells: tuple[list[int], list[int]] = ([], [])

    def count(column: int, key: tuple[object, ...], limit: float) -> None:
        if key not in rows:
            rows[key] = len(rows)
            most.append(limit)
        cells[0].append(rows[key])
        cells[1].append(column)

    court = each_week(given.court_per_week, given.weeks)
    rooms = [each_week(receiver.room_per_week, given.weeks) for receiver in given.receivers]
    for column, choice in enumerate(choices):
        receiver = given.receivers[choice.receiver]
        extra = receiver.code == more
        week = choice.week - 1
        count(column, ("class", choice.group), youths[choice.group])
        count(column, ("week", choice.receiver, week), rooms[choice.receiver][week] + extra)
        count(column, ("total", choice.receiver), receiver.room_total + given.weeks * extra)
        if choice.group.court:
            count(column, ("court", week), court[week] + (more == COURT))
    shape = (len(rows), len(choices))
    matrix = csr_array((np.ones(len(cells[0])), cells), shape=shape)
    return matrix, np.array(most)


def _best(
    given: Continuity, choices: Sequence[_Choice], youths: dict[_Class, int], end: float
) -> tuple[_Solved, int]:
    """The plan that is best by all four wishes in turn, and the youth-weeks that it saves."""
    matrix, most = _limits(given, choices, youths)
    saves = np.array([choice.saves for choice in choices], dtype=np.int64)
    cents = np.array([int(Decimal(one.cost) * 100) for one in given.receivers], dtype=np.int64)
    cents //= max(1, gcd(*map(int, cents)))
    temporary = np.array([one.temporary for one in given.receivers], dtype=np.int64)
    to = np.array([choice.receiver for choice in choices], dtype=np.int64)
    wishes = [-saves, temporary[to], cents[to], np.ones_like(saves)] if len(choices) else []
    solved = _Solved(np.zeros(len(choices), dtype=np.int64), proven=True, bound=0.0)
    for place, wish in enumerate(wishes):
        found = _solve(wish, matrix, most, end, start=solved.numbers)
        bound = found.bound if place == 0 else solved.bound
        solved = _Solved(found.numbers, found.proven, bound)
        if not found.proven:
            break
        matrix = vstack([matrix, csr_array(wish.astype(float)[None, :])], format="csr")
        most = np.append(most, float(wish @ solved.numbers))
    return solved, int(saves @ solved.numbers) if len(choices) else 0


def _solve(
    wish: NDArray[np.int64],
    matrix: csr_array,
    most: NDArray[np.float64],
    end: float,
    start: NDArray[np.int64],
) -> _Solved:
    """The whole numbers that make the wish least; ``start`` where none are found in time."""
    left = end - time.monotonic()
    if not wish.any():
        return _Solved(start, proven=True, bound=0.0)
    if left <= 0:
        return _Solved(start, proven=False, bound=-np.inf)
    answer = milp(
        wish.astype(float),
        integrality=np.ones(len(wish)),
        bounds=Bounds(0, np.inf),
        constraints=LinearConstraint(matrix, ub=most + ROUNDING),
        options={"time_limit": left, "mip_rel_gap": 0.0},
    )
    bound = answer.get("mip_dual_bound")
    bound = -np.inf if bound is None else float(bound)
    if answer.x is None:
        return _Solved(start, proven=False, bound=bound)
    numbers = np.rint(answer.x).astype(np.int64)
    return _Solved(numbers, proven=answer.status == 0, bound=bound)


def _relief(
    given: Continuity,
    choices: Sequence[_Choice],
    youths: dict[_Class, int],
    saved: int,
    end: float,
) -> list[Relief] | None:
    """What one more place at the court and at each receiver saves; None where time ran out."""
    saves = np.array([choice.saves for choice in choices], dtype=np.int64)
    found = []
    for what in [COURT, *(receiver.code for receiver in given.receivers)]:
        if not len(choices):
            found.append(Relief(what, 0))
            continue
        matrix, most = _limits(given, choices, youths, more=what)
        solved = _solve(-saves, matrix, most, end, start=np.zeros_like(saves))
        if not solved.proven:
            return None
        found.append(Relief(what, int(saves @ solved.numbers) - saved))
    return sorted(found, key=lambda one: (-one.saves, one.what))


def _plan_of(
    given: Continuity,
    members: dict[_Class, list[YouthGroup]],
    choices: Sequence[_Choice],
    numbers: NDArray[np.int64],
) -> list[Move]:
    """The moves of each class dealt out over its groups, one group after another."""
    left = {group.code: group.youths for group in given.groups}
    moves: dict[tuple[str, str, int], int] = defaultdict(int)
    waiting = {one: iter(groups) for one, groups in members.items()}
    current = {one: next(groups) for one, groups in waiting.items()}
    for choice, number in zip(choices, numbers.tolist(), strict=True):
        while number:
            group = current[choice.group]
            taken = min(number, left[group.code])
            if taken:
                moves[group.code, given.receivers[choice.receiver].code, choice.week] += taken
                left[group.code] -= taken
                number -= taken  # noqa: PLW2901
            if number:
                current[choice.group] = next(waiting[choice.group])
    return [Move(*key, youths) for key, youths in sorted(moves.items())]


def _counted(
    given: Continuity, plan: list[Move], *, proven: bool, relief: list[Relief] | None
) -> ContinuityPlan:
    """What a plan comes to, counted from the plan itself and not from the programme."""
    receivers = {one.code: one for one in given.receivers}
    stays = {group.code: group.youths for group in given.groups}
    groups = {group.code: group for group in given.groups}
    without = [0] * given.weeks
    for move in plan:
        stays[move.group] -= move.youths
        _add_weeks(given, without, groups[move.group], move.week, move.youths)
    ended = left = 0
    for code, number in stays.items():
        group = groups[code]
        _add_weeks(given, without, group, None, number)
        if group.ends_week is not None and group.ends_week <= given.weeks:
            ended += number
        else:
            left += number
    needed = given.lost_week is not None
    cost = sum((Decimal(receivers[move.receiver].cost) * move.youths for move in plan), Decimal(0))
    return ContinuityPlan(
        youth_weeks_without=sum(without),
        at_temporary=sum(move.youths for move in plan if receivers[move.receiver].temporary),
        cost=f"{cost:.2f}",
        moved=sum(move.youths for move in plan),
        ended=ended,
        not_needed=0 if needed else left,
        unplaced=left if needed else 0,
        proven=proven,
        plan=plan,
        without=without,
        relief=relief,
    )


def _add_weeks(
    given: Continuity, without: list[int], group: YouthGroup, moves: int | None, youths: int
) -> None:
    """Count youths in each of the weeks in which they have no institution."""
    if given.lost_week is not None:
        first = given.lost_week - 1
        for week in range(first, first + _weeks_without(given, group, moves)):
            without[week] += youths
