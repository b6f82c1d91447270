"""What must hold between the cells of a row, between rows and between files.

Each file has a table of typed columns; a check is a mask over its rows. A cell that is empty
or was refused by itself has no value and takes part in no comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from cases.counting.rules.columns import ENTRIES, Days
from cases.deliveries.imports import messages
from cases.deliveries.imports.cells import Value, listing
from cases.deliveries.imports.layout import (
    END_REASONS,
    MEASURE_CODES,
    STAFFING,
    end_reasons_of,
)
from cases.deliveries.imports.problems import Message, Problems
from cases.deliveries.imports.staffing import breaks_in_headcount, wrong_within
from cases.deliveries.imports.tables import Mask, RawTable, TypedColumn
from cases.staffing.rules import QUANTITIES, StaffingRow

ACTS: Final = (
    "worker_assigned_on",
    "first_contact_on",
    "family_plan_waived_on",
    "family_plan_made_on",
    "plan_adopted_on",
    "plan_reviewed_on",
    "suitable_help_started_on",
)
"""What can be done for a measure as long as it runs."""

_OPEN: Final = 1_000_000
"""Days since 1970 that come after every day that can be delivered."""
_NEVER_LEFT: Final = -1_000_000


@dataclass(frozen=True, slots=True)
class Checked:
    """A file's columns after each cell was checked by itself."""

    raw: RawTable
    columns: dict[str, TypedColumn]

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.raw.file

    def __getitem__(self, name: str) -> TypedColumn:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.raw.rows)

    def days(self, name: str) -> Days:
        """The days of a date column."""
        return self.columns[name].days()

    def refuse(self, problems: Problems, where: Mask, column: str, message: Message) -> None:
        """Note one problem for each row of the mask."""
        if where.any():
            problems.add_rows(self.file, self.raw.rows[where], column, message)


def _before(earlier: str) -> Message:
    return replace(messages.BEFORE, params={"earlier": earlier})


def _in_order(table: Checked, problems: Problems, earlier: str, later: str) -> None:
    wrong = table.days(later) < table.days(earlier)
    table.refuse(problems, wrong, later, _before(earlier))


def _reason_needs_date(table: Checked, problems: Problems, reason: str, day: str) -> None:
    message = replace(messages.REASON_WITHOUT_DATE, params={"date": day})
    table.refuse(problems, table[reason].accepted & table[day].absent, reason, message)


def _unique_key(table: Checked, problems: Problems, name: str) -> None:
    numbers = table[name].numbers
    _distinct, first = np.unique(numbers, return_index=True)
    again = np.ones(len(numbers), np.bool_)
    again[first] = False
    table.refuse(problems, again & table[name].accepted, name, messages.KEY_TWICE)


def check_measures(table: Checked, problems: Problems) -> None:
    """Order of dates, reasons and keys of the measures."""
    _unique_key(table, problems, "case_key")
    _in_order(table, problems, "ordered_on", "notified_on")
    _in_order(table, problems, "ordered_on", "order_ends_on")
    _in_order(table, problems, "ordered_on", "ended_on")
    _in_order(table, problems, "plan_adopted_on", "plan_reviewed_on")
    lonely = table["plan_reviewed_on"].accepted & table["plan_adopted_on"].absent
    table.refuse(problems, lonely, "plan_reviewed_on", messages.REVIEW_WITHOUT_PLAN)
    ended = table.days("ended_on")
    for act in ACTS:
        table.refuse(problems, table.days(act) > ended, act, messages.AFTER_END)
    new = table["entry"].positions() == ENTRIES.index("new")
    notified = table.days("notified_on")
    for act in ("worker_assigned_on", "first_contact_on"):
        table.refuse(problems, new & (table.days(act) < notified), act, _before("notified_on"))
    _reason_needs_date(table, problems, "end_reason", "ended_on")
    measure, reason = table["measure"].positions(), table["end_reason"].positions()
    for number, code in enumerate(MEASURE_CODES):
        allowed = end_reasons_of(code)
        fitting = np.array([other in allowed for other in END_REASONS])
        wrong = (measure == number) & (reason >= 0) & ~fitting[reason]
        message = listing(messages.REASON_OF_OTHER_MEASURE, allowed)
        table.refuse(problems, wrong, "end_reason", message)


def measure_rows(waiting: Checked, measures: Checked) -> NDArray[np.int32]:
    """For each spell the row of its measure in the table of measures, -1 where there is none."""
    rows = pl.DataFrame(
        {"key": measures["case_key"].cells(), "row": np.arange(len(measures), dtype=np.int32)}
    ).unique("key", keep="first")
    keys = waiting["case_key"]
    found = (
        keys.canonical.alias("key")
        .to_frame()
        .join(rows.filter(pl.col("key") != ""), on="key", how="left", maintain_order="left")
    )
    by_number = found["row"].fill_null(-1).to_numpy()
    return by_number[keys.numbers]


