"""The log of acts as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from jbn_oversight.acts.sentences import ActInWords
from jbn_oversight.clock import AMSTERDAM
from jbn_oversight.spreadsheets import MARK, csv_text, harmless

HEADER: Final = (
    "at_utc",
    "at_amsterdam",
    "kind",
    "what",
    "detail",
    "by_id",
    "by",
    "by_role",
    "agreed_by_id",
    "agreed_by",
    "about_id",
    "about",
    "thing",
    "thing_id",
    "path",
    "institution",
    "region",
    "municipality",
    "act_id",
)


def acts_csv(lines: Iterable[ActInWords]) -> str:
    """A header and a line for each act; no cell of it is taken for a formula."""
    return MARK + csv_text([HEADER, *(_row(line) for line in lines)])


def _row(line: ActInWords) -> list[str]:
    act = line.act
    cells = (
        f"{act.at:%Y-%m-%dT%H:%M:%SZ}",
        f"{act.at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M:%S}",
        act.kind,
        line.what,
        line.detail,
        act.by_public_id,
        line.who,
        line.role,
        act.agreed_public_id,
        line.agreed,
        act.about_public_id,
        act.about_name,
        act.thing,
        act.thing_id,
        act.path,
        act.institution,
        act.region,
        act.municipality,
        act.public_id,
    )
    return [harmless(cell) for cell in cells]
