"""The tag tree of a PDF, read once into plain objects and written back where it was changed.

Asking the file itself takes a few microseconds for each question, and the repairs ask each
element many times.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Object

Page = tuple[int, int]
"""The object number and generation of a page."""


class Element:
    """One element: its kind (``/Table``), and in order its elements, numbers and references.

    ``kids`` holds elements, numbers of marked content, and the file's own objects for
    anything else, such as the annotation of a link. Change ``kids`` through the methods, so
    that ``store`` knows what to write.
    """

    __slots__ = ("changed", "kids", "kind", "obj", "page", "parent")

    def __init__(self, obj: Object, kind: str, page: Page | None, parent: Element | None) -> None:
        """``obj`` is the element in the file; ``page`` the page that its content is on."""
        self.obj = obj
        self.kind = kind
        self.page = page
        self.parent = parent
        self.kids: list[Any] = []
        self.changed = False

    @property
    def children(self) -> list[Element]:
        """The elements directly under this one, without content and annotations."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def content(self) -> list[int]:
        """The numbers of the marked content directly under this element."""
        return [kid for kid in self.kids if isinstance(kid, int)]

    def walk(self) -> Iterator[Element]:
        """The elements below this one, in the order of reading."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield kid
                yield from kid.walk()

    def of_kind(self, *kinds: str) -> list[Element]:
        """The elements of those kinds below this one, in the order of reading."""
        return [found for found in self.walk() if found.kind in kinds]

    def add(self, kid: Any) -> None:
        """Put something at the end; an element gets this one as its parent."""
        self.kids.append(kid)
        self.changed = True
        if isinstance(kid, Element):
            kid.parent = self
            kid.obj.P = self.obj

    def take_out(self) -> None:
        """Remove this element from its parent. Raises ``ValueError`` where it has none."""
        if self.parent is None:
            raise ValueError("an element without a parent")
        self.parent.kids.remove(self)
        self.parent.changed = True
        self.parent = None


def _read(element: Element) -> None:
    kids = element.obj.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, Array) else [kids]:
        kind = kid.get("/S") if isinstance(kid, Dictionary) else None
        if kind is None:
            element.kids.append(kid)
            continue
        page = kid.get("/Pg")
        child = Element(kid, str(kind), None if page is None else page.objgen, element)
        _read(child)
        element.kids.append(child)


def read(root: Object) -> Element:
    """The whole tree below a structure tree root or an element."""
    page = root.get("/Pg")
    top = Element(root, str(root.get("/S", "")), None if page is None else page.objgen, None)
    _read(top)
    return top


def store(top: Element) -> None:
    """Write the children of changed elements into the file."""
    for element in [top, *top.walk()]:
        if element.changed:
            element.obj.K = Array(
                [kid.obj if isinstance(kid, Element) else kid for kid in element.kids]
            )
            element.changed = False
