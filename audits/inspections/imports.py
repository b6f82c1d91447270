"""A table of verdicts that somebody hands over: read, shown beside what is known, recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Final

from django.db import transaction
from django.utils.translation import gettext as _

from audits.imports.cells import Holds
from audits.imports.tables import RowError, TableColumn, TableRow, read_table
from audits.inspections.actions.reports import VerdictFields, save_verdicts
from audits.models.inspections import InspectedInstitution, Inspection, Judgement
from certification.models.frameworks import NormTheme
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.spreadsheets import csv_text

WORDS: Final[Mapping[str, Judgement]] = MappingProxyType(
    {
        "voldoet": Judgement.MEETS,
        "voldoet grotendeels": Judgement.MOSTLY_MEETS,
        "voldoet grotendeels niet": Judgement.MOSTLY_FAILS,
        "voldoet niet": Judgement.FAILS,
        "niet beoordeeld": Judgement.NOT_JUDGED,
        "schiet tekort": Judgement.FALLS_SHORT,
    }
)
"""The words of the inspectorates, as their reports write them, whatever language the page has."""
INSTITUTION: Final = "instelling"
NORM: Final = "norm"
VERDICT: Final = "oordeel"
REMARK: Final = "opmerking"
COLUMNS: Final = (
    TableColumn(INSTITUTION, required=True, most=200),
    TableColumn(NORM, required=True, most=200, holds=Holds.CODE),
    TableColumn(VERDICT, codes=tuple(WORDS)),
    TableColumn(REMARK, most=1000),
)


@dataclass(frozen=True, slots=True)
class ReadVerdict:
    """One row of the table beside what is recorded now."""

    number: int
    place: InspectedInstitution
    theme: NormTheme
    verdict: VerdictFields
    before: str
    """The verdict that is recorded now, in words; empty where none is."""
    is_change: bool

    @property
    def label(self) -> str:
        """The verdict in the words of the page; empty where the row names none."""
        return str(self.verdict.judgement.label) if self.verdict.judgement else ""


def read_verdicts(
    inspection: Inspection, file: bytes | IO[bytes]
) -> tuple[ReadVerdict, ...] | list[RowError]:
    """The rows of a table, or every error by row. Nothing is recorded.

    A row without a verdict says that it is not known; what is recorded then stays.
    """
    table = read_table(file, COLUMNS)
    if isinstance(table, list):
        return table
    places = _places(inspection)
    themes = _themes(inspection)
    errors: list[RowError] = []
    found: list[ReadVerdict] = []
    seen: dict[tuple[int, int], int] = {}
    for row in table.rows:
        wrong, read = _read(row, places, themes)
        if read is not None:
            key = (read.place.pk, read.theme.pk)
            if key in seen:
                wrong = [
                    RowError(
                        row.number,
                        NORM,
                        _("Row %(row)s is about the same institution and norm. Keep one.")
                        % {"row": seen[key]},
                    )
                ]
            seen.setdefault(key, row.number)
            found.append(read)
        errors += wrong
    return errors or tuple(found)


def _places(inspection: Inspection) -> dict[str, InspectedInstitution]:
    """Every name under which an institution of the inspection can stand in a table."""
    places = {}
    for place in inspection.institutions.select_related("institution"):
        names = [place.name]
        if place.institution:
            names = [place.institution.name, place.institution.code, *place.institution.aliases]
        places.update({name.casefold(): place for name in names if name})
    return places


def _themes(inspection: Inspection) -> dict[str, NormTheme]:
    if inspection.framework is None:
        return {}
    rows = list(inspection.framework.themes.all())
    return {name.casefold(): row for row in rows for name in (row.title, row.code)}


def _read(
    row: TableRow, places: dict[str, InspectedInstitution], themes: dict[str, NormTheme]
) -> tuple[list[RowError], ReadVerdict | None]:
    place = places.get(row.cells[INSTITUTION].casefold())
    theme = themes.get(row.cells[NORM].casefold())
    said, remark = row.cells[VERDICT], row.cells[REMARK]
    errors = []
    if place is None:
        errors.append(
            RowError(
                row.number,
                INSTITUTION,
                _("This institution is not in this inspection. Add it first, or correct the name."),
            )
        )
    elif said and place.published_on is None:
        errors.append(
            RowError(
                row.number,
                INSTITUTION,
                _("Of this institution no report is recorded. Record its report first."),
            )
        )
    if theme is None:
        errors.append(
            RowError(
                row.number,
                NORM,
                _("This norm is not in the framework of this inspection. Use one of: %(norms)s.")
                % {"norms": ", ".join(sorted({theme.code for theme in themes.values()}))},
            )
        )
    if remark and not said:
        errors.append(
            RowError(row.number, VERDICT, _("A remark needs the verdict that it is about."))
        )
    if errors or place is None or theme is None:
        return errors, None
    now = place.verdicts.filter(theme=theme).first()
    verdict = VerdictFields(WORDS[said.casefold()] if said else None, remark)
    is_change = bool(said) and (
        now is None or (now.verdict, now.remark) != (verdict.judgement, remark)
    )
    before = now.get_verdict_display() if now else ""
    return [], ReadVerdict(row.number, place, theme, verdict, before, is_change)


@transaction.atomic
def record_verdicts(*, rows: Sequence[ReadVerdict], source: Source, by: User) -> int:
    """Record what changes, all or nothing; how many verdicts changed.

    Raises RefusedError where meanwhile a report or framework was changed.
    """
    changed = 0
    by_place: dict[int, list[ReadVerdict]] = {}
    for row in rows:
        if row.is_change:
            by_place.setdefault(row.place.pk, []).append(row)
    for found in by_place.values():
        changed += save_verdicts(
            inspected=found[0].place,
            verdicts={row.theme: row.verdict for row in found},
            source=source,
            by=by,
        )
    return changed


def as_csv(rows: Sequence[ReadVerdict]) -> str:
    """The table once more, to hand over with the confirmation; it is read as if it were new."""
    words = {judgement: word for word, judgement in WORDS.items()}
    lines = [(INSTITUTION, NORM, VERDICT, REMARK)]
    for row in rows:
        said = words[row.verdict.judgement] if row.verdict.judgement else ""
        lines.append((str(row.place), row.theme.code, said, row.verdict.remark))
    return csv_text(lines, delimiter=";", line_end="\n")
