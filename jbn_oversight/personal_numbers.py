"""Numbers that belong to a person, found in text: they have no place here.

Pure but for its last two functions. A citizen service number (BSN) has nine digits that pass
the eleven-test; it is written whole, as 3-3-3 or as 4-2-3. Beside those, a number or a birth
date that a word calls a person's own is found, whatever test it passes. What is found is only
ever counted: no message repeats a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from stdnum.nl import bsn

_NOTHING: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Characters that nobody sees, and behind which a number would hide."""

# No digit before or after it, nor one digit further behind a dot, space or hyphen.
_WHOLE: Final = re.compile(r"(?<!\d)(?<!\b0[.,])\d{9}(?!\d)", re.ASCII)
_GROUPED: Final = re.compile(
    r"(?<!\d)(?<!\d[ .-])(?:\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?!\d)(?![ .-]\d)",
    re.ASCII,
)
_MONEY_BEFORE: Final = re.compile(r"(?:€|\beuro?)\s*$", re.IGNORECASE)
_MONEY_AFTER: Final = re.compile(r"^\s*(?:euro\b|€|,\d\d\b|,-)", re.IGNORECASE)
_LABELLED: Final = re.compile(
    r"\b(?:bsn|burgerservice[- ]?(?:nummer|nr)|sofi[- ]?(?:nummer|nr)|"
    r"(?:cli[eë]nt|persoons|kind|jeugdige)[- ]?(?:nummer|nr|id))\b"
    r"[^\w\n]{0,4}(?:is|van|nr|nummer)?[^\w\n]{0,4}(\d(?:[ .-]?\d){3,11})(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_BORN: Final = re.compile(
    r"\b(?:geboortedatum|geboren(?: op)?|geb\.)[^\w\n]{0,4}"
    r"(?:\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2} [a-z]{3,9}\.? \d{4})",
    re.IGNORECASE,
)


def count_in(text: str) -> int:
    """How many numbers of persons stand in the text; each place counts once."""
    plain = unicodedata.normalize("NFKC", text).translate(_NOTHING)
    return len(_merged(sorted(_places(plain))))


def _places(text: str) -> Iterable[tuple[int, int]]:
    for match in _WHOLE.finditer(text):
        if bsn.is_valid(match[0]):
            yield match.span()
    for match in _GROUPED.finditer(text):
        is_money = _MONEY_BEFORE.search(text[max(0, match.start() - 8) : match.start()]) or (
            _MONEY_AFTER.match(text[match.end() : match.end() + 8])
        )
        if not is_money and bsn.is_valid(re.sub(r"\D", "", match[0])):
            yield match.span()
    for match in _LABELLED.finditer(text):
        yield match.span(1)
    for match in _BORN.finditer(text):
        yield match.span()


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that overlap are one number."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def no_personal_numbers(text: str) -> None:
    """Validator of a form field. Raises ValidationError; the message repeats nothing."""
    from django.core.exceptions import ValidationError

    if count_in(text):
        raise ValidationError(_words(), code="personal_number")


def refuse_personal_numbers(*texts: str) -> None:
    """For actions: raises RefusedError where one of the texts holds a number of a person."""
    from jbn_oversight.refusals import RefusedError

    if any(count_in(text) for text in texts):
        raise RefusedError(_words())


def _words() -> str:
    from django.utils.translation import gettext

    return gettext(
        "This looks like the number or birth date of a person, such as a BSN. "
        "Take it out: the portal keeps no personal data."
    )
