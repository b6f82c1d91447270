"""Staffing figures as they are typed in a form: the columns and the checks of staffing.csv.

Pure. What is typed is kept as text until it is approved, so that nothing typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from cases.deliveries.imports.cells import guarded, parse_number, parse_whole, trimmed
from cases.deliveries.imports.layout import STAFFING, ColumnKind, columns_of
from cases.deliveries.imports.problems import Message
from cases.deliveries.imports.staffing import wrong_within
from cases.staffing.rules import QUANTITIES, ROLES

Figures: TypeAlias = Mapping[str, Mapping[str, str]]
"""By role and quantity what was typed; an empty cell is "not known"."""


@dataclass(frozen=True, slots=True)
class WrongFigure:
    """A typed cell that cannot be accepted."""

    role: str
    quantity: str
    message: Message


class WrongFiguresError(Exception):
    """The typed figures cannot be submitted; ``wrong`` says why."""

    def __init__(self, wrong: list[WrongFigure]) -> None:
        super().__init__(f"{len(wrong)} cells")
        self.wrong = wrong


def tidy(figures: Figures) -> dict[str, dict[str, str]]:
    """Known roles and quantities, trimmed; a role without a single figure is left out."""
    tidied = {
        role: {
            quantity: text
            for quantity in QUANTITIES
            if (text := trimmed(figures.get(role, {}).get(quantity, "")))
        }
        for role in ROLES
    }
    return {role: row for role, row in tidied.items() if row}


def wrong_figures(figures: Figures, *, together: bool = True) -> list[WrongFigure]:
    """Every cell that is no number, and every row whose figures contradict each other.

    Without ``together`` cells are only looked at by themselves: a concept may be half done, but
    nothing is ever kept that could be a citizen service number.
    """
    return list(_wrong(figures, together=together))


def _wrong(figures: Figures, *, together: bool) -> Iterator[WrongFigure]:
    for role, row in tidy(figures).items():
        quantities: dict[str, Decimal | None] = {}
        for quantity, text in row.items():
            found = _parse(quantity, text)
            if isinstance(found, Message):
                yield WrongFigure(role, quantity, found)
            else:
                quantities[quantity] = found
        for quantity, message in wrong_within(quantities) if together else ():
            yield WrongFigure(role, quantity, message)


def quantities_of(figures: Figures) -> dict[str, dict[str, Decimal | None]]:
    """By role the quantities; None is not known. Raises WrongFiguresError."""
    wrong = wrong_figures(figures)
    if wrong:
        raise WrongFiguresError(wrong)
    rows: dict[str, dict[str, Decimal | None]] = {}
    for role, row in tidy(figures).items():
        parsed = {quantity: _parse(quantity, text) for quantity, text in row.items()}
        rows[role] = {
            quantity: value
            for quantity in QUANTITIES
            if not isinstance(value := parsed.get(quantity), Message)
        }
    return rows


def _parse(quantity: str, text: str) -> Decimal | Message:
    whole = columns_of(STAFFING)[quantity].kind is ColumnKind.WHOLE
    found = guarded(parse_whole if whole else parse_number, separated=False)(text)
    return found if isinstance(found, Message) else Decimal(found[1])
