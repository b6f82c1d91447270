"""Counting an institution's facts into additive series.

Pure: columns in, cells out; no database, no clock. A cell is a number of measures, youths,
spells or notifications for one municipality, measure code and month, so that cells may be
added over municipalities and measures. Days are days in Europe/Amsterdam; a month ends with
its last day. Facts are one delivery's, and nothing after its reference date is known: no
month after the reference month may be asked for (ValueError).

The clocks follow ``jbn_oversight.working_days``, the stocks the rule of the CBS that what ends
on the last day of a month is not in that month's stock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from cases.counting.rules.columns import (
    ENTRIES,
    EXIT_REASONS,
    LISTS,
    UNKNOWN,
    Days,
    Facts,
    MeasureColumns,
    SafeHomeColumns,
)
from cases.counting.rules.months import MonthLine
from jbn_oversight.clock import month_end
from jbn_oversight.working_days import Calendar, three_months_deadline

Cells = NDArray[np.int64]
Rows = NDArray[np.intp]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

MEASURES: Final = (11, 12, 21, 22, 23, 41, 42, 50, 51, 61, 62, 63)
"""CBS codes, the second axis of the cells."""

MEASURE_GROUPS: Final[Mapping[str, tuple[int, ...]]] = {
    "ots": (11, 12),
    "voogdij": (21, 22, 23),
    "jeugdreclassering": (41, 42, 50, 51, 61, 62, 63),
}
"""The kinds of measures by which figures are split, with their codes; together they are all."""
EVERY_GROUP: Final = "all"

METHOD: Final = 2
"""Goes up when something else is counted: months that were computed before are computed again."""

PlanClockStart = Literal["notified_on", "family_plan_waived_on", "first_contact_on"]

CLOCK_SERIES: Final = (
    "contact_due",
    "contact_met",
    "assigned_met",
    "contacted_met",
    "plan_due",
    "plan_met",
    "help_due",
    "help_met",
    "clock_missing",
)
STOCK_SERIES: Final = (
    "measures_running",
    "youths_running",
    "youths_unallocated",
    "measures_workers_known",
    "measures_workers_3",
    "review_due",
    "review_current",
    "youths_waiting",
    "youths_flow_waiting",
    "spells_open",
    "spells_overdue",
)
LEFT_SERIES: Final[Mapping[str, int]] = {
    **{f"spells_{reason}": code for code, reason in enumerate(EXIT_REASONS)},
    "spells_left_unknown": UNKNOWN,
}
"""Series of who left the ``wachtlijst``, and the exit reason that each counts."""
FLOW_SERIES: Final = ("spells_entered", *LEFT_SERIES)
"""Spells, not youths, of the ``wachtlijst`` alone, so that they balance: open at a month's end
is open at the end before, plus entered, less left for any reason."""
MEASURE_SERIES: Final = CLOCK_SERIES + STOCK_SERIES + FLOW_SERIES
SAFE_HOME_SERIES: Final = ("triage_due", "triage_met", "study_due", "study_met")

MANY_WORKERS: Final = 3
"""A measure with so many permanent workers, or more, has changed workers often."""
PLAN_CURRENT_DAYS: Final = 365
"""A plan is current when adopted or reviewed at most so many days before month end."""


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """What may be chosen about the clocks; kept with each run and printed with its figures."""

    plan_clock_start: PlanClockStart = "notified_on"
    """The day from which the six weeks for the plan run."""
    equated_days_are_working_days: bool = True
    """Touches the counting of five working days only."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The series of one delivery for some of its months."""

    months: tuple[date, ...]
    """First days, ascending: the last axis of the cells."""
    measures: Mapping[str, Cells]
    """By name of ``MEASURE_SERIES``: municipality x ``MEASURES`` x month."""
    safe_home: Mapping[str, Cells] | None
    """By name of ``SAFE_HOME_SERIES``: municipality x month; None where not delivered."""
    clocks_outside_known_days: Cells
    """By month: counted clocks that touch a year without a known list of equated days."""


