"""Putting a parsed delivery's rows into the database with COPY."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl
from django.db import connection
from psycopg import Cursor, sql

from cases.counting.rules.columns import UNKNOWN
from cases.deliveries.imports import ParsedDelivery
from cases.deliveries.imports.checks import Checked, measure_rows
from cases.deliveries.imports.layout import MEASURES, SAFE_HOME, WAITING
from cases.models import Delivery, Measure, SafeHomeNotification, WaitingSpell

_CHUNK: Final = 1 << 20
_MEASURE_DAYS: Final = (
    "ordered_on",
    "notified_on",
    "worker_assigned_on",
    "first_contact_on",
    "family_plan_waived_on",
    "family_plan_made_on",
    "plan_adopted_on",
    "plan_reviewed_on",
    "suitable_help_started_on",
    "order_ends_on",
    "ended_on",
)
_SPELL_DAYS: Final = ("entered_on", "left_on", "safety_checked_on", "next_check_due_on")
_NOTIFICATION_DAYS: Final = (
    "received_on",
    "triaged_on",
    "study_needed_on",
    "study_concluded_on",
)


def store_rows(parsed: ParsedDelivery, delivery: Delivery) -> None:
    """Write every measure, spell and notification of the delivery, in canonical order."""
    measures = parsed.tables[MEASURES]
    workers = pl.Series(parsed.facts.measures.workers_so_far)
    _copy(
        Measure._meta.db_table,
        delivery,
        {
            "case_key": _text(measures, "case_key"),
            "youth_key": _text(measures, "youth_key"),
            "youth": pl.Series(measures["youth_key"].numbers),
            "municipality": _municipality(measures),
            "measure": pl.Series(parsed.facts.measures.measure),
            "entry": pl.Series(parsed.facts.measures.entry),
            **{name: _days(measures, name) for name in _MEASURE_DAYS},
            "workers_so_far": workers.replace(UNKNOWN, None),
            "end_reason": measures["end_reason"].cells(),
        },
    )
    waiting = parsed.tables[WAITING]
    reasons = pl.Series(waiting["exit_reason"].positions())
    _copy(
        WaitingSpell._meta.db_table,
        delivery,
        {
            "measure_place": pl.Series(measure_rows(waiting, measures)),
            "list": pl.Series(waiting["list"].positions()),
            "exit_reason": reasons.replace(-1, None),
            **{name: _days(waiting, name) for name in _SPELL_DAYS},
        },
    )
    if SAFE_HOME in parsed.tables:
        safe_home = parsed.tables[SAFE_HOME]
        _copy(
            SafeHomeNotification._meta.db_table,
            delivery,
            {
                "notification_key": _text(safe_home, "notification_key"),
                "municipality": _municipality(safe_home),
                **{name: _days(safe_home, name) for name in _NOTIFICATION_DAYS},
            },
        )


def _text(table: Checked, name: str) -> pl.Series:
    """Keys, their backslashes doubled as COPY asks; they hold no tabs or line breaks."""
    column = table[name]
    escaped = column.canonical.str.replace_all("\\", "\\\\", literal=True)
    return escaped.gather(pl.Series(column.numbers))


def _municipality(table: Checked) -> pl.Series:
    """The digits of the CBS code as a number."""
    column = table["municipality"]
    digits = column.canonical.str.slice(2).cast(pl.Int16, strict=False)
    return digits.gather(pl.Series(column.numbers))


def _days(table: Checked, name: str) -> pl.Series:
    return pl.Series(table.days(name))


def _copy(table: str, delivery: Delivery, columns: Mapping[str, pl.Series]) -> None:
    """COPY the columns, with the delivery and the place of each row before them."""
    frame = pl.DataFrame(dict(columns))
    if frame.is_empty():
        return
    frame = frame.select(
        pl.lit(delivery.pk).alias("delivery_id"),
        pl.Series("place", np.arange(len(frame), dtype=np.int32)),
        pl.all(),
    )
    lines = frame.write_csv(
        include_header=False, separator="\t", quote_style="never", null_value="\\N"
    ).encode()
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(sql.Identifier(name) for name in frame.columns),
    )
    with connection.cursor() as wrapped:
        cursor: Cursor = wrapped.cursor
        with cursor.copy(statement) as copy:
            for start in range(0, len(lines), _CHUNK):
                copy.write(lines[start : start + _CHUNK])
