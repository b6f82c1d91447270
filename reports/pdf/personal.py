"""The personal copy: a finished PDF with its reader's name and code drawn on every page.

The mark stands in the content of each page, as an artifact: a screen reader passes over it,
the tag tree and the attachments stay as they are, and the file passes the same gate. The code
stands in both side margins at different heights, so that a photograph of half a page tells it,
the name, the council, the time and the number in small print at the foot. WeasyPrint is not
needed, so a web process can mark a copy.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pikepdf
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from pikepdf import Dictionary, Name, Object, Pdf, String

from jbn_oversight.clock import AMSTERDAM
from reports.documents.rules import LANGUAGES, Language
from reports.pdf import codes
from reports.pdf import glyphs as lettering
from reports.pdf.characters import printable
from reports.pdf.codes import code_of, is_code, new_code, normalised
from reports.pdf.glyphs import Lettering
from reports.pdf.metadata import identify
from reports.pdf.writing import put, written

__all__ = ["CopyMark", "code_of", "is_code", "new_code", "normalised", "personal_copy"]

Box = tuple[float, float, float, float]

MILLIMETRE: Final = 72 / 25.4
INK: Final = b"0.25 0.25 0.25 rg"

CODE_SIZE: Final = 17.0
RISE: Final = CODE_SIZE * lettering.CAPITALS / lettering.PER_EM
CODE_SPACING: Final = 3.0
"""Points between two characters of the code."""
CODE_FROM_EDGE: Final = 10 * MILLIMETRE
"""From the edge of the paper to the foot of the code; the text begins at 25 mm."""
SPACE: Final = "\u2002"
"""Between the halves of the code."""

PRINT_SIZE: Final = 7.0
SMALLEST_PRINT: Final = 5.0
PRINT_FROM_SIDE: Final = 12 * MILLIMETRE
PRINT_FROM_FOOT: Final = 5.5 * MILLIMETRE
"""The base of the last line; the running foot ends above 11 mm."""
LEADING: Final = 1.2
DOT: Final = " \u00b7 "

PLAIN: Final = "400"
HEAVY: Final = "700"
_PLAIN_FONT: Final = "/PersonalMark"


@dataclass(frozen=True, slots=True)
class CopyMark:
    """Whose copy it is: what is printed on each of its pages.

    ``at`` is an aware instant, printed in Amsterdam time. ``code`` is one of ``new_code``.
    Raises ``ValueError`` for a naive instant, no code, a number below one, another language.
    """

    name: str
    organisation: str
    at: datetime
    copy_number: int
    code: str
    language: Language

    def __post_init__(self) -> None:
        """Refuse what could not be printed or found again."""
        if self.at.tzinfo is None:
            raise ValueError("the time of a copy needs a zone")
        if not is_code(self.code):
            raise ValueError("not a code of a copy")
        if self.copy_number < 1:
            raise ValueError("copies are numbered from one")
        if self.language not in LANGUAGES:
            raise ValueError(f"not a language of documents: {self.language}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the small print and the size at which it fits."""

    text: str
    size: float


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _fitted(text: str, room: float) -> _Line:
    """The line as large as fits, down to the smallest print; then its end is left out."""
    wide = lettering.width(PLAIN, text) / lettering.PER_EM
    size = min(PRINT_SIZE, room / wide) if wide else PRINT_SIZE
    if size >= SMALLEST_PRINT:
        return _Line(text, size)
    most = room / SMALLEST_PRINT * lettering.PER_EM - lettering.width(PLAIN, "…")
    while lettering.width(PLAIN, text) > most:
        text = text[:-1]
    return _Line(f"{text}…", SMALLEST_PRINT)


def _small_print(mark: CopyMark, room: float) -> tuple[_Line, ...]:
    """One line where it fits at full size, else two: the number never gives way to a name."""
    with translation.override(mark.language):
        at = mark.at.astimezone(AMSTERDAM)
        when = gettext("%(day)s, %(hour)s Dutch time") % {
            "day": date_format(at, "j F Y"),
            "hour": f"{at:%H:%M}",
        }
        number = gettext("Personal copy %(number)s") % {"number": mark.copy_number}
    name, organisation = _one_line(mark.name), _one_line(mark.organisation)
    whole = DOT.join(part for part in (number, name, organisation, when) if part)
    if lettering.width(PLAIN, whole) / lettering.PER_EM * PRINT_SIZE <= room:
        return (_Line(whole, PRINT_SIZE),)
    lines = (number, name), (when, organisation)
    return tuple(_fitted(DOT.join(filter(None, parts)), room) for parts in lines)


