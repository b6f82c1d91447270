"""From a ``BriefingDocument`` to the bytes of a PDF/A-3a that is also a PDF/UA-1.

WeasyPrint lays out the template, pikepdf repairs tags and description. The same document
gives the same bytes: dates come from the document, fonts from the portal, names from counting.
Where a library that this takes is missing nothing is printed at all.
"""

from __future__ import annotations

import gc
import hashlib
import io
import logging
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final
from xml.etree import ElementTree

import pikepdf
import weasyprint
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from weasyprint.logger import LOGGER
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration

from reports.documents.exports import figures_csv
from reports.documents.rules import Attached, BriefingDocument
from reports.pdf import metadata, sources, tags
from reports.pdf.characters import printable
from reports.pdf.outline import outline_of
from reports.pdf.pictures import PictureError, fit_for_paper
from reports.pdf.spaces import without_layout
from reports.pdf.writing import compress, written

TEMPLATE: Final = "reports/pdf/briefing.html"
SVG: Final = "image/svg+xml"
OPTIONS: Final[Mapping[str, Any]] = {
    "pdf_variant": "pdf/a-3a",
    "pdf_identifier": b"briefing",
    "uncompressed_pdf": True,
}

_EMPTY: Final = re.compile(r"<(br|img|meta|hr)\b([^>]*?) ?/?>")
"""Elements without content, which XML wants to see closed."""
_one_at_a_time: Final = threading.Lock()


class RenderError(Exception):
    """The document could not be printed; the message says why, without its text."""


class MissingLibraryError(RenderError):
    """This machine would print other bytes each time, so it prints nothing."""


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A finished file: its bytes, their SHA-256 in hexadecimal, and the number of pages."""

    data: bytes
    sha256: str
    pages: int
    attachments: tuple[str, ...]
    """Names of the files inside, sorted; the gate wants to know them."""


def attachments_of(document: BriefingDocument) -> tuple[Attached, ...]:
    """What travels inside the PDF: the figures as CSV, if any, then the document's own files."""
    figures = figures_csv(document)
    return (*([figures] if figures else []), *document.attachments)


def markup_of(document: BriefingDocument, attachments: tuple[Attached, ...] | None = None) -> str:
    """The HTML that is laid out, in the document's language and in printable characters.

    It is well-formed XML too. ``attachments`` are those of ``attachments_of``, if they are
    at hand.
    """
    if attachments is None:
        attachments = attachments_of(document)
    with translation.override(document.language):
        html = render_to_string(
            TEMPLATE,
            {
                "document": document,
                "outline": outline_of(document),
                "attachments": attachments,
                "missing": gettext("not filled in"),
                "base": sources.BASE,
            },
        )
    return _EMPTY.sub(r"<\1\2/>", printable(html))


def files_of(document: BriefingDocument) -> dict[str, tuple[bytes, str]]:
    """The document's drawings and pictures by their address. Raises ``RenderError``."""
    outline = outline_of(document)
    files = {
        f"{sources.BASE}{placed.file}": (sources.svg_in_our_font(placed.chart.svg), SVG)
        for placed in outline.all_charts()
    }
    try:
        for placed in outline.pictures():
            fit = fit_for_paper(placed.picture.data, placed.picture.mime)
            files[f"{sources.BASE}{placed.file}"] = (fit, placed.picture.mime)
    except PictureError as unfit:
        raise RenderError(str(unfit)) from unfit
    return files


def prints_the_same_every_time() -> bool:
    """Whether fonts are subset by HarfBuzz; WeasyPrint's other way writes other bytes each time.

    It takes that other way in silence where the library is missing or older than 4.1.
    """
    return ffi.harfbuzz_subset is not None and bool(ffi.harfbuzz.hb_version_atleast(4, 1, 0))


