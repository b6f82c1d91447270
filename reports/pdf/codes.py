"""The code of a personal copy: made, typed by people, and read back from a file.

Pure, but for reading a PDF. The code is eight characters of an alphabet in which no two look
alike on a photograph: about 37 bits, so that codes can neither be guessed nor taken for one
another.
"""

from __future__ import annotations

import io
import re
import unicodedata
from random import Random
from typing import Final

import pikepdf

ALPHABET: Final = "0123456789ACEFHJKMNPRTWXY"
LENGTH: Final = 8
_ALIKE: Final = str.maketrans("BDGILOQSZ", "806110052")
"""Letters that are left out, and what they are when somebody reads them."""
_CODE: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_IN_XMP: Final = re.compile(
    rf"<dc:identifier>([{ALPHABET}]{{{LENGTH}}})</dc:identifier>".encode("ascii")
)
KEY: Final = "/CopyCode"
"""Where the code stands in the information dictionary, for readers that show no XMP."""

FONT: Final = "/PersonalCode"
"""The font that the code is drawn with, by its name in the resources of a page."""
_LETTER: Final = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>\n")
_SHOWN: Final = re.compile(rb"/PersonalCode [^<>]*<([0-9a-f]+)> Tj")


def new_code(random: Random) -> str:
    """A code from a source of chance; give ``secrets.SystemRandom()`` outside of tests."""
    return "".join(random.choice(ALPHABET) for _ in range(LENGTH))


def is_code(text: str) -> bool:
    """Whether this is a code, written as the portal writes it."""
    return _CODE.fullmatch(text) is not None


def normalised(typed: str) -> str:
    """What somebody typed, as the portal writes codes.

    Small letters become capitals, spaces, dashes and dots go, look-alikes become what was
    printed (``O`` a zero, ``l`` and ``I`` a one). Ask ``is_code`` whether a code came out.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(filter(str.isalnum, plain)).translate(_ALIKE)


def in_description(packet: bytes) -> str | None:
    """The code in an XMP packet, if there is one."""
    found = _IN_XMP.search(packet)
    return found[1].decode("ascii") if found else None


def _drawn(pdf: pikepdf.Pdf) -> str | None:
    """The code as it is drawn on the first page, for a file that lost its description."""
    page = pdf.pages[0].obj
    fonts = page.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    font, content = fonts.get(FONT), page.get("/Contents")
    if font is None or not isinstance(content, pikepdf.Stream):
        return None
    letters = {
        number: bytes.fromhex(character.decode("ascii")).decode("utf-16-be")
        for number, character in _LETTER.findall(font.ToUnicode.read_bytes())
    }
    shown = _SHOWN.search(content.read_bytes())
    if shown is None:
        return None
    text = "".join(letters.get(number, "") for number in re.findall(rb"....", shown[1]))
    code = "".join(text.split())
    return code if is_code(code) else None


def code_of(pdf: bytes) -> str | None:
    """The code in a PDF: in its description, or as our mark is drawn.

    None for an unmarked file and for what is no PDF. A file that was printed again has only
    the code that people see.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            packet = opened.Root.get("/Metadata")
            if isinstance(packet, pikepdf.Stream):
                found = in_description(packet.read_bytes())
                if found is not None:
                    return found
            told = str(opened.trailer.get("/Info", pikepdf.Dictionary()).get(KEY, ""))
            return told if is_code(told) else _drawn(opened)
    except (pikepdf.PdfError, AttributeError, IndexError, TypeError, ValueError):
        return None  # damaged or strange files come here too: somebody found them somewhere
