"""Computing a million measures, against SQL written by hand on the same server.

Thirteen made-up institutions with 342 municipalities and 36 months. By hand: five figures
(contact, plan, the two running stocks, the median). The portal: all of its figures, reading
included. Every cell of the five is compared. Targets, as ratios:

* computing without writing: at most 0.4 of the SQL;
* with results written on both sides: at most 1.0;
* one institution and one month, written: at most 1/50 of the full run.

Run with ``.venv/bin/python -m benchmarks.compliance``; exit status 1 when a target is missed
or a cell differs. ``--measures 100000`` tries it smaller.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from benchmarks.by_hand.database import execute, fill, own_database, script  # noqa: E402
from benchmarks.by_hand.facts import MONTHS, make_up  # noqa: E402
from certification.compliance.actions.computing import compute_from  # noqa: E402
from certification.compliance.actions.runs import execute_run, request_run  # noqa: E402
from certification.compliance.selectors import read_inputs  # noqa: E402
from certification.models.runs import RunReason  # noqa: E402
from jbn_oversight.organisations.models import Institution  # noqa: E402

COMPUTE_TARGET, WRITE_TARGET, MONTH_TARGET = 0.4, 1.0, 1 / 50
KPI_OF = {
    "contact": "contact_5wd",
    "plan": "plan_6w",
    "measures": "running_measures",
    "youths": "running_youths",
    "median": "waiting_median_days",
}
Cells = dict[tuple[str, str, date], tuple[int, int, int | None]]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compute_all(institutions: list[Institution]) -> None:
    for institution in institutions:
        compute_from(read_inputs(institution, MONTHS[0], MONTHS[-1]))


def run_months(institution: Institution, first: date, last: date) -> None:
    run = request_run(
        institution=institution,
        period_from=first,
        period_until=last,
        reason=RunReason.COMMAND,
        by=None,
        nudge=False,
    )
    if not execute_run(run):
        raise SystemExit(f"the run failed: {run.error}")


def run_all(institutions: list[Institution]) -> None:
    for institution in institutions:
        run_months(institution, MONTHS[0], MONTHS[-1])


@transaction.atomic
def compute_by_hand() -> None:
    execute(
        "DROP TABLE IF EXISTS bench_deadline, bench_cell, bench_running, bench_step,"
        " bench_scope, bench_member, bench_sum, bench_result"
    )
    # More memory to sort in than the server's default: it helps SQL by a third.
    execute("SET LOCAL work_mem = '256MB'")
    execute(script("compute.sql"))


@transaction.atomic
def write_by_hand() -> None:
    compute_by_hand()
    execute(script("write.sql"))


@transaction.atomic
def forget() -> None:
    """Empty what was written: as the replica role, since these tables refuse it."""
    execute("SET LOCAL session_replication_role = replica")
    execute(
        "TRUNCATE cases_observation, certification_kpiresult, bench_observation, bench_kpiresult"
    )


def cells(statement: str, kpi_of: dict[str, str]) -> Cells:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {
            (kpi_of[kpi], code, month): (int(top or 0), int(bottom or 0), value)
            for kpi, code, month, top, bottom, value in cursor.fetchall()
            if top or bottom
        }


def differences() -> tuple[int, int]:
    """How many cells were compared, and how many differ; a cell of zeros is no cell."""
    ours = cells(
        "SELECT kpi, scope_code, month, numerator, denominator, value FROM certification_kpiresult"
        " WHERE superseded_at IS NULL AND kpi IN ('contact_5wd', 'plan_6w', 'running_measures',"
        " 'running_youths', 'waiting_median_days')",
        {code: code for code in KPI_OF.values()},
    )
    theirs = cells("SELECT figure, scope_code, month, top, bottom, value FROM bench_result", KPI_OF)
    keys = ours.keys() | theirs.keys()
    return len(keys), sum(ours.get(key) != theirs.get(key) for key in keys)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measures", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    with own_database():
        institutions = fill(make_up(given.measures, 13, 342, seed=1))
        best: dict[str, float] = {}

        def timed(name: str, work: Callable[[], object]) -> None:
            best[name] = min(best.get(name, float("inf")), seconds(work))
            sys.stderr.write(f"{name}: {best[name]:.2f} s\n")

        for _round in range(given.rounds):
            timed("by hand", compute_by_hand)
            timed("portal", lambda: compute_all(institutions))
            forget()
            timed("by hand, written", write_by_hand)
            timed("one month, written", lambda: run_months(institutions[0], MONTHS[-1], MONTHS[-1]))
            forget()
            timed("portal, written", lambda: run_all(institutions))
        compared, differ = differences()
    return report(best, compared, differ)


def report(best: dict[str, float], compared: int, differ: int) -> int:
    lines = [
        ("computing", best["portal"] / best["by hand"], COMPUTE_TARGET),
        ("computing and writing", best["portal, written"] / best["by hand, written"], WRITE_TARGET),
        ("one month of one", best["one month, written"] / best["portal, written"], MONTH_TARGET),
    ]
    for name, ratio, target in lines:
        word = "met" if ratio <= target else "MISSED"
        sys.stdout.write(f"{name:24} {ratio:7.3f}  target {target:.3f}  {word}\n")
    sys.stdout.write(f"cells compared: {compared}, different: {differ}\n")
    return int(differ > 0 or any(ratio > target for _name, ratio, target in lines))


if __name__ == "__main__":
    sys.exit(main())
