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
from collections.abc import Sequence
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reports.pdf.tree import Element, Page, read, store

PIXEL: Final = 0.75
"""Points in a CSS pixel."""
_MARKED: Final = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
_HYPHEN: Final = re.compile(rb"(<[0-9a-f]{4}>) <2010>")
_ARTIFACT: Final = b"/Artifact <</Type /Pagination>> BDC"


class TagError(Exception):
    """The tag tree is not as this module knows it; the file must not go out."""


def _join(first: Element, more: Element) -> None:
    """Move the rows of a continued table into the table that it continues."""
    heads = [part.of_kind("/THead") for part in (first, more)]
    same: dict[bytes, Object] = {}
    if heads[1] and not heads[0] and not first.of_kind("/TBody"):
        # Only the caption fitted on the page before: the heading row begins here.
        heads[1][0].take_out()
        first.add(heads[1][0])
    elif heads[1]:
        own, repeated = (head[0].of_kind("/TH") for head in heads)
        if len(own) != len(repeated):
            raise TagError("a table goes on with other columns than it began with")
        same = {bytes(again.obj.ID): once.obj.ID for once, again in zip(own, repeated, strict=True)}
    for cell in more.of_kind("/TD"):
        headers = cell.obj.get("/A", Dictionary()).get("/Headers")
        if headers is not None:
            cell.obj.A.Headers = Array([same.get(bytes(header), header) for header in headers])
    bodies = first.of_kind("/TBody")
    for later in more.of_kind("/TBody"):
        if not bodies:  # only the caption and the heading row fitted on the page before
            later.take_out()
            first.add(later)
            bodies = [later]
            continue
        for row in later.children:
            bodies[-1].add(row)
    more.take_out()


def _join_tables(root: Element) -> None:
    """One table for each caption: a table without one continues the table before it."""
    table: Element | None = None
    for found in root.of_kind("/Table"):
        if any(child.kind == "/Caption" for child in found.children):
            table = found
        elif table is None:
            raise TagError("a table without a caption continues no table")
        else:
            _join(table, found)


def _fill_items(pdf: Pdf, root: Element) -> None:
    """Put what a list's item holds, such as a paragraph, into the body that an item must have."""
    for item in root.of_kind("/LI"):
        kinds = [kid.kind if isinstance(kid, Element) else "" for kid in item.kids]
        labels = [kid for kid, kind in zip(item.kids, kinds, strict=True) if kind == "/Lbl"]
        rest = [kid for kid, kind in zip(item.kids, kinds, strict=True) if kind != "/Lbl"]
        if not rest or [kind for kind in kinds if kind != "/Lbl"] == ["/LBody"]:
            continue
        made = Dictionary(Type=Name.StructElem, S=Name.LBody, P=item.obj, Pg=item.obj.Pg)
        body = Element(pdf.make_indirect(made), "/LBody", item.page, item)
        for kid in rest:
            flat = isinstance(kid, Element) and kid.kind == "/LBody"
            for moved in kid.kids if flat else [kid]:
                body.add(moved)
        item.kids = [*labels, body]
        item.changed = True


def _continue(first: Element, more: Element, depth: int) -> None:
    """Make one element of two halves, and of the halves within them as deep as they go on."""
    if more.content:
        return  # content belongs to the page of its element and cannot move
    inner = first.children[-1:], more.children[:1]
    if depth > 1 and inner[0] and inner[1] and inner[0][0].kind == inner[1][0].kind:
        # A list's item has its body between itself and what goes on in it.
        level = depth if inner[0][0].kind == "/LBody" else depth - 1
        _continue(inner[0][0], inner[1][0], level)
    elif first.kind == "/LI" and inner[0] and inner[1]:
        _continue(inner[0][0], inner[1][0], depth)
    for kid in more.kids:
        first.add(kid)
    more.take_out()


def _join_pages(pdf: Pdf, root: Element, going_on: Sequence[int]) -> None:
    """Join paragraphs, lists and quotations that were cut at the end of a page.

    Tables are left to their captions.
    """
    document = root.children[0]
    for leaf, depth in zip(pdf.pages, going_on, strict=True):
        if not depth:
            continue
        page, top = leaf.obj.objgen, document.children
        at = next((i for i, one in enumerate(top) if one.page == page), 0)
        halves = top[at - 1 : at + 1] if at else []
        if len(halves) == 2 and halves[0].kind == halves[1].kind != "/Table":
            _continue(halves[0], halves[1], depth)


def _name_headers(pdf: Pdf, root: Element) -> None:
    """Give each header cell its scope, and list all names in the IDTree."""
    named: dict[bytes, Object] = {}
    for section in root.of_kind("/THead", "/TBody"):
        scope = Name.Column if section.kind == "/THead" else Name.Row
        for cell in section.of_kind("/TH"):
            cell.obj.A.Scope = scope
            name = bytes(cell.obj.ID)
            if name in named:
                raise TagError("two elements of one name")
            named[name] = cell.obj
    if named:
        names = Array()
        for name in sorted(named):
            names.append(String(name))
            names.append(named[name])
        limits = Array([String(min(named)), String(max(named))])
        leaf = pdf.make_indirect(Dictionary(Limits=limits, Names=names))
        root.obj.IDTree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))


def _box_figures(root: Element) -> None:
    """Give figures their box in points from the foot of the page."""
    for figure in root.of_kind("/Figure"):
        box = figure.obj.get("/A", Dictionary()).get("/BBox")
        if box is not None:
            height = float(figure.obj.Pg.MediaBox[3])
            left, top, right, bottom = (float(side) * PIXEL for side in box)
            corners = (left, height - bottom, right, height - top)
            figure.obj.A.BBox = Array([round(corner, 2) for corner in corners])


def _reached(root: Element) -> dict[Page | None, set[int]]:
    """The marked content that the tree holds, by page."""
    reached: dict[Page | None, set[int]] = defaultdict(set)
    for element in root.walk():
        reached[element.page].update(element.content)
    return reached


def _set_aside(pdf: Pdf, root: Element) -> None:
    """Make an artifact of content that is in no tag: running heads and repeated table heads."""
    reached = _reached(root)
    numbers = root.obj.ParentTree.Nums
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
    fonts = pdf.pages[0].obj.Resources.get("/Font", Dictionary())
    for name in fonts.keys():  # noqa: SIM118 - not a dict
        letters = fonts[name].get("/ToUnicode")
        if letters is not None:
            letters.write(_HYPHEN.sub(rb"\1 <00ad>", letters.read_bytes()))


def repair(pdf: Pdf, going_on: Sequence[int]) -> None:
    """Repair the tag tree in place. Raises ``TagError`` where the tree is not understood.

    ``going_on`` says for each page how many elements, one within the other, go on at its head.
    """
    root = read(pdf.Root.StructTreeRoot)
    _fill_items(pdf, root)
    _join_pages(pdf, root, going_on)
    _join_tables(root)
    _name_headers(pdf, root)
    _box_figures(root)
    store(root)
    _set_aside(pdf, root)
    _soften_hyphens(pdf)
