"""What is wrong with a delivery, said without ever repeating what a cell holds.

A message is an English msgid with parameters that come from the format alone (codes that are
allowed, a limit, a count), never from the file, so that it can be shown, logged and kept.
The door that shows it translates: ``gettext(msgid) % params``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cases.deliveries.imports.layout import FILES

SHOWN: Final = 200
"""As many problems as are told of one delivery; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to translate and its parameters."""

    msgid: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in English."""
        return self.msgid % self.params if self.params else self.msgid


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix: file, row (the header is row 1), column, and what to do."""

    file: str
    row: int | None
    column: str
    message: Message

    def as_json(self) -> dict[str, object]:
        """As it is kept with an upload or a delivery."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "msgid": self.message.msgid,
            "params": dict(self.message.params),
        }


class DeliveryRefusedError(Exception):
    """The delivery is refused; nothing of it may be stored."""

    def __init__(self, problems: Sequence[Problem], total: int | None = None) -> None:
        super().__init__(f"{total or len(problems)} problems")
        self.problems = tuple(problems)
        """The first ``SHOWN``, in the order of files, rows and columns."""
        self.total = total or len(self.problems)
        """How many there are in all."""


_FILE_ORDER: Final = {name: number for number, name in enumerate(FILES)}
_COLUMN_ORDER: Final = {
    (file, column.name): number
    for file, columns in FILES.items()
    for number, column in enumerate(columns)
}


def _place(problem: Problem) -> tuple[int, int, int]:
    return (
        _FILE_ORDER.get(problem.file, -1),
        problem.row or 0,
        _COLUMN_ORDER.get((problem.file, problem.column), -1),
    )


class Problems:
    """Collects problems; keeps of each check no more than can be shown."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self.total = 0

    def add(self, file: str, row: int | None, column: str, message: Message) -> None:
        """Add one problem."""
        self.total += 1
        self._kept.append(Problem(file, row, column, message))

    def add_rows(self, file: str, rows: NDArray[np.int64], column: str, message: Message) -> None:
        """Add one problem for each of the rows; rows come in order."""
        self.total += len(rows)
        self._kept.extend(Problem(file, int(row), column, message) for row in rows[:SHOWN].tolist())

    def in_order(self) -> list[Problem]:
        """The first problems by file, row and column, no more than can be shown."""
        return sorted(self._kept, key=_place)[:SHOWN]

    def raise_if_any(self) -> None:
        """Refuse the delivery if anything was found."""
        if self.total:
            raise DeliveryRefusedError(self.in_order(), self.total)
