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
from collections.abc import Iterator, Sequence
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


def _fill_items(pdf: Pdf, root: Object) -> None:
    """Put what a list's item holds, such as a paragraph, into the body that an item must have."""
    for item in _of_kind(root, "/LI"):
        held = contents(item)
        labels = [kid for kid in held if kind(kid) == "/Lbl"]
        rest = [kid for kid in held if kind(kid) != "/Lbl"]
        if not rest or [kind(kid) for kid in rest] == ["/LBody"]:
            continue
        body = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.LBody, K=Array(), P=item, Pg=item.Pg)
        )
        for kid in rest:
            for moved in contents(kid) if kind(kid) == "/LBody" else [kid]:
                moved.P = body
                body.K.append(moved)
        item.K = Array([*labels, body])


def _continue(first: Object, more: Object, depth: int) -> None:
    """Make one element of two halves, and of the halves within them as deep as they go on."""
    if any(isinstance(kid, int) for kid in contents(more)):
        return  # content belongs to the page of its element and cannot move
    inner = children(first)[-1:], children(more)[:1]
    if depth > 1 and inner[0] and inner[1] and kind(inner[0][0]) == kind(inner[1][0]):
        # A list's item has its body between itself and what goes on in it.
        level = depth if kind(inner[0][0]) == "/LBody" else depth - 1
        _continue(inner[0][0], inner[1][0], level)
    elif kind(first) == "/LI" and inner[0] and inner[1]:
        _continue(inner[0][0], inner[1][0], depth)
    for kid in contents(more):
        if "/S" in kid:
            kid.P = first
        first.K.append(kid)
    _detach(more)


def _join_pages(pdf: Pdf, root: Object, going_on: Sequence[int]) -> None:
    """Join paragraphs, lists and quotations that were cut at the end of a page.

    Tables are left to their captions.
    """
    document = children(root)[0]
    for page, depth in zip(pdf.pages, going_on, strict=True):
        if not depth:
            continue
        top = children(document)
        at = next((i for i, one in enumerate(top) if one.Pg.objgen == page.obj.objgen), 0)
        halves = top[at - 1 : at + 1] if at else []
        if len(halves) == 2 and kind(halves[0]) == kind(halves[1]) != "/Table":
            _continue(halves[0], halves[1], depth)


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


def repair(pdf: Pdf, going_on: Sequence[int]) -> None:
    """Repair the tag tree in place. Raises ``TagError`` where the tree is not understood.

    ``going_on`` says for each page how many elements, one within the other, go on at its head.
    """
    root = pdf.Root.StructTreeRoot
    _fill_items(pdf, root)
    _join_pages(pdf, root, going_on)
    _join_tables(root)
    _name_headers(pdf, root)
    _box_figures(root)
    _set_aside(pdf, root)
    _soften_hyphens(pdf)
