"""One cell at a time: is this text a date, a code, a number, a key, and which?

Each distinct text of a column is looked at once (see ``tables``), so these functions are
written to be exact and to be read, not to be fast. A parser returns what the text stands for
with its canonical text, or the message that refuses it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, TypeAlias

from stdnum.nl import bsn

from cases.deliveries.imports import messages
from cases.deliveries.imports.hidden import hidden_character
from cases.deliveries.imports.layout import (
    AFTER_POINT,
    BEFORE_POINT,
    FIRST_YEAR,
    KEY_LENGTH,
    NUMBERS,
    ColumnKind,
    DeliveryColumn,
)
from cases.deliveries.imports.problems import Message
from cases.deliveries.imports.spoiled import (
    is_error,
    is_key_for_nothing,
    is_scientific,
    stands_for_nothing,
)
from jbn_oversight.organisations.rules import OversightScope

Value: TypeAlias = date | Decimal | int | str
Parser: TypeAlias = Callable[[str], tuple[Value, str] | Message]

SPACES: Final = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)
"""What is trimmed; line breaks are not, they are control characters."""

MARK: Final = "\x00"
"""Starts the text that stands for a spreadsheet cell which is no text at all. It cannot come
from a file: XML has no NUL, and a CSV file with a NUL byte is refused."""
FORMULA: Final = MARK + "formula"
ERROR_CELL: Final = MARK + "error"
WRONG_TYPE: Final = MARK + "type"
WITH_TIME: Final = MARK + "time"
DAY_CELL: Final = MARK + "day"
PERCENTAGE: Final = MARK + "percentage"
LONG_NUMBER: Final = MARK + "long"
LOST_ZEROS: Final = MARK + "zeros"
_MARKS: Final[Mapping[str, Message]] = {
    FORMULA: messages.FORMULA,
    ERROR_CELL: messages.ERROR_CELL,
    WRONG_TYPE: messages.WRONG_CELL_TYPE,
    WITH_TIME: messages.DATE_WITH_TIME,
    DAY_CELL: messages.DAY_CELL,
    PERCENTAGE: messages.PERCENTAGE,
    LONG_NUMBER: messages.LONG_NUMBER,
    LOST_ZEROS: messages.LOST_ZEROS,
}

PLAIN_KEY: Final = rf"^[A-Za-z][!-~]{{0,{KEY_LENGTH - 1}}}$"
"""Keys that start with a letter: most of them, and plainly well, as no number has a letter."""

_NINE_DIGITS: Final = re.compile(r"[0-9]{9}")
_BETWEEN_DIGITS: Final = re.compile(r"[\s.\-\u2010-\u2015\u2212]")
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DUTCH: Final = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_LONGEST_DATE: Final = 10
_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
_NUMBER: Final = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
_WITH_COMMA: Final = re.compile(r"[0-9.]*[0-9],[0-9]+")
_LIKE_THOUSANDS: Final = re.compile(r"[0-9]+\.[0-9]{3}")


def trimmed(text: str) -> str:
    """The text without spaces at its ends."""
    return text.strip(SPACES)


def is_citizen_number(text: str, *, separated: bool) -> bool:
    """Whether the text is nine digits, not all zero, that pass the eleven-test.

    With ``separated``, also after removing spaces, dots and hyphens.
    """
    if separated:
        text = _BETWEEN_DIGITS.sub("", text[: 4 * KEY_LENGTH])
    if len(text) != 9:
        return False
    digits = text if text.isascii() else _ascii_digits(text)
    return _NINE_DIGITS.fullmatch(digits) is not None and bsn.is_valid(digits)


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(character, "x")) for character in text)


def parse_key(text: str) -> tuple[Value, str] | Message:
    """A key: opaque, short, without hidden characters; case counts."""
    if len(text) > KEY_LENGTH:
        return messages.KEY_TOO_LONG
    hidden = hidden_character(text)
    if hidden is not None:
        return hidden
    if is_key_for_nothing(text):
        return messages.KEY_FOR_NOTHING
    if is_scientific(text):
        return messages.LONG_NUMBER
    if is_error(text):
        return messages.ERROR_CELL
    return text, text


def parse_date(text: str) -> tuple[Value, str] | Message:
    """A day, written year first or day first."""
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DUTCH.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        return messages.NOT_A_DATE
    try:
        value = date(year, month, day)
    except ValueError:
        return messages.NOT_A_DATE
    if year < FIRST_YEAR:
        return messages.DATE_TOO_EARLY
    return value, value.isoformat()


@lru_cache(maxsize=1 << 16)
def _parse_short_date(text: str) -> tuple[Value, str] | Message:
    # The same few thousand days stand in every date column of every delivery.
    return parse_date(text)


def date_parser(reference: date | None, *, required: bool = False) -> Parser:
    """A day that does not lie after the reference date, if there is one."""
    last = date.max.isoformat() if reference is None else reference.isoformat()
    ahead = replace(messages.DATE_AHEAD, params={"reference": last})
    otherwise = guarded(parse_date, separated=True, required=required)

    def parse(text: str) -> tuple[Value, str] | Message:
        # No date is a citizen number, so only what is no date needs that look; nor is any date
        # that a register fills in for "never", but the last one there is.
        found = _parse_short_date(text) if len(text) <= _LONGEST_DATE else otherwise(text)
        if isinstance(found, Message) or found[0] == date.max:
            return otherwise(text)
        return ahead if found[1] > last else found

    return parse


def parse_number(text: str) -> tuple[Value, str] | Message:
    """A number of digits with at most one point or comma; exact."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return messages.NOT_A_NUMBER
    before = match.group(1).lstrip("0") or "0"
    after = (match.group(2) or "").rstrip("0")
    if len(before) > BEFORE_POINT or len(after) > AFTER_POINT:
        return messages.NUMBER_TOO_LONG
    canonical = f"{before}.{after}" if after else before
    return Decimal(canonical), canonical


