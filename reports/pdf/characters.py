"""The vendored fonts, and what they can draw."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from fontTools.ttLib import TTFont

HYPHENATION: Final = "\N{HYPHEN}"
"""What the renderer writes where it breaks a word; a typed one becomes an ordinary hyphen."""
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

_FACE: Final = re.compile(
    r"noto-sans-(?P<part>[a-z-]+)-(?P<weight>400|700)-(?P<style>normal|italic)\.ttf"
)


@cache
def font_files() -> tuple[Path, ...]:
    """The vendored fonts, in a fixed order. Raises ``FileNotFoundError`` without any."""
    folder = Path(settings.BASE_DIR) / "static" / "vendor" / "fonts"
    faces = tuple(
        path for path in sorted(folder.glob("noto-sans-*.ttf")) if _FACE.fullmatch(path.name)
    )
    if not faces:
        raise FileNotFoundError("no fonts in static/vendor/fonts: run scripts/vendor_static.py")
    return faces


def face(path: Path) -> re.Match[str]:
    """The ``part``, ``weight`` and ``style`` of a font file. Raises ``ValueError``."""
    found = _FACE.fullmatch(path.name)
    if found is None:
        raise ValueError(f"not a font of ours: {path.name}")
    return found


def upright(weight: str) -> tuple[Path, ...]:
    """The upright fonts of a weight (``400``, ``700``), the one with the plain letters first."""
    paths = [
        path
        for path in font_files()
        if face(path)["weight"] == weight and face(path)["style"] == "normal"
    ]
    return tuple(sorted(paths, key=lambda path: (face(path)["part"] != "latin", path.name)))


@cache
def _covered() -> frozenset[int]:
    """Code points that our upright fonts can draw, and the two kinds of white space."""
    covered: set[int] = set()
    for path in upright("400"):
        with TTFont(path, lazy=True) as font:
            covered |= set(font.getBestCmap())
    # Direction marks, joiners and other characters without ink can hide text from a reader.
    inkless = {"Cc", "Cf"}
    drawn = {c for c in covered if unicodedata.category(chr(c)) not in inkless}
    return frozenset(drawn | {0x09, 0x0A})


def printable(text: str) -> str:
    """The text as our fonts can print it, composed (NFC).

    A character that no vendored font has becomes a visible replacement mark, so that no font
    of the machine slips in and the same document gives the same bytes everywhere. Invisible
    control characters go; a typed soft hyphen too, the renderer hyphenates by itself.
    """
    return unicodedata.normalize("NFC", text).translate(_PRINTABLE)


class _Printable(dict[int, str]):
    """What is printed for each character, filled as characters come by."""

    def __missing__(self, code: int) -> str:
        """Work it out once per process; there are no more than so many characters."""
        self[code] = _printable_character(chr(code))
        return self[code]


_PRINTABLE: Final = _Printable()


def _printable_character(character: str) -> str:
    covered = _covered()
    if character in "\u2007\u202f":
        return "\u00a0"
    if ord(character) in covered and character != HYPHENATION:
        return character
    if character in "\u2010\u2011":
        return "-"
    if unicodedata.category(character) in {"Cc", "Cf", "Mn", "Cs"}:
        return ""
    # A ligature's letters, a wide digit. Never a sign: this runs over markup, and a look-alike
    # of "<" must not become one.
    alike = unicodedata.normalize("NFKC", character)
    if alike.isalnum() and all(ord(letter) in covered for letter in alike):
        return alike
    return REPLACEMENT


def unprintable(text: str) -> frozenset[str]:
    """The characters of a text that the PDF cannot show, for a warning to the author."""
    return frozenset(c for c in text if REPLACEMENT in printable(c) and c != REPLACEMENT)
