"""The readable page prints the same document as the PDF, in the document's language."""

from __future__ import annotations

import re
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils import translation

from reports.documents import BriefingDocument
from tests.factories.documents import odd_document, ordinary_document, short_document


def page(document: BriefingDocument, reader: str = "nl") -> str:
    with translation.override(reader):
        return render_to_string("reports/briefings/_document.html", {"document": document})


def test_the_embargo_comes_first_and_the_facts_follow() -> None:
    html = page(ordinary_document())
    assert html.index("Onder embargo tot 27 maart 2026") < html.index("Regio Drenthe")
    assert html.index("Regio Drenthe") < html.index('id="section-1"')


def test_the_page_has_every_section_in_its_contents() -> None:
    html = page(ordinary_document())
    for target in re.findall(r'href="#([\w-]+)"', html):
        assert f'id="{target}"' in html
    assert html.count('href="#section-') == 4


def test_headings_skip_no_level_below_the_title_of_the_page() -> None:
    levels = [1, *map(int, re.findall(r"<h(\d)", page(ordinary_document())))]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_each_table_has_a_caption_and_headers_with_a_scope() -> None:
    html = page(ordinary_document())
    assert html.count("<table") == html.count("<caption") == 3
    assert all("scope=" in cell for cell in re.findall(r"<th\b[^>]*>", html))


def test_the_page_is_in_the_language_of_the_document_for_any_reader() -> None:
    assert page(ordinary_document(), "en") == page(ordinary_document(), "nl")
    english = page(ordinary_document("en"), "nl")
    assert 'lang="en"' in english
    assert "58.3%" in english


def test_text_of_the_author_is_never_markup() -> None:
    html = page(odd_document())
    assert "<script" not in html
    assert "<b>" not in html


def test_a_short_document_has_no_heading_for_figures() -> None:
    assert "document-figures" not in page(short_document())


def test_the_page_holds_no_inline_style() -> None:
    assert "style=" not in page(ordinary_document())
