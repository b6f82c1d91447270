"""Reading facts back as the columns that counting takes, and what was counted as it was.

Rows come as COPY's binary format with whole numbers only, every one of them filled, so that
each row has the same length and NumPy reads a million of them in about a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Final

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import Cursor, sql

from cases.counting.rules.columns import (
    Days,
    Facts,
    MeasureColumns,
    SafeHomeColumns,
    WaitingColumns,
)
from cases.counting.rules.observations import (
    EVERY_GROUP,
    MEASURE_GROUPS,
    MEASURE_SERIES,
    MEASURES,
    Counts,
)
from cases.counting.rules.waiting_times import NOT_REACHED, WaitingTimes
from cases.models import Delivery, DeliveryMonth, Duration, Observation, StaffingVersion
from cases.staffing.rules import QUANTITIES, StaffingRow, StaffingTable
from jbn_oversight.clock import add_months, month_end
from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.rules import OversightScope
from jbn_oversight.organisations.selectors.scope import oversight_scope

Table = NDArray[np.void]

_NO_DAY: Final = -(2**31)
"""How PostgreSQL sends ``-infinity``, which stands for a day that is not known."""
_EPOCH: Final = np.datetime64("2000-01-01", "D")
_HEADER: Final = 19
_TRAILER: Final = 2
_WINDOW_MONTHS: Final = 12
"""The median looks at spells of so many months."""

_MEASURE_NUMBERS: Final = ("youth", "municipality", "measure", "entry", "workers_so_far")
_MEASURE_DAYS: Final = tuple(
    field.name for field in fields(MeasureColumns) if field.name not in _MEASURE_NUMBERS
)
_SPELL_DAYS: Final = tuple(field.name for field in fields(WaitingColumns))[3:]
_NOTIFICATION_DAYS: Final = tuple(field.name for field in fields(SafeHomeColumns))[1:]

# What has ended before the first month is in no figure of it or of a later month, except that
# the median looks at spells of a year. What is ordered after the last month is in none either,
# except that a family group plan may have been waived before, and the six weeks may run from that.
_SPELLS: Final = sql.SQL(
    " FROM cases_waitingspell WHERE delivery_id = {delivery} AND entered_on <= {last}"
    " AND (left_on IS NULL OR left_on >= {window})"
)
_MEASURES: Final = sql.SQL(
    " FROM cases_measure WHERE delivery_id = {delivery} AND ("
    "(ordered_on <= {last} AND (ended_on IS NULL OR ended_on >= {first}))"
    " OR (ordered_on > {last} AND family_plan_waived_on BETWEEN {first} - 60 AND {last})"
    " OR place IN (SELECT measure_place {spells})) ORDER BY place"
)
# The longest clocks: five working days from the notification, ten weeks from the need of a
# study, both rolled past holidays.
_NOTIFICATIONS: Final = sql.SQL(
    " FROM cases_safehomenotification WHERE delivery_id = {delivery}"
    " AND (received_on BETWEEN {first} - 60 AND {last}"
    " OR study_needed_on BETWEEN {first} - 120 AND {last}) ORDER BY place"
)


def facts_for_months(
    institution: Institution, months: Sequence[date], scope: OversightScope | None = None
) -> list[tuple[tuple[date, ...], Facts]]:
    """The facts of each current delivery with the months (first days) that it gives.

    Only rows that can touch a figure of these months are read. Municipality numbers are
    positions in ``scope``, by default the institution's scope of the months; rows of other
    municipalities are left out. A month without a delivery is in no group.
    """
    if not months:
        return []
    scope = scope or oversight_scope(institution, min(months), max(months))
    pointers = DeliveryMonth.objects.current().filter(
        institution=institution, month__in=list(months)
    )
    groups: dict[Delivery, list[date]] = {}
    for pointer in pointers.select_related("delivery").order_by("month"):
        groups.setdefault(pointer.delivery, []).append(pointer.month)
    return [
        (tuple(own), facts_of(delivery, scope, own[0], own[-1])) for delivery, own in groups.items()
    ]


def facts_of(delivery: Delivery, scope: OversightScope, first: date, last: date) -> Facts:
    """The rows of a delivery that can touch the months from ``first`` to ``last``."""
    given = {
        "delivery": sql.Literal(delivery.pk),
        "first": sql.Literal(first),
        "last": sql.Literal(month_end(last)),
        "window": sql.Literal(add_months(first, 1 - _WINDOW_MONTHS)),
    }
    spells_from = _SPELLS.format(**given)
    measures = _read(
        ["place", *_MEASURE_NUMBERS],
        _MEASURE_DAYS,
        _MEASURES.format(**given, spells=spells_from),
    )
    spells = _read(["measure_place", "list", "exit_reason"], _SPELL_DAYS, spells_from)
    positions = _positions(scope)
    known = positions[measures["municipality"]] >= 0
    if not known.all():
        measures = measures[known]
        spells = spells[np.isin(spells["measure_place"], measures["place"])]
    safe_home = None
    if delivery.with_safe_home:
        calls = _read(["municipality"], _NOTIFICATION_DAYS, _NOTIFICATIONS.format(**given))
        calls = calls[positions[calls["municipality"]] >= 0]
        safe_home = SafeHomeColumns(
            municipality=positions[calls["municipality"]],
            **{name: _days(calls, name) for name in _NOTIFICATION_DAYS},
        )
    return Facts(
        reference_on=np.datetime64(delivery.reference_on, "D"),
        measures=MeasureColumns(
            youth=measures["youth"].astype(np.int32),
            municipality=positions[measures["municipality"]],
            measure=measures["measure"].astype(np.int16),
            entry=measures["entry"].astype(np.int8),
            workers_so_far=measures["workers_so_far"].astype(np.int32),
            **{name: _days(measures, name) for name in _MEASURE_DAYS},
        ),
        waiting=WaitingColumns(
            measure_row=np.searchsorted(measures["place"], spells["measure_place"]).astype(
                np.int32
            ),
            list=spells["list"].astype(np.int8),
            exit_reason=spells["exit_reason"].astype(np.int8),
            **{name: _days(spells, name) for name in _SPELL_DAYS},
        ),
        safe_home=safe_home,
    )


def _positions(scope: OversightScope) -> NDArray[np.int16]:
    """By the digits of a CBS code its position in the scope; -1 outside it."""
    positions = np.full(10_000, -1, np.int16)
    for position, code in enumerate(scope.municipalities):
        positions[int(code[2:])] = position
    return positions


def _read(numbers: Sequence[str], days: Sequence[str], rest: sql.Composed) -> Table:
    """The rows of a table: whole numbers, then days as days since 2000."""
    columns = [
        *(sql.SQL("coalesce({0}, -1)::int4").format(sql.Identifier(name)) for name in numbers),
        *(sql.SQL("coalesce({0}, '-infinity')").format(sql.Identifier(name)) for name in days),
    ]
    statement = sql.SQL("COPY (SELECT {columns}{rest}) TO STDOUT (FORMAT binary)").format(
        columns=sql.SQL(", ").join(columns), rest=rest
    )
    with connection.cursor() as wrapped:
        cursor: Cursor = wrapped.cursor
        with cursor.copy(statement) as copy:
            content = b"".join(copy)
    fields_of_row: list[tuple[str, str]] = [("", ">i2")]
    for name in (*numbers, *days):
        fields_of_row += [(f"length of {name}", ">i4"), (name, ">i4")]
    layout = np.dtype([(name or "width", kind) for name, kind in fields_of_row])
    rows = np.frombuffer(content, layout, offset=_HEADER, count=_count(content, layout))
    native = np.dtype([(name, "i4") for name in (*numbers, *days)])
    table = np.empty(len(rows), native)
    for name in native.names or ():
        table[name] = rows[name]
    return table


def _count(content: bytes, layout: np.dtype[np.void]) -> int:
    length = len(content) - _HEADER - _TRAILER
    if length % layout.itemsize:
        raise ValueError("the rows are not of one length")
    return length // layout.itemsize


def _days(table: Table, name: str) -> Days:
    numbers = table[name]
    days = _EPOCH + numbers.astype("timedelta64[D]")
    days[numbers == _NO_DAY] = np.datetime64("NaT", "D")
    return days


def counts_for(institution: Institution, months: Sequence[date], scope: OversightScope) -> Counts:
    """The current observations of measures in the months, as they were counted.

    Months without a delivery have cells of zero here: the caller knows
    which have one.
    """
    series = {
        name: np.zeros((len(scope.municipalities), len(MEASURES), len(months)), dtype=np.int64)
        for name in MEASURE_SERIES
    }
    place = {code: number for number, code in enumerate(scope.municipalities)}
    kind = {code: number for number, code in enumerate(MEASURES)}
    at = {month: number for number, month in enumerate(months)}
    rows = Observation.objects.current().filter(
        institution=institution, month__in=list(months), measure__isnull=False
    )
    for name, code, measure, month, value in rows.values_list(
        "series", "municipality__cbs_code", "measure", "month", "value"
    ).iterator(chunk_size=10_000):
        if name in series and code in place:
            series[name][place[code], kind[measure or 0], at[month]] = int(value)
    return Counts(tuple(months), series, None, np.zeros(len(months), dtype=np.int64))


def waiting_times_for(
    institution: Institution, months: Sequence[date], scopes: Sequence[tuple[str, str]]
) -> dict[date, WaitingTimes]:
    """The current waiting times of the months, rows in the order of ``record_durations``."""
    places = {
        (group, *scope): number
        for number, (group, scope) in enumerate(
            (group, scope) for group in (EVERY_GROUP, *MEASURE_GROUPS) for scope in scopes
        )
    }
    found = {month: _no_waiting_times(len(places)) for month in months}
    rows = Duration.objects.current().filter(institution=institution, month__in=list(months))
    for month, group, scope, code, quantity, value in rows.values_list(
        "month", "measure_group", "scope", "scope_code", "quantity", "value"
    ).iterator(chunk_size=10_000):
        place = places.get((group, scope, code))
        if place is not None:
            getattr(found[month], quantity)[place] = value
    return found


def _no_waiting_times(places: int) -> WaitingTimes:
    none = np.zeros(places, dtype=np.int64)
    never = np.full(places, NOT_REACHED, dtype=np.int64)
    return WaitingTimes(none, never, never.copy(), none.copy(), none.copy())


def staffing_for(institution: Institution, months: Sequence[date]) -> StaffingTable:
    """The current staffing versions of the months (first days), with their rows."""
    versions = (
        StaffingVersion.objects.current()
        .filter(institution=institution, month__in=list(months))
        .select_related("region", "delivery", "typed_return")
        .prefetch_related("rows")
        .order_by("month", "region__slug")
    )
    rows: list[StaffingRow] = []
    identities: dict[tuple[str, date], str] = {}
    for version in versions:
        place = (version.region.slug, version.month)
        source = version.delivery or version.typed_return
        identities[place] = f"{version.source}:{source.public_id if source else ''}"
        rows.extend(
            StaffingRow(
                region=version.region.slug,
                month=version.month,
                role=row.role,
                quantities={name: _plain(getattr(row, name)) for name in QUANTITIES},
            )
            for row in sorted(version.rows.all(), key=lambda row: row.role)
        )
    return StaffingTable(tuple(rows), identities)


def _plain(value: Decimal | int | None) -> Decimal | None:
    """The number without the zeros that the column's scale adds."""
    return None if value is None else Decimal(f"{Decimal(value).normalize():f}")
