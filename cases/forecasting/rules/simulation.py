"""``waiting_forecast``: the list of the coming weeks, played many times by chance. Pure.

Who waits is a row of places in the order of arrival, the same row all weeks long. Each place knows
in which week its youth would leave without help (a geometric wait, which is leaving with the same
chance each week); starts take the first places that are still there. Random numbers come
from NumPy's PCG64.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

import numpy as np
from annotated_types import Ge, Le
from numpy.typing import NDArray

from jbn_oversight.calculations.rules import (
    CalculationInput,
    Count,
    Fault,
    PerWeek,
    Share,
    WeekNumber,
    Weeks,
    each_week,
    last_day_of_week,
    refuse,
    wrong_length,
)

Numbers = NDArray[np.int64]

MOST_YOUTHS = 200_000
"""On the list and expected together; a forecast for more is not what this is made for."""
PLACES_AT_ONCE = 300_000
"""Runs are played in groups of so many places, which bounds the memory. The groups depend on the
input alone, so the same input gives the same bytes."""
NEVER = 30_000
"""A week after all weeks."""
FOURTH_DAY = 3
"""Arrivals and starts fall on the fourth day of their week; days after its first."""


@dataclass(frozen=True, slots=True)
class WaitingSince(CalculationInput):
    """Youths on the list since one day."""

    since: date
    count: Count


@dataclass(frozen=True, slots=True)
class WaitingList(CalculationInput):
    """A list, and what is expected to come in and to be taken on, per week."""

    start: date
    weeks: Weeks
    seed: Annotated[int, Ge(0)]
    queue: list[WaitingSince]
    arrivals_per_week: PerWeek
    starts_per_week: PerWeek
    leave_per_week: Share
    target_weeks: WeekNumber
    runs: Annotated[int, Ge(200), Le(20_000)] = 2_000
    capacity: Literal["poisson", "fixed"] = "poisson"

    def __post_init__(self) -> None:
        faults = [
            Fault(f"queue[{at}].since", f"{row.since} is after start, {self.start}")
            for at, row in enumerate(self.queue)
            if row.since > self.start
        ]
        faults += wrong_length("arrivals_per_week", self.arrivals_per_week, self.weeks)
        faults += wrong_length("starts_per_week", self.starts_per_week, self.weeks)
        refuse(faults)
        queued = sum(row.count for row in self.queue)
        if queued > MOST_YOUTHS:
            refuse([Fault("queue", f"holds {queued} youths, more than {MOST_YOUTHS}")])
        if sum(each_week(self.arrivals_per_week, self.weeks)) > MOST_YOUTHS:
            refuse([Fault("arrivals_per_week", f"add up to more than {MOST_YOUTHS}")])


@dataclass(frozen=True, slots=True)
class ListWeek:
    """The list at the end of one week, over all runs."""

    week: int
    last_day: date
    mean: float
    p2_5: int
    p25: int
    p50: int
    p75: int
    p97_5: int


@dataclass(frozen=True, slots=True)
class YouthWeeks:
    """The lists of all week ends added up."""

    mean: float
    p2_5: int
    p97_5: int


@dataclass(frozen=True, slots=True)
class WaitingForecast:
    """By week, over all runs; means have three decimals."""

    list_: list[ListWeek]
    started: list[float]
    left: list[float]
    median_wait_days: list[int | None]
    within_target: float | None
    youth_weeks: YouthWeeks


@dataclass(slots=True)
class _Tally:
    """What the runs add up to."""

    lists: Numbers
    """By run and week."""
    started: Numbers
    left: Numbers
    waits: Numbers
    """By week and cohort of arrival: how many started."""
    judged: int = 0
    """Arrivals that can be held against the target."""


def waiting_forecast(given: WaitingList) -> WaitingForecast:
    """Play the coming weeks ``runs`` times."""
    rows = sorted((row for row in given.queue if row.count), key=lambda row: row.since)
    days = [(row.since - given.start).days for row in rows]
    queue = np.repeat(np.arange(len(rows), dtype=np.int32), [row.count for row in rows])
    arrivals = np.array(each_week(given.arrivals_per_week, given.weeks))
    tally = _Tally(
        lists=np.zeros((given.runs, given.weeks), dtype=np.int64),
        started=np.zeros(given.weeks, dtype=np.int64),
        left=np.zeros(given.weeks, dtype=np.int64),
        waits=np.zeros((given.weeks, len(rows) + given.weeks), dtype=np.int64),
    )
    random = np.random.Generator(np.random.PCG64(given.seed))
    expected = len(queue) + float(arrivals.sum())
    at_once = max(1, int(PLACES_AT_ONCE / (1 + expected + 6 * math.sqrt(expected))))
    for first in range(0, given.runs, at_once):
        runs = slice(first, min(first + at_once, given.runs))
        _play(given, random, queue, len(rows), arrivals, runs, tally)
    cohort_days = np.array(days + [7 * week + FOURTH_DAY for week in range(given.weeks)], dtype=int)
    return _summary(given, tally, cohort_days)


def _play(
    given: WaitingList,
    random: np.random.Generator,
    queue: NDArray[np.int32],
    cohorts: int,
    arrivals: NDArray[np.float64],
    which: slice,
    tally: _Tally,
) -> None:
    """Play some of the runs. A place is a column, in the order of arrival."""
    runs, weeks = which.stop - which.start, given.weeks
    came = random.poisson(arrivals, size=(runs, weeks))
    there = len(queue) + np.cumsum(came, axis=1)
    """Places taken by the end of each week."""
    cohort = _cohorts(queue, came, cohorts)
    leaves = _leaving_weeks(random, given.leave_per_week, np.maximum(0, cohort - cohorts))
    """The week in which each place is given up without help; -1 once its youth started."""
    room = _room(given, random, runs)
    front = np.zeros(runs, dtype=np.int64)
    """Before this place nobody of a run waits any more."""
    for week in range(weeks):
        low, high = int(front.min()), int(there[:, week].max())
        there_now, room_now = there[:, week], room[:, week]
        tally.left[week] += int(np.count_nonzero(leaves[:, low:high] == week))
        waits = leaves[:, low:high] > week
        sure = max(0, int(there_now.min()) - low)
        waits[:, sure:] &= np.arange(low + sure, high) < there_now[:, None]
        number = np.count_nonzero(waits, axis=1)
        begun = np.minimum(number, room_now)
        # Only the first places start: most weeks, looking at some of them is enough.
        width = int(front.max()) - low + 2 * int(room_now.max(initial=0)) + 20
        order = np.cumsum(waits[:, :width], axis=1, dtype=np.int32)
        if high - low > width and (order[:, -1] < begun).any():
            width = high - low
            order = np.cumsum(waits, axis=1, dtype=np.int32)
        starts = waits[:, :width] & (order <= room_now[:, None])
        row, place = np.nonzero(starts)
        leaves[row, low + place] = -1
        np.maximum.at(front, row, low + place + 1)
        tally.lists[which, week] = number - begun
        tally.started[week] += len(row)
        tally.waits[week] += np.bincount(cohort[row, low + place], minlength=tally.waits.shape[1])
    until = weeks - given.target_weeks
    tally.judged += int(came[:, : max(0, until)].sum())


def _cohorts(queue: NDArray[np.int32], came: Numbers, cohorts: int) -> NDArray[np.int32]:
    """By run and place: which row of the queue, and after these which week of arrival.

    A place that nobody took in this run has the week after the last.
    """
    runs, weeks = came.shape
    total = came.sum(axis=1)
    width = int(total.max(initial=0))
    found = np.full((runs, len(queue) + width), cohorts + weeks, dtype=np.int32)
    found[:, : len(queue)] = queue
    arrived = np.repeat(np.tile(np.arange(cohorts, cohorts + weeks), runs), came.ravel())
    found[:, len(queue) :][np.arange(width) < total[:, None]] = arrived
    return found


def _leaving_weeks(
    random: np.random.Generator, chance: float, joined: NDArray[np.int32]
) -> NDArray[np.int16]:
    """In which week each place is given up without help, the week of its arrival included."""
    if chance == 0:
        return np.full(joined.shape, NEVER, dtype=np.int16)
    waited = random.geometric(chance, size=joined.shape) - 1
    return np.minimum(joined + np.minimum(waited, NEVER), NEVER).astype(np.int16)


def _room(given: WaitingList, random: np.random.Generator, runs: int) -> Numbers:
    """By run and week: how many can start."""
    means = np.array(each_week(given.starts_per_week, given.weeks))
    if given.capacity == "poisson":
        return random.poisson(means, size=(runs, given.weeks))
    whole = np.floor(np.cumsum(means) + 1e-9).astype(np.int64)
    return np.broadcast_to(np.diff(whole, prepend=0), (runs, given.weeks))


def _summary(given: WaitingList, tally: _Tally, cohort_days: Numbers) -> WaitingForecast:
    weeks = range(given.weeks)
    until = given.weeks - given.target_weeks
    queued = len(cohort_days) - given.weeks
    in_time = sum(
        int(tally.waits[week, queued + arrived])
        for arrived in range(max(0, until))
        for week in range(arrived, min(given.weeks, arrived + given.target_weeks + 1))
    )
    in_all = np.sort(tally.lists.sum(axis=1))
    by_week = np.sort(tally.lists, axis=0)
    return WaitingForecast(
        list_=[
            ListWeek(
                week + 1,
                last_day_of_week(given.start, week + 1),
                round(float(by_week[:, week].mean()), 3),
                *(_percentile(by_week[:, week], at) for at in (25, 250, 500, 750, 975)),
            )
            for week in weeks
        ],
        started=[round(int(number) / given.runs, 3) for number in tally.started],
        left=[round(int(number) / given.runs, 3) for number in tally.left],
        median_wait_days=[
            _median_wait(tally.waits[week], 7 * week + FOURTH_DAY - cohort_days) for week in weeks
        ],
        within_target=in_time / tally.judged if tally.judged else None,
        youth_weeks=YouthWeeks(
            round(float(in_all.mean()), 3), _percentile(in_all, 25), _percentile(in_all, 975)
        ),
    )


def _percentile(rising: Numbers, per_thousand: int) -> int:
    """The smallest value that at least this share of the runs does not exceed."""
    return int(rising[-(-per_thousand * len(rising) // 1000) - 1])


def _median_wait(number: Numbers, days: Numbers) -> int | None:
    """The same rule over all who started in a week, ``number`` of each wait in ``days``."""
    order = np.argsort(days, kind="stable")
    so_far = np.cumsum(number[order])
    total = int(so_far[-1]) if len(so_far) else 0
    if not total:
        return None
    return int(days[order][np.searchsorted(so_far, -(-total // 2))])
