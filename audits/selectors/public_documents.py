"""Papers that are open to all who see the register, and so may be named and quoted elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from certification.models import Document, Passage, Source
from jbn_oversight.organisations.models import Institution


def open_documents(institution: Institution, at: datetime) -> QuerySet[Document]:
    """The institution's papers with a version that is out at the instant (aware), by title."""
    rows: QuerySet[Document] = Document.objects.filter(
        institution=institution, source__in=Source.objects.nameable(at)
    )
    return rows.select_related("source").order_by("source__title", "pk")


def shown_document(document: Document | None, at: datetime, day: date) -> Document | None:
    """The paper, if its title is no secret at the instant (aware).

    A page "as known on" a day does not show a paper that was published after it.
    """
    published = document.source.published if document else None
    if document is None or (published is not None and published.first > day):
        return None
    return open_documents(document.institution, at).filter(pk=document.pk).first()


def open_passages(institution: Institution, at: datetime) -> QuerySet[Passage]:
    """Every passage of versions that are out at the instant (aware), by paper and place."""
    rows: QuerySet[Passage] = Passage.objects.filter(
        version__document__institution=institution,
        version__released_at__isnull=False,
        version__embargo_until__lte=at,
        version__withdrawn_at__isnull=True,
    )
    return rows.select_related("version__document__source").order_by(
        "version__document__source__title", "version__number", "pk"
    )


def shown_passage(passage: Passage | None, at: datetime) -> Passage | None:
    """The passage, if its version is out at the instant (aware): a quote is the paper."""
    return passage if passage is not None and passage.version.is_out(at) else None
