"""What is frozen comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.briefings.document.rules.content import fingerprint, freeze, picture_hashes, thaw
from reports.documents.rules import (
    BriefingDocument,
    Chart,
    DocumentSection,
    KpiTable,
    Part,
    Picture,
    Text,
)
from tests.factories.documents import (
    PNG,
    chart,
    document_of_parts,
    kpi_table,
    odd_document,
    ordinary_document,
    picture,
    ratio,
    short_document,
)

DOCUMENTS = [
    short_document(),
    ordinary_document(),
    ordinary_document("en"),
    document_of_parts(),
]
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Text, WORDS, st.sampled_from([(), (ratio(1, 20), ratio(20, 20, kpi=1))])),
    st.builds(kpi_table, st.integers(1, 5)),
    st.builds(chart, st.integers(0, 3), st.integers(1, 30)),
    st.builds(
        Picture,
        WORDS,
        st.sampled_from([PNG, b"other bytes"]),
        st.sampled_from(["image/png", "image/jpeg"]),
        WORDS.filter(str.strip),
        WORDS,
    ),
)
SECTIONS = st.lists(
    st.builds(DocumentSection, WORDS, st.lists(PARTS, max_size=4).map(tuple)), max_size=4
).map(tuple)


def thawed(document: BriefingDocument) -> BriefingDocument:
    files = {one.sha256: one.data for one in document.pictures()}
    stored = json.loads(json.dumps(freeze(document)))
    assert picture_hashes(stored) == files.keys()
    return thaw(stored, document.attachments, files.__getitem__)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_comes_back_as_it_was(document: BriefingDocument) -> None:
    assert thawed(document) == document


@settings(max_examples=60, deadline=None)
@given(SECTIONS)
def test_any_sections_come_back_as_they_were(sections: tuple[DocumentSection, ...]) -> None:
    document = replace(short_document(), sections=sections)
    assert thawed(document) == document


def test_odd_characters_come_back_but_for_the_one_that_no_database_keeps() -> None:
    document = odd_document()
    back = thaw(json.loads(json.dumps(freeze(document))), document.attachments)
    assert back.title == document.title.replace("\0", "")


def test_text_that_was_frozen_before_sections_had_parts_is_still_read() -> None:
    content = freeze(short_document())
    content["sections"] = [{"heading": "Inleiding", "markdown": "Een *oude* tekst."}]
    for younger in ("as_known_at", "source", "place"):
        del content[younger]
    assert thaw(content).sections == (DocumentSection.written("Inleiding", "Een *oude* tekst."),)


def test_bytes_of_files_are_not_in_the_frozen_text() -> None:
    assert "attachments" not in freeze(ordinary_document())
    assert picture().sha256 in json.dumps(freeze(document_of_parts()))


def test_a_picture_whose_bytes_changed_does_not_come_back() -> None:
    with pytest.raises(ValueError, match="changed"):
        thaw(freeze(document_of_parts()), (), lambda sha256: b"something else")


def test_a_picture_does_not_come_back_without_its_bytes() -> None:
    with pytest.raises(KeyError):
        thaw(freeze(document_of_parts()))


def test_every_figure_of_the_text_is_a_figure_of_the_document() -> None:
    document = document_of_parts()
    quoted = set(document.figures())
    for section in document.sections:
        for part in section.parts:
            if isinstance(part, Text | Chart):
                assert quoted.issuperset(part.figures)
            elif isinstance(part, KpiTable):
                assert quoted.issuperset(figure for row in part.rows for figure in row.figures)


def test_the_fingerprint_looks_at_content_and_not_at_order() -> None:
    content = freeze(ordinary_document())
    shuffled = dict(reversed(list(content.items())))
    assert fingerprint(shuffled) == fingerprint(content)
    other = freeze(replace(ordinary_document(), subject="Iets anders"))
    assert fingerprint(other) != fingerprint(content)
