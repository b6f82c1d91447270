"""What a spreadsheet makes of what people type, so that it cannot be told any more. Pure.

A code that looks like a number or a day is kept as one: 3.10 becomes 3.1, 007 becomes 7, 3-1 the
third of January, a long number loses its last digits. All of these are refused where they stand.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

EXACT_DIGITS: Final = 15
"""A spreadsheet keeps no more digits of a number than these."""
_ZEROS: Final = re.compile(r"0{2,}")
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SCIENTIFIC: Final = re.compile(
    r"-?[0-9]+(?:[.,][0-9]+)?[eE]\+[0-9]+|-?[0-9]+[.,][0-9]+[eE]-[0-9]{2,}"
)
NOT_AVAILABLE: Final = "#N/A"
PLACEHOLDERS: Final = frozenset({"onbekend", "n.v.t.", "nvt", "null", "-", "#n/a"})
"""What people and programs write where nothing is known, in lower case."""
NOUGHT: Final = "0"
"""A placeholder among keys; elsewhere a number like another."""
_NO_DAYS: Final = re.compile(r"31-12-9999|9999-12-31|0?1-0?1-1900|1900-01-01")
"""What a register fills in where it must have a day."""
_ERRORS: Final = frozenset(
    {
        *("#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!"),
        *("#N/B", "#LEEG!", "#DEEL/0!", "#WAARDE!", "#VERW!", "#NAAM?", "#GETAL!"),
    }
)
"""In the two languages in which people here have their spreadsheets."""
_MONTHS: Final = "jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec"
_LIKE_A_DAY: Final = re.compile(
    rf"[0-9]{{1,2}}[-/][0-9]{{1,2}}[-/][0-9]{{2,4}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"
    rf"|[0-9]{{1,2}}-(?:{_MONTHS})(?:-[0-9]{{2,4}})?|(?:{_MONTHS})-[0-9]{{2,4}}",
    re.IGNORECASE,
)


def is_percentage(number_format: str) -> bool:
    """Whether a cell of that format shows its number times a hundred."""
    return "%" in _QUOTED.sub("", number_format)


def hidden_zeros(number: Decimal, number_format: str) -> bool:
    """Whether a cell of that format shows zeros in front that its number does not have."""
    shown = _ZEROS.fullmatch(number_format.partition(";")[0])
    return shown is not None and len(number_format.partition(";")[0]) > len(f"{abs(number):.0f}")


def is_too_long(number: Decimal) -> bool:
    """Whether the number has so many digits that the last ones may be lost."""
    return abs(number) >= Decimal(10) ** EXACT_DIGITS


def is_scientific(text: str) -> bool:
    """Whether the text is a number as a spreadsheet saves a long one: 1,23457E+15."""
    return _SCIENTIFIC.fullmatch(text) is not None


def is_error(text: str) -> bool:
    """Whether the text is what a spreadsheet saves of a cell that went wrong: #N/A."""
    return text.upper() in _ERRORS


def is_key_for_nothing(text: str) -> bool:
    """Whether the text, as a key, stands for nobody known."""
    return text == NOUGHT or text.lower() in PLACEHOLDERS


def stands_for_nothing(text: str) -> bool:
    """Whether the text, in a cell that is no key, says that nothing is known."""
    return text.lower() in PLACEHOLDERS or _NO_DAYS.fullmatch(text) is not None


def is_like_a_day(text: str) -> bool:
    """Whether the text is a day as a spreadsheet saves one: 3-jan, 03-01-2026."""
    return _LIKE_A_DAY.fullmatch(text) is not None
