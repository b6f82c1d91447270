"""Spaces that only lay out a template: none of them reaches the paper.

WeasyPrint leaves a space at the end of a block in the text of the PDF, and may break a line
elsewhere for it. Without this, another layout of the template would be another document.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

INLINE: Final = frozenset({"a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup"})
ATOMS: Final = frozenset({"img", "svg"})
KEPT: Final = frozenset({"pre", "svg", "style", "title"})
_SPACES: Final = re.compile(r"[ \t\r\n]+")


class _Tidier:
    """Goes through a document in its order; knows what stands before a text on its line."""

    def __init__(self) -> None:
        self.may_begin_with_space = False
        self.last: tuple[Element, str] | None = None

    def edge(self) -> None:
        """A line begins or ends: a space that stands last goes."""
        if self.last is not None:
            element, part = self.last
            setattr(element, part, getattr(element, part).removesuffix(" "))
        self.last, self.may_begin_with_space = None, False

    def text(self, element: Element, part: str) -> None:
        """One space for several; none after another one."""
        text = _SPACES.sub(" ", getattr(element, part) or "")
        if not self.may_begin_with_space:
            text = text.removeprefix(" ")
        setattr(element, part, text)
        if text:
            self.last, self.may_begin_with_space = (element, part), not text.endswith(" ")

    def element(self, element: Element) -> None:
        """The element, all that is in it, and its edges."""
        flows = element.tag in INLINE or element.tag in ATOMS
        if not flows:
            self.edge()
        if element.tag not in KEPT:
            self.text(element, "text")
            for child in element:
                self.element(child)
                self.text(child, "tail")
        if element.tag in ATOMS:
            self.last, self.may_begin_with_space = None, True
        elif not flows:
            self.edge()


def without_layout(root: Element) -> Element:
    """The same document, in which no text begins or ends a line with a space."""
    _Tidier().element(root)
    return root
