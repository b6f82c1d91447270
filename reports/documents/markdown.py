"""The small Markdown in which sections are written, and the HTML made of it.

Pure. Paragraphs, emphasis, lists, quotations, headings and links: what a memo needs and a
screen reader can follow. No HTML, no images, no tables: nothing that could fetch, run or hide
something. Links go to http, https and mailto alone. A slot marks where a quoted figure stands;
anyone who prints the text says what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

RULES: Final = (
    "autolink",
    "blockquote",
    "emphasis",
    "entity",
    "escape",
    "heading",
    "link",
    "list",
    "newline",
)
LINK_SCHEMES: Final = frozenset({"http", "https", "mailto"})
DEEPEST: Final = 6
OPEN, CLOSE = "\ue000", "\ue001"
"""Around the number of a slot: characters of private use, which nobody types by accident."""
_PERCENT_OPEN: Final = quote(OPEN)
_SLOT: Final = re.compile(f"{OPEN}([0-9]{{1,4}}){CLOSE}")

Fill = Callable[[int], str]
"""The HTML, safe to print, that stands in a slot."""


def slot(number: int) -> str:
    """The mark in a text for its quoted figure of that number, from 0 on."""
    return f"{OPEN}{number}{CLOSE}"


def without_slots(text: str) -> str:
    """The text as somebody typed it, without characters that could pass for a slot."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def with_slots(text: str, words: Callable[[int], str]) -> str:
    """The text with plain words in its slots."""
    return _SLOT.sub(lambda found: words(int(found[1])), text)


def _link_is_allowed(url: str) -> bool:
    try:
        return _PERCENT_OPEN not in url and urlsplit(url).scheme.lower() in LINK_SCHEMES
    except ValueError:
        return False


class _MemoMarkdown(MarkdownIt):
    """The parser with our rules and our idea of a link."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False, "linkify": False, "typographer": False})
        self.enable(list(RULES))

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name for it
        return _link_is_allowed(url)


_PARSER: Final = _MemoMarkdown()


def _nest_headings(tokens: list[Token], top: int) -> None:
    """Give headings levels from ``top`` on, each at most one below the one before it."""
    written: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
            while written and written[-1] >= level:
                written.pop()
            written.append(level)
            token.tag = f"h{min(top + len(written) - 1, DEEPEST)}"
        elif token.type == "heading_close":
            token.tag = f"h{min(top + len(written) - 1, DEEPEST)}"


def _plain_links(tokens: list[Token]) -> None:
    """Take emphasis out of the text of links: on paper each piece would be a link of its own."""
    for token in tokens:
        inside, kept = False, []
        for child in token.children or ():
            inside = child.type == "link_open" or (inside and child.type != "link_close")
            if not (inside and child.tag in {"em", "strong"}):
                kept.append(child)
        if token.children is not None:
            token.children = kept


def _fill_slots(tokens: list[Token], fill: Fill) -> None:
    """Put what ``fill`` says in the place of each slot in running text."""
    for token in tokens:
        filled: list[Token] = []
        for child in token.children or ():
            if child.type != "text" or OPEN not in child.content:
                filled.append(child)
                continue
            for place, piece in enumerate(_SLOT.split(child.content)):
                kind, content = ("html_inline", fill(int(piece))) if place % 2 else ("text", piece)
                filled.append(Token(kind, "", 0, content=content))
        if token.children is not None:
            token.children = filled


def to_html(text: str, *, top_heading: int = 3, fill: Fill | None = None) -> str:
    """HTML of a section's text, safe to print as it is.

    The first heading in the text becomes ``top_heading`` and no level is skipped below it,
    whatever the author typed. ``fill`` gives what stands in the text's slots.
    """
    tokens = _PARSER.parse(text)
    if fill is not None:
        _fill_slots(tokens, fill)
    _nest_headings(tokens, top_heading)
    _plain_links(tokens)
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))
