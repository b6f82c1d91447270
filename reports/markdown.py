"""The small Markdown in which sections are written, and the HTML made of it.

Pure. Paragraphs, emphasis, lists, quotations, headings and links: what a memo needs and a
screen reader can follow. No HTML, no images, no tables: nothing that could fetch, run or hide
something. Links go to http, https and mailto alone.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

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


def _link_is_allowed(url: str) -> bool:
    try:
        return urlsplit(url).scheme.lower() in LINK_SCHEMES
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


def to_html(text: str, *, top_heading: int = 3) -> str:
    """HTML of a section's text, safe to print as it is.

    The first heading in the text becomes ``top_heading`` and no level is skipped below it,
    whatever the author typed.
    """
    tokens = _PARSER.parse(text)
    _nest_headings(tokens, top_heading)
    _plain_links(tokens)
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))
