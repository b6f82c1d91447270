"""Files to attach, made here: with one thing in them that should or should not be there."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Dictionary, Name, Pdf

Change = Callable[[Pdf], object]


def page_of_text(
    *lines: str, font: str = "F1", change: Change | None = None, extra: bytes = b""
) -> bytes:
    """A PDF of one page with these lines; ``font`` names its font and stays readable in it."""
    pdf = pikepdf.new()
    add_page(pdf, lines, font=font, extra=extra)
    if change is not None:
        change(pdf)
    return saved(pdf)


def add_page(
    pdf: Pdf, lines: tuple[str, ...], *, font: str = "F1", extra: bytes = b"", before: bytes = b""
) -> None:
    """One more page; ``extra`` is drawn after the text and ``before`` before it."""
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[-1]
    fonts = Dictionary(
        {f"/{font}": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)}
    )
    page.obj.Resources = Dictionary(Font=fonts)
    drawn = b"".join(
        f"BT /{font} 12 Tf 72 {700 - 20 * n} Td ({line}) Tj ET\n".encode("latin-1")
        for n, line in enumerate(lines)
    )
    page.obj.Contents = pdf.make_stream(before + drawn + extra)


def saved(pdf: Pdf, **how: object) -> bytes:
    """Its bytes, the same each time."""
    out = io.BytesIO()
    pdf.save(out, **{"deterministic_id": True, **how})  # type: ignore[arg-type]
    return out.getvalue()