def count(
    facts: Facts,
    months: Sequence[date],
    *,
    municipalities: int,
    calendar: Calendar,
    settings: ClockSettings,
) -> Counts:
    """Count every series of one delivery for the months given by their first days.

    ``municipalities`` is the number of municipalities of the scope, the first axis.
    """
    line = MonthLine(months)
    if line.ends[-1] > facts.reference_on:
        raise ValueError("a month after the reference date is not known")
    outside = np.zeros(len(months), dtype=np.int64)
    counter = _Counter(line, municipalities, calendar, settings, outside)
    cells = counter.clocks(facts.measures) | counter.stocks(facts.measures)
    safe_home = None if facts.safe_home is None else counter.safe_home(facts.safe_home)
    return Counts(
        months=tuple(months),
        measures=cells | counter.waiting(facts) | counter.flows(facts),
        safe_home=safe_home,
        clocks_outside_known_days=outside,
    )


@dataclass(frozen=True, slots=True)
class _Counter:
    """What all series of one call share."""

    line: MonthLine
    municipalities: int
    calendar: Calendar
    settings: ClockSettings
    outside: Cells

    # --- clocks: measures of entry `new`, in the month of their deadline -----------------

    def clocks(self, measures: MeasureColumns) -> dict[str, Cells]:
        is_new = measures.entry == ENTRIES.index("new")
        place = self._places(measures)
        unknown = np.flatnonzero(is_new & np.isnat(measures.notified_on))
        new = np.flatnonzero(is_new & ~np.isnat(measures.notified_on))
        notified = measures.notified_on[new]
        # A measure without a clock has no deadline to place it: it counts where it was ordered.
        cells = {
            "clock_missing": self._points(
                place[unknown], self.line.month_of(measures.ordered_on[unknown])
            )
        }

        deadline = self.calendar.five_working_days_deadline(
            notified,
            equated_days_are_working_days=self.settings.equated_days_are_working_days,
        )
        due, by, month = self._due(measures, new, deadline)
        self._note_unknown_days(measures.notified_on[due], by, month)
        assigned = measures.worker_assigned_on[due] <= by
        contacted = measures.first_contact_on[due] <= by
        cells["contact_due"] = self._points(place[due], month)
        for series, met in (
            ("contact_met", assigned & contacted),
            ("assigned_met", assigned),
            ("contacted_met", contacted),
        ):
            cells[series] = self._points(place[due][met], month[met])

        start: Days = getattr(measures, self.settings.plan_clock_start)[new]
        due, by, month = self._due(measures, new, self.calendar.six_weeks_deadline(start))
        family_plan = measures.family_plan_made_on[due] <= by
        due, by, month = due[~family_plan], by[~family_plan], month[~family_plan]
        self._note_unknown_days(getattr(measures, self.settings.plan_clock_start)[due], by, month)
        met = measures.plan_adopted_on[due] <= by
        cells["plan_due"] = self._points(place[due], month)
        cells["plan_met"] = self._points(place[due][met], month[met])

        due, by, month = self._due(measures, new, three_months_deadline(notified))
        met = measures.suitable_help_started_on[due] <= by
        cells["help_due"] = self._points(place[due], month)
        cells["help_met"] = self._points(place[due][met], month[met])
        return cells

    def _due(
        self, measures: MeasureColumns, rows: Rows, deadline: Days
    ) -> tuple[Rows, Days, Numbers]:
        """Rows with a deadline in one of the months, that deadline, and which month it is.

        A measure that ended before its deadline has none, even if the act was done; ending
        on the day itself counts. A comparison with a day not known is False.
        """
        month = self.line.month_of(deadline)
        here = month < self.line.count
        rows, deadline, month = rows[here], deadline[here], month[here]
        stands = ~(measures.ended_on[rows] < deadline)
        return rows[stands], deadline[stands], month[stands]

    def _note_unknown_days(self, start: Days, deadline: Days, month: Numbers) -> None:
        touched = self.calendar.touches_unknown_year(start, deadline)
        self.outside[:] += np.bincount(month[touched], minlength=self.line.count)

    # --- stocks at month end -----------------------------------------------------------

    def stocks(self, measures: MeasureColumns) -> dict[str, Cells]:
        place = self._places(measures)
        start = started_on(measures)
        first = self.line.first_end_from(start)
        until = self.line.first_end_from(measures.ended_on)
        running = np.flatnonzero(first < until)
        place, first, until = place[running], first[running], until[running]

        year_old = self.line.first_end_from(
            measures.ordered_on[running] + np.timedelta64(PLAN_CURRENT_DAYS + 1, "D")
        )
        old_from = np.maximum(first, year_old)
        adopted_from, adopted_until = self._current(measures.plan_adopted_on[running])
        reviewed_from, reviewed_until = self._current(measures.plan_reviewed_on[running])
        adopted = np.maximum(old_from, adopted_from), np.minimum(until, adopted_until)
        reviewed = np.maximum(old_from, reviewed_from), np.minimum(until, reviewed_until)
        both = np.maximum(adopted[0], reviewed[0]), np.minimum(adopted[1], reviewed[1])
        assigned = self.line.first_end_from(measures.worker_assigned_on[running])
        workers = measures.workers_so_far[running]
        known, many = workers != UNKNOWN, workers >= MANY_WORKERS
        return {
            "measures_running": self._spans(place, first, until),
            "youths_running": self._leads(
                place, measures.youth[running], start[running], first, until
            ),
            "youths_unallocated": self._leads(
                place, measures.youth[running], start[running], first, np.minimum(until, assigned)
            ),
            "measures_workers_known": self._spans(place[known], first[known], until[known]),
            "measures_workers_3": self._spans(place[many], first[many], until[many]),
            "review_due": self._spans(place, old_from, until),
            "review_current": self._spans(place, *adopted)
            + self._spans(place, *reviewed)
            - self._spans(place, *both),
        }

    def _current(self, day: Days) -> tuple[Numbers, Numbers]:
        """Months in which a plan adopted or reviewed on the day is current.

        An act after a month's end is left aside in that month: it had not been done.
        """
        return (
            self.line.first_end_from(day),
            self.line.first_end_from(day + np.timedelta64(PLAN_CURRENT_DAYS + 1, "D")),
        )

    def waiting(self, facts: Facts) -> dict[str, Cells]:
        measures, waiting = facts.measures, facts.waiting
        first = self.line.first_end_from(waiting.entered_on)
        until = self.line.first_end_from(waiting.left_on)
        # In order of the measure's rank, so that ties go to the lowest key.
        open_ = np.flatnonzero(first < until)
        open_ = open_[np.argsort(waiting.measure_row[open_], kind="stable")]
        first, until = first[open_], until[open_]
        row = waiting.measure_row[open_]
        place = self._places(measures)[row]
        next_check = waiting.next_check_due_on[open_]
        overdue_from = np.where(
            np.isnat(next_check), 0, self.line.first_end_from(next_check + np.timedelta64(1, "D"))
        )
        cells = {
            "spells_open": self._spans(place, first, until),
            "spells_overdue": self._spans(place, np.maximum(first, overdue_from), until),
        }
        for series, name in (
            ("youths_waiting", "wachtlijst"),
            ("youths_flow_waiting", "doorstroomlijst"),
        ):
            on = np.flatnonzero(waiting.list[open_] == LISTS.index(name))
            cells[series] = self._leads(
                place[on],
                measures.youth[row[on]],
                waiting.entered_on[open_][on],
                first[on],
                until[on],
            )
        return cells

    # --- onto and off the waiting list within a month ------------------------------------

    def flows(self, facts: Facts) -> dict[str, Cells]:
        """Spells in the month in which they began and, by reason, in which they ended.

        A spell that ends on the last day of a month left in that month, as it is not in its
        stock; one that begins and ends in a month counts in both.
        """
        waiting = facts.waiting
        listed = np.flatnonzero(waiting.list == LISTS.index("wachtlijst"))
        place = self._places(facts.measures)[waiting.measure_row[listed]]
        left, reason = self.line.month_of(waiting.left_on[listed]), waiting.exit_reason[listed]
        entered = self.line.month_of(waiting.entered_on[listed])
        cells = {"spells_entered": self._points(place, entered)}
        for series, code in LEFT_SERIES.items():
            rows = reason == code
            cells[series] = self._points(place[rows], left[rows])
        return cells

    # --- Veilig Thuis ------------------------------------------------------------------

    def safe_home(self, notifications: SafeHomeColumns) -> dict[str, Cells]:
        triage = self.calendar.five_working_days_deadline(
            notifications.received_on,
            equated_days_are_working_days=self.settings.equated_days_are_working_days,
        )
        study = self.calendar.ten_weeks_deadline(notifications.study_needed_on)
        cells: dict[str, Cells] = {}
        for name, start, deadline, done in (
            ("triage", notifications.received_on, triage, notifications.triaged_on),
            ("study", notifications.study_needed_on, study, notifications.study_concluded_on),
        ):
            month = self.line.month_of(deadline)
            due = np.flatnonzero(month < self.line.count)
            met = due[done[due] <= deadline[due]]
            self._note_unknown_days(start[due], deadline[due], month[due])
            for series, rows in ((f"{name}_due", due), (f"{name}_met", met)):
                key = notifications.municipality[rows].astype(np.int64) * self.line.count
                cells[series] = np.bincount(
                    key + month[rows], minlength=self.municipalities * self.line.count
                ).reshape(self.municipalities, self.line.count)
        return cells

    # --- cells -------------------------------------------------------------------------

    def _places(self, measures: MeasureColumns) -> Numbers:
        """Each measure's place in the first two axes, as one number."""
        position = np.zeros(max(MEASURES) + 1, dtype=np.int64)
        position[list(MEASURES)] = np.arange(len(MEASURES))
        municipality = measures.municipality.astype(np.int64)
        return municipality * len(MEASURES) + position[measures.measure]

    def _points(self, place: Numbers, month: Numbers) -> Cells:
        """Each row counted once, in its month; a month number of ``count`` is no month."""
        return self._grid(place, month)[:, :, : self.line.count]

    def _spans(self, place: Numbers, first: Numbers, until: Numbers) -> Cells:
        """Each row counted in every month from ``first`` until before ``until``."""
        some = first < until
        steps = self._grid(place[some], first[some]) - self._grid(place[some], until[some])
        return np.cumsum(steps, axis=2)[:, :, : self.line.count]

    def _grid(self, place: Numbers, month: Numbers) -> Cells:
        """Rows added up by place and month number, one column more than there are months."""
        width = self.line.count + 1
        cells = self.municipalities * len(MEASURES)
        added = np.bincount(place * width + month, minlength=cells * width)
        return added.reshape(self.municipalities, len(MEASURES), width)

    def _leads(
        self, place: Numbers, youth: NDArray[np.int32], since: Days, first: Numbers, until: Numbers
    ) -> Cells:
        """Each youth counted once a month, at its row that started last.

        Rows come in code-point order of their case key, and at a tie the first row leads.
        """
        latest = since.astype(np.int64)
        order = np.argsort(youth.astype(np.int64) * (1 << 32) - latest, kind="stable")
        youth, place = youth[order], place[order]
        # Small numbers, since each month goes through all rows.
        first, until = first[order].astype(np.int16), until[order].astype(np.int16)
        months: list[Cells] = []
        for month in range(self.line.count):
            here = np.flatnonzero((first <= month) & (month < until))
            lead = np.ones(len(here), dtype=np.bool_)
            lead[1:] = youth[here[1:]] != youth[here[:-1]]
            months.append(
                np.bincount(
                    place[here[lead]], minlength=self.municipalities * len(MEASURES)
                ).reshape(self.municipalities, len(MEASURES))
            )
        return np.stack(months, axis=2)


def running_at(facts: Facts, month: date) -> int:
    """Measures that run at the end of the month, given by its first day."""
    measures = facts.measures
    end = np.datetime64(month_end(month), "D")
    there = (started_on(measures) <= end) & ~(measures.ended_on <= end)
    return int(np.count_nonzero(there))


def started_on(measures: MeasureColumns) -> Days:
    """The day from which each measure runs here.

    The court's decision, but for a measure taken over the day of take-over, where known.
    """
    taken_over = (measures.entry == ENTRIES.index("transfer_in")) & ~np.isnat(measures.notified_on)
    return np.where(taken_over, measures.notified_on, measures.ordered_on)
