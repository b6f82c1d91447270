"""Log lines that repeat nothing of what people wrote.

An exception's own words may hold a form field, or a whole row ("Failing row contains ..."),
and with it the text of an unpublished briefing or a child's data. The log gets the kinds of the
exceptions and the places in our code; that is enough to find what broke.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WordlessFormatter(logging.Formatter):
    """A formatter that prints where and what kind, and never an exception's message."""

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
