"""The tag tree reads as the document does: one table is one table, headings go down by one."""

from __future__ import annotations

import re
from itertools import pairwise

import pikepdf
import pytest

from reports.pdf.tree import Element, Page, read
from tests.factories.pdfs import opened, printed


def elements(pdf: pikepdf.Pdf, *kinds: str) -> list[Element]:
    return read(pdf.Root.StructTreeRoot).of_kind(*kinds)


@pytest.mark.parametrize(("name", "tables"), [("short", 1), ("ordinary", 5), ("long", 5)])
def test_a_table_over_pages_is_one_table(name: str, tables: int) -> None:
    with opened(name) as pdf:
        found = elements(pdf, "/Table")
        assert len(found) == tables
        for table in found:
            parts = [child.kind for child in table.children]
            assert parts.count("/Caption") == 1
            assert parts.count("/THead") <= 1
            assert parts.count("/TBody") == 1


def test_the_rows_of_the_long_table_are_all_there_on_three_pages_or_more() -> None:
    with opened("long") as pdf:
        kpis = elements(pdf, "/Table")[1]
        rows = kpis.of_kind("/TR")
        assert len(rows) == 61
        assert len({row.page for row in rows}) >= 3


def test_each_header_cell_says_what_it_is_the_header_of() -> None:
    with opened("long") as pdf:
        for section, scope in (("/THead", "/Column"), ("/TBody", "/Row")):
            for part in elements(pdf, section):
                cells = part.of_kind("/TH")
                assert {str(cell.obj.A.Scope) for cell in cells} == {scope}


def test_each_cell_finds_its_headers_by_name() -> None:
    with opened("long") as pdf:
        root = pdf.Root.StructTreeRoot
        named = {bytes(cell.obj.ID) for cell in elements(pdf, "/TH")}
        listed = [bytes(name) for name in list(root.IDTree.Kids[0].Names)[::2]]
        assert listed == sorted(named)
        for table in elements(pdf, "/Table"):
            own = {bytes(cell.obj.ID) for cell in table.of_kind("/TH")}
            for cell in table.of_kind("/TD"):
                headers = {bytes(header) for header in cell.obj.A.Headers}
                assert headers
                assert headers <= own


def test_headings_start_at_one_and_skip_no_level() -> None:
    with opened("ordinary") as pdf:
        levels = [int(found.kind[2]) for found in elements(pdf, *(f"/H{i}" for i in range(1, 7)))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_each_chart_has_words_and_its_place_on_the_page() -> None:
    with opened("ordinary") as pdf:
        figures = elements(pdf, "/Figure")
        assert len(figures) == 2
        for figure in figures:
            assert str(figure.obj.Alt).startswith("Lijngrafiek")
            left, bottom, right, top = (float(side) for side in figure.obj.A.BBox)
            assert 0 < left < right < 596
            assert 0 < bottom < top < 842


@pytest.mark.parametrize(("name", "language"), [("ordinary", "nl"), ("ordinary, English", "en")])
def test_the_file_says_its_language(name: str, language: str) -> None:
    with opened(name) as pdf:
        assert str(pdf.Root.Lang) == language


def test_running_heads_and_repeated_table_heads_are_no_content() -> None:
    with opened("long") as pdf:
        for leaf in pdf.pages:
            content = leaf.obj.Contents.read_bytes()
            assert len(re.findall(rb"/Artifact <</Type /Pagination>> BDC", content)) >= 4


def test_the_tree_holds_every_marked_piece_once() -> None:
    with opened("long") as pdf:
        seen: dict[Page | None, list[int]] = {}
        for element in read(pdf.Root.StructTreeRoot).walk():
            seen.setdefault(element.page, []).extend(element.content)
        for leaf in pdf.pages:
            marked = re.findall(rb"/MCID (\d+)", leaf.obj.Contents.read_bytes())
            assert sorted(seen[leaf.obj.objgen]) == sorted(int(number) for number in marked)


def test_the_description_is_one_block_with_both_marks_and_no_author() -> None:
    with opened("ordinary") as pdf:
        packet = pdf.Root.Metadata.read_raw_bytes().decode("utf-8")
        info = set(pdf.trailer.Info.keys())
    assert packet.count("<rdf:RDF") == 1
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert "creator" not in packet
    assert info == {"/Title", "/Subject", "/Producer", "/CreationDate", "/ModDate"}


def test_the_figures_travel_inside_as_data_and_the_report_as_supplement() -> None:
    with opened("ordinary") as pdf:
        files = {str(one.UF): str(one.AFRelationship) for one in pdf.Root.AF}
        csv = next(one for one in pdf.Root.AF if str(one.UF) == "cijfers.csv")
        assert str(csv.EF.F.Subtype) == "/text/csv"
        assert csv.EF.F.read_bytes().startswith(b"kpi,scope,scope_code,period,")
    assert files == {"cijfers.csv": "/Data", "Rapport.txt": "/Supplement"}
    assert printed("ordinary").attachments == ("Rapport.txt", "cijfers.csv")


def test_the_hyphen_of_a_broken_word_is_read_as_a_soft_one() -> None:
    with opened("ordinary") as pdf:
        maps = [
            found.ToUnicode.read_bytes()
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary) and "/ToUnicode" in found
        ]
    assert any(b"<00ad>" in letters for letters in maps)
    assert not any(b"<2010>" in letters for letters in maps)
