"""A million made-up measures, as columns: nobody's, but shaped like a register's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from cases.counting.rules.columns import (
    ENTRIES,
    EXIT_REASONS,
    LISTS,
    UNKNOWN,
    Facts,
    MeasureColumns,
    WaitingColumns,
)
from cases.counting.rules.observations import MEASURES
from jbn_oversight.clock import add_months, month_end

REFERENCE_MONTH = date(2025, 9, 1)
MONTHS = tuple(add_months(REFERENCE_MONTH, back) for back in range(-35, 1))
REFERENCE_ON = np.datetime64(month_end(REFERENCE_MONTH), "D")
_NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class MadeUp:
    """One institution's facts, with as many municipalities as it is overseen for."""

    institution: str
    municipalities: tuple[str, ...]
    facts: Facts


def make_up(measures: int, institutions: int, municipalities: int, seed: int) -> list[MadeUp]:
    """The same facts for the same seed, spread evenly over institutions."""
    random = np.random.default_rng(seed)
    codes = [f"GM{3000 + number}" for number in range(1, municipalities + 1)]
    shares = np.array_split(np.array(codes), institutions)
    sizes = [len(part) for part in np.array_split(np.arange(measures), institutions)]
    return [
        MadeUp(
            institution=f"gi-{number + 1:02d}",
            municipalities=tuple(share.tolist()),
            facts=_facts(random, size, len(share)),
        )
        for number, (share, size) in enumerate(zip(shares, sizes, strict=True))
    ]


def _facts(random: np.random.Generator, size: int, municipalities: int) -> Facts:
    measures = _measures(random, size, municipalities)
    return Facts(REFERENCE_ON, measures, _waiting(random, measures), None)


def _measures(random: np.random.Generator, size: int, municipalities: int) -> MeasureColumns:
    first = np.datetime64("2019-01-01", "D")
    span = int((REFERENCE_ON - first).astype(int))
    ordered = first + random.integers(0, span + 1, size).astype("timedelta64[D]")
    entry = random.choice(len(ENTRIES), size, p=[0.75, 0.17, 0.08]).astype(np.int8)
    ended = _after(random, ordered, 1500, share=0.8, mean=420)
    final = np.where(np.isnat(ended), REFERENCE_ON, ended)

    def act(since: Any, mean: float, share: float) -> Any:
        day = _after(random, since, 10_000, share=share, mean=mean)
        return np.where(day <= final, day, _NO_DAY)

    notified = act(ordered, 2, 0.98)
    since = np.where(np.isnat(notified), ordered, notified)
    adopted = act(since, 45, 0.85)
    return MeasureColumns(
        youth=random.integers(0, size * 7 // 10, size).astype(np.int32),
        municipality=random.integers(0, municipalities, size).astype(np.int16),
        measure=np.array(MEASURES, dtype=np.int16)[
            random.choice(len(MEASURES), size, p=[0.55, 0.04, 0.18, 0.01, 0.02, *[0.2 / 7] * 7])
        ],
        entry=entry,
        ordered_on=ordered,
        notified_on=notified,
        worker_assigned_on=act(since, 5, 0.95),
        first_contact_on=act(since, 7, 0.93),
        family_plan_waived_on=act(ordered, 12, 0.6),
        family_plan_made_on=act(ordered, 40, 0.05),
        plan_adopted_on=adopted,
        plan_reviewed_on=np.where(np.isnat(adopted), _NO_DAY, act(adopted, 300, 0.6)),
        suitable_help_started_on=act(since, 80, 0.8),
        ended_on=ended,
        # Optional columns, which this register leaves out.
        order_ends_on=np.full(size, _NO_DAY),
        workers_so_far=np.full(size, UNKNOWN, np.int32),
    )


def _waiting(random: np.random.Generator, measures: MeasureColumns) -> WaitingColumns:
    row = np.flatnonzero(random.random(len(measures.youth)) < 0.3).astype(np.int32)
    size = len(row)
    entered = measures.ordered_on[row]
    ended = measures.ended_on[row]
    left = _after(random, entered, 2000, share=0.93, mean=110)
    left = np.where(np.isnat(left) | (left > ended), ended, left)
    left = np.where(left > REFERENCE_ON, ended, left)
    reason = random.choice(len(EXIT_REASONS), size, p=[0.75, 0.1, 0.1, 0.05]).astype(np.int8)
    return WaitingColumns(
        measure_row=row,
        list=random.choice(len(LISTS), size, p=[0.7, 0.3]).astype(np.int8),
        exit_reason=np.where(np.isnat(left), np.int8(-1), reason).astype(np.int8),
        entered_on=entered,
        left_on=left,
        safety_checked_on=np.full(size, _NO_DAY),
        next_check_due_on=_after(random, entered, 400, share=0.8, mean=90, limit=False),
    )


def _after(
    random: np.random.Generator,
    since: Any,
    most: int,
    *,
    share: float,
    mean: float,
    limit: bool = True,
) -> Any:
    """A day so many days after, for a share of the rows, and not after the reference date."""
    days = np.minimum(random.exponential(mean, len(since)), most).astype(np.int64)
    later = since + days.astype("timedelta64[D]")
    known = random.random(len(since)) < share
    if limit:
        known &= later <= REFERENCE_ON
    return np.where(known, later, _NO_DAY)
