"""A screen reader meets what it needs in the order in which it was written, for each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pytest

from reports.pdf.tree import Element, Page, read
from tests.factories.pdfs import opened

HEADINGS = tuple(f"/H{level}" for level in range(1, 7))


def _letters(pdf: pikepdf.Pdf) -> dict[str, dict[str, str]]:
    """Per font of the file what each of its codes stands for."""
    fonts = pdf.pages[0].obj.Resources.Font
    return {
        name: {
            code.decode(): bytes.fromhex(character.decode()).decode("utf-16-be")
            for code, character in re.findall(
                rb"<([0-9a-f]{4})> <([0-9a-f]+)>", fonts[name].ToUnicode.read_bytes()
            )
        }
        for name in fonts.keys()  # noqa: SIM118 - not a dict
    }


def _pieces(pdf: pikepdf.Pdf) -> dict[tuple[Page | None, int], str]:
    """The text of each numbered piece of content, by page and number."""
    letters = _letters(pdf)
    pieces: dict[tuple[Page | None, int], str] = {}
    for page in pdf.pages:
        number, font = None, ""
        for step in pikepdf.parse_content_stream(page):
            operator, operands = str(step.operator), list(step.operands)
            if operator == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                number = int(operands[1].get("/MCID", -1))
                pieces.setdefault((page.obj.objgen, number), "")
            elif operator == "EMC":
                number = None
            elif operator == "Tf":
                font = str(operands[0])
            elif operator in ("Tj", "TJ") and number is not None:
                shown = operands[0] if operator == "TJ" else [operands[0]]
                codes = b"".join(bytes(one) for one in shown if isinstance(one, pikepdf.String))
                text = "".join(letters[font].get(code, "") for code in _by_two(codes))
                pieces[page.obj.objgen, number] += text
    return pieces


def _by_two(codes: bytes) -> Iterator[str]:
    for start in range(0, len(codes), 2):
        yield codes[start : start + 2].hex()


def told(name: str, *kinds: str) -> list[tuple[str, str]]:
    """Kind and text of the elements of those kinds, as a screen reader meets them."""
    with opened(name) as pdf:
        pieces = _pieces(pdf)

        def text(element: Element) -> str:
            own = [
                text(kid) if isinstance(kid, Element) else pieces.get((element.page, kid), "")
                for kid in element.kids
                if isinstance(kid, Element | int)
            ]
            return "".join(own)

        root = read(pdf.Root.StructTreeRoot)
        return [(one.kind, text(one).strip()) for one in root.of_kind(*kinds)]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        (
            "oplegger with charts",
            ["Inleiding", "Wat er speelt", "Cijfers in de regio", "Ontwikkeling"],
        ),
        ("letter with pictures", ["Inleiding", "Beelden", "Foto's", "Alle cijfers"]),
        ("answer to questions", ["Inleiding", "Vragen"]),
    ],
)
def test_headings_come_in_the_order_of_the_text(name: str, headings: list[str]) -> None:
    found = told(name, *HEADINGS)
    assert found[0][0] == "/H1"
    assert [text for kind, text in found if kind == "/H2"][: len(headings)] == headings
    levels = [int(kind[2]) for kind, _ in found]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_questions_are_headings_below_their_section() -> None:
    found = told("answer to questions", "/H3", "/BlockQuote")
    assert [text for kind, text in found if kind == "/H3"][:3] == ["Vraag 1", "Vraag 2", "Vraag 3"]
    assert found.count(("/BlockQuote", "Hoe staat het er voor?")) == 3


def test_text_table_chart_and_picture_come_where_they_stand() -> None:
    found = told("parts", "/H2", "/P", "/Table", "/Figure")
    marks = {
        "In september was het 58,3% (70 van 120": "/P",
        "Tabel 1. KPI's in september 2025": "/Table",
        "Daarna tekst.": "/P",
        "Beelden": "/H2",
        "Grafiek 1. Eerste contact": "/P",
        "De regio op de kaart.": "/P",
        "Slot.": "/P",
        "Tabel 2. Eerste contact": "/Table",
    }
    places = [
        next(i for i, (kind, text) in enumerate(found) if kind == marks[mark] and mark in text)
        for mark in marks
    ]
    assert places == sorted(places)


def test_a_reader_hears_the_kind_and_the_sender_before_the_title() -> None:
    for name, kind in (
        ("oplegger with charts", "Oplegger"),
        ("letter with pictures", "Raadsinformatiebrief"),
        ("answer to questions", "Beantwoording raadsvragen"),
    ):
        found = told(name, "/P", "/H1")
        assert [text for _, text in found[:2]] == ["Regio Drenthe", kind]
        assert found[2][0] == "/H1"


@pytest.mark.parametrize("name", ["letter with pictures", "parts, English"])
def test_a_table_over_pages_is_heard_once_with_its_heads_once(name: str) -> None:
    captions = [text for _, text in told(name, "/Caption")]
    assert len(captions) == len(set(captions))
    heads = [text for _, text in told(name, "/THead")]
    assert len(heads) == len(captions) - 1, "the key facts alone have no head"


def test_a_table_with_forty_rows_in_the_text_is_one_over_three_pages() -> None:
    with opened("letter with pictures") as pdf:
        tables = read(pdf.Root.StructTreeRoot).of_kind("/Table")
        long = max(tables, key=lambda table: len(table.of_kind("/TR")))
        assert len(long.of_kind("/TR")) == 41
        assert len({row.page for row in long.of_kind("/TR")}) >= 3


@pytest.mark.parametrize(("name", "language"), [("parts", "nl"), ("parts, English", "en")])
def test_the_whole_file_is_in_one_language_and_says_which(name: str, language: str) -> None:
    with opened(name) as pdf:
        assert str(pdf.Root.Lang) == language
        own = {
            str(one.obj.Lang) for one in read(pdf.Root.StructTreeRoot).walk() if "/Lang" in one.obj
        }
        assert own <= {language}


def test_attached_files_say_what_they_are() -> None:
    with opened("answer to questions") as pdf:
        files = {
            str(one.UF): (str(one.EF.F.Subtype), str(one.AFRelationship), str(one.Desc))
            for one in pdf.Root.AF
        }
    assert files == {
        "Brief.pdf": ("/application/pdf", "/Supplement", "De brief"),
        "Tabel.csv": ("/text/csv", "/Data", "Een tabel"),
    }
