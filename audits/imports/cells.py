"""One cell of a table that was handed over: its text, or the sentence that refuses it.

A spreadsheet keeps what looks like a number or a day as one, and what was typed is lost: 3.10
becomes 3.1, 3.1 the third of January. Such a cell is refused, never guessed at. The same is
told of a CSV file that a spreadsheet saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.deliveries.imports.spoiled import (
    hidden_zeros,
    is_error,
    is_like_a_day,
    is_percentage,
    is_scientific,
    is_too_long,
)

YES: Final = "ja"
NO: Final = "nee"
"""As our tables write them, whatever language the page has."""
_CODE: Final = 20
"""A sentence repeats no number longer than this."""


class Holds(Enum):
    """What the cells of a column hold."""

    WORDS = "words"
    CODE = "code"
    """A number or code that is a name: 3.10 is another than 3.1."""
    DAY = "day"
    YES_OR_NO = "yes_or_no"


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A cell that is refused."""

    sentence: str


def text_of(cell: Any, holds: Holds) -> str | Spoiled:
    """The text that stands in a cell of a spreadsheet; days come as ``YYYY-MM-DD``."""
    found: str | Spoiled
    match cell.value:
        case None:
            found = ""
        case _ if cell.data_type == "f":
            found = Spoiled(_("This cell holds a formula. Paste the value in its place."))
        case _ if cell.data_type == "e":
            found = Spoiled(_an_error())
        case bool() as value:
            found = (YES if value else NO) if holds is Holds.YES_OR_NO else Spoiled(_a_boolean())
        case date() as value:
            found = _day(value, holds)
        case int() | float() as value:
            found = _number(Decimal(repr(value)), cell.number_format or "", holds)
        case str() as value:
            found = value.strip()
        case _:
            found = Spoiled(_("A time stands here. Make the cell text, then type it again."))
    return found


def check_text(text: str, holds: Holds) -> str | Spoiled:
    """The text of a CSV file, unless a spreadsheet spoiled it before it was saved."""
    if is_error(text):
        return Spoiled(_an_error())
    if holds is Holds.CODE and is_scientific(text):
        return Spoiled(_a_long_number())
    if holds is Holds.CODE and is_like_a_day(text):
        return Spoiled(_a_day(holds))
    return text


def _day(value: date, holds: Holds) -> str | Spoiled:
    if holds is not Holds.DAY:
        return Spoiled(_a_day(holds))
    if isinstance(value, datetime):
        if value.time() != time():
            return Spoiled(_("This day also holds a time. Take the time out."))
        value = value.date()
    return value.isoformat()


def _number(number: Decimal, number_format: str, holds: Holds) -> str | Spoiled:
    if not number.is_finite():
        return Spoiled(_an_error())
    if is_percentage(number_format):
        return Spoiled(_("A percentage stands here. Make the cell text, then type it again."))
    if is_too_long(number):
        return Spoiled(_a_long_number())
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    spoiled = _spoiled_code(number, text, number_format) if holds is Holds.CODE else None
    return spoiled or text


def _spoiled_code(number: Decimal, text: str, number_format: str) -> Spoiled | None:
    if "." in text and len(text) > _CODE:
        return Spoiled(_a_long_number())
    if "." in text:
        return Spoiled(
            _("%(number)s may have been %(longer)s. Make the cell text, then type the number.")
            % {"number": text, "longer": f"{text}0"}
        )
    if hidden_zeros(number, number_format):
        return Spoiled(
            _("The zeros in front are not in this cell. Make the cell text, then type the number.")
        )
    return None


def _a_day(holds: Holds) -> str:
    if holds is Holds.CODE:
        return _(
            "A day stands where a number or code is asked. Make the cell text, then type the "
            "number."
        )
    return _("A day stands where words are asked. Make the cell text, then type the words.")


def _a_boolean() -> str:
    return _("TRUE or FALSE stands here. Make the cell text, then type the words.")


def _a_long_number() -> str:
    return _("The spreadsheet shortened this number. Make the cell text, then type it again whole.")


def _an_error() -> str:
    return _("This cell holds an error of the spreadsheet. Correct or empty that cell.")
