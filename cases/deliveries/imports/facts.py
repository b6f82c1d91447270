"""The checked tables as the columns that counting reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cases.counting.rules.columns import Facts, MeasureColumns, SafeHomeColumns, WaitingColumns
from cases.deliveries.imports.checks import Checked, measure_rows
from cases.deliveries.imports.layout import (
    FILES,
    MEASURE_CODES,
    MEASURES,
    SAFE_HOME,
    WAITING,
    ColumnKind,
)
from cases.deliveries.imports.tables import Encoded, RawTable, TypedColumn

_MEASURE_NUMBERS = np.array([int(code) for code in MEASURE_CODES], np.int16)


def in_canonical_order(tables: dict[str, Checked]) -> dict[str, Checked]:
    """The same tables in the order of the format's files, rows in order of their keys.

    Measures and notifications stand in code-point order of their key, spells by case, list and
    day of entry, staffing by period, region and role; so the order of rows in the files does
    not matter.
    """
    return {file: _reordered(tables[file]) for file in FILES if file in tables}


def _reordered(table: Checked) -> Checked:
    by: tuple[str, ...]
    match table.file:
        case "measures.csv" | "veilig_thuis.csv":
            by = (FILES[table.file][0].name,)
        case "waiting.csv":
            by = ("case_key", "list", "entered_on")
        case _:
            by = ("period", "region", "role")
    ranks = [_ranks(table[name]) for name in by]
    order = np.lexsort(ranks[::-1])
    raw = RawTable(
        table.file,
        {name: Encoded(c.numbers[order], c.texts) for name, c in table.raw.columns.items()},
        table.raw.rows[order],
        table.raw.blank_lines,
    )
    columns = {name: replace(c, numbers=c.numbers[order]) for name, c in table.columns.items()}
    return Checked(raw, columns)


def _ranks(column: TypedColumn) -> NDArray[np.int64]:
    """For each row the place of its text in code-point order."""
    if column.column.kind is ColumnKind.KEY:
        return column.numbers.astype(np.int64)  # the texts stand in that order already
    places: NDArray[np.int64] = column.canonical.rank("min").to_numpy().astype(np.int64)
    return places[column.numbers]


def facts_of(tables: dict[str, Checked], reference_on: date) -> Facts:
    """The columns of a delivery whose tables stand in canonical order."""
    measures = tables[MEASURES]
    waiting = tables[WAITING]
    safe_home = tables.get(SAFE_HOME)
    return Facts(
        reference_on=np.datetime64(reference_on, "D"),
        measures=_measure_columns(measures),
        waiting=WaitingColumns(
            measure_row=measure_rows(waiting, measures),
            list=waiting["list"].positions().astype(np.int8),
            exit_reason=waiting["exit_reason"].positions().astype(np.int8),
            entered_on=waiting.days("entered_on"),
            left_on=waiting.days("left_on"),
            safety_checked_on=waiting.days("safety_checked_on"),
            next_check_due_on=waiting.days("next_check_due_on"),
        ),
        safe_home=None
        if safe_home is None
        else SafeHomeColumns(
            municipality=safe_home["municipality"].positions(),
            received_on=safe_home.days("received_on"),
            triaged_on=safe_home.days("triaged_on"),
            study_needed_on=safe_home.days("study_needed_on"),
            study_concluded_on=safe_home.days("study_concluded_on"),
        ),
    )


def _measure_columns(table: Checked) -> MeasureColumns:
    return MeasureColumns(
        youth=table["youth_key"].numbers,
        municipality=table["municipality"].positions(),
        measure=_MEASURE_NUMBERS[table["measure"].positions()],
        entry=table["entry"].positions().astype(np.int8),
        ordered_on=table.days("ordered_on"),
        notified_on=table.days("notified_on"),
        worker_assigned_on=table.days("worker_assigned_on"),
        first_contact_on=table.days("first_contact_on"),
        family_plan_waived_on=table.days("family_plan_waived_on"),
        family_plan_made_on=table.days("family_plan_made_on"),
        plan_adopted_on=table.days("plan_adopted_on"),
        plan_reviewed_on=table.days("plan_reviewed_on"),
        suitable_help_started_on=table.days("suitable_help_started_on"),
        ended_on=table.days("ended_on"),
        order_ends_on=table.days("order_ends_on"),
        workers_so_far=table["workers_so_far"].counts(),
    )
