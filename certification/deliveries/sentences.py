"""Problems of a delivery in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cases.deliveries.imports import Message
from cases.deliveries.rules import HoldFinding, HoldReason
from cases.models import DeliveryHold, StaffingVersion
from jbn_oversight.moment_words import moment_in_words


@dataclass(frozen=True, slots=True)
class WordedProblem:
    """One problem as a person reads it."""

    file: str
    row: int | None
    column: str
    sentence: str

    @property
    def line(self) -> str:
        """``FILE:ROW:COLUMN: sentence``, empty where there is none."""
        row = "" if self.row is None else self.row
        return f"{self.file}:{row}:{self.column}: {self.sentence}"

    @property
    def place(self) -> SafeString:
        """What a page puts before the sentence: the file, and the row and column if known."""
        parts = [format_html("<strong>{}</strong>", self.file)]
        if self.row:
            parts.append(format_html("{}", gettext("row %(row)s") % {"row": self.row}))
        if self.column:
            parts.append(format_html("{} <code>{}</code>", gettext("column"), self.column))
        return format_html("{}:", format_html_join(", ", "{}", ((part,) for part in parts)))


@dataclass(frozen=True, slots=True)
class EqualProblems:
    """The same thing to mend in one column of a file, in as many rows as it stands."""

    file: str
    column: str
    sentence: str
    rows: tuple[int, ...]
    """In order; none for what is wrong with a file as a whole."""

    @property
    def first_row(self) -> int:
        """The first of its rows; 0 for what is wrong with a file as a whole."""
        return self.rows[0] if self.rows else 0

    @property
    def spans(self) -> str:
        """Its rows in short: 2–4, 9."""
        runs: list[list[int]] = []
        for row in self.rows:
            if runs and row == runs[-1][-1] + 1:
                runs[-1].append(row)
            else:
                runs.append([row])
        return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)

    @property
    def place(self) -> SafeString:
        """What a page puts before the sentence."""
        if len(self.rows) < 2:
            row = self.first_row or None
            return WordedProblem(self.file, row, self.column, self.sentence).place
        rows = gettext("rows %(rows)s") % {"rows": self.spans}
        parts = [format_html("<strong>{}</strong>", self.file), rows]
        if self.column:
            parts.append(format_html("{} <code>{}</code>", gettext("column"), self.column))
        return format_html("{}:", format_html_join(", ", "{}", ((part,) for part in parts)))


def equal_together(problems: Iterable[WordedProblem]) -> list[EqualProblems]:
    """Equal problems of a column as one, in the order of the first of each."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    for problem in problems:
        found = rows.setdefault((problem.file, problem.column, problem.sentence), [])
        if problem.row is not None:
            found.append(problem.row)
    return [EqualProblems(*same, tuple(sorted(found))) for same, found in rows.items()]


def sentence_of(message: Message) -> str:
    """The message in the active language."""
    return gettext(message.msgid) % message.params if message.params else gettext(message.msgid)


def worded_rows(rows: Iterable[Mapping[str, Any]]) -> list[WordedProblem]:
    """Problems as they are kept with an attempt or a delivery, in the active language."""
    return [
        WordedProblem(
            row["file"],
            row["row"],
            row["column"],
            sentence_of(Message(row["msgid"], row["params"])),
        )
        for row in rows
    ]


def finding_sentences(row: DeliveryHold) -> list[str]:
    """Why a delivery is held, a sentence each, in the active language."""
    return [_finding_sentence(HoldFinding.of_json(kept)) for kept in row.findings]


def _finding_sentence(finding: HoldFinding) -> str:
    values: dict[str, object] = {"before": finding.before, "now": finding.now}
    if finding.reason is HoldReason.EMPTY_FILE:
        return gettext("%(file)s had %(before)d rows and has none now.") % {
            **values,
            "file": finding.file,
        }
    month = {"month": date_format(finding.month, "F Y")} if finding.month else {}
    if finding.reason is HoldReason.RUNNING:
        return gettext(
            "Running measures at the end of %(month)s: %(now)d, where %(before)d stood."
        ) % {**values, **month}
    return gettext(
        "Deadlines of first contact in %(month)s: %(now)d, where the six months before had "
        "%(before)d together."
    ) % {**values, **month}


def counting_sentence(current: StaffingVersion | None) -> str:
    """Which figures of staffing count for a month."""
    if current is None:
        return gettext("No figures count yet for this month.")
    at = {"at": moment_in_words(current.accepted_at)}
    if current.typed_return:
        return gettext("Typed figures count since %(at)s.") % at
    return gettext("Delivered figures count since %(at)s.") % at


def typing_words(*, is_begun: bool, are_counted: bool) -> str:
    """What typing figures of staffing comes to: the heading above its form."""
    if is_begun:
        return gettext("Go on with the concept")
    if are_counted:
        return gettext("Correct the figures that count")
    return gettext("Type the figures")
