"""A database of its own for the benchmark, filled with the made-up facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from django.db import connection
from psycopg import sql

from benchmarks.by_hand.facts import MONTHS, REFERENCE_ON, MadeUp
from cases.counting.rules.columns import UNKNOWN, MeasureColumns, WaitingColumns
from cases.models import Delivery, DeliveryMonth
from jbn_oversight.clock import month_end
from jbn_oversight.organisations.models import (
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
    Task,
)
from jbn_oversight.working_days import general_holidays

HERE = Path(__file__).parent
BEGIN = date(2015, 1, 1)


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated database that is dropped afterwards, whatever happens."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def execute(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def script(name: str) -> str:
    return (HERE / name).read_text()


def copy(table: str, columns: dict[str, Any]) -> None:
    """Columns into a table; NaT and None are empty."""
    frame = pl.DataFrame({name: pl.Series(name, values) for name, values in columns.items()})
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN (FORMAT csv)").format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(sql.Identifier(name) for name in columns),
    )
    with connection.cursor() as wrapped, wrapped.cursor.copy(statement) as copying:
        for part in frame.iter_slices(100_000):
            copying.write(part.write_csv(include_header=False).encode())


def fill(made_up: Sequence[MadeUp]) -> list[Institution]:
    """Institutions, their territory and their deliveries; the tables to write to by hand."""
    institutions = [_institution(number, each) for number, each in enumerate(made_up)]
    execute(
        "CREATE TABLE bench_place (delivery_id bigint, municipality smallint,"
        " institution_id bigint, institution text, region text, code text,"
        " municipality_id bigint, PRIMARY KEY (delivery_id, municipality))"
    )
    execute(
        "INSERT INTO bench_place SELECT d.id, substr(m.cbs_code, 3)::smallint, i.id, i.code,"
        " r.slug, m.cbs_code, m.id FROM cases_delivery d"
        " JOIN organisations_institution i ON i.id = d.institution_id"
        " JOIN organisations_institutiontask t ON t.institution_id = i.id"
        " JOIN organisations_region r ON r.id = t.region_id"
        " JOIN organisations_municipalityregion mr ON mr.region_id = r.id"
        " JOIN organisations_municipality m ON m.id = mr.municipality_id"
        " WHERE i.code LIKE 'gi-%'"
    )
    execute("CREATE TABLE bench_month (month date PRIMARY KEY, month_end date NOT NULL)")
    copy("bench_month", {"month": list(MONTHS), "month_end": [month_end(m) for m in MONTHS]})
    execute("CREATE TABLE bench_holiday (day date, is_equated boolean)")
    days = [day for year in range(2018, 2028) for day in general_holidays(year)]
    copy("bench_holiday", {"day": days, "is_equated": [False] * len(days)})
    execute("INSERT INTO bench_holiday SELECT day, TRUE FROM statutory_days_equatedday")
    for table, like in (
        ("bench_observation", "cases_observation"),
        ("bench_kpiresult", "certification_kpiresult"),
    ):
        execute(f"CREATE TABLE {table} (LIKE {like} INCLUDING ALL)")
    execute("ANALYZE")
    return institutions


def _institution(number: int, made_up: MadeUp) -> Institution:
    institution = Institution(code=made_up.institution, name=made_up.institution)
    institution.save()
    region = Region(slug=f"region-{number + 1:02d}", name=f"Region {number + 1}")
    region.save()
    InstitutionTask(
        institution=institution, region=region, task=Task.CERTIFIED_INSTITUTION, from_on=BEGIN
    ).save()
    for code in made_up.municipalities:
        municipality = Municipality.objects.filter(cbs_code=code).first()
        if municipality is None:
            municipality = Municipality(cbs_code=code, name=code, sort_name=code, valid_from=BEGIN)
            municipality.save()
        MunicipalityRegion(municipality=municipality, region=region, from_on=BEGIN).save()
    at = datetime(2025, 10, 10, tzinfo=UTC)
    delivery = Delivery.objects.create(
        institution=institution,
        period_from=MONTHS[0],
        period_until=MONTHS[-1],
        reference_on=date.fromisoformat(str(REFERENCE_ON)),
        sha256=f"{number:064x}",
        received_at=at,
        with_safe_home=False,
    )
    DeliveryMonth.objects.bulk_create(
        DeliveryMonth(institution=institution, month=month, delivery=delivery, since=at)
        for month in MONTHS
    )
    _rows(made_up, delivery)
    return institution


def _rows(made_up: MadeUp, delivery: Delivery) -> None:
    measures, waiting = made_up.facts.measures, made_up.facts.waiting
    count = len(measures.youth)
    digits = np.array([int(code[2:]) for code in made_up.municipalities], dtype=np.int16)
    places = np.arange(count)
    copy(
        "cases_measure",
        {
            "delivery_id": np.full(count, delivery.pk),
            "place": places,
            "case_key": [f"M{place:08d}" for place in places],
            "youth_key": [f"J{youth:08d}" for youth in measures.youth.tolist()],
            "youth": measures.youth,
            "municipality": digits[measures.municipality],
            "measure": measures.measure,
            "entry": measures.entry,
            **{f.name: getattr(measures, f.name) for f in fields(MeasureColumns)[4:-1]},
            "workers_so_far": pl.Series(measures.workers_so_far).replace(UNKNOWN, None),
            "end_reason": [""] * count,
        },
    )
    spells = len(waiting.measure_row)
    copy(
        "cases_waitingspell",
        {
            "delivery_id": np.full(spells, delivery.pk),
            "place": np.arange(spells),
            "measure_place": waiting.measure_row,
            "list": waiting.list,
            "exit_reason": pl.Series(waiting.exit_reason).replace(-1, None),
            **{f.name: getattr(waiting, f.name) for f in fields(WaitingColumns)[3:]},
        },
    )
