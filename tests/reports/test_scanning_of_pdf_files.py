"""A PDF is cleaned where that is safe, and refused where it is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from jbn_oversight.files.actions import scan, scanned, told
from jbn_oversight.refusals import RefusedError
from tests.factories.files import add_page, page_of_text, saved

A_BSN = "111222333"
SECRET = "Geheimpje"


def annotation(pdf: Pdf, kind: str, **more: Any) -> None:
    page = pdf.pages[0]
    one = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name(f"/{kind}"),
            Rect=Array([72, 690, 300, 712]),
            Contents=String(SECRET),
            **more,
        )
    )
    page.obj.Annots = Array([*page.obj.get("/Annots", []), one])


def all_bytes(data: bytes) -> bytes:
    """The file with every stream unpacked: whatever is in it can be found."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(
            pdf,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


def metadata(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = SECRET
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = [SECRET]


def attached(pdf: Pdf) -> None:
    pdf.attachments["x.txt"] = SECRET.encode()


def script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))


def named_script(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String(SECRET))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))


def local_link(pdf: Pdf) -> None:
    annotation(pdf, "Link", A=Dictionary(S=Name.GoToR, F=String(f"C:\\{SECRET}.pdf")))
    del pdf.pages[0].obj.Annots[0]["/Contents"]


def filled_form(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    annotation(pdf, "Widget", FT=Name.Tx, T=String("naam"), V=String("Ingevuld"), F=4)
    field = pdf.pages[0].obj.Annots[0]
    del field["/Contents"]
    field["/DA"] = String("/Helv 10 Tf 0 g")
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), DR=Dictionary(Font=Dictionary(Helv=font)), DA=String("/Helv 10 Tf")
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (metadata, "metadata"),
        (lambda pdf: annotation(pdf, "Text"), "comments"),
        (lambda pdf: annotation(pdf, "Highlight", C=Array([1, 1, 0])), "comments"),
        (lambda pdf: annotation(pdf, "Highlight", C=Array([0, 0, 1, 0.1])), "comments"),
        (lambda pdf: annotation(pdf, "FileAttachment"), "files"),
        (attached, "files"),
        (script, "scripts"),
        (named_script, "scripts"),
        (local_link, "actions"),
    ],
)
def test_what_no_page_shows_is_taken_out_and_told(change: Callable[[Pdf], None], code: str) -> None:
    data = page_of_text("Rapport", change=change)
    assert SECRET.encode() in all_bytes(data)
    found = scan(data)
    assert code in found.codes
    assert told(found.codes)
    assert SECRET.encode() not in all_bytes(found.data)


def test_a_field_that_was_filled_in_becomes_text_of_the_page() -> None:
    found = scan(page_of_text("Formulier", change=filled_form))
    assert "form" in found.codes
    with pikepdf.open(io.BytesIO(found.data)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not len(pdf.pages[0].obj.get("/Annots", []))
    assert b"Ingevuld" in all_bytes(found.data)


def test_an_ordinary_link_stays() -> None:
    def link(pdf: Pdf) -> None:
        annotation(
            pdf, "Link", A=Dictionary(S=Name.URI, URI=String("https://www.drenthe.example/"))
        )

    found = scan(page_of_text("Zie de site", change=link))
    assert b"www.drenthe.example" in all_bytes(found.data)


def test_an_earlier_revision_is_gone() -> None:
    data = page_of_text(f"Oud {SECRET}")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        key = pdf.pages[0].obj.Contents.objgen[0]
    start = len(data)
    stream = b"BT /F1 12 Tf 72 700 Td (Nieuw) Tj ET"
    update = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        key,
        len(stream),
        stream,
    )
    root = data[data.index(b"/Root") :].split(b"/Root ")[1].split(b" R")[0]
    last = data[data.rindex(b"startxref") :].split()[1]
    table = start + len(update)
    update += b"xref\n%d 1\n%010d 00000 n \ntrailer << /Size 10 /Root %s R /Prev %s >>\n" % (
        key,
        start,
        root,
        last,
    )
    both = data + update + b"startxref\n%d\n%%%%EOF\n" % table
    assert SECRET.encode() in all_bytes(data)
    found = scan(both)
    assert "revisions" in found.codes
    assert b"Nieuw" in all_bytes(found.data)
    assert SECRET.encode() not in all_bytes(found.data)


