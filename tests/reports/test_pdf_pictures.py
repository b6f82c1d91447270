"""Pictures on paper: words for who cannot see them, and nothing that a camera wrote."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from typing import Literal

import pikepdf
import pytest
from PIL import Image

from reports.documents.rules import DocumentSection, Picture
from reports.pdf import gate, pictures
from reports.pdf.pictures import PictureError, fit_for_paper
from reports.pdf.render import RenderError, render
from reports.pdf.tree import read
from tests.factories.documents import short_document
from tests.factories.pdfs import drawing, opened, photograph, printed, raster


def with_picture(data: bytes, mime: Literal["image/png", "image/jpeg"]) -> bytes:
    picture = Picture("beeld", data, mime, "Een beeld")
    return render(replace(short_document(), sections=(DocumentSection("Beeld", (picture,)),))).data


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_kind_passes_the_gate(mode: str) -> None:
    image = Image.open(io.BytesIO(raster("PNG", "L", (60, 40)))).convert(mode)
    out = io.BytesIO()
    image.save(out, "PNG")
    assert gate.check(with_picture(out.getvalue(), "image/png")) == []


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_of_any_kind_passes_the_gate(mode: str) -> None:
    assert gate.check(with_picture(raster("JPEG", mode, (60, 40)), "image/jpeg")) == []


def test_each_picture_has_its_words_and_its_place_on_the_page() -> None:
    with opened("letter with pictures") as pdf:
        figures = read(pdf.Root.StructTreeRoot).of_kind("/Figure")
        words = [str(figure.obj.Alt) for figure in figures]
        for figure in figures:
            left, bottom, right, top = (float(side) for side in figure.obj.A.BBox)
            assert 70 < left < right < 526
            assert 60 < bottom < top < 780
    assert words[0].startswith("Lijngrafiek")
    assert words[1:] == ["Kaart van de regio", photograph().alt, drawing().alt, photograph().alt]


def test_nothing_of_the_camera_is_in_the_file() -> None:
    with opened("letter with pictures") as pdf:
        streams = [found for found in pdf.objects if isinstance(found, pikepdf.Stream)]
        for stream in streams:
            for words in (b"een fotograaf", b"geheim", b"Exif"):
                assert words not in stream.read_raw_bytes()


def test_a_picture_that_lies_on_its_side_is_put_upright() -> None:
    with Image.open(io.BytesIO(fit_for_paper(photograph().data, "image/jpeg"))) as image:
        assert image.height > image.width


def test_what_one_can_look_through_stands_on_white() -> None:
    clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    out = io.BytesIO()
    clear.save(out, "PNG")
    with Image.open(io.BytesIO(fit_for_paper(out.getvalue(), "image/png"))) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_very_large_picture_becomes_as_wide_as_paper_needs() -> None:
    wide = raster("PNG", "RGB", (4000, 1000))
    with Image.open(io.BytesIO(fit_for_paper(wide, "image/png"))) as image:
        assert image.size == (pictures.WIDEST, 350)


def test_equal_pictures_are_worked_on_once() -> None:
    picture = raster("PNG", "RGB", (70, 50))
    before = fit_for_paper.cache_info().hits
    assert fit_for_paper(picture, "image/png") is fit_for_paper(picture, "image/png")
    assert fit_for_paper.cache_info().hits > before


def bomb() -> bytes:
    """A small file that says it is very large."""
    whole = bytearray(raster("PNG", "L", (8, 8)))
    whole[16:24] = (60_000).to_bytes(4, "big") * 2
    whole[29:33] = zlib.crc32(bytes(whole[12:29])).to_bytes(4, "big")
    return bytes(whole)


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (b"", "image/png"),
        (b"geen beeld", "image/jpeg"),
        (raster("JPEG", size=(8, 8)), "image/png"),
        (bomb(), "image/png"),
    ],
)
def test_what_is_no_picture_stops_the_rendering(
    data: bytes, mime: Literal["image/png", "image/jpeg"]
) -> None:
    with pytest.raises(PictureError):
        fit_for_paper(data, mime)
    with pytest.raises(RenderError):
        with_picture(data, mime)


def test_the_same_pictures_give_the_same_bytes() -> None:
    from tests.factories.pdfs import letter_with_pictures

    fit_for_paper.cache_clear()
    assert render(letter_with_pictures()).data == printed("letter with pictures").data
