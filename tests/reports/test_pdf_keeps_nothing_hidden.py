"""What a PDF must not carry (R27): a hidden figure behind a chart, an author, an earlier text."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal

import pikepdf
import pytest

from reports.charts import Series, trend_svg
from reports.documents.markdown import slot
from reports.documents.rules import BriefingDocument, Chart, DocumentSection, Text
from reports.figures.rules.figures import FigureState
from reports.pdf import gate
from reports.pdf.hidden_text import hidden_text
from reports.pdf.personal import personal_copy
from reports.pdf.render import render
from tests.factories.documents import chart, kpi_table, ratio, short_document
from tests.factories.pdfs import DOCUMENTS, opened, printed
from tests.reports.test_pdf_personal_copies import MARK

SECRET = "73.913"
"""The value of the figure that is hidden: 17 of 23 as a percentage."""


def with_hidden_month() -> BriefingDocument:
    """A chart, a table and a sentence about a figure that is hidden in one month."""
    whole = chart(months=6)
    hidden = replace(
        whole.figures[2],
        state=FigureState.HIDDEN,
        value=None,
        numerator=None,
        denominator=None,
    )
    figures = (*whole.figures[:2], hidden, *whole.figures[3:])
    line = tuple((f.month, None if f.value is None else float(f.value)) for f in figures[:6])
    svg = trend_svg([Series("Groningen", line)], language="nl", print=True)
    drawn = Chart(whole.title, str(svg), whole.alt, figures)
    text = Text(f"In die maand was het {slot(0)}.", (hidden,))
    return replace(
        short_document(), sections=(DocumentSection("Cijfers", (text, drawn, kpi_table())),)
    )


def everything_in(data: bytes) -> bytes:
    """All streams of a file unpacked, its strings, and its description."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        parts = [found.read_bytes() for found in pdf.objects if isinstance(found, pikepdf.Stream)]
        out = io.BytesIO()
        pdf.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return b"\n".join([*parts, out.getvalue()])


def test_the_secret_would_be_found_if_it_were_there() -> None:
    shown = replace(ratio(17, 23), month=chart(months=6).figures[2].month)
    drawn = replace(chart(months=6), alt=f"{SECRET} procent", figures=(shown,))
    data = render(replace(short_document(), charts=(drawn,))).data
    assert SECRET.encode() in everything_in(data) or SECRET.encode("utf-16-be") in everything_in(
        data
    )


def test_no_hidden_figure_stands_behind_a_chart_a_table_or_in_the_csv() -> None:
    pdf = render(with_hidden_month())
    found = everything_in(pdf.data)
    for secret in (SECRET, "73,9", "17,23"):
        assert secret.encode() not in found
        assert secret.encode("utf-16-be") not in found
    assert b",,,,100," in found, "the CSV has the hidden figure as an empty one"
    assert gate.check(pdf.data, attachments=pdf.attachments) == []


def test_a_hidden_figure_cannot_be_handed_to_the_printer_with_its_number() -> None:
    with pytest.raises(ValueError, match="hidden"):
        replace(ratio(17, 23), state=FigureState.HIDDEN)
    with pytest.raises(ValueError, match="hidden"):
        replace(ratio(17, 23), state=FigureState.HIDDEN, value=None, numerator=Decimal(17))


def test_a_gap_in_a_line_has_no_point() -> None:
    whole, gap = chart(months=6), with_hidden_month().sections[0].parts[1]
    assert isinstance(gap, Chart)
    full = trend_svg(
        [Series("Groningen", tuple((f.month, float(f.value or 0)) for f in whole.figures[:6]))],
        language="nl",
        print=True,
    )
    assert len(re.findall("<path", gap.svg)) < len(re.findall("<path", str(full)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_file_names_an_author_a_path_or_a_machine(name: str) -> None:
    with opened(name) as pdf:
        info = {key: str(value) for key, value in dict(pdf.trailer.Info).items()}
        packet = pdf.Root.Metadata.read_bytes().decode()
    assert set(info) == {"/Title", "/Subject", "/Producer", "/CreationDate", "/ModDate"}
    assert info["/Producer"] == "JBN Oversight"
    for word in ("creator", "/home/", "/tmp/", "file:", "WeasyPrint"):
        assert word not in packet


def test_a_marked_copy_adds_its_code_to_the_description_and_nothing_else() -> None:
    def told(data: bytes) -> tuple[dict[str, str], str]:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            info = {key: str(value) for key, value in dict(pdf.trailer.Info).items()}
            return info, pdf.Root.Metadata.read_bytes().decode()

    info, packet = told(printed("ordinary").data)
    marked_info, marked_packet = told(personal_copy(printed("ordinary").data, mark=MARK))
    assert marked_info == {**info, "/CopyCode": MARK.code}
    line = f"<dc:identifier>{MARK.code}</dc:identifier>\n"
    assert marked_packet.count(line) == 1
    assert marked_packet.replace(line, "") == packet
    for word in (MARK.name, MARK.organisation):
        assert word not in marked_packet


@pytest.mark.parametrize("name", ["ordinary", "letter with pictures"])
def test_each_file_has_one_revision_and_nothing_after_it(name: str) -> None:
    data = printed(name).data
    assert data.count(b"startxref") == data.count(b"%%EOF") == 1
    assert b"/Prev" not in data[data.rindex(b"startxref") - 400 :]


def test_all_text_of_a_page_can_be_seen() -> None:
    for name in DOCUMENTS:
        with opened(name) as pdf:
            assert not list(hidden_text(pdf))
