"""The frozen text as a page shows it, put into HTML once in each process.

A version never changes, and its article is the same for everybody who may read it. Whether
this reader may was asked before, of the database, in the same request: here is asked nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from reports.briefings.document.selectors.documents import document_of_content
from reports.briefings.gate.selectors.texts import ReadText
from reports.documents.rules import BriefingDocument
from reports.figures.rules.figures import QuotedFigure
from reports.remembering import Remembered

MOST: Final = 64
"""Texts that a process remembers: each place of an audience can have its own."""
_documents: Final = Remembered[BriefingDocument](MOST)
_articles: Final = Remembered[SafeString](MOST)


def document_of(text: ReadText) -> BriefingDocument:
    """The frozen document of a text, without its files.

    Raises DamagedFileError where the bytes of one of its pictures are gone or changed.
    """
    return _documents.get(_key(text), lambda: document_of_content(text.content))


def article_of(text: ReadText, corrections: Mapping[QuotedFigure, str]) -> SafeString:
    """The text as HTML in its own language, with the words beside figures corrected later."""

    def make() -> SafeString:
        return render_to_string(
            "reports/briefings/_document.html",
            {
                # The page says itself what the embargo is now; the frozen line is for paper.
                "document": replace(document_of(text), embargo_line=None),
                "corrections": corrections,
                "attachment_links": _links(text),
            },
        )

    return _articles.get((*_key(text), frozenset(corrections.items())), make)


def _key(text: ReadText) -> tuple[str, str, str]:
    frozen = text.variant or text.version
    return text.briefing.public_id, frozen.public_id, frozen.content_sha256


def _links(text: ReadText) -> list[tuple[str, str]]:
    """The files that were signed off with the version; its rows only ever come with it."""
    here = [text.briefing.public_id, text.version.public_id]
    return [
        (one.title, reverse("reports:briefing_attachment", args=[*here, one.public_id]))
        for one in text.version.attachments.all()
    ]