def check_waiting(
    table: Checked, measures: Checked | None, problems: Problems, warnings: Problems
) -> NDArray[np.int32]:
    """Order of dates, reasons and overlap of the spells, and their measures.

    Gives back for each spell the row of its measure; none where the measures cannot be told.
    """
    _in_order(table, problems, "entered_on", "left_on")
    _reason_needs_date(table, problems, "exit_reason", "left_on")
    _spells_apart(table, problems)
    early = table.days("next_check_due_on") < table.days("safety_checked_on")
    table.refuse(warnings, early, "next_check_due_on", messages.CHECK_DUE_BEFORE_CHECK)
    if measures is None or not measures.raw.complete or not measures["case_key"].delivered:
        return np.zeros(0, np.int32)
    row = measure_rows(table, measures)
    key = table["case_key"]
    refused = key.canonical.is_in(list(measures.raw.in_refused_rows)).to_numpy()[key.numbers]
    unknown = (row < 0) & key.accepted & ~refused
    table.refuse(problems, unknown, "case_key", messages.UNKNOWN_CASE)
    if not len(measures):
        return row
    ended = measures.days("ended_on")[row]
    ended[row < 0] = np.datetime64("NaT", "D")
    outlives = (table.days("left_on") > ended) | (table["left_on"].absent & ~np.isnat(ended))
    table.refuse(problems, outlives, "left_on", messages.SPELL_OUTLIVES_MEASURE)
    return row


def _spells_apart(table: Checked, problems: Problems) -> None:
    case = table["case_key"].numbers
    kind = table["list"].positions()
    entered = table.days("entered_on")
    usable = table["case_key"].accepted & (kind >= 0) & ~np.isnat(entered)
    order = np.flatnonzero(usable)
    order = order[np.lexsort((order, entered[order], kind[order], case[order]))]
    one, other = order[:-1], order[1:]
    same = (case[one] == case[other]) & (kind[one] == kind[other])
    same_day = same & (entered[one] == entered[other])
    overlaps = same & ~same_day & (_left_last(table, order, same)[:-1] > entered[other])
    for found, message in (
        (same_day, messages.SPELL_AT_SAME_DAY),
        (overlaps, messages.SPELL_OVERLAPS),
    ):
        where = np.zeros(len(table), np.bool_)
        where[other[found]] = True
        table.refuse(problems, where, "entered_on", message)


def _left_last(table: Checked, order: NDArray[np.intp], same: Mask) -> Days:
    """For each spell in order, the last day of leaving of its list and case so far.

    An open spell leaves after all others, and a refused day says nothing.
    """
    left = table.days("left_on")[order].astype(np.int64)
    left = np.where(np.isnat(table.days("left_on")[order]), _NEVER_LEFT, left)
    left[table["left_on"].absent[order]] = _OPEN
    group = np.concatenate([np.zeros(1, np.int64), np.cumsum(~same)])[: len(order)]
    step = 2 * (_OPEN - _NEVER_LEFT)
    last: Days = (np.maximum.accumulate(left + group * step) - group * step).astype("<M8[D]")
    return last


def check_staffing(table: Checked, problems: Problems, warnings: Problems) -> list[StaffingRow]:
    """Sums within rows and doubled rows; gives back the rows by month, region and role."""
    rows: dict[tuple[date, str, str], tuple[StaffingRow, int]] = {}
    for index, number in enumerate(table.raw.rows.tolist()):
        month = table["period"].value_at(index)
        region, role = table["region"].text_at(index), table["role"].text_at(index)
        quantities = {name: _quantity(table[name].value_at(index)) for name in QUANTITIES}
        for column, message in wrong_within(quantities):
            problems.add(STAFFING, number, column, message)
        if not (isinstance(month, date) and region and role):
            continue
        if (month, region, role) in rows:
            problems.add(STAFFING, number, "period", messages.STAFFING_TWICE)
        rows[month, region, role] = (StaffingRow(region, month, role, quantities), number)
    in_order = [row for _key, (row, _number) in sorted(rows.items())]
    for row in breaks_in_headcount(in_order):
        number = rows[row.month, row.region, row.role][1]
        warnings.add(STAFFING, number, "headcount_start", messages.START_IS_NOT_PREVIOUS_END)
    return in_order


def _quantity(value: Value | None) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) else None


def check_safe_home(table: Checked, problems: Problems) -> None:
    """Keys and order of dates of the notifications."""
    _unique_key(table, problems, "notification_key")
    _in_order(table, problems, "received_on", "triaged_on")
    _in_order(table, problems, "study_needed_on", "study_concluded_on")
