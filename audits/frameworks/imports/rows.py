"""Read a framework from the rows of a table, or from TOML; what is wrong is said per row."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from audits.frameworks.rules import (
    FrameworkFile,
    FrameworkHead,
    RequirementRow,
    ThemeRow,
)
from audits.imports.cells import Holds
from audits.imports.problems import WrongFileError, WrongRow
from audits.imports.tables import MOST_BYTES, TableColumn

HEAD: Final = ("kader", "versie", "titel", "instantie", "geldig_vanaf", "uitgever", "bron", "adres")
"""The same on every row, or only on the first."""
BODY: Final = ("thema_code", "thema", "eis_code", "eis")
COLUMNS: Final = (*HEAD, *BODY)
_HOLDS: Final = {
    **dict.fromkeys(("kader", "versie", "thema_code", "eis_code"), Holds.CODE),
    "geldig_vanaf": Holds.DAY,
}
TABLE: Final = tuple(TableColumn(name, holds=_HOLDS.get(name, Holds.WORDS)) for name in COLUMNS)
REQUIRED: Final = ("kader", "versie", "titel", "instantie", "uitgever", "bron")
LONGEST: Final = {
    "kader": 60,
    "versie": 40,
    "titel": 200,
    "instantie": 50,
    "uitgever": 200,
    "bron": 300,
    "adres": 500,
    "thema_code": 40,
    "thema": 200,
    "eis_code": 40,
    "eis": 1000,
}
"""As many letters as are kept of each."""
_TOML: Final = re.compile(r"""\[|[\w"'.-]+\s*=""")
_LOOKED_AT: Final = 10_000

EXAMPLE: Final = (
    COLUMNS,
    (
        "voorbeeldkader",
        "1.0",
        "Voorbeeld van een normenkader (fictief)",
        "kmi",
        "2026-01-01",
        "Keurmerkinstituut",
        "Titel van het stuk waar het kader in staat",
        "",
        "organisatie",
        "Organisatie en processen",
        "3.1",
        "Fictieve eis: ieder besluit staat op papier.",
    ),
    ("",) * 8
    + ("organisatie", "Organisatie en processen", "3.2", "Fictieve eis: er is een jaarplan."),
    ("",) * 8 + ("samenwerking", "Samenwerking", "4.1", "Fictieve eis: afspraken zijn bekend."),
)


def from_rows(rows: Iterable[tuple[int, Mapping[str, str]]]) -> FrameworkFile:
    """The framework in a table, by row number. Raises WrongFileError with every error."""
    kept = [(number, {name: row.get(name, "").strip() for name in COLUMNS}) for number, row in rows]
    if not kept:
        raise WrongFileError([WrongRow(0, "", _("The file holds no rows below the headings."))])
    wrong = [each for number, row in kept for each in _wrong_cells(number, row)]
    first_number, first = kept[0]
    wrong += [
        WrongRow(first_number, name, _("Fill this in on the first row."))
        for name in REQUIRED
        if not first[name]
    ]
    wrong += [
        WrongRow(number, name, _("This differs from the first row. One file holds one framework."))
        for number, row in kept[1:]
        for name in HEAD
        if row[name] and row[name] != first[name]
    ]
    themes, wrong_themes = _themes(kept)
    wrong += wrong_themes
    if wrong:
        raise WrongFileError(wrong)
    head = FrameworkHead(
        code=first["kader"],
        version=first["versie"],
        title=first["titel"],
        authority=first["instantie"],
        valid_from=date.fromisoformat(first["geldig_vanaf"]) if first["geldig_vanaf"] else None,
        publisher=first["uitgever"],
        source=first["bron"],
        url=first["adres"],
    )
    return FrameworkFile(head, themes)


def _wrong_cells(number: int, row: Mapping[str, str]) -> Iterator[WrongRow]:
    for name, most in LONGEST.items():
        if len(row[name]) > most:
            yield WrongRow(
                number, name, _("This has more than %(most)s characters.") % {"most": most}
            )
    if row["kader"] and not _is_code(row["kader"]):
        yield WrongRow(number, "kader", _("Use lower case letters, digits and hyphens only."))
    if row["geldig_vanaf"]:
        try:
            date.fromisoformat(row["geldig_vanaf"])
        except ValueError:
            yield WrongRow(number, "geldig_vanaf", _("Write the day as 2026-01-31."))
    if row["adres"]:
        try:
            URLValidator(schemes=["https", "http"])(row["adres"])
        except ValidationError:
            yield WrongRow(number, "adres", _("This is not an address that starts with https."))


def _is_code(text: str) -> bool:
    return text.isascii() and text == text.lower() and text.replace("-", "a").isalnum()


def _themes(
    rows: list[tuple[int, dict[str, str]]],
) -> tuple[tuple[ThemeRow, ...], list[WrongRow]]:
    wrong: list[WrongRow] = []
    titles: dict[str, str] = {}
    requirements: dict[str, dict[str, str]] = {}
    for number, row in rows:
        code, title = row["thema_code"], row["thema"]
        for name in ("thema_code", "thema"):
            if not row[name]:
                wrong.append(WrongRow(number, name, _("Fill this in.")))
        if code and title and titles.setdefault(code, title) != title:
            wrong.append(WrongRow(number, "thema", _("This theme has another title further up.")))
        if bool(row["eis_code"]) != bool(row["eis"]):
            empty = "eis" if row["eis_code"] else "eis_code"
            wrong.append(
                WrongRow(number, empty, _("A requirement has a code and a text. Fill in both."))
            )
        elif row["eis_code"]:
            mine = requirements.setdefault(code, {})
            if row["eis_code"] in mine:
                wrong.append(WrongRow(number, "eis_code", _("This code stands here twice.")))
            mine[row["eis_code"]] = row["eis"]
    themes = tuple(
        ThemeRow(
            code,
            title,
            tuple(RequirementRow(*pair) for pair in requirements.get(code, {}).items()),
        )
        for code, title in titles.items()
    )
    return themes, wrong


def is_toml(data: bytes) -> bool:
    """Whether the first line that says anything is one of TOML: ``kader = "..."``, ``[[thema]]``.

    The first line of a CSV file holds names of columns, or ``sep=;``.
    """
    text = data[:_LOOKED_AT].decode("utf-8-sig", "replace")
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return _TOML.match(first) is not None and not first.lower().startswith("sep=")


def from_toml(data: bytes) -> FrameworkFile:
    """The framework in TOML: the head on top, then ``[[thema]]`` with ``[[thema.eis]]``.

    Errors name the row as it would be in a table, so both read alike. Raises WrongFileError.
    """
    if len(data) > MOST_BYTES:
        raise WrongFileError(
            [WrongRow(0, "", _("This file is larger than 2 MB. Hand over less at once."))]
        )
    try:
        tree = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        raise WrongFileError([WrongRow(0, "", _("This is not a TOML file in UTF-8."))]) from None
    themes = tree.get("thema", [])
    if not isinstance(themes, list) or not all(isinstance(each, dict) for each in themes):
        raise WrongFileError([WrongRow(0, "thema", _("Write each theme under [[thema]]."))])
    head = {name: _text(tree.get(name, "")) for name in HEAD}
    wrong = [
        WrongRow(2, name, _no_text())
        for name in HEAD
        if not isinstance(tree.get(name, ""), str | int if name != "geldig_vanaf" else str | date)
    ]
    rows: list[dict[str, str]] = []
    for theme in themes:
        named = {"thema_code": _text(theme.get("code", "")), "thema": _text(theme.get("titel", ""))}
        asked = theme.get("eis", [])
        if not isinstance(asked, list) or not all(isinstance(each, dict) for each in asked):
            raise WrongFileError(
                [WrongRow(len(rows) + 2, "eis", _("Write each requirement under [[thema.eis]]."))]
            )
        for column, value in (
            ("thema_code", theme.get("code", "")),
            ("thema", theme.get("titel", "")),
            *(("eis_code", each.get("code", "")) for each in asked),
            *(("eis", each.get("tekst", "")) for each in asked),
        ):
            if not isinstance(value, str | int) or isinstance(value, bool):
                wrong.append(WrongRow(len(rows) + 2, column, _no_text()))
        rows += [
            {
                **head,
                **named,
                "eis_code": _text(each.get("code", "")),
                "eis": _text(each.get("tekst", "")),
            }
            for each in asked
        ] or [{**head, **named}]
    if wrong:
        raise WrongFileError(wrong)
    return from_rows(enumerate(rows, start=2))


def _no_text() -> str:
    """TOML reads 3.10 as the number 3.1, and a day as a day."""
    return _("Put what stands here between quotation marks, so that it stays as you wrote it.")


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
