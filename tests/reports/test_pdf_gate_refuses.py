"""The gate can fail: each test takes a good PDF and breaks one thing."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from reports.pdf import gate
from reports.pdf.render import lay_out
from tests.factories.pdfs import DOCUMENTS, opened, printed, saved


def draw(pdf: Pdf, operators: bytes) -> None:
    """Add text to the first page, marked as no content so that the standards do not mind."""
    content = pdf.pages[0].obj.Contents
    font = next(iter(pdf.pages[0].obj.Resources.Font.keys()))
    text = content.read_bytes()
    letters = text[text.index(b"[<") + 1 : text.index(b">", text.index(b"[<")) + 1]
    shown = operators.replace(b"FONT", font.encode()).replace(b"LETTERS", letters)
    content.write(b"/Artifact BMC q " + shown + b" Q EMC\n" + text)


def tampered(change: Callable[[Pdf], None]) -> list[str]:
    with opened("small") as pdf:
        change(pdf)
        return gate.check(saved(pdf), attachments=printed("small").attachments)


def with_a_picture_over_text(pdf: Pdf) -> None:
    square = Stream(pdf, b"\xff")
    square.Type, square.Subtype, square.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    square.Width = square.Height = 1
    square.BitsPerComponent = 8
    page = pdf.pages[0].obj
    page.Resources.XObject["/Cover"] = pdf.make_indirect(square)
    content = page.Contents.read_bytes()
    covered = b"q " + content + b" Q /Artifact BMC q 500 0 0 300 60 400 cm /Cover Do Q EMC\n"
    page.Contents.write(covered)


def without_headers(pdf: Pdf) -> None:
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get("/S") in (Name.TH, Name.TD):
            found.A = Dictionary(O=Name.Table)


def without_alt(pdf: Pdf) -> None:
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get("/S") == Name.Figure:
            del found["/Alt"]


def with_comment(pdf: Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[10, 10, 20, 20], Contents=String("nee"), F=4
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def with_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def with_another_file(pdf: Pdf) -> None:
    pdf.attachments["extra.txt"] = b"niet genoemd"


def with_a_stowaway(pdf: Pdf) -> None:
    stream = Stream(pdf, b"verborgen")
    stream.Type = Name.EmbeddedFile
    pdf.Root.Extra = pdf.make_indirect(stream)


def with_author(pdf: Pdf) -> None:
    pdf.trailer.Info.Author = String("een schrijver")


def with_path(pdf: Pdf) -> None:
    pdf.trailer.Info.Subject = String("gemaakt van /home/iemand/geheim/oplegger.docx")


def with_layers(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary())


BREAKS: list[tuple[Callable[[Pdf], None], str]] = [
    (without_headers, "PDF/UA-1"),
    (without_alt, "PDF/UA-1"),
    (with_comment, "comment"),
    (with_script, "OpenAction"),
    (with_another_file, "not those listed"),
    (with_a_stowaway, "a file that is not listed"),
    (with_author, "names an author"),
    (with_path, "holds a path"),
    (with_layers, "OCProperties"),
    (with_a_picture_over_text, "below a picture"),
    (lambda pdf: draw(pdf, b"BT 3 Tr FONT 10 Tf 100 100 Td LETTERS Tj ET"), "without ink"),
    (lambda pdf: draw(pdf, b"BT 1 1 1 rg FONT 10 Tf 100 100 Td LETTERS Tj ET"), "white text"),
    (lambda pdf: draw(pdf, b"BT 0 g FONT 1 Tf 100 100 Td LETTERS Tj ET"), "too small"),
    (lambda pdf: draw(pdf, b"BT 0 g FONT 10 Tf -900 100 Td LETTERS Tj ET"), "outside the page"),
]


@pytest.mark.parametrize(("change", "expected"), BREAKS)
def test_one_broken_thing_is_found(change: Callable[[Pdf], None], expected: str) -> None:
    problems = tampered(change)
    assert any(expected in problem for problem in problems), problems


def test_saving_again_without_a_change_still_passes() -> None:
    assert tampered(lambda _: None) == []


def test_what_the_renderer_makes_without_our_repairs_does_not_pass() -> None:
    problems = gate.check(lay_out(DOCUMENTS["small"]()).data)
    assert any(problem.startswith("PDF/UA-1") for problem in problems)


def test_an_earlier_revision_is_found() -> None:
    data = printed("short").data
    changed = b"\nxref\n0 0\ntrailer\n<< /Size 1 /Prev 9 >>\nstartxref\n0\n%%EOF\n"
    problems = gate.check(data + changed)
    assert {"the file holds an earlier revision", "the file cannot be read"} & set(problems)


def test_text_after_the_end_of_the_file_is_found() -> None:
    assert "something stands after the end of the file" in gate.check(
        printed("short").data + b"een eerdere zin"
    )


def test_objects_left_behind_are_found() -> None:
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        plain = io.BytesIO()
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    body, _, rest = plain.getvalue().rpartition(b"xref\n0 ")
    left = body + b"9 0 obj\n(een eerdere zin)\nendobj\n"
    with pikepdf.open(io.BytesIO(left + b"trailer" + rest.partition(b"trailer")[2])) as pdf:
        assert gate._unreached(pdf) == 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"geen pdf", b"\0" * 100])
def test_what_is_no_pdf_does_not_pass(data: bytes) -> None:
    assert gate.check(data)


@pytest.mark.parametrize(
    "path",
    ["/home/x/oplegger.docx", "C:\\Users\\x", "\\\\server\\map", "file:///tmp/x", "/tmp/a.html"],
)
def test_a_path_in_the_description_is_known_for_one(path: str) -> None:
    assert gate._PATH.search(f"gemaakt van {path} gisteren")


@pytest.mark.parametrize(
    "text", ["wethouder en/of raad", "Profile: 3", "https://example.org/data/x", "1/2/3", "24/7 /7"]
)
def test_an_ordinary_subject_is_not_taken_for_a_path(text: str) -> None:
    assert not gate._PATH.search(text)


def test_a_problem_quotes_nothing_of_the_document() -> None:
    assert not any("geheim" in problem for problem in tampered(with_path))
