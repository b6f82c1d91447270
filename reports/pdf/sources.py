"""What the PDF renderer may read: our stylesheet, our fonts, this document's charts.

Nothing else exists for it. There is no network and no file system behind these addresses,
and asking for anything unknown stops the rendering instead of leaving a hole in the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from fontTools.ttLib import TTFont
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

BASE: Final = "jbn-document:///"
FAMILY: Final = "JBN Document"
HYPHENATION: Final = "\N{HYPHEN}"
"""What the renderer writes where it breaks a word; a typed one becomes an ordinary hyphen."""
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

_FACE: Final = re.compile(
    r"noto-sans-(?P<part>[a-z-]+)-(?P<weight>400|700)-(?P<style>normal|italic)\.ttf"
)
_SVG_FAMILY: Final = re.compile(r"""(font-family\s*=\s*)("[^"]*"|'[^']*')""")
_STYLE_FAMILY: Final = re.compile(r"""(font-family\s*:)[^;"<}]*""")


class RefusedSourceError(FatalURLFetchingError):  # type: ignore[misc]  # no types
    """The document asked for something that is not ours to give."""


class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves the files it was given by their address, and refuses every other address."""

    def __init__(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        """``files`` maps an address to its bytes and content type."""
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._files = dict(files)
        self.refused = 0
        """How often something else was asked for; a picture's own refusal is swallowed."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file of that address. Raises ``RefusedSourceError`` for any other."""
        if url not in self._files:
            self.refused += 1
            raise RefusedSourceError(f"not a file of this document: {url[:80]}")
        body, content_type = self._files[url]
        return URLFetcherResponse(url, body, {"Content-Type": content_type})


def _static() -> Path:
    return Path(settings.BASE_DIR) / "static"


@cache
def font_files() -> tuple[Path, ...]:
    """The vendored fonts, in a fixed order. Raises ``FileNotFoundError`` without any."""
    found = sorted((_static() / "vendor" / "fonts").glob("noto-sans-*.ttf"))
    faces = tuple(path for path in found if _FACE.fullmatch(path.name))
    if not faces:
        raise FileNotFoundError("no fonts in static/vendor/fonts: run scripts/vendor_static.py")
    return faces


def _face(path: Path) -> re.Match[str]:
    face = _FACE.fullmatch(path.name)
    if face is None:
        raise ValueError(f"not a font of ours: {path.name}")
    return face


def _family(part: str) -> str:
    """The family name of one part of the font (latin, latin-ext, math).

    Each part has a name of its own: WeasyPrint tells font files apart by family, weight and
    style alone, and would draw the letters of one part with the shapes of another.
    """
    return FAMILY if part == "latin" else f"{FAMILY} {part}"


@cache
def families() -> tuple[str, ...]:
    """The family names to try in turn for each character."""
    parts = {_face(path)["part"] for path in font_files()}
    return tuple(_family(part) for part in sorted(parts, key=lambda part: (part != "latin", part)))


def stylesheet() -> str:
    """Our stylesheet, with an @font-face rule for each vendored font file."""
    rules = [
        f'@font-face {{ font-family: "{_family(face["part"])}"; font-weight: {face["weight"]}; '
        f'font-style: {face["style"]}; src: url("{BASE}fonts/{face.string}"); }}'
        for face in map(_face, font_files())
    ]
    css = (_static() / "css" / "pdf.css").read_text(encoding="utf-8")
    named = ", ".join(f'"{family}"' for family in families())
    return "\n".join([*rules, css.replace(f'"{FAMILY}"', named)])


def fonts() -> dict[str, tuple[bytes, str]]:
    """The fonts by address, as ``OwnFiles`` wants them."""
    return {f"{BASE}fonts/{path.name}": (path.read_bytes(), "font/ttf") for path in font_files()}


@cache
def _covered() -> frozenset[int]:
    """Code points that our upright fonts can draw, and the two kinds of white space."""
    covered: set[int] = set()
    for path in font_files():
        if path.stem.endswith("400-normal"):
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


def svg_in_our_font(svg: str) -> bytes:
    """A chart's SVG that asks for the document's own font and holds printable text alone."""
    named = ", ".join(f"'{family}'" for family in families())
    own = _SVG_FAMILY.sub(rf'\1"{named}"', printable(svg))
    return _STYLE_FAMILY.sub(rf"\1 {named}", own).encode("utf-8")
