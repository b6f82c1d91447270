"""A paragraph, a list or a quotation that a page cuts in two stays one for a screen reader."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from reports.documents.rules import DocumentSection
from reports.pdf import gate
from reports.pdf.render import render
from reports.pdf.tree import Element, read
from tests.factories.documents import short_document

WORDS = "woord " * 60

TEXTS = {
    "a paragraph": ("Alinea. " * 2000, "/P", 1),
    "a list": ("\n".join(f"- punt {i} {WORDS}" for i in range(40)), "/L", 1),
    "a list with long items": ("\n".join(f"1. punt {i} {WORDS * 6}" for i in range(9)), "/L", 1),
    "a loose list": ("\n\n".join(f"- punt {i} {WORDS * 3}" for i in range(20)), "/L", 1),
    "a quotation": ("> " + "citaat " * 2500, "/BlockQuote", 1),
    "a quotation of paragraphs": (
        "\n>\n".join(f"> {WORDS * 2}" for _ in range(30)),
        "/BlockQuote",
        1,
    ),
}


def printed(text: str) -> bytes:
    return render(
        replace(short_document(), sections=(DocumentSection.written("Tekst", text),))
    ).data


def after_heading(pdf: pikepdf.Pdf, title: int) -> list[Element]:
    """The elements between the second-level heading of that number and the next one."""
    top = read(pdf.Root.StructTreeRoot).children[0].children
    heads = [i for i, found in enumerate(top) if found.kind == "/H2"]
    return top[heads[title] + 1 : heads[title + 1]]


@pytest.mark.parametrize("name", TEXTS)
def test_what_goes_on_is_one_element_on_more_pages(name: str) -> None:
    text, expected, count = TEXTS[name]
    data = printed(text)
    assert gate.check(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = after_heading(pdf, 0)
        assert [one.kind for one in found] == [expected] * count
        pages = {one.page for one in found[0].walk()} - {None}
        assert len(pages) >= 2


@pytest.mark.parametrize(
    ("name", "items"), [("a list", 40), ("a list with long items", 9), ("a loose list", 20)]
)
def test_a_list_has_as_many_items_as_were_written(name: str, items: int) -> None:
    with pikepdf.open(io.BytesIO(printed(TEXTS[name][0]))) as pdf:
        listed = after_heading(pdf, 0)[0]
        assert [one.kind for one in listed.children] == ["/LI"] * items
        for item in listed.children:
            assert [one.kind for one in item.children] == ["/Lbl", "/LBody"]


def test_paragraphs_that_end_with_their_page_stay_apart() -> None:
    text = "\n\n".join(WORDS for _ in range(60))
    with pikepdf.open(io.BytesIO(printed(text))) as pdf:
        assert len(after_heading(pdf, 0)) == 60
