"""The readable page prints the same document as the PDF, in the document's language."""

from __future__ import annotations

import re
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils import translation

from reports.documents.rules import BriefingDocument
from tests.factories.documents import (
    document_of_parts,
    odd_document,
    ordinary_document,
    ratio,
    short_document,
)


def page(document: BriefingDocument, reader: str = "nl", **more: object) -> str:
    with translation.override(reader):
        context = {"document": document, **more}
        return render_to_string("reports/briefings/_document.html", context)


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


def test_tables_charts_and_pictures_stand_where_they_were_put_in_the_text() -> None:
    html = page(document_of_parts())
    marks = [
        "In september was het",
        "KPI's in september 2025".replace("'", "&#x27;"),
        "Daarna <strong>tekst",
        "<polyline",
        'alt="Kaart van de regio"',
        "Slot.",
    ]
    places = [html.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_quoted_figure_says_its_cases_its_day_and_where_its_source_stands() -> None:
    html = page(document_of_parts())
    assert "<strong>58,3%</strong>" in html
    assert '<a href="#document-source">70 van 120, stand per 30 september 2025</a>' in html
    assert 'id="document-source"' in html
    assert "leveringen van Jeugdbescherming Noord" in html
    assert "14 oktober 2025" in html


def test_a_figure_without_a_number_says_why() -> None:
    assert "in Drenthe <span" in page(document_of_parts())
    assert "<strong>weinig gevallen</strong>" in page(document_of_parts())


def test_a_later_correction_stands_beside_the_figure_and_leaves_it_as_it_was() -> None:
    words = "later gecorrigeerd: nu 57,1%"
    html = page(document_of_parts(), corrections={ratio(70, 120): words})
    assert html.count(words) == 2, "once in the running text and once in the table"
    assert "58,3%" in html


def test_every_id_on_the_page_is_there_once() -> None:
    ids = re.findall(r'\bid="([^"]+)"', page(document_of_parts()))
    assert len(ids) == len(set(ids))
