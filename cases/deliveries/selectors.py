"""What a delivery changed beside the one before it, and the staffing of one that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import connection
from psycopg import sql

from cases.deliveries.imports.layout import MEASURES, SAFE_HOME, STAFFING, WAITING
from cases.models import Delivery, DeliveryHold, DeliveryMonth, Measure, SafeHomeNotification
from cases.staffing.rules import StaffingRow

_KEYED: Final = {
    MEASURES: (Measure, "case_key"),
    SAFE_HOME: (SafeHomeNotification, "notification_key"),
}
_PLACE: Final = frozenset({"pk", "delivery", "place", "youth"})
"""Columns that say where a row stands and not what it says."""


@dataclass(frozen=True, slots=True)
class FileComparison:
    """One file of the new delivery beside that of the previous one."""

    file: str
    before: int
    now: int
    added: int | None
    """Rows with a new key; None where rows have no key of their own."""
    gone: int | None
    changed: int | None


def previous_of(delivery: Delivery) -> Delivery | None:
    """The latest of the deliveries that this one took months from."""
    # Months point at it since it counts, which is later than it came where it was held.
    since = delivery.pointers.order_by("since").values("since")[:1]
    replaced = DeliveryMonth.objects.filter(
        institution=delivery.institution_id, superseded_at__in=since
    )
    return Delivery.objects.filter(pk__in=replaced.values("delivery")).first()


def compare(delivery: Delivery, previous: Delivery) -> list[FileComparison]:
    """File by file how many rows there are, and how many came, went or changed."""
    found = []
    for file in (MEASURES, WAITING, STAFFING, SAFE_HOME):
        before, now = previous.rows.get(file, 0), delivery.rows.get(file, 0)
        counts = _by_key(file, delivery, previous) if file in _KEYED else (None, None, None)
        found.append(FileComparison(file, before, now, *counts))
    return found


def _by_key(file: str, delivery: Delivery, previous: Delivery) -> tuple[int, int, int]:
    model, key = _KEYED[file]
    columns = [
        field.column
        for field in model._meta.get_fields()
        if hasattr(field, "column") and field.column and field.name not in {*_PLACE, key}
    ]
    statement = sql.SQL(
        "SELECT count(*) FILTER (WHERE old.{key} IS NULL),"
        " count(*) FILTER (WHERE new.{key} IS NULL),"
        " count(*) FILTER (WHERE old.{key} IS NOT NULL AND new.{key} IS NOT NULL"
        " AND ({new}) IS DISTINCT FROM ({old}))"
        " FROM (SELECT * FROM {table} WHERE delivery_id = %(new)s) new"
        " FULL JOIN (SELECT * FROM {table} WHERE delivery_id = %(old)s) old"
        " ON old.{key} = new.{key}"
    ).format(
        key=sql.Identifier(key),
        table=sql.Identifier(model._meta.db_table),
        new=sql.SQL(", ").join(sql.Identifier("new", name) for name in columns),
        old=sql.SQL(", ").join(sql.Identifier("old", name) for name in columns),
    )
    with connection.cursor() as cursor:
        cursor.cursor.execute(statement, {"new": delivery.pk, "old": previous.pk})
        added, gone, changed = cursor.cursor.fetchone()
    return added, gone, changed


def staffing_of(row: DeliveryHold) -> list[StaffingRow]:
    """The staffing rows of a delivery that waits."""
    return [
        StaffingRow(
            region=one["region"],
            month=date.fromisoformat(one["month"]),
            role=one["role"],
            quantities={
                name: None if value is None else Decimal(value)
                for name, value in one["quantities"].items()
            },
        )
        for one in row.staffing
    ]
