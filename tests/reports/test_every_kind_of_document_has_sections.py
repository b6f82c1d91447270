"""A kind of document that can be chosen can be written and named."""

from __future__ import annotations

from reports.briefings.document.rules.kinds import TEMPLATES
from reports.briefings.models.kinds import DocumentLanguage, DocumentType
from reports.documents.rules import LANGUAGES


def test_each_kind_has_its_sections() -> None:
    assert set(TEMPLATES) == set(DocumentType.values)
    assert all(TEMPLATES.values())


def test_each_language_of_a_document_can_be_printed() -> None:
    assert set(DocumentLanguage.values) == set(LANGUAGES)
