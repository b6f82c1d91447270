"""Sections are written in a small Markdown that can hide and fetch nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.documents.markdown import slot, to_html, with_slots, without_slots


def test_paragraphs_emphasis_and_lists_become_html() -> None:
    html = to_html("Een *woord*.\n\n- een\n- twee\n\n1. eerste\n")
    assert html == (
        "<p>Een <em>woord</em>.</p>\n<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"
        "<ol>\n<li>eerste</li>\n</ol>\n"
    )


def test_headings_go_below_the_section_and_skip_no_level() -> None:
    html = to_html("# A\n\n#### B\n\n## C\n\n# D")
    assert re.findall(r"<(h\d)>", html) == ["h3", "h4", "h4", "h3"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=y>", "&lt;b&gt;", "<!-- stil -->"]
)
def test_html_stays_text(text: str) -> None:
    assert "<" not in re.sub(r"</?(p|br)>", "", to_html(text))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//x.example", "/in"]
)
def test_a_link_goes_to_the_web_or_to_mail_alone(url: str) -> None:
    assert "href" not in to_html(f"[tekst]({url})")


def test_links_to_the_web_and_to_mail_work() -> None:
    assert 'href="https://example.org/"' in to_html("[tekst](https://example.org/)")
    assert 'href="mailto:jeugd@example.org"' in to_html("<jeugd@example.org>")


def test_emphasis_stands_around_a_link_and_not_in_it() -> None:
    assert to_html("[**a** *b*](https://a.nl)") == '<p><a href="https://a.nl">a b</a></p>\n'
    assert "<strong><a" in to_html("**[a](https://a.nl)**")


def test_pictures_and_tables_are_not_part_of_it() -> None:
    html = to_html("![x](https://example.org/a.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert "<img" not in html
    assert "<table" not in html


@given(st.text())
def test_no_text_makes_any_other_element(text: str) -> None:
    allowed = {
        "p",
        "br",
        "em",
        "strong",
        "ul",
        "ol",
        "li",
        "blockquote",
        "a",
        "h3",
        "h4",
        "h5",
        "h6",
    }
    assert set(re.findall(r"</?(\w+)", to_html(text))) <= allowed


def test_a_slot_takes_what_is_put_there_and_nothing_else_of_the_text_does() -> None:
    html = to_html(f"Het was **{slot(0)}** & <b>.", fill=lambda number: f"<i>{number}</i>")
    assert html == "<p>Het was <strong><i>0</i></strong> &amp; &lt;b&gt;.</p>\n"


def test_a_slot_in_an_address_makes_no_link() -> None:
    assert "href" not in to_html(f"[x](https://example.org/{slot(0)})", fill=lambda _: "y")


def test_typed_text_cannot_pass_for_a_slot() -> None:
    assert to_html(without_slots(f"a{slot(0)}b"), fill=lambda _: "<i>") == "<p>a0b</p>\n"


def test_slots_can_be_filled_with_plain_words() -> None:
    assert with_slots(f"a {slot(3)}", lambda number: f"<{number}>") == "a <3>"


@given(st.text())
def test_filling_slots_makes_no_element_of_the_text(text: str) -> None:
    html = to_html(without_slots(text), fill=lambda _: "<script>")
    assert "<script" not in html
