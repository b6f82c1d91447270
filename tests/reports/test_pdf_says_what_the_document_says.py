"""What stands on the pages: every page's marks, the document's language, the last page."""

from __future__ import annotations

import subprocess
from functools import cache

from reports.pdf.render import markup_of
from tests.factories.documents import ordinary_document, short_document
from tests.factories.pdfs import printed


@cache
def pages(name: str) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=printed(name).data,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().split("\f")[:-1]


def test_every_page_has_embargo_mark_version_day_and_number() -> None:
    texts = pages("ordinary")
    for number, text in enumerate(texts, 1):
        assert "Onder embargo tot 27 maart 2026, 10.00 uur." in text
        assert "FICTIEF" in text
        assert "Versie 2, stand per 30 september 2025" in text
        assert f"pagina {number} van {len(texts)}" in text


def test_a_real_document_without_embargo_carries_no_mark() -> None:
    for text in pages("short"):
        assert "embargo" not in text.lower()
        assert "FICTIEF" not in text


def test_dutch_words_numbers_and_days_in_a_dutch_document() -> None:
    text = "\n".join(pages("ordinary"))
    for words in ("Aan", "Onderwerp", "Bijlagen", "58,3%", "500 van 1.005", "Norm niet gehaald"):
        assert words in text
    assert "14 oktober 2025" in text


def test_english_words_numbers_and_days_in_an_english_document() -> None:
    text = "\n".join(pages("ordinary, English"))
    for words in ("To", "Subject", "Attachments", "58.3%", "500 of 1,005", "FICTIONAL"):
        assert words in text
    assert "14 October 2025" in text
    assert "Norm niet gehaald" not in text


def test_a_figure_without_a_number_says_why() -> None:
    text = " ".join("\n".join(pages("ordinary")).split())
    for words in ("afgeschermd", "weinig gevallen", "niet geleverd"):
        assert words in text


def test_the_last_page_holds_definitions_and_what_was_changed() -> None:
    last = pages("ordinary")[-1]
    assert "Begrippen" in last
    assert "Gewijzigd sinds versie 1" in last
    assert "De cijfers van Drenthe zijn bijgewerkt." in last


def test_markup_typed_as_text_stays_text() -> None:
    text = " ".join("\n".join(pages("odd")).split())
    assert "<script>alert(1)</script>" in text
    assert "<b>&amp;" in text
    assert "{{ z }}" in text


def test_the_language_of_the_reader_changes_nothing() -> None:
    from django.utils import translation

    with translation.override("en"):
        english_reader = markup_of(ordinary_document())
    with translation.override("nl"):
        assert markup_of(ordinary_document()) == english_reader
    assert 'lang="en"' in markup_of(short_document("en"))
