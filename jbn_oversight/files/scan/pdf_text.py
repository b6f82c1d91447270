"""The text of each page, and whether a reader can see it."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_uint
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw

from jbn_oversight.files.scan.findings import RefusalReason, RefusedFile

SCALE: Final = 1.0
"""Pixels a point: letters of any readable size leave grey in their box."""
LEAST_LETTERS: Final = 3
COVERING: Final = 0.7
"""A picture over so much of the page makes it a scan."""


@dataclass(frozen=True, slots=True)
class PageText:
    """One page, from 1."""

    number: int
    text: str
    has_hidden_text: bool
    is_recognised: bool
    is_picture: bool


def read_pages(data: bytes) -> Iterator[PageText]:
    """Each page of a PDF. Raises RefusedFile where a page cannot be read."""
    try:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            page = document[number]
            yield _read(page, number + 1)
            page.close()
    except pypdfium2.PdfiumError as error:
        raise RefusedFile(RefusalReason.BROKEN) from error


def _read(page: Any, number: int) -> PageText:
    textpage = page.get_textpage()
    text = textpage.get_text_range()
    width, height = page.get_size()
    pictures = [one for one in page.get_objects() if one.type == raw.FPDF_PAGEOBJ_IMAGE]
    is_scan = any(_share(one, width, height) > COVERING for one in pictures)
    letters = [
        (one, said)
        for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=textpage)
        if sum(map(str.isalnum, said := _said(one))) >= LEAST_LETTERS
    ]
    unseen = [one for one, _ in letters if _is_transparent(one)]
    seen = [one for one, _ in letters if not _is_transparent(one)]
    return PageText(
        number=number,
        text=text,
        has_hidden_text=(bool(unseen) and not is_scan) or _is_covered(page, seen),
        is_recognised=bool(unseen) and is_scan,
        is_picture=bool(pictures) and not text.strip(),
    )


def _said(one: Any) -> str:
    try:
        return str(one.extract())
    except (AttributeError, ValueError, pypdfium2.PdfiumError):
        return ""


def _share(one: Any, width: float, height: float) -> float:
    left, bottom, right, top = one.get_bounds()
    return float(abs((right - left) * (top - bottom)) / max(width * height, 1.0))


def _is_transparent(one: Any) -> bool:
    mode = raw.FPDFTextObj_GetTextRenderMode(one)
    if mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP):
        return True
    red, green, blue, opacity = (c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetFillColor(one, red, green, blue, opacity)
    return bool(known) and mode == raw.FPDF_TEXTRENDERMODE_FILL and opacity.value == 0


def _is_covered(page: Any, letters: list[Any]) -> bool:
    """Whether text of the page's own leaves no trace in its picture: white, covered, or off it."""
    own = [one for one in letters if one.level == 0]
    if not own:
        return False
    picture = page.render(scale=SCALE, rev_byteorder=True, may_draw_forms=False).to_pil()
    grey = picture.convert("L")
    _left, _bottom, _right, top_edge = page.get_cropbox()
    offset = page.get_cropbox()[0]
    if page.get_rotation():
        return False
    for one in own:
        left, bottom, right, top = one.get_bounds()
        box = (
            int((left - offset) * SCALE),
            int((top_edge - top) * SCALE),
            int((right - offset) * SCALE) + 1,
            int((top_edge - bottom) * SCALE) + 1,
        )
        inside = (
            max(box[0], 0),
            max(box[1], 0),
            min(box[2], grey.width),
            min(box[3], grey.height),
        )
        if inside[0] >= inside[2] or inside[1] >= inside[3]:
            return True
        darkest, lightest = grey.crop(inside).getextrema()
        if lightest - darkest < 12:
            return True
    return False
