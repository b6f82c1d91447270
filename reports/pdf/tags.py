"""Repairs of the tag tree that WeasyPrint writes.

WeasyPrint tags page by page: a table that goes on over three pages becomes three tables, each
with its heading row again; header cells have no scope; the running head and foot have tags
that hang under nothing; a figure's box is in CSS pixels from the top. After these repairs one
table is one table, what is not content is an artifact, and every header can be found by its
name. Nothing that is drawn changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

PIXEL: Final = 0.75
"""Points in a CSS pixel."""
_MARKED: Final = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
_HYPHEN: Final = re.compile(rb"(<[0-9a-f]{4}>) <2010>")
_ARTIFACT: Final = b"/Artifact <</Type /Pagination>> BDC"

Reached = dict[tuple[int, int], set[int]]


class TagError(Exception):
    """The tag tree is not as this module knows it; the file must not go out."""


def contents(element: Object) -> list[Any]:
    """Everything directly under an element: elements, annotations, numbers of content."""
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def children(element: Object) -> list[Object]:
    """The structure elements directly under an element, without content and annotations."""
    return [kid for kid in contents(element) if isinstance(kid, Dictionary) and "/S" in kid]


def walk(element: Object) -> Iterator[Object]:
    """The elements below an element, in the order of reading."""
    for child in children(element):
        yield child
        yield from walk(child)


def kind(element: Object) -> str:
    """The element's structure type, such as ``/Table``."""
    return str(element.get("/S", ""))


def _of_kind(element: Object, *kinds: str) -> list[Object]:
    return [found for found in walk(element) if kind(found) in kinds]


def _detach(element: Object) -> None:
    siblings = element.P.K
    for position, sibling in enumerate(siblings):
        if isinstance(sibling, Dictionary) and sibling.objgen == element.objgen:
            del siblings[position]
            return
    raise TagError("an element is not among its parent's children")


def _join(first: Object, more: Object) -> None:
    """Move the rows of a continued table into the table that it continues."""
    heads = [_of_kind(part, "/THead") for part in (first, more)]
    same: dict[bytes, Object] = {}
    if heads[1]:
        own, repeated = (_of_kind(head[0], "/TH") for head in heads)
        if len(own) != len(repeated):
            raise TagError("a table goes on with other columns than it began with")
        same = {bytes(again.ID): once.ID for once, again in zip(own, repeated, strict=True)}
    for cell in _of_kind(more, "/TD"):
        headers = cell.get("/A", Dictionary()).get("/Headers")
        if headers is not None:
            cell.A.Headers = Array([same.get(bytes(header), header) for header in headers])
    body = _of_kind(first, "/TBody")[-1]
    for later in _of_kind(more, "/TBody"):
        for row in children(later):
            row.P = body
            body.K.append(row)
    _detach(more)


def _join_tables(root: Object) -> None:
    """One table for each caption: a table without one continues the table before it."""
    table: Object | None = None
    for found in [element for element in walk(root) if kind(element) == "/Table"]:
        if any(kind(child) == "/Caption" for child in children(found)):
            table = found
        elif table is None:
            raise TagError("a table without a caption continues no table")
        else:
            _join(table, found)


def _name_headers(pdf: Pdf, root: Object) -> None:
    """Give each header cell its scope, and list all names in the IDTree."""
    named: dict[bytes, Object] = {}
    for section in _of_kind(root, "/THead", "/TBody"):
        scope = Name.Column if kind(section) == "/THead" else Name.Row
        for cell in _of_kind(section, "/TH"):
            cell.A.Scope = scope
    for element in walk(root):
        if "/ID" in element:
            if bytes(element.ID) in named:
                raise TagError("two elements of one name")
            named[bytes(element.ID)] = element
    if named:
        names = Array()
        for name in sorted(named):
            names.append(String(name))
            names.append(named[name])
        limits = Array([String(min(named)), String(max(named))])
        leaf = pdf.make_indirect(Dictionary(Limits=limits, Names=names))
        root.IDTree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))


def _box_figures(root: Object) -> None:
    """Give figures their box in points from the foot of the page."""
    for figure in _of_kind(root, "/Figure"):
        box = figure.get("/A", Dictionary()).get("/BBox")
        if box is not None:
            height = float(figure.Pg.MediaBox[3])
            left, top, right, bottom = (float(side) * PIXEL for side in box)
            corners = (left, height - bottom, right, height - top)
            figure.A.BBox = Array([round(corner, 2) for corner in corners])


def _reached(root: Object) -> Reached:
    """The marked content that the tree holds, by page."""
    reached: Reached = defaultdict(set)
    for element in walk(root):
        for kid in contents(element):
            if isinstance(kid, int):
                reached[element.Pg.objgen].add(kid)
    return reached


def _set_aside(pdf: Pdf, root: Object) -> None:
    """Make an artifact of content that is in no tag: running heads and repeated table heads."""
    reached = _reached(root)
    numbers = root.ParentTree.Nums
    parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    for page in pdf.pages:
        kept = reached[page.obj.objgen]

        def mark(found: re.Match[bytes], kept: set[int] = kept) -> bytes:
            return found[0] if int(found[1]) in kept else _ARTIFACT

        content = page.obj.Contents.read_bytes()
        marked = {int(number) for number in _MARKED.findall(content)}
        if not kept <= marked:
            raise TagError("a tag points to content that the page does not have")
        page.obj.Contents.write(_MARKED.sub(mark, content))
        elements = parents[int(page.obj.StructParents)]
        for number in marked - kept:
            elements[number] = None


def _soften_hyphens(pdf: Pdf) -> None:
    """Let the hyphen of a broken word be read as a soft one, so that the word stays whole."""
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get("/Type") == Name.Font:
            letters = found.get("/ToUnicode")
            if letters is not None:
                letters.write(_HYPHEN.sub(rb"\1 <00ad>", letters.read_bytes()))


def repair(pdf: Pdf) -> None:
    """Repair the tag tree in place. Raises ``TagError`` where the tree is not understood."""
    root = pdf.Root.StructTreeRoot
    _join_tables(root)
    _name_headers(pdf, root)
    _box_figures(root)
    _set_aside(pdf, root)
    _soften_hyphens(pdf)