def parse_whole(text: str) -> tuple[Value, str] | Message:
    """A whole number."""
    found = parse_number(text)
    if isinstance(found, Message):
        return found
    _value, canonical = found
    return messages.NOT_WHOLE if "." in canonical else (int(canonical), canonical)


def writes_comma(texts: Iterable[str]) -> bool:
    """Whether one of the texts is a number with a comma before its decimals."""
    return any(_WITH_COMMA.fullmatch(text) for text in texts)


def without_doubt(parse: Parser) -> Parser:
    """Numbers of a file that writes decimals with a comma: 1.000 may be one or a thousand."""

    def look_first(text: str) -> tuple[Value, str] | Message:
        doubtful = _LIKE_THOUSANDS.fullmatch(text)
        return messages.DOUBTFUL_POINT if doubtful else parse(text)

    return look_first


def parse_month_within(first: date, last: date) -> Parser:
    """A month of the delivery's period; months are given and returned as their first day."""
    outside = replace(
        messages.MONTH_OUTSIDE,
        params={"first": first.isoformat()[:7], "last": last.isoformat()[:7]},
    )

    def parse(text: str) -> tuple[Value, str] | Message:
        match = _MONTH.fullmatch(text)
        if match is None or not 1 <= int(match.group(2)) <= 12 or int(match.group(1)) == 0:
            return messages.NOT_A_MONTH
        month = date(int(match.group(1)), int(match.group(2)), 1)
        return (month, text) if first <= month <= last else outside

    return parse


def parse_code(codes: tuple[str, ...], refusal: Message) -> Parser:
    """One of the codes; the value is its position among them."""
    positions = {code: number for number, code in enumerate(codes)}

    def parse(text: str) -> tuple[Value, str] | Message:
        position = positions.get(text)
        return refusal if position is None else (position, text)

    return parse


def parse_municipality(scope: OversightScope, allowed: Collection[str], refusal: Message) -> Parser:
    """The code of one of the municipalities allowed; one that ended names what it went on as."""
    positions = {code: place for place, code in enumerate(scope.municipalities) if code in allowed}

    def parse(text: str) -> tuple[Value, str] | Message:
        position = positions.get(text)
        if position is not None:
            return position, text
        ended = scope.ended_as(text)
        if ended is None:
            return refusal
        day = ended.on.isoformat()
        if not ended.successor:
            return replace(messages.MUNICIPALITY_GONE, params={"day": day})
        params = {"day": day, "successor": ended.successor}
        return replace(messages.MUNICIPALITY_ENDED, params=params)

    return parse


def listing(message: Message, codes: tuple[str, ...]) -> Message:
    """The message with the codes that are allowed, which come from the format."""
    return replace(message, params={"codes": ", ".join(codes)})


def guarded(
    parse: Parser, *, separated: bool, is_key: bool = False, required: bool = False
) -> Parser:
    """Before anything else: no formula, no error, no citizen service number, no placeholder.

    What is refused because of a character that nobody sees says so.
    """
    nothing = messages.EMPTY_IS_NOT_ENOUGH if required else messages.LEAVE_EMPTY

    def look_first(text: str) -> tuple[Value, str] | Message:
        if text.startswith(MARK):
            return _MARKS.get(text, messages.CONTROL_CHARACTER)
        if is_citizen_number(text, separated=separated):
            return messages.CITIZEN_NUMBER
        if not is_key and stands_for_nothing(text):
            return nothing
        found = parse(text)
        if is_key or not isinstance(found, Message):
            return found
        return hidden_character(text) or (messages.ERROR_CELL if is_error(text) else found)

    return look_first


def parser_for(
    column: DeliveryColumn,
    scope: OversightScope,
    period_from: date,
    period_until: date,
    reference: date,
    *,
    comma: bool = False,
) -> Parser:
    """The parser of a column, for an institution's scope and a delivery's period.

    ``comma`` says that the file writes decimals with a comma.
    """
    parse: Parser
    match column.kind:
        case ColumnKind.KEY:
            parse = parse_key
        case ColumnKind.CODE:
            parse = parse_code(column.codes, listing(messages.NOT_A_CODE, column.codes))
        case ColumnKind.MUNICIPALITY:
            parse = parse_municipality(scope, scope.existing, messages.NOT_A_MUNICIPALITY)
        case ColumnKind.SAFE_HOME_MUNICIPALITY:
            served = set(scope.safe_home_municipalities(period_until)) & set(scope.existing)
            parse = parse_municipality(scope, served, messages.NOT_SAFE_HOME)
        case ColumnKind.REGION:
            parse = parse_code(scope.regions, listing(messages.NOT_A_CODE, scope.regions))
        case ColumnKind.DATE:
            return date_parser(reference, required=column.required)
        case ColumnKind.DATE_AHEAD:
            return date_parser(None, required=column.required)
        case ColumnKind.MONTH:
            parse = parse_month_within(period_from, period_until)
        case ColumnKind.NUMBER:
            parse = parse_number
        case ColumnKind.WHOLE:
            parse = parse_whole
    return guarded(
        without_doubt(parse) if comma and column.kind in NUMBERS else parse,
        separated=column.kind not in NUMBERS,
        is_key=column.kind is ColumnKind.KEY,
        required=column.required,
    )
