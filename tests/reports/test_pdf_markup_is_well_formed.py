"""The HTML of a document is XML as well, and both readers see the same document."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.documents.rules import DocumentSection
from reports.pdf.render import markup_of
from tests.factories.documents import short_document
from tests.factories.pdfs import DOCUMENTS
from tests.reports.test_pdf_passes_the_gate import NESTED

Part = tuple[str, dict[str, str], str, str]


def by_xml(markup: str) -> list[Part]:
    return _parts(ElementTree.fromstring(markup))


def by_html(markup: str) -> list[Part]:
    return _parts(weasyprint.HTML(string=markup).etree_element)


def _parts(root: ElementTree.Element) -> list[Part]:
    """Every element with its attributes, its text and what follows it; no space at the ends."""
    return [
        (
            element.tag,
            dict(element.attrib),
            (element.text or "").strip(),
            (element.tail or "").strip(),
        )
        for element in root.iter()
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_the_same_as_xml_and_as_html(name: str) -> None:
    markup = markup_of(DOCUMENTS[name]())
    assert by_xml(markup) == by_html(markup)


@pytest.mark.parametrize("name", NESTED)
def test_whatever_an_author_nests_is_read_the_same(name: str) -> None:
    document = replace(short_document(), sections=(DocumentSection.written("Tekst", NESTED[name]),))
    markup = markup_of(document)
    assert by_xml(markup) == by_html(markup)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text("<>&\"'\\`*_#- \n>[](ab)x:/;", max_size=60))
def test_whatever_is_typed_is_read_the_same(title: str, text: str) -> None:
    sections = (
        DocumentSection.written(title, f"{title}\n\n{text}"),
        DocumentSection.written(text, text),
    )
    document = replace(short_document(), title=title, subject=text, sections=sections)
    markup = markup_of(document)
    assert by_xml(markup) == by_html(markup)
