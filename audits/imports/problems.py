"""What is wrong in the rows of a file that was handed over. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrongRow:
    """What is wrong in a row (the headings are row 1; 0 is the whole file)."""

    row: int
    column: str
    sentence: str

    @property
    def line(self) -> str:
        """As a command prints it."""
        return f"{self.row}:{self.column}: {self.sentence}"


class WrongFileError(Exception):
    """Nothing of the file is taken; ``wrong`` says why, by row."""

    def __init__(self, wrong: Iterable[WrongRow]) -> None:
        super().__init__("wrong file")
        self.wrong = tuple(sorted(wrong, key=lambda each: each.row))