def _text(font: str, size: float, matrix: tuple[float, ...], shown: bytes) -> bytes:
    numbers = " ".join(f"{number:.2f}".rstrip("0").rstrip(".") for number in matrix)
    return f"{font} {size:.2f} Tf {numbers} Tm ".encode("ascii") + shown + b" Tj"


def _drawn(
    box: Box,
    code: tuple[Lettering, str],
    small: tuple[Lettering, tuple[_Line, ...]],
) -> bytes:
    """The operators that draw the mark on a page of that box."""
    left, foot, right, head = box
    heavy, shown_code = code
    plain, lines = small
    long = lettering.width(HEAVY, shown_code) / lettering.PER_EM * CODE_SIZE
    long += CODE_SPACING * (len(shown_code) - 1)
    letters, third = heavy.shown(shown_code), (head - foot) / 3
    up = (0.0, 1.0, -1.0, 0.0, left + CODE_FROM_EDGE + RISE, head - third - long / 2)
    down = (0.0, -1.0, 1.0, 0.0, right - CODE_FROM_EDGE - RISE, foot + third + long / 2)
    operators = [
        b"q " + INK + b" BT",
        f"{CODE_SPACING} Tc".encode("ascii"),
        _text(codes.FONT, CODE_SIZE, up, letters),
        _text(codes.FONT, CODE_SIZE, down, letters),
        b"0 Tc",
    ]
    for above, line in enumerate(reversed(lines)):
        wide = lettering.width(PLAIN, line.text) / lettering.PER_EM * line.size
        across = (left + right - wide) / 2
        base = foot + PRINT_FROM_FOOT + above * PRINT_SIZE * LEADING
        place = (1.0, 0.0, 0.0, 1.0, across, base)
        operators.append(_text(_PLAIN_FONT, line.size, place, plain.shown(line.text)))
    operators.append(b"ET Q")
    return b"/Artifact <</Type /Pagination>> BDC\n" + b"\n".join(operators) + b"\nEMC\n"


def _resources(pdf: Pdf) -> Iterator[Object]:
    """The resources of the pages, each once."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        resources = page.obj.Resources
        if not resources.is_indirect or resources.objgen not in seen:
            seen.add(resources.objgen)
            yield resources


def _box(sides: Object) -> Box:
    left, foot, right, head = (float(side) for side in sides)
    return left, foot, right, head


def _mark_pages(pdf: Pdf, mark: CopyMark) -> None:
    halves = (mark.code[: codes.LENGTH // 2], mark.code[codes.LENGTH // 2 :])
    code = SPACE.join(halves)
    boxes = [_box(page.obj.MediaBox) for page in pdf.pages]
    room = min(right - left for left, _, right, _ in boxes) - 2 * PRINT_FROM_SIDE
    lines = _small_print(mark, room)
    heavy = Lettering.of(HEAVY, (codes.ALPHABET, SPACE))
    plain = Lettering.of(PLAIN, (line.text for line in lines))
    for resources in _resources(pdf):
        fonts = resources.get("/Font", Dictionary())
        fonts[codes.FONT], fonts[_PLAIN_FONT] = heavy.embedded(pdf), plain.embedded(pdf)
        resources.Font = fonts
    for page, box in zip(pdf.pages, boxes, strict=True):
        content = page.obj.Contents
        drawn = _drawn(box, (heavy, code), (plain, lines))
        put(content, drawn + content.read_bytes(), content=True)


def personal_copy(pdf: bytes, *, mark: CopyMark) -> bytes:
    """The file with the mark on every page and the code in its description.

    The same file and mark give the same bytes. Raises ``ValueError`` for what is no PDF of
    ours, and for a file that is somebody's copy already.
    """
    try:
        opened = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as unreadable:
        raise ValueError("not a PDF") from unreadable
    with opened:
        identify(opened, mark.code)
        opened.trailer.Info[Name(codes.KEY)] = String(mark.code)
        _mark_pages(opened, mark)
        return written(opened)
