"""How a PDF is written: one revision, an identifier made of its content, packed tightly.

A compressed stream that ends in a carriage return is taken for one byte shorter by strict
readers, since an end of line follows it.
"""

from __future__ import annotations

import io
import zlib
from typing import Final

import pikepdf
from pikepdf import Array, Name, Object, Pdf, Stream

LEVEL: Final = 6


def _packed(plain: bytes, *, content: bool) -> tuple[bytes, int]:
    """The compressed bytes, and how often they were compressed.

    A page's ``content`` gets another line end where its end is unlucky, since the writer may
    undo a double compression of it; anything else is compressed twice.
    """
    data, times = zlib.compress(plain, level=LEVEL), 1
    while data.endswith(b"\r"):
        if content:
            plain += b"\n"
            data = zlib.compress(plain, level=LEVEL)
        else:
            data, times = zlib.compress(data, level=LEVEL), times + 1
    return data, times


def put(stream: Object, plain: bytes, *, content: bool = False) -> None:
    """Fill a stream with these bytes, compressed."""
    data, times = _packed(plain, content=content)
    stream.write(data, filter=Array([Name.FlateDecode] * times))


def compress(pdf: Pdf) -> None:
    """Compress every stream that is not compressed yet, but for XMP."""
    pages = {page.obj.Contents.objgen for page in pdf.pages}
    for found in pdf.objects:
        if not isinstance(found, Stream) or "/Filter" in found:
            continue
        if found.get("/Type") != Name.Metadata:
            put(found, found.read_raw_bytes(), content=found.objgen in pages)


def written(pdf: Pdf) -> bytes:
    """The file's bytes. Call ``compress`` first, or nothing but the writer's own is packed.

    The writer compresses its own streams of objects; where one of them ends badly, it is told
    to keep its hands off and the file is larger.
    """
    data = b""
    for compressing in (True, False):
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=compressing,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
        data = out.getvalue()
        if b"\r\nendstream" not in data:
            break
    return data
