"""Log lines that repeat nothing of what people wrote, nor of what only a reader may know.

An exception's own words may hold a form field, or a whole row ("Failing row contains ..."),
and with it the text of an unpublished briefing or a child's data. The log gets the kinds of the
exceptions and the places in our code; that is enough to find what broke, in a few lines.

Some addresses are keys: with the link of a fact check anyone reads it, and with that of a new
password anyone becomes somebody. Others name a paper that is still a secret. Django and gunicorn
name the address of a request that fails, and Celery what a task was given: whatever looks like a
key is taken out of the line, wherever the line comes from, and so is what was asked for.
deploy/nginx.conf does alike.
"""

from __future__ import annotations

import copy
import logging
import re
import traceback
from collections.abc import Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any, Final

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

LONGEST_LINE: Final = 600
"""Characters of one message: a request may carry a host name of thousands."""
MOST_KINDS: Final = 4
MOST_PLACES: Final = 8
"""Of each exception: the last ones in our own code, and where it was raised."""

_ROOT: Final = str(Path(__file__).resolve().parent.parent)
_AWAY: Final = frozenset({"OperationalError", "InterfaceError", "ConnectionError"})
"""Of a server that is not there: where we noticed says nothing, and every request would say it."""

_NAMED: Final = re.compile(
    r"(?i)((?:/|%2F)(?:fact-check|reset/key|account/address)(?:/|%2F))(?!%2F|\.\.\.)[^/\s?&#\"']+"
)
"""What follows these in an address opens something by itself, however it is written."""
_KEYS: Final = re.compile(r"([/=\"'\[(]|%2[Ff]|%3[Dd])(?=[a-z_-]*[0-9A-Z])[A-Za-z0-9_-]{20,}")
"""A long run of letters and digits in an address, a query or a message to a worker."""
_PARTS: Final = re.compile(r"(?<=/)(?![a-z_-]+(?:[/?\s'\"]|$))[^/\s?'\"]{16,}")
"""A part of an address of sixteen signs that are not words."""
_ASKED: Final = re.compile(r"(?<=/[?])\S+")
_NOT_SAID: Final = frozenset({"args", "kwargs", "traceback", "return_value"})
"""What Celery hands to its messages about a task and we do not print."""


class WordlessFormatter(logging.Formatter):
    """A formatter that prints where and what kind, and never an exception's message."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without an exception's words and without keys."""
        said = copy.copy(record)
        said.exc_text = said.stack_info = None  # another formatter may have left its words there
        if isinstance(said.msg, BaseException):
            said.msg, said.args = _kind(said.msg), None
        said.args = _wordless(said.args)
        words = said.getMessage()
        for error in _chain(record.exc_info[1] if record.exc_info else None):
            for repeated in (repr(error), str(error)):
                if len(repeated) > 3:
                    words = words.replace(repeated, _kind(error))
        said.msg, said.args = _shortened(without_keys(words)), None
        return super().format(said)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the library's name for it
        """The chain of exceptions as kinds and places."""
        lines: list[str] = []
        errors = list(_chain(ei[1]))[:MOST_KINDS]
        if errors and _is_away(errors[0]):
            return "\n".join(_kind(error) for error in takewhile(_is_away, errors))
        for error in errors:
            lines += [_kind(error), *_places(error)]
        return "\n".join(lines)


def without_keys(line: str) -> str:
    """The line, with dots for whatever opens something or names a paper."""
    for pattern, instead in (
        (_ASKED, "..."),
        (_NAMED, r"\1..."),
        (_KEYS, r"\1..."),
        (_PARTS, "..."),
    ):
        line = pattern.sub(instead, line)
    return line


def _is_away(error: BaseException) -> bool:
    return type(error).__name__ in _AWAY


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if one.filename.startswith(_ROOT) and "/." not in one.filename]
    chosen = ours[-MOST_PLACES:] + [one for one in frames[-1:] if one not in ours]
    return [f"  {one.filename}:{one.lineno} {one.name}" for one in chosen]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and those behind it."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _wordless(given: Any) -> Any:
    """What a message is filled with: of exceptions their kind, and nothing of a task's values."""
    if isinstance(given, Mapping):
        return {name: _of_a_task(name, value) for name, value in given.items()}
    if isinstance(given, tuple):
        return tuple(_said(value) for value in given)
    return given


def _of_a_task(name: str, value: object) -> object:
    if name in _NOT_SAID:
        return "..."
    if name == "exc" and isinstance(value, str):
        # Celery writes it as text: "IntegrityError('...')".
        kind = re.match(r"[\w.]+(?=\()", value)
        return kind[0] if kind else "..."
    return _said(value)


def _said(value: object) -> object:
    return _kind(value) if isinstance(value, BaseException) else value


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_LINE else words[:LONGEST_LINE] + "..."
