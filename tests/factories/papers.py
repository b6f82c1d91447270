"""Papers of the register of documents, made by the same actions that people use."""

from __future__ import annotations

from datetime import datetime

from audits.documents.actions.documents import Embargo, add_document
from certification.certificates.actions import get_or_create_source
from certification.models import DocumentVersion
from jbn_oversight.accounts.models import User
from tests.factories.files import page_of_text
from tests.factories.people import institution

SENTINEL = "Kraanvogel"


def paper(
    *,
    by: User,
    at: datetime,
    embargo: Embargo | None = None,
    title: str = f"Brief {SENTINEL}",
    text: str = f"Inhoud {SENTINEL}",
) -> DocumentVersion:
    """A letter with one version, the sentinel in its title and its file."""
    source = get_or_create_source(
        code=title.lower().replace(" ", "-"),
        publisher=f"Instantie {SENTINEL}",
        title=title,
        url="",
        published=None,
        by=by,
    )
    return add_document(
        institution=institution(),
        kind="letter",
        source=source,
        data=page_of_text(text),
        dated=None,
        embargo=embargo,
        at=at,
        by=by,
    )
