"""Pictures made fit for paper: upright, without what a camera wrote into them, not too large.

An archive wants one colour space and no transparency; a reader wants neither the place where
a photograph was taken nor who took it.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

from PIL import Image, ImageOps

MOST_PIXELS: Final = 40_000_000
"""More than any camera of a briefing; a small file can unfold into much more."""
WIDEST: Final = 1400
"""Pixels: the width of the text, 160 mm, at 220 to the inch."""
QUALITY: Final = 88


class PictureError(Exception):
    """The picture cannot be read, or is far too large."""


@lru_cache(maxsize=32)
def fit_for_paper(data: bytes, mime: str) -> bytes:
    """The picture in grey or RGB, at most so wide, as the kind of file that it was.

    The same picture gives the same bytes, and is worked on once per process. Raises
    ``PictureError``.
    """
    kind = "JPEG" if mime == "image/jpeg" else "PNG"
    try:
        with Image.open(io.BytesIO(data), formats=(kind,)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureError("a picture has too many pixels")
            upright = ImageOps.exif_transpose(opened)
            flat = _flat(upright)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as unreadable:
        raise PictureError("a picture cannot be read") from unreadable
    flat.thumbnail((WIDEST, WIDEST * 2), Image.Resampling.LANCZOS)
    flat.info = {}
    out = io.BytesIO()
    if kind == "JPEG":
        flat.save(out, kind, quality=QUALITY)
    else:
        flat.save(out, kind)
    return out.getvalue()


def _flat(image: Image.Image) -> Image.Image:
    """The image in grey or RGB, on white where one could look through it."""
    if image.mode in {"L", "RGB"} and "transparency" not in image.info:
        return image.copy()
    if image.mode in {"1", "I", "I;16", "F"}:
        return image.convert("L")
    if image.has_transparency_data:
        through = image.convert("RGBA")
        flat = Image.new("RGB", through.size, "white")
        flat.paste(through, mask=through.getchannel("A"))
        return flat
    return image.convert("RGB")
