"""Log lines that repeat nothing of what people wrote.

An exception's own words may hold a form field, or a whole row ("Failing row contains ..."),
and with it the text of an unpublished briefing or a child's data. The log gets the kinds of the
exceptions and the places in our code; that is enough to find what broke.

Some addresses are keys: whoever holds the link of a fact check reads it, and that of a new
password sets one. Django and gunicorn name the address of a request that they refuse, so what
may be a key, and what was asked for, are taken out of the line. deploy/nginx.conf does alike.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType
from typing import Final

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


_KEYS: Final = re.compile(
    r"""
    (?<=/fact-check/) [^/\s?]+
    | (?<=/) (?! [a-z_-]+ (?: [/?\s'"] | $ ) ) [^/\s?'"]{16,}  # sixteen signs that are not words
    | (?<=/[?]) \S+
    """,
    re.VERBOSE,
)
"""What may be a key in an address that opens something without an account, and its query."""


class WordlessFormatter(logging.Formatter):
    """A formatter that prints where and what kind, and never an exception's message."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - as below
        """The line, without the keys that stand in addresses."""
        return _KEYS.sub("...", super().formatMessage(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's name for it
        """The chain of exceptions as kinds and places."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            lines += [
                f"  {frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
