"""A personal copy carries its reader's mark on every page and is otherwise the same file."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from random import Random

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.pdf import codes, gate
from reports.pdf.personal import (
    MILLIMETRE,
    CopyMark,
    code_of,
    is_code,
    new_code,
    normalised,
    personal_copy,
)
from reports.pdf.render import render
from reports.pdf.tree import read
from tests.factories.documents import PARAGRAPH, short_document
from tests.factories.pdfs import DOCUMENTS, printed, saved

MARK = CopyMark(
    name="Ñandú Żółć-van der Meer",
    organisation="Gemeenteraad Assen",
    at=datetime(2026, 3, 27, 8, 59, tzinfo=UTC),
    copy_number=12,
    code="7KFA9XW3",
    language="nl",
)


@cache
def marked(name: str) -> bytes:
    return personal_copy(printed(name).data, mark=MARK)


def texts(data: bytes, *options: str) -> list[str]:
    done = subprocess.run(
        ["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]


def words(data: bytes) -> list[list[tuple[float, float, float, float, str]]]:
    """Per page the words with the sides of their boxes in points: left, top, right, bottom."""
    import re

    done = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True
    )
    word = re.compile(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    )
    return [
        [(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in word.findall(page)]
        for page in done.stdout.decode().split("<page ")[1:]
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_marked_copy_passes_the_same_gate(name: str) -> None:
    assert gate.check(marked(name), attachments=printed(name).attachments) == []


@pytest.mark.parametrize("name", ["short", "long", "odd"])
def test_every_page_tells_name_council_time_and_number_once(name: str) -> None:
    pages = texts(marked(name), "-raw")
    assert len(pages) == printed(name).pages
    for page in pages:
        for said in (
            "Ñandú Żółć-van der Meer",
            "Gemeenteraad Assen",
            "27 maart 2026, 09:59 uur",
            "Persoonlijk exemplaar 12",
        ):
            assert page.count(said) == 1


@pytest.mark.parametrize("name", ["short", "ordinary", "long"])
def test_the_code_stands_in_two_margins_of_every_page_and_never_over_text(name: str) -> None:
    for page in words(marked(name)):
        halves = [word for word in page if word[4] in ("7KFA", "9XW3")]
        assert sum(1 for left, *_ in halves if left < 25 * MILLIMETRE) == 2
        assert sum(1 for left, *_ in halves if left > 595 - 25 * MILLIMETRE) == 2
        for left, top, right, bottom, text in page:
            for other in halves:
                if text not in ("7KFA", "9XW3"):
                    apart = left >= other[2] or right <= other[0]
                    assert apart or top >= other[3] or bottom <= other[1], text


def test_the_small_print_stands_below_everything_else() -> None:
    for page in words(marked("ordinary")):
        small = [word for word in page if word[1] > 842 - 10 * MILLIMETRE]
        assert " ".join(word[4] for word in small).startswith("Persoonlijk exemplaar 12")
        others = [word for word in page if word not in small]
        assert max(word[3] for word in others) <= min(word[1] for word in small)


def test_two_lines_of_small_print_stand_clear_of_a_running_foot_of_two_lines() -> None:
    label = "Versie 12, gewijzigd na vragen van de raad en van het college van de gemeente"
    document = replace(short_document(), version_label=label, embargo_line=f"{PARAGRAPH} " * 2)
    mark = replace(MARK, name="Wij " * 30, organisation="Gemeenteraad " * 10)
    for page in words(personal_copy(render(document).data, mark=mark)):
        small = [word for word in page if word[1] > 842 - 11.5 * MILLIMETRE]
        assert {word[4] for word in small} >= {"exemplaar", "Wij", "uur", "Gemeenteraad"}
        assert not {word[4] for word in small} & {"Versie", "stand", "gemeente,", "pagina"}
        others = [word for word in page if word not in small]
        assert max(word[3] for word in others) <= min(word[1] for word in small)


def test_without_the_mark_the_text_is_what_it_was() -> None:
    said = texts(marked("ordinary"), "-raw")
    for page, before in zip(said, texts(printed("ordinary").data, "-raw"), strict=True):
        assert before.strip() in page


def test_tags_and_attachments_stay_as_they_were() -> None:
    def outline(data: bytes) -> tuple[list[tuple[str, list[int]]], dict[str, bytes]]:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            tree = [(one.kind, one.content) for one in read(pdf.Root.StructTreeRoot).walk()]
            files = {str(one.UF): one.EF.F.read_bytes() for one in pdf.Root.AF}
            return tree, files

    assert outline(marked("ordinary")) == outline(printed("ordinary").data)


def test_the_mark_is_part_of_the_page_and_no_content() -> None:
    with pikepdf.open(io.BytesIO(marked("ordinary"))) as pdf:
        for page in pdf.pages:
            content = page.obj.Contents.read_bytes()
            assert content.startswith(b"/Artifact <</Type /Pagination>> BDC")
            assert content.count(b"/PersonalCode") == 2
            assert "/Annots" not in page.obj or all(
                one.Subtype == "/Link" for one in page.obj.Annots
            )


def test_the_font_of_the_mark_names_every_letter_and_no_character_zero() -> None:
    with pikepdf.open(io.BytesIO(marked("ordinary"))) as pdf:
        for name in ("/PersonalMark", "/PersonalCode"):
            letters = pdf.pages[0].obj.Resources.Font[name].ToUnicode.read_bytes()
            assert b"<0000> <" not in letters.replace(b"<0000> <ffff>", b"")
            assert b"> <0000>" not in letters


def test_there_is_one_revision() -> None:
    assert marked("ordinary").count(b"startxref") == 1


def test_the_same_file_and_mark_give_the_same_bytes() -> None:
    assert personal_copy(printed("ordinary").data, mark=MARK) == marked("ordinary")


@pytest.mark.parametrize(
    "other",
    [
        replace(MARK, name="Iemand"),
        replace(MARK, organisation="Gemeenteraad Emmen"),
        replace(MARK, at=datetime(2026, 3, 27, 9, 0, tzinfo=UTC)),
        replace(MARK, copy_number=13),
        replace(MARK, code="7KFA9XW4"),
        replace(MARK, language="en"),
    ],
)
def test_another_mark_gives_another_file(other: CopyMark) -> None:
    assert personal_copy(printed("short").data, mark=other) != marked("short")


def not_ours() -> bytes:
    """A PDF that somebody else made."""
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page()
        return saved(pdf)


NAMES = {
    "letters of no font of ours": "漢字 \U0001f600 Иван",
    "marks that turn and hide text": "\u202eabc\u202c\u200b\x00\n\tdef",
    "accents typed apart": "Z\u0307o\u0301\u0142c\u0301",
    "signs of PDF and markup": r"(\) <<>> [] % & <b> /Name",
    "one very long word": "x" * 300,
    "many words": "van der " * 60,
    "no name": "",
}


@pytest.mark.parametrize("name", NAMES)
def test_any_name_prints_and_passes(name: str) -> None:
    for organisation in ("Gemeenteraad Assen", NAMES[name]):
        copy = personal_copy(
            printed("short").data, mark=replace(MARK, name=NAMES[name], organisation=organisation)
        )
        assert gate.check(copy) == []


def test_a_very_long_name_stays_on_the_paper_and_keeps_the_number() -> None:
    mark = replace(MARK, name="Wij " * 100, organisation="Gemeenteraad " * 20)
    for page in words(personal_copy(printed("short").data, mark=mark)):
        assert all(left >= 0 and right <= 595 for left, _, right, _, _ in page)
        said = " ".join(word[4] for word in page)
        assert "Persoonlijk exemplaar 12" in said
        assert "09:59 uur" in said


def test_letters_that_our_fonts_lack_become_a_visible_mark() -> None:
    copy = personal_copy(printed("short").data, mark=replace(MARK, name="A漢B"))
    assert "A\ufffdB" in texts(copy, "-raw")[0]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: replace(MARK, at=datetime(2026, 3, 27)),  # noqa: DTZ001
        lambda: replace(MARK, code="7KFA9XWO"),
        lambda: replace(MARK, code="7KFA9XW"),
        lambda: replace(MARK, copy_number=0),
        lambda: replace(MARK, language="de"),  # type: ignore[arg-type]
        lambda: personal_copy(marked("short"), mark=MARK),
        lambda: personal_copy(b"geen pdf", mark=MARK),
        lambda: personal_copy(not_ours(), mark=MARK),
    ],
)
def test_what_cannot_be_marked_is_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()


def test_the_code_is_read_back_from_the_file() -> None:
    assert code_of(marked("ordinary")) == "7KFA9XW3"


def test_the_code_is_found_in_a_file_that_lost_its_description() -> None:
    with pikepdf.open(io.BytesIO(marked("short"))) as pdf:
        del pdf.Root["/Metadata"]
        out = io.BytesIO()
        pdf.save(out)
        assert code_of(out.getvalue()) == "7KFA9XW3"
        del pdf.trailer["/Info"]
        out = io.BytesIO()
        pdf.save(out)
    assert code_of(out.getvalue()) == "7KFA9XW3"


@pytest.mark.parametrize("data", [b"", b"geen pdf", b"%PDF-1.7\n%%EOF"])
def test_no_pdf_has_no_code(data: bytes) -> None:
    assert code_of(data) is None


def test_an_unmarked_file_has_no_code() -> None:
    assert code_of(printed("ordinary").data) is None


def test_a_new_code_has_eight_characters_and_35_bits_or_more() -> None:
    code = new_code(Random(1))
    assert is_code(code)
    assert len(code) == 8
    assert len(codes.ALPHABET) ** 8 >= 2**35
    assert len({new_code(Random(seed)) for seed in range(1000)}) == 1000


def test_no_two_characters_of_a_code_look_alike() -> None:
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET)
    for alike in ("0ODQ", "1IL", "5S", "8B", "2Z", "6G", "UV"):
        assert len(set(alike) & set(codes.ALPHABET)) <= 1


@given(st.text(codes.ALPHABET, min_size=8, max_size=8), st.randoms(use_true_random=False))
def test_a_code_typed_by_a_human_is_that_code(code: str, chance: Random) -> None:
    alike = {"0": "0OoQD", "1": "1IlLi", "5": "5Ss", "8": "8Bb", "2": "2zZ", "6": "6gG"}
    typed = "".join(
        chance.choice(alike.get(character, character + character.lower()))
        + chance.choice(["", "", " ", "-", "\u2013", ".", "\u00a0"])
        for character in code
    )
    assert normalised(typed) == code
    assert normalised(code) == code


def test_what_is_no_code_comes_out_as_none() -> None:
    for typed in ("", "ja", "7KFA9XW", "7KFA 9XW3 3", "VVVVUUUU", "Ж7KFA9XW"):
        assert not is_code(normalised(typed))
