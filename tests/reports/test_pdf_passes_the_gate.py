"""Every kind of briefing comes out as PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from itertools import count
from random import Random

import pikepdf
import pytest

from reports.documents.rules import Attached, DocumentSection
from reports.pdf import gate
from reports.pdf.render import render
from tests.factories.documents import FROZEN_AT, short_document
from tests.factories.pdfs import DOCUMENTS, printed


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_briefing_passes(name: str) -> None:
    pdf = printed(name)
    assert gate.check(pdf.data, attachments=pdf.attachments) == []


def test_the_long_one_has_a_table_over_three_pages_or_more() -> None:
    assert printed("long").pages >= 6


def test_a_briefing_that_lacks_its_sender_and_date_still_prints() -> None:
    document = replace(short_document(), sender="", on=None, addressees=())
    assert gate.check(render(document).data) == []


def test_a_briefing_of_nothing_but_a_heading_passes() -> None:
    assert gate.check(render(replace(short_document(), sections=())).data) == []


def test_a_file_whose_compressed_form_ends_in_a_carriage_return_can_be_attached() -> None:
    # One file in 256; strict readers take that last byte for part of the line end.
    unlucky = (str(i).encode() for i in count())
    data = next(one for one in unlucky if zlib.compress(one, level=9).endswith(b"\r"))
    attachments = (Attached("pech.txt", data, "text/plain", "Een bestand met pech", FROZEN_AT),)
    pdf = render(replace(short_document(), attachments=attachments))
    assert gate.check(pdf.data, attachments=pdf.attachments) == []
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        assert opened.Root.AF[0].EF.F.read_bytes() == data


def test_a_pdf_can_be_attached_however_it_is_packed() -> None:
    own = printed("short").data
    noise = Random(1).randbytes(50_000) + b"\nstartxref\n12\n%%EOF\n"
    attachments = (
        Attached("oplegger.pdf", own, "application/pdf", "Een andere oplegger", FROZEN_AT),
        Attached("rapport.pdf", noise, "application/pdf", "Wat zich niet laat inpakken", FROZEN_AT),
    )
    pdf = render(replace(short_document(), attachments=attachments))
    assert gate.check(pdf.data, attachments=pdf.attachments) == []


def test_words_longer_than_a_line_and_lists_longer_than_a_page_pass() -> None:
    document = replace(
        short_document(),
        title="x" * 200,
        addressees=tuple(f"Raadsleden van gemeente {number}" for number in range(22)),
        sections=(
            DocumentSection.written(
                "W" * 80, f"<https://example.org/{'a' * 300}>\n\n" + "Alinea. " * 900
            ),
        ),
    )
    assert gate.check(render(document).data) == []


NESTED = {
    "loose list": "- een\n\n- twee\n\n  nog een alinea\n",
    "list in a list": "- een\n  - twee\n    1. drie\n    2. vier\n- vijf\n",
    "loose list in a list": "1. een\n\n   - twee\n\n   - drie\n\n2. vier\n",
    "quotation in a list": "- een\n  > citaat\n",
    "list in a quotation": "> - een\n> - twee\n>\n> slot\n",
    "quotation in a quotation": "> een\n> > twee\n",
    "heading in a list": "- # kop\n  tekst\n- twee\n",
    "heading in a quotation": "> ### kop\n> tekst\n\n# kop\n",
    "empty items": "-\n- twee\n-\n",
    "empty heading": "#\n\ntekst\n\n## \n",
    "emphasis in emphasis": "***een** twee* [**vet** en *schuin*](https://example.org)\n",
    "link over lines": f"[{'lange tekst ' * 40}](https://example.org)\n",
    "emphasis around a link": "**[vet](https://example.org)** *en* ***[x](mailto:a@b.nl)***\n",
    "links in a list": "- [een](https://a.nl)\n- <https://b.nl>\n\n> [drie](https://c.nl)\n",
    "link in a heading": "# Kop [een](https://a.nl)\n",
    "empty link": "[](https://example.org) <https://example.org>\n",
    "line ends": "een  \ntwee\\\ndrie\n",
    "no text at all": "",
    "space alone": " \n\n\t\n",
}


@pytest.mark.parametrize("name", NESTED)
def test_whatever_an_author_nests_passes(name: str) -> None:
    document = replace(short_document(), sections=(DocumentSection.written("Tekst", NESTED[name]),))
    assert gate.check(render(document).data) == []
