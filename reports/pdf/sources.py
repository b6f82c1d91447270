"""What the PDF renderer may read: our stylesheet, our fonts, this document's charts.

Nothing else exists for it. There is no network and no file system behind these addresses,
and asking for anything unknown stops the rendering instead of leaving a hole in the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.pdf.characters import face, font_files, printable

BASE: Final = "jbn-document:///"
FAMILY: Final = "JBN Document"
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


def _family(part: str) -> str:
    """The family name of one part of the font (latin, latin-ext, math).

    Each part has a name of its own: WeasyPrint tells font files apart by family, weight and
    style alone, and would draw the letters of one part with the shapes of another.
    """
    return FAMILY if part == "latin" else f"{FAMILY} {part}"


@cache
def families() -> tuple[str, ...]:
    """The family names to try in turn for each character."""
    parts = {face(path)["part"] for path in font_files()}
    return tuple(_family(part) for part in sorted(parts, key=lambda part: (part != "latin", part)))


def stylesheet() -> str:
    """Our stylesheet, with an @font-face rule for each vendored font file."""
    rules = [
        f'@font-face {{ font-family: "{_family(one["part"])}"; font-weight: {one["weight"]}; '
        f'font-style: {one["style"]}; src: url("{BASE}fonts/{one.string}"); }}'
        for one in map(face, font_files())
    ]
    css = (Path(settings.BASE_DIR) / "static" / "css" / "pdf.css").read_text(encoding="utf-8")
    named = ", ".join(f'"{family}"' for family in families())
    return "\n".join([*rules, css.replace(f'"{FAMILY}"', named)])


def fonts() -> dict[str, tuple[bytes, str]]:
    """The fonts by address, as ``OwnFiles`` wants them."""
    return {f"{BASE}fonts/{path.name}": (path.read_bytes(), "font/ttf") for path in font_files()}


@lru_cache(maxsize=128)
def svg_in_our_font(svg: str) -> bytes:
    """A chart's SVG that asks for the document's own font and holds printable text alone."""
    named = ", ".join(f"'{family}'" for family in families())
    own = _SVG_FAMILY.sub(rf'\1"{named}"', printable(svg))
    return _STYLE_FAMILY.sub(rf"\1 {named}", own).encode("utf-8")
