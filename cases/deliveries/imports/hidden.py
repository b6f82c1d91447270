"""Characters that nobody sees, and that make two texts differ which look the same. Pure.

They come along when a cell is copied from a web page, a document or a mail.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Final

from cases.deliveries.imports import messages
from cases.deliveries.imports.problems import Message

_BYTE_ORDER_MARK: Final = "\ufeff"
_NO_BREAK_SPACES: Final = frozenset("\u00a0\u2007\u202f")
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks of other scripts that draw nothing, which Unicode does not call format."""
_CONTROL: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


def hidden_character(text: str) -> Message | None:
    """Which character in the text cannot be seen, the first one; None where all can.

    The text is trimmed, so that a no-break space in it stands inside a word.
    """
    if text.isascii() and text.isprintable():
        return None
    for character in text:
        message = _kind(character)
        if message is not None:
            return replace(message, params={"code": f"U+{ord(character):04X}"})
    return None


def without_hidden(text: str) -> str:
    """The text without the characters that cannot be seen."""
    return "".join(character for character in text if _kind(character) is None)


def _kind(character: str) -> Message | None:
    if character == _BYTE_ORDER_MARK:
        return messages.BYTE_ORDER_MARK
    if character in _NO_BREAK_SPACES:
        return messages.NO_BREAK_SPACE
    category = unicodedata.category(character)
    if category in _CONTROL:
        return messages.CONTROL_CHARACTER
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    if category == "Cf" or character in _BLANK or is_selector:
        return messages.ZERO_WIDTH
    return None