def launch(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def launch_after(pdf: Pdf) -> None:
    then = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    annotation(pdf, "Link", A=Dictionary(S=Name.URI, URI=String("https://a.example"), Next=then))


def hidden_layer(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("concept")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def dynamic(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=String("<xdp/>"))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (launch, "programma"),
        (launch_after, "programma"),
        (hidden_layer, "lagen"),
        (dynamic, "formulier"),
        (lambda pdf: setattr(pdf.Root, "Collection", Dictionary()), "map"),
        (lambda pdf: annotation(pdf, "Redact"), "zwart"),
        (lambda pdf: annotation(pdf, "Square", IC=Array([0, 0, 0])), "getekend"),
        (lambda pdf: annotation(pdf, "FreeText"), "getekend"),
        (lambda pdf: annotation(pdf, "Highlight", C=Array([0, 0, 0])), "getekend"),
        (lambda pdf: annotation(pdf, "Highlight", C=Array([0, 0, 0, 1])), "getekend"),
        (lambda pdf: annotation(pdf, "Highlight", C=Array([0.9, 0.9, 0.9, 0])), "getekend"),
        (lambda pdf: annotation(pdf, "Highlight", C=Array([0, 0, 0, 0.7])), "getekend"),
    ],
)
def test_what_could_uncover_or_harm_is_refused(change: Callable[[Pdf], None], word: str) -> None:
    with pytest.raises(RefusedError, match=word):
        scan(page_of_text("Rapport", change=change))


@pytest.mark.parametrize(
    "extra",
    [
        f"BT 3 Tr /F1 12 Tf 72 500 Td ({SECRET}) Tj ET".encode(),
        f"1 g BT /F1 12 Tf 72 500 Td ({SECRET}) Tj ET".encode(),
        f"BT /F1 12 Tf 72 500 Td ({SECRET}) Tj ET 0 g 60 490 200 30 re f".encode(),
        f"BT /F1 12 Tf 72 -50 Td ({SECRET}) Tj ET".encode(),
    ],
    ids=["invisible", "white on white", "under a black box", "beside the page"],
)
def test_text_that_nobody_can_see_is_refused(extra: bytes) -> None:
    with pytest.raises(RefusedError, match="Pagina 1") as refused:
        scan(page_of_text("Rapport", extra=extra))
    assert SECRET not in str(refused.value)


def test_white_text_in_a_coloured_box_is_ordinary() -> None:
    box = b"0 0 0.5 rg 60 490 300 30 re f 1 g BT /F1 12 Tf 72 500 Td (Samenvatting) Tj ET"
    assert scan(page_of_text("Rapport", extra=box)).codes == ()


def test_a_number_of_a_person_is_refused_by_page_and_count_alone() -> None:
    pdf = pikepdf.new()
    add_page(pdf, ("Eerste bladzijde",))
    add_page(pdf, (f"Kind {A_BSN}", f"En {A_BSN}"))
    with pytest.raises(RefusedError) as refused:
        scan(saved(pdf))
    words = str(refused.value)
    assert "Pagina 2" in words
    assert "2" in words.split(".", 1)[1]
    assert A_BSN not in words


def test_a_number_in_a_bookmark_is_found_too() -> None:
    def bookmark(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"Kind {A_BSN}", 0))

    with pytest.raises(RefusedError, match="BSN"):
        scan(page_of_text("Rapport", change=bookmark))


def test_a_password_is_refused() -> None:
    with pikepdf.open(io.BytesIO(page_of_text("Rapport"))) as pdf:
        for user in ("geheim", ""):
            locked = saved_with(pdf, pikepdf.Encryption(owner="eigenaar", user=user))
            with pytest.raises(RefusedError, match="wachtwoord"):
                scan(locked)


def saved_with(pdf: Pdf, encryption: pikepdf.Encryption) -> bytes:
    out = io.BytesIO()
    pdf.save(out, encryption=encryption)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7 rommel", b"%PDF-" + bytes(500)])
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError, match="kapot"):
        scan(data)


def test_too_many_pages_and_too_large_a_page_are_refused() -> None:
    many = pikepdf.new()
    for _ in range(401):
        many.add_blank_page()
    large = pikepdf.new()
    large.add_blank_page(page_size=(14_000, 14_000))
    for pdf in (many, large):
        with pytest.raises(RefusedError, match="te groot"):
            scan(saved(pdf))


def test_a_file_must_be_what_it_says() -> None:
    with pytest.raises(RefusedError):
        scanned(page_of_text("Rapport"), "image/png")
    assert scanned(page_of_text("Rapport"), "application/pdf").startswith(b"%PDF-")


def test_the_same_file_gives_the_same_bytes_and_cleaning_twice_changes_nothing() -> None:
    data = page_of_text("Rapport", change=metadata)
    once, again = scan(data), scan(data)
    assert once.data == again.data
    assert scan(once.data).data == once.data
    assert scan(once.data).codes == ()
