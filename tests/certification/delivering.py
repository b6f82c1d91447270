"""Small worlds as deliveries in the database, computed and exported."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management import call_command

from cases.deliveries.actions.receiving import receive_delivery
from cases.deliveries.imports.layout import FILES
from certification.compliance.actions.runs import execute_run, request_run
from certification.models import ComplianceRun
from certification.models.runs import RunReason
from jbn_oversight.organisations.models import Institution, MunicipalityRegion

from .second_method import World
from .small_worlds import MONTHS, STAFFED

Row = dict[str, Any]


def jbn() -> Institution:
    return Institution.objects.get(code="jbn")


def real_regions() -> dict[str, dict[date, str]]:
    """The institution's own 22 municipalities, in the shape of a small world."""
    rows = MunicipalityRegion.objects.select_related("municipality", "region")
    return {row.municipality.cbs_code: dict.fromkeys(STAFFED, row.region.slug) for row in rows}


def tidy_staffing(rows: Sequence[Row]) -> list[Row]:
    """Rows of which the parts stay within their wholes, and the head counts add up."""
    tidy = []
    for row in rows:
        start, joiners, leavers = row["headcount_start"], row["joiners"], row["leavers"]
        known = None not in (start, joiners, leavers, row["headcount_end"])
        end = start + joiners - leavers if known else row["headcount_end"]
        if end is not None and end < 0:
            end, start = 0, leavers - joiners
        tidy.append(
            {
                **row,
                "headcount_start": start,
                "headcount_end": end,
                "internal_leavers": _at_most(row["internal_leavers"], leavers),
                "sick_days": _at_most(row["sick_days"], row["available_days"]),
                "supernumerary_fte": _at_most(row["supernumerary_fte"], row["filled_fte"]),
            }
        )
    return tidy


def _at_most(part: Any, whole: Any) -> Any:
    return part if None in (part, whole) else min(part, whole)


def write_folder(world: World, folder: Path, months: Sequence[date]) -> Path:
    """The world's files, with the staffing of the months."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, list[Row]] = {
        "measures.csv": world.measures,
        "waiting.csv": world.waiting,
        "staffing.csv": [
            {**row, "period": f"{row['period']:%Y-%m}"}
            for row in world.staffing
            if row["period"] in months
        ],
    }
    if world.safe_home is not None:
        tables["veilig_thuis.csv"] = [
            {**row, "notification_key": f"n{number}"} for number, row in enumerate(world.safe_home)
        ]
    for name, rows in tables.items():
        columns = [column.name for column in FILES[name]]
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(
                {key: "" if value is None else value for key, value in row.items()} for row in rows
            )
    return folder


def deliver(world: World, folder: Path, first: date = MONTHS[0], last: date = MONTHS[-1]) -> None:
    """Accept the world's delivery for the months, without computing anything."""
    months = [month for month in STAFFED if first <= month <= last]
    receive_delivery(
        path=write_folder(world, folder, months),
        institution=jbn(),
        period_from=first,
        period_until=last,
        accept_changes="Small worlds change much from one delivery to the next.",
        by=None,
    )


def asked(first: date = MONTHS[0], last: date = MONTHS[-1]) -> ComplianceRun:
    """A run that waits for a worker."""
    return request_run(
        institution=jbn(),
        period_from=first,
        period_until=last,
        reason=RunReason.COMMAND,
        by=None,
        nudge=False,
    )


def compute(first: date = MONTHS[0], last: date = MONTHS[-1]) -> ComplianceRun:
    """A run carried out here."""
    run = asked(first, last)
    assert execute_run(run), run.error
    return run


def exported(first: date = MONTHS[0], last: date = MONTHS[-1], *more: str) -> list[Row]:
    """What ``export_kpis`` prints."""
    out = io.StringIO()
    call_command(
        "export_kpis",
        "--institution=jbn",
        f"--from={first:%Y-%m}",
        f"--until={last:%Y-%m}",
        *more,
        stdout=out,
    )
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def printed(found: tuple[str, Any, Any, Any], *, percent: bool) -> tuple[str, str, str]:
    """A figure of the second method as the contract prints it."""
    state, top, bottom, days = found
    if state in ("not_delivered", "not_known"):
        return "", "", ""
    if top is None:
        return "", str(bottom), "not_reached" if days is None else str(days)
    if bottom is None:
        return str(top), "", str(top)
    if not bottom:
        return _plain(top), "0", ""
    return (
        _plain(top),
        _plain(bottom),
        _plain(Fraction(top) / Fraction(bottom) * (100 if percent else 1)),
    )


def _plain(number: Any) -> str:
    text = f"{round(Fraction(number) * 10**6)}".rjust(7, "0")
    return f"{text[:-6]}.{text[-6:]}".rstrip("0").rstrip(".")
