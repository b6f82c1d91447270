"""A few letters of our own font, put into a finished PDF: for the mark on personal copies.

Each letter is taken from the vendored fonts once per process, with its accents made part of
it. A copy then gets a font of its own with only the letters that it shows, each with the
character that it stands for, so that the mark can be searched and the file stays an archive.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, Final

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reports.pdf.characters import REPLACEMENT, upright
from reports.pdf.writing import put

PER_EM: Final = 1000
"""Units in the height of a letter, in our fonts as in a PDF."""
ASCENT: Final = 1069
DESCENT: Final = -293
CAPITALS: Final = 714
"""How high a capital stands."""

_MAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_MAP_TAIL: Final = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_BLOCK: Final = 100
"""Most entries that one block of a character map may have."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character's outline as a font file holds it, and how far it moves the pen.

    Measures are in thousandths of the size; ``start`` is where the ink begins.
    """

    advance: int
    start: int
    outline: bytes
    points: int
    contours: int


NO_LETTER: Final = Glyph(PER_EM // 2, 0, b"", 0, 0)
"""What each font file must have at number 0."""


@cache
def _fonts(weight: str) -> tuple[tuple[Any, dict[int, str], Any], ...]:
    """Per font file of a weight: its shapes by name, its names by character, its widths."""
    opened = [TTFont(path, lazy=True) for path in upright(weight)]
    for font in opened:
        if font["head"].unitsPerEm != PER_EM:
            raise ValueError("a font with another measure than ours")
    return tuple((font.getGlyphSet(), font.getBestCmap(), font["hmtx"]) for font in opened)


def _even(outline: bytes) -> bytes:
    """An outline that ends on a boundary of four bytes, so that the next one begins there."""
    return outline + bytes(-len(outline) % 4)


@lru_cache(maxsize=4096)
def letter(weight: str, character: str) -> Glyph:
    """A character of the upright font of that weight; the replacement mark if it has none."""
    for shapes, names, widths in _fonts(weight):
        name = names.get(ord(character))
        if name is not None:
            whole = DecomposingRecordingPen(shapes)
            shapes[name].draw(whole)
            pen = TTGlyphPen(None)
            whole.replay(pen)
            shape = pen.glyph()
            outline = shape.compile(None, recalcBBoxes=True)
            points = len(getattr(shape, "coordinates", ()))
            contours = max(shape.numberOfContours, 0)
            start = getattr(shape, "xMin", 0)
            return Glyph(widths[name][0], start, _even(outline), points, contours)
    if character == REPLACEMENT:
        raise ValueError("our fonts lack the replacement mark")
    return letter(weight, REPLACEMENT)


def width(weight: str, text: str) -> int:
    """How far a text runs, in thousandths of its size."""
    return sum(letter(weight, character).advance for character in text)


def _raw(font: TTFont, tag: str, data: bytes) -> None:
    table = DefaultTable(tag)
    table.data = data
    font[tag] = table


def _font_file(letters: tuple[Glyph, ...]) -> bytes:
    """A TrueType file of these letters, numbered from 1; 0 is the empty shape of no letter."""
    every = (NO_LETTER, *letters)
    builder = FontBuilder(PER_EM, isTTF=True)
    font = builder.font
    font.recalcBBoxes = font.recalcTimestamp = False
    builder.updateHead(created=0, modified=0, indexToLocFormat=1)
    builder.setupGlyphOrder([".notdef", *(f"g{number}" for number in range(1, len(every)))])
    builder.setupHorizontalHeader(
        ascent=ASCENT,
        descent=DESCENT,
        advanceWidthMax=max(one.advance for one in every),
        numberOfHMetrics=len(every),
    )
    builder.setupMaxp()
    font["maxp"].maxPoints = max(one.points for one in every)
    font["maxp"].maxContours = max(one.contours for one in every)
    ends = accumulate((len(one.outline) for one in every), initial=0)
    _raw(font, "glyf", b"".join(one.outline for one in every))
    _raw(font, "loca", struct.pack(f">{len(every) + 1}L", *ends))
    _raw(font, "hmtx", b"".join(struct.pack(">Hh", one.advance, one.start) for one in every))
    out = io.BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def _character_map(characters: str) -> bytes:
    lines = [
        f"<{number:04x}> <{character.encode('utf-16-be').hex()}>"
        for number, character in enumerate(characters, 1)
    ]
    blocks = [lines[start : start + _BLOCK] for start in range(0, len(lines), _BLOCK)]
    body = "".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
    )
    return f"{_MAP_HEAD}{body}{_MAP_TAIL}".encode("ascii")


@dataclass(frozen=True, slots=True)
class _Program:
    """A font file and its character map, and the name that both have in a PDF."""

    name: str
    file: bytes
    characters: bytes
    advances: tuple[int, ...]


@lru_cache(maxsize=64)
def _program(weight: str, characters: str) -> _Program:
    letters = tuple(letter(weight, character) for character in characters)
    file = _font_file(letters)
    digits = hashlib.sha256(file).hexdigest()[:6]
    tag = "".join(chr(ord("A") + int(digit, 16)) for digit in digits)
    advances = tuple(one.advance for one in letters)
    return _Program(f"/{tag}+JBNMark", file, _character_map(characters), advances)


@dataclass(frozen=True, slots=True)
class Lettering:
    """The letters of one weight that a mark is written with, in a fixed order."""

    weight: str
    characters: str

    @classmethod
    def of(cls, weight: str, texts: Iterable[str]) -> Lettering:
        """What is needed to write these texts. Raises ``ValueError`` where there are none."""
        characters = "".join(sorted(set("".join(texts))))
        if not characters:
            raise ValueError("no letters to write")
        return cls(weight, characters)

    def shown(self, text: str) -> bytes:
        """The operand that shows a text written with these letters."""
        codes = (f"{self.characters.index(character) + 1:04x}" for character in text)
        return f"<{''.join(codes)}>".encode("ascii")

    def embedded(self, pdf: Pdf) -> Object:
        """The font object for a page's resources, with the letters inside the file."""
        made = _program(self.weight, self.characters)
        name = Name(made.name)
        program = Stream(pdf, b"")
        put(program, made.file)
        program.Length1 = len(made.file)
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=Array([-PER_EM, DESCENT, 3 * PER_EM, ASCENT]),
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=CAPITALS,
            StemV=80,
            FontFile2=pdf.make_indirect(program),
        )
        family = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            CIDToGIDMap=Name.Identity,
            DW=NO_LETTER.advance,
            W=Array([1, Array(list(made.advances))]),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
        characters = Stream(pdf, b"")
        put(characters, made.characters)
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(family)]),
                ToUnicode=pdf.make_indirect(characters),
            )
        )
