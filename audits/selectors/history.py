"""What people changed in tracked rows: when, who, what, from and to. The newest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from audits.selectors.visibility import SourceVisibility
from certification.models import Document, DocumentVersion, Passage, Source
from certification.models.imprecise_days import rough_day
from certification.sentences import in_words
from jbn_oversight.moment_words import moment_in_words

_NEVER_SHOWN: Final = frozenset({"id", "public_id"})
_ON: Final = "_on"
_PRECISION: Final = "_precision"
_MADE: Final = "+"
_REMOVED: Final = "-"
LIST_PARTED: Final = "; "
"""Between the parts of a value that is a list."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one matter of one row.

    ``at`` is an aware instant. ``who`` is empty where the portal itself did it. ``label`` is
    empty where the row was made or removed; ``before`` and ``after`` are then empty too.
    """

    at: datetime
    who: str
    about: str
    label: str
    before: str
    after: str
    was_removed: bool = False


def changes_of(
    *rows: models.Model, sight: SourceVisibility, leave_out: Collection[str] = ()
) -> tuple[Change, ...]:
    """The changes of tracked rows together. ``leave_out`` names fields that are not told.

    Give only rows that the reader may see: what the rows hold is told, and nothing is checked
    but the names of papers, which are told as far as the reader's ``sight`` goes.
    """
    hidden = _NEVER_SHOWN | frozenset(leave_out)
    found = [change for row in rows for change in _of_row(row, hidden, sight)]
    return tuple(sorted(found, key=lambda change: change.at, reverse=True))


def with_removed(model: Any, **filters: object) -> list[Any]:
    """The rows of a tracked model that are there, and those that were once."""
    present = list(model.objects.filter(**filters))
    seen = {row.pk for row in present}
    gone = {
        record.id: record.instance
        for record in model.history.filter(history_type=_REMOVED, **filters)
        if record.id not in seen
    }
    return [*present, *gone.values()]


def taken_back(model: Any, name: Callable[[Any], str], **filters: object) -> tuple[Change, ...]:
    """Who recorded and who took back each row that is no longer there; one query.

    ``name`` says what a record of the history is called.
    """
    gone = model.history.filter(history_type=_REMOVED, **filters)
    records = model.history.filter(id__in=gone.values("id"), history_type__in=(_MADE, _REMOVED))
    about = str(model._meta.verbose_name)
    return tuple(
        Change(
            record.history_date,
            _who(record),
            f"{about}: {name(record)}",
            "",
            "",
            "",
            record.history_type == _REMOVED,
        )
        for record in records.select_related("history_user").order_by("-history_date")
    )


def _of_row(row: models.Model, hidden: frozenset[str], sight: SourceVisibility) -> Iterator[Change]:
    about = str(row._meta.verbose_name)
    history: Any = row.history  # type: ignore[attr-defined]  # every tracked model has it
    records = list(history.select_related("history_user"))
    for newer, older in pairwise(records):
        for label, before, after in _differences(row, newer, older, hidden, sight):
            yield Change(newer.history_date, _who(newer), about, label, before, after)
    for record in records:
        if record.history_type in (_MADE, _REMOVED):
            removed = record.history_type == _REMOVED
            yield Change(record.history_date, _who(record), about, "", "", "", removed)


def _who(record: Any) -> str:
    return str(record.history_user) if record.history_user else ""


def _differences(
    row: models.Model, newer: Any, older: Any, hidden: frozenset[str], sight: SourceVisibility
) -> Iterator[tuple[str, str, str]]:
    fields = {field.name: field for field in row._meta.get_fields() if not field.auto_created}
    delta = newer.diff_against(older, foreign_keys_are_objs=True)
    told = set()
    for change in delta.changes:
        name = change.field
        if name in hidden or name not in fields:
            continue
        stem = name.removesuffix(_PRECISION).removesuffix(_ON)
        if f"{stem}{_PRECISION}" in fields and name in (f"{stem}{_ON}", f"{stem}{_PRECISION}"):
            # A day and how precise it is are one matter.
            if stem not in told:
                told.add(stem)
                label = _label(fields[f"{stem}{_ON}"])
                yield label, _rough(older, stem), _rough(newer, stem)
            continue
        field = fields[name]
        yield _label(field), _words(field, change.old, sight), _words(field, change.new, sight)


def _label(field: Any) -> str:
    # A relation that names itself has its plain English name.
    return str(capfirst(_(str(field.verbose_name))))


def _rough(record: Any, stem: str) -> str:
    day = rough_day(getattr(record, f"{stem}{_ON}"), getattr(record, f"{stem}{_PRECISION}"))
    return in_words(day) if day else _("empty")


def _words(field: Any, value: Any, sight: SourceVisibility) -> str:
    """A value as a reader would say it."""
    if value is None or value in ("", []):
        return _("empty")
    if isinstance(field, models.ManyToManyField):
        return _many(field, value)
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if choices:
        return str(choices.get(value, value))
    match value:
        case bool():
            words = _("yes") if value else _("no")
        case datetime():
            words = moment_in_words(value)
        case date():
            words = date_format(value, "j F Y")
        case int() | float():
            words = str(value)
        case list():
            words = LIST_PARTED.join(map(str, value))
        case _ if isinstance(field, models.DecimalField):
            words = str(number_format(value, force_grouping=True))
        case _:
            paper = _paper_of(value)
            words = (sight.neutral(paper) if paper else "") or str(value)
    return words


def _paper_of(value: Any) -> Source | None:
    """The source that the value names, itself or a part of its paper."""
    match value:
        case Source():
            return value
        case Document():
            return value.source
        case DocumentVersion():
            return value.document.source
        case Passage():
            return value.version.document.source
    return None


def _many(field: models.ManyToManyField[Any, Any], links: Iterable[Mapping[str, Any]]) -> str:
    """The names of the rows that were linked, as they are called now."""
    target = field.m2m_reverse_field_name()
    names = sorted(str(link[target]) for link in links)
    return LIST_PARTED.join(names)
