"""Importing a million measures with all checks, against PostgreSQL's COPY of the same rows.

Thirteen made-up institutions with 342 municipalities, each handing over one folder. The
import reads, checks, hashes and stores; COPY puts the very same rows into tables of the same
shape, with the same indexes and constraints. Target: at most 4 times as long.

Run with ``.venv/bin/python -m benchmarks.import_delivery``; exit status 1 when the target is
missed. ``--measures 100000`` tries it smaller.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
django.setup()

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks.by_hand.database import execute, own_database  # noqa: E402
from benchmarks.by_hand.facts import MONTHS, MadeUp, make_up  # noqa: E402
from cases.counting.rules.columns import ENTRIES, EXIT_REASONS, LISTS  # noqa: E402
from cases.deliveries.actions.receiving import receive_delivery  # noqa: E402
from cases.deliveries.imports.layout import FILES, MEASURES, STAFFING, WAITING  # noqa: E402
from jbn_oversight.organisations.models import (  # noqa: E402
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
    Task,
)

TARGET = 4.0
BEGIN = date(2015, 1, 1)
TABLES = ("cases_measure", "cases_waitingspell")
Rows = dict[tuple[str, int], bytes]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def own_institution(number: int, made_up: MadeUp) -> Institution:
    institution = Institution(code=made_up.institution, name=made_up.institution)
    institution.save()
    region = Region(slug=f"region-{number + 1:02d}", name=f"Region {number + 1}")
    region.save()
    InstitutionTask(
        institution=institution, region=region, task=Task.CERTIFIED_INSTITUTION, from_on=BEGIN
    ).save()
    for code in made_up.municipalities:
        municipality = Municipality(cbs_code=code, name=code, sort_name=code, valid_from=BEGIN)
        municipality.save()
        MunicipalityRegion(municipality=municipality, region=region, from_on=BEGIN).save()
    return institution


def write_folder(made_up: MadeUp, folder: Path) -> None:
    """The facts as a delivery: measures, waiting, and no staffing."""
    folder.mkdir()
    measures, waiting = made_up.facts.measures, made_up.facts.waiting
    keys = np.array([f"M{place:08d}" for place in range(len(measures.youth))])
    reasons = np.array([*EXIT_REASONS, ""])
    columns: dict[str, dict[str, Any]] = {
        MEASURES: {
            "case_key": keys,
            "youth_key": [f"J{youth:08d}" for youth in measures.youth.tolist()],
            "municipality": np.array(made_up.municipalities)[measures.municipality],
            "measure": measures.measure.astype(str),
            "entry": np.array(ENTRIES)[measures.entry],
            "end_reason": np.full(len(keys), ""),
        },
        WAITING: {
            "case_key": keys[waiting.measure_row],
            "list": np.array(LISTS)[waiting.list],
            "exit_reason": reasons[waiting.exit_reason],
        },
        STAFFING: {column.name: [] for column in FILES[STAFFING]},
    }
    facts = {MEASURES: measures, WAITING: waiting}
    for file, given in columns.items():
        frame = pl.DataFrame(
            {
                column.name: pl.Series(
                    given[column.name]
                    if column.name in given
                    else getattr(facts[file], column.name)
                )
                for column in FILES[file]
                if not column.optional
            }
        )
        frame.write_csv(folder / file, quote_style="never")


def import_all(institutions: list[Institution], folder: Path) -> None:
    for institution in institutions:
        received = receive_delivery(
            path=folder / institution.code,
            institution=institution,
            period_from=MONTHS[0],
            period_until=MONTHS[-1],
            accept_changes="made up",
            by=None,
        )
        if not received.changed:
            raise SystemExit("nothing was imported")


def stored_rows() -> Rows:
    """What the import stored, in COPY's own format."""
    rows: Rows = {}
    with connection.cursor() as wrapped:
        cursor = wrapped.cursor
        cursor.execute("SELECT DISTINCT delivery_id FROM cases_measure ORDER BY 1")
        for (delivery,) in cursor.fetchall():
            for table in TABLES:
                query = f"COPY (SELECT * FROM {table} WHERE delivery_id = {delivery}) TO STDOUT"
                with cursor.copy(query) as copy:
                    rows[table, delivery] = b"".join(copy)
    return rows


def copy_all(rows: Rows) -> None:
    """PostgreSQL's COPY, a transaction for each delivery's file as in the import."""
    for (table, _delivery), content in rows.items():
        with (
            connection.cursor() as wrapped,
            wrapped.cursor.copy(f"COPY bench_{table} FROM STDIN") as copy,
        ):
            for start in range(0, len(content), 1 << 20):
                copy.write(content[start : start + (1 << 20)])


@transaction.atomic
def forget() -> None:
    """Empty what was stored: as the replica role, since these tables refuse it."""
    execute("SET LOCAL session_replication_role = replica")
    execute(
        "TRUNCATE cases_delivery, cases_deliverymonth, cases_measure, cases_waitingspell,"
        " cases_safehomenotification, cases_staffingversion, cases_staffingmonth, cases_intake,"
        " bench_cases_measure, bench_cases_waitingspell"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measures", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    best = {"import": float("inf"), "copy": float("inf")}
    with tempfile.TemporaryDirectory() as directory, own_database():
        folder = Path(directory)
        made_up = make_up(given.measures, 13, 342, seed=1)
        institutions = [own_institution(number, each) for number, each in enumerate(made_up)]
        for each in made_up:
            write_folder(each, folder / each.institution)
        for table in TABLES:
            execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
        for _round in range(given.rounds):
            forget()
            best["import"] = min(best["import"], seconds(partial(import_all, institutions, folder)))
            best["copy"] = min(best["copy"], seconds(partial(copy_all, stored_rows())))
    ratio = best["import"] / best["copy"]
    sys.stdout.write(
        f"import with all checks: {best['import']:.2f} s\n"
        f"COPY of the same rows:  {best['copy']:.2f} s\n"
        f"ratio: {ratio:.2f} (at most {TARGET:.0f})\n"
    )
    return 0 if ratio <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
