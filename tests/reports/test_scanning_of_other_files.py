"""Pictures are drawn again, CSV is searched, anything else is refused; a child process is safe."""

from __future__ import annotations

import io
import zlib

import pytest
from django.conf import LazySettings
from PIL import Image

from jbn_oversight.files.actions import MOST_BYTES, scan
from jbn_oversight.refusals import RefusedError
from tests.factories.files import page_of_text

A_BSN = "111222333"
SECRET = b"Geheimpje"


def picture(kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, kind, **more)
    return out.getvalue()


def test_the_place_where_a_photo_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    data = picture("JPEG", exif=exif.tobytes(), comment=SECRET) + SECRET
    assert data.count(SECRET) == 3
    found = scan(data)
    assert found.content_type == "image/jpeg"
    assert set(found.codes) == {"metadata", "pictures"}
    assert SECRET not in found.data
    with Image.open(io.BytesIO(found.data)) as shown:
        assert not shown.getexif()


def test_a_photo_stays_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(scan(picture("JPEG", exif=exif.tobytes())).data)) as shown:
        assert shown.size == (20, 40)


def test_the_text_chunks_of_a_png_are_gone() -> None:
    chunk = b"tEXtAuthor\0" + SECRET
    length = (len(chunk) - 4).to_bytes(4, "big")
    check = zlib.crc32(chunk).to_bytes(4, "big")
    data = picture("PNG")
    data = data[:33] + length + chunk + check + data[33:]
    assert SECRET in data
    assert SECRET not in scan(data).data


def test_a_picture_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    assert len(out.getvalue()) < MOST_BYTES
    with pytest.raises(RefusedError, match="te groot"):
        scan(out.getvalue())


def test_a_broken_picture_is_refused() -> None:
    with pytest.raises(RefusedError, match="kapot"):
        scan(picture("PNG")[:60])


def test_a_csv_is_kept_as_it_is() -> None:
    data = b"maand;aantal\n2025-09;-12,5\n"
    assert scan(data).data == data
    assert scan(b"\xef\xbb\xbf" + data).data == data


def test_a_number_of_a_person_in_a_csv_is_told_by_line() -> None:
    with pytest.raises(RefusedError, match="Regel 3") as refused:
        scan(f"naam;nummer\na;1\nb;{A_BSN}\n".encode())
    assert A_BSN not in str(refused.value)


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd", "-1+cmd|x", "\t=1"])
def test_a_formula_in_a_csv_is_refused(cell: str) -> None:
    with pytest.raises(RefusedError, match="Regel 2"):
        scan(f'a;b\n1;"{cell}"\n'.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 een docx",
        b"\xd0\xcf\x11\xe0 een doc",
        b"<html><script>",
        b"GIF89a",
        b"\x7fELF",
        "é".encode("latin-1"),
    ],
)
def test_any_other_file_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError, match="PDF"):
        scan(data)


def test_a_file_over_ten_megabytes_is_refused_unopened() -> None:
    with pytest.raises(RefusedError, match="10 MB"):
        scan(b"%PDF-" + bytes(MOST_BYTES))


def test_the_process_of_its_own_says_the_same(settings: LazySettings) -> None:
    here = scan(page_of_text("Rapport"))
    settings.SCAN_IN_A_CHILD = True
    assert scan(page_of_text("Rapport")) == here
    with pytest.raises(RefusedError, match="Pagina 1"):
        scan(page_of_text(f"Kind {A_BSN}"))


def test_a_file_that_brings_the_process_down_is_refused(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SCAN_IN_A_CHILD = True
    monkeypatch.setattr("jbn_oversight.files.actions.SECONDS", 0.01)
    with pytest.raises(RefusedError, match="te groot"):
        scan(page_of_text("Rapport"))


def test_a_photo_for_print_becomes_one_for_screens() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (40, 20), (90, 10, 10, 0)).save(out, "JPEG")
    with Image.open(io.BytesIO(scan(out.getvalue()).data)) as shown:
        assert shown.mode == "RGB"


def test_text_with_a_nul_in_it_is_no_table() -> None:
    with pytest.raises(RefusedError):
        scan(b"gemeente;aantal\nAssen;3\0\nEmmen;4\n")
