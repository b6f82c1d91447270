"""The renderer gets our stylesheet, our fonts and the document's charts, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.documents.rules import Chart
from reports.pdf import sources
from reports.pdf.characters import printable, unprintable
from reports.pdf.render import RenderError, render
from tests.factories.documents import chart, short_document

ADDRESSES = [
    "http://127.0.0.1:8000/",
    "https://example.org/a.png",
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "ftp://example.org/",
    "data:text/plain,hallo",
    f"{sources.BASE}../../etc/passwd",
    f"{sources.BASE}fonts/../../settings.py",
    f"{sources.BASE}chart-2.svg",
    "",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_other_address_is_refused(address: str) -> None:
    fetcher = sources.OwnFiles({f"{sources.BASE}chart-1.svg": (b"<svg/>", "image/svg+xml")})
    with pytest.raises(sources.RefusedSourceError):
        fetcher.fetch(address)
    with pytest.raises(sources.RefusedSourceError):
        fetcher(address)


def test_a_file_of_the_document_is_served() -> None:
    address = f"{sources.BASE}chart-1.svg"
    fetcher = sources.OwnFiles({address: (b"<svg/>", "image/svg+xml")})
    assert fetcher.fetch(address).read() == b"<svg/>"


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/a.png", "file:///etc/passwd"])
def test_a_chart_that_fetches_something_stops_the_rendering(address: str) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="10" height="10"><image xlink:href="{address}" width="5" height="5"/></svg>'
    )
    bad = Chart("t", drawing, "woorden", chart(months=2).figures)
    with pytest.raises(RenderError):
        render(replace(short_document(), charts=(bad,)))


def test_a_character_that_our_fonts_lack_becomes_a_visible_mark() -> None:
    assert printable("a漢b") == "a�b"
    assert unprintable("a漢é\U0001f600") == {"漢", "\U0001f600"}


def test_characters_that_hide_or_turn_text_are_left_out() -> None:
    assert printable("a\u202eb\u200bc\u00add\x00e\ufefff") == "abcdef"


@given(st.text())
def test_printing_a_text_never_adds_a_sign_of_markup(text: str) -> None:
    for sign in "<>&\"'":
        assert printable(text).count(sign) == text.count(sign)


def test_letters_and_accents_are_composed() -> None:
    assert printable("e\u0301") == "é"


def test_letters_of_every_part_of_the_font_are_drawn() -> None:
    assert "\ufffd" not in printable("Żółć Ñandú €½ “” – — … × ± ² ē ğ ř")


def test_a_ligature_becomes_its_letters_and_a_narrow_space_a_space() -> None:
    assert printable("ﬁjn 1\u202f000") == "fijn 1\u00a0000"


def test_markup_signs_cannot_come_out_of_look_alikes() -> None:
    printed = printable("\uff1cb\uff1e \ufe64 \uff02 \uff06")
    assert not set(printed) & set('<>&"')
