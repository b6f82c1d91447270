"""What is frozen comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from reports.briefings.content import fingerprint, freeze, thaw
from reports.documents import BriefingDocument
from tests.factories.documents import odd_document, ordinary_document, short_document

DOCUMENTS = [short_document(), ordinary_document(), ordinary_document("en")]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_comes_back_as_it_was(document: BriefingDocument) -> None:
    stored = json.loads(json.dumps(freeze(document)))
    assert thaw(stored, document.attachments) == document


def test_odd_characters_come_back_but_for_the_one_that_no_database_keeps() -> None:
    document = odd_document()
    back = thaw(json.loads(json.dumps(freeze(document))), document.attachments)
    assert back.title == document.title.replace("\0", "")


def test_bytes_of_attachments_are_not_in_the_frozen_text() -> None:
    assert "attachments" not in freeze(ordinary_document())


def test_the_fingerprint_looks_at_content_and_not_at_order() -> None:
    content = freeze(ordinary_document())
    shuffled = dict(reversed(list(content.items())))
    assert fingerprint(shuffled) == fingerprint(content)
    other = freeze(replace(ordinary_document(), subject="Iets anders"))
    assert fingerprint(other) != fingerprint(content)
