"""Pictures: drawn again from their pixels, so that nothing else of the file is left."""

from __future__ import annotations

import io
from typing import Final, Literal

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from jbn_oversight.files.scan.findings import (
    AcceptedFile,
    Note,
    RefusalReason,
    RefusedFile,
    Removed,
)

MOST_PIXELS: Final = 40_000_000
Kind = Literal["PNG", "JPEG"]


def clean(data: bytes, kind: Kind) -> AcceptedFile:
    """The same picture without place, camera, author, thumbnail or what follows its end."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # another library may have asked for patience
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as opened:
            if opened.width * opened.height > MOST_PIXELS or getattr(opened, "n_frames", 1) > 1:
                raise RefusedFile(RefusalReason.TOO_MUCH)
            opened.load()
            has_more = bool(set(opened.info) - {"dpi", "jfif", "jfif_version", "jfif_unit"})
            upright = ImageOps.exif_transpose(opened)
    except RefusedFile:
        raise
    except (Image.DecompressionBombError, MemoryError) as error:
        raise RefusedFile(RefusalReason.TOO_MUCH) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise RefusedFile(RefusalReason.BROKEN) from error
    return AcceptedFile(
        _drawn(upright, kind), {Removed.METADATA} if has_more else set(), {Note.PICTURES}
    )


def _drawn(picture: Image.Image, kind: Kind) -> bytes:
    if kind == "JPEG" and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        bare = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
        bare.info.clear()
    else:
        bare.paste(picture)
    out = io.BytesIO()
    if kind == "JPEG":
        bare.save(out, "JPEG", quality=92, optimize=True)
    else:
        bare.save(out, "PNG", optimize=False)
    return out.getvalue()
