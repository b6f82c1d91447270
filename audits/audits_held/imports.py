"""The table of findings of a report: from rows to what would be recorded, or what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.audits_held.actions.findings import check_finding, save_finding
from audits.imports.cells import NO, YES, Holds
from audits.imports.problems import WrongFileError, WrongRow
from audits.imports.tables import TableColumn
from audits.letters.rules import day_of
from audits.models.audits import Audit
from audits.models.findings import Finding, FindingCategory
from certification.certificates.actions import Said, said_columns
from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import CertificateCondition
from certification.models.frameworks import NormTheme, Requirement
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError

COLUMNS: Final[dict[str, str | Promise]] = {
    "nummer": gettext_lazy("Number in the report. Required: it says which finding is meant."),
    "thema": gettext_lazy("Code or title of a theme of the audit's framework."),
    "eis": gettext_lazy("Code of a requirement of the audit's framework."),
    "categorie": gettext_lazy("The body's own word, as in the list of words. Required."),
    "bevinding": gettext_lazy("What was found. Required."),
    "herstellen_voor": gettext_lazy(
        "Last day to have it mended: 30-09-2025, or roughly: eind september 2025."
    ),
    "afwijking_aanvaard": gettext_lazy("ja or nee; empty means nee."),
    "reden": gettext_lazy("Why the deviation was accepted. Required where it was."),
}
_HOLDS: Final = {
    **dict.fromkeys(("nummer", "thema", "eis"), Holds.CODE),
    "herstellen_voor": Holds.DAY,
    "afwijking_aanvaard": Holds.YES_OR_NO,
}
TABLE: Final = tuple(TableColumn(name, holds=_HOLDS.get(name, Holds.WORDS)) for name in COLUMNS)
REQUIRED: Final = ("nummer", "categorie", "bevinding")
OF_FIELD: Final = {
    "reference": "nummer",
    "norm": "eis",
    "category": "categorie",
    "text": "bevinding",
    "due": "herstellen_voor",
    "deviation_accepted": "afwijking_aanvaard",
    "deviation_rationale": "reden",
}
"""The column that a refusal is about."""
EXAMPLE: Final = (
    ("3.1", "organisatie", "", "kritisch feit", "Fictieve bevinding.", "2025-09-30", "nee", ""),
    ("3.2", "organisatie", "", "tekortkoming", "Nog een fictieve bevinding.", "", "ja", "Fictief."),
)
LONGEST_TEXT: Final = 5000

Rows = Iterable[tuple[int, Mapping[str, str]]]


class ImportStep(StrEnum):
    """What storing a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Planned:
    """One row, understood."""

    row: int
    step: ImportStep
    finding: Finding
    """As it would be; not saved."""
    conditions: tuple[CertificateCondition, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What rows of this audit can refer to."""

    themes: Mapping[str, NormTheme]
    requirements: Mapping[str, list[Requirement]]
    categories: Mapping[str, FindingCategory]
    findings: Mapping[str, Finding]


def plan_import(*, audit: Audit, rows: Rows, source: Source) -> list[Planned]:
    """What storing the rows would do; nothing is stored. ``source`` is the report.

    Raises WrongFileError with every error of every row.
    """
    known = _known(audit)
    planned: list[Planned] = []
    wrong: list[WrongRow] = []
    seen: dict[str, int] = {}
    for number, row in rows:
        cells = {name: row.get(name, "").strip() for name in COLUMNS}
        found, errors = _understood(audit, number, cells, source, known)
        reference = cells["nummer"]
        if reference and seen.setdefault(reference, number) != number:
            errors.append(
                WrongRow(
                    number,
                    "nummer",
                    _("This number stands in row %(row)s too.") % {"row": seen[reference]},
                )
            )
        wrong += errors
        if found is not None:
            planned.append(found)
    if not planned and not wrong:
        wrong.append(WrongRow(0, "", _("The file holds no rows below the headings.")))
    if wrong:
        raise WrongFileError(wrong)
    return planned


@transaction.atomic
def store_import(*, audit: Audit, rows: Rows, source: Source, by: User) -> list[Planned]:
    """Store all rows or none; the same file once more changes nothing. Raises WrongFileError."""
    Audit.objects.select_for_update(of=("self",)).get(pk=audit.pk)
    planned = plan_import(audit=audit, rows=rows, source=source)
    for each in planned:
        if each.step is not ImportStep.SAME:
            save_finding(finding=each.finding, conditions=each.conditions, by=by)
    return planned


def _known(audit: Audit) -> _Known:
    themes: dict[str, NormTheme] = {}
    requirements: dict[str, list[Requirement]] = {}
    if audit.framework:
        for theme in audit.framework.themes.prefetch_related("requirements__theme"):
            themes[theme.code.casefold()] = themes[theme.title.casefold()] = theme
            for requirement in theme.requirements.all():
                requirements.setdefault(requirement.code.casefold(), []).append(requirement)
    categories: dict[str, FindingCategory] = {}
    for category in FindingCategory.objects.filter(authority=audit.authority):
        categories[category.code] = categories[category.label.casefold()] = category
    findings = (
        Finding.objects.filter(found_in=audit)
        .select_related("theme", "requirement", "category", "source", "due_source", "passage")
        .prefetch_related("conditions__certificate")
    )
    return _Known(themes, requirements, categories, {row.reference: row for row in findings})


def _understood(
    audit: Audit, number: int, cells: Mapping[str, str], source: Source, known: _Known
) -> tuple[Planned | None, list[WrongRow]]:
    wrong = [WrongRow(number, name, _("Fill this in.")) for name in REQUIRED if not cells[name]]
    for name, most in (("nummer", 40), ("bevinding", LONGEST_TEXT), ("reden", LONGEST_TEXT)):
        if len(cells[name]) > most:
            said = _("This has more than %(most)s characters.") % {"most": most}
            wrong.append(WrongRow(number, name, said))
    category = known.categories.get(cells["categorie"].casefold())
    if cells["categorie"] and category is None:
        words = ", ".join(dict.fromkeys(each.label for each in known.categories.values()))
        said = _("This body has no such word. Choose one of: %(words)s.") % {"words": words}
        wrong.append(WrongRow(number, "categorie", said))
    theme, requirement = _norm(number, cells, known, wrong)
    due = _due(number, cells["herstellen_voor"], wrong)
    accepted = {"": False, NO: False, YES: True}.get(cells["afwijking_aanvaard"].casefold())
    if accepted is None:
        wrong.append(WrongRow(number, "afwijking_aanvaard", _("Write ja or nee.")))
    if wrong or category is None:
        return None, wrong
    here = known.findings.get(cells["nummer"])
    said_due: Said = (due, source) if due else None
    if here and here.due and here.due == due and here.due_source:
        said_due = (here.due, here.due_source)
    columns: dict[str, object] = {
        "theme": theme,
        "requirement": requirement,
        "category": category,
        "text": cells["bevinding"],
        "deviation_accepted": bool(accepted),
        "deviation_rationale": cells["reden"],
        **said_columns("due", said_due),
    }
    # A finding that is here already keeps the paper that told of it first. The file has no words
    # for a passage and conditions, so they stay.
    new = Finding(found_in=audit, reference=cells["nummer"], source=source)
    finding = copy(here) if here else new
    for name, value in columns.items():
        setattr(finding, name, value)
    conditions = tuple(here.conditions.all()) if here else ()
    try:
        check_finding(finding=finding, conditions=conditions)
    except RefusedError as error:
        return None, [WrongRow(number, OF_FIELD.get(error.field, ""), error.sentence)]
    step = ImportStep.NEW
    if here:
        is_same = all(getattr(here, name) == value for name, value in columns.items())
        step = ImportStep.SAME if is_same else ImportStep.CHANGED
    return Planned(number, step, finding, conditions), []


def _norm(
    number: int, cells: Mapping[str, str], known: _Known, wrong: list[WrongRow]
) -> tuple[NormTheme | None, Requirement | None]:
    theme = known.themes.get(cells["thema"].casefold()) if cells["thema"] else None
    if cells["thema"] and theme is None:
        said = _("The audit's framework has no such theme. Check the code or the framework.")
        wrong.append(WrongRow(number, "thema", said))
        return None, None
    if not cells["eis"]:
        return theme, None
    found = known.requirements.get(cells["eis"].casefold(), [])
    if theme is not None:
        found = [each for each in found if each.theme_id == theme.pk]
    if len(found) != 1:
        said = (
            _("Several themes have a requirement with this code. Fill in the theme too.")
            if found
            else _("The audit's framework has no such requirement. Check the code or the theme.")
        )
        wrong.append(WrongRow(number, "eis", said))
        return theme, None
    return found[0].theme, found[0]


def _due(number: int, text: str, wrong: list[WrongRow]) -> ImpreciseDay | None:
    due = day_of(text) if text else None
    if text and due is None:
        said = _("This is not a day. Write it as 30-09-2025, or roughly: eind september 2025.")
        wrong.append(WrongRow(number, "herstellen_voor", said))
    return due