class _Complaints(logging.Handler):
    """Counts what the renderer could not do and would leave out in silence."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """One more; the text of the complaint may quote the document and is not kept."""
        self.count += 1


@cache
def _look() -> tuple[Any, FontConfiguration]:
    """The stylesheet and the fonts, read once per process.

    What a process holds by now stays in it, so the collector of garbage need not go through
    it again for each document: that took a tenth of a second now and then.
    """
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(
        string=sources.stylesheet(),
        base_url=sources.BASE,
        url_fetcher=sources.OwnFiles(sources.fonts()),
        font_config=fonts,
    )
    gc.collect()
    gc.freeze()
    return sheet, fonts


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Collect no garbage while a document is laid out: nearly all of it is still in use."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Page(weasyprint.HTML):  # type: ignore[misc]  # no types
    """A document from our own template, which an XML parser reads in a hundredth of the time."""

    wrapper_element: Any

    def __init__(self, markup: str, url_fetcher: sources.OwnFiles) -> None:
        """``markup`` is that of ``markup_of``. Raises ``ParseError`` if it is not well-formed."""
        super().__init__(string="<html>", base_url=sources.BASE, url_fetcher=url_fetcher)
        root = ElementTree.fromstring(markup)  # noqa: S314 - our own, and no DTD
        self.etree_element = without_layout(root)
        self.wrapper_element = self.wrapper_element.from_html_root(
            self.etree_element, content_language=None
        )


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The PDF as WeasyPrint writes it, and what goes on from page to page.

    ``going_on`` has a number for each page: how many elements, one within the other, started
    on the page before and go on at its head; 0 for none.
    """

    data: bytes
    going_on: tuple[int, ...]


def _body(page: Any) -> Any:
    """The box of the body on a page; WeasyPrint shows it nowhere but in the page's own box."""
    todo = [page._page_box]
    while todo:
        box = todo.pop(0)
        if getattr(box, "element_tag", None) == "body":
            return box
        todo += getattr(box, "children", ())
    return None


def _depth_going_on(before: Any, after: Any) -> int:
    """How many nested elements the last of ``before`` shares with the first of ``after``."""
    if before is None or after is None:
        return 0
    last, first = (getattr(box, "children", ()) for box in (before, after))
    if not last or not first:
        return 0
    element = last[-1].element
    if element is None or element is before.element or element is not first[0].element:
        return 0
    return 1 + _depth_going_on(last[-1], first[0])


def _going_on(pages: Sequence[Any]) -> tuple[int, ...]:
    bodies = [_body(page) for page in pages]
    return (0, *(_depth_going_on(one, next_) for one, next_ in pairwise(bodies)))


def lay_out(document: BriefingDocument, attachments: tuple[Attached, ...] | None = None) -> LaidOut:
    """Lay the document out, before any repair. Raises ``RenderError``."""
    return _laid_out(files_of(document), markup_of(document, attachments))


def _laid_out(files: Mapping[str, tuple[bytes, str]], markup: str) -> LaidOut:
    if not prints_the_same_every_time():
        raise MissingLibraryError("the library harfbuzz-subset is missing")
    with _one_at_a_time, _undisturbed():
        sheet, fonts = _look()
        fetcher = sources.OwnFiles(files)
        LOGGER.addHandler(heard := _Complaints())
        try:
            page = _Page(markup, fetcher)
            laid_out = page.render(font_config=fonts, stylesheets=[sheet], **OPTIONS)
            data: bytes | None = laid_out.write_pdf(**OPTIONS)
            going_on = _going_on(laid_out.pages)
        except sources.RefusedSourceError as refused:
            raise RenderError("the document asked for a file that is not its own") from refused
        finally:
            LOGGER.removeHandler(heard)
    if fetcher.refused:
        raise RenderError("a picture asked for a file that is not its own")
    if heard.count or data is None:
        raise RenderError("a part of the document could not be drawn")
    return LaidOut(data, going_on)


def render(document: BriefingDocument) -> RenderedPdf:
    """Print the document. Raises ``RenderError`` where it cannot be printed properly."""
    attachments = attachments_of(document)
    return _finished(lay_out(document, attachments), document, attachments)


def render_table(html: str, described: metadata.Described) -> RenderedPdf:
    """Print a page of our own template that has tables and words alone.

    ``html`` is well-formed but for empty elements. Raises ``RenderError``.
    """
    markup = _EMPTY.sub(r"<\1\2/>", printable(html))
    return _finished(_laid_out({}, markup), described, ())


def _finished(
    laid_out: LaidOut, described: metadata.Described, attachments: tuple[Attached, ...]
) -> RenderedPdf:
    with pikepdf.open(io.BytesIO(laid_out.data)) as pdf:
        try:
            tags.repair(pdf, laid_out.going_on)
        except tags.TagError as wrong:
            raise RenderError(str(wrong)) from wrong
        metadata.describe(pdf, described)
        metadata.attach(pdf, attachments)
        pages = len(pdf.pages)
        compress(pdf)
        data = written(pdf)
    return RenderedPdf(
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
        attachments=tuple(sorted(attached.name for attached in attachments)),
    )
