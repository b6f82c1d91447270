"""What a signature is under: texts for all places, files, hours, audience, public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jbn_oversight.organisations.models import Municipality, Region
from reports.briefings.document.rules.content import fingerprint, freeze
from reports.briefings.document.selectors.documents import documents_of_draft
from reports.briefings.models.briefings import Briefing
from reports.documents.rules import BriefingDocument
from reports.figures.rules.figures import QuotedFigure


@dataclass(frozen=True, slots=True)
class SignedText:
    """One text, frozen: the common one, or that of one place."""

    content: dict[str, Any]
    sha256: str
    figures: tuple[QuotedFigure, ...] = ()
    """What it quotes, to be remembered when it is signed."""
    region: Region | None = None
    municipality: Municipality | None = None

    @property
    def place_code(self) -> str:
        """``region:slug``, ``municipality:code`` or, for the common text, nothing."""
        if self.region is not None:
            return f"region:{self.region.slug}"
        return f"municipality:{self.municipality.cbs_code}" if self.municipality else ""


@dataclass(frozen=True, slots=True)
class SignedTexts:
    """All that one signature is under."""

    number: int
    """Of the version it becomes."""
    common: SignedText
    own: tuple[SignedText, ...]
    sha256: str


def texts_of(briefing: Briefing, known_at: datetime) -> SignedTexts:
    """The draft as it would be frozen, with the figures as they were known at ``known_at``.

    Asked again with the same instant it gives the same hash, unless something really changed.
    """
    latest = briefing.latest_version()
    number = latest.number + 1 if latest else 1
    texts = [
        _text(document, place) for place, document in _documents(briefing, known_at, number).items()
    ]
    common = next(one for one in texts if not one.place_code)
    own = tuple(sorted((one for one in texts if one.place_code), key=lambda one: one.place_code))
    files = briefing.attachments.filter(removed_at=None).order_by("pk")
    audience = briefing.audience.select_related("region", "municipality")
    whole = {
        "texts": {one.place_code: one.sha256 for one in texts},
        "files": [list(row) for row in files.values_list("title", "stored__sha256")],
        "audience": sorted(f"{type(row.place).__name__}:{row.place.pk}" for row in audience),
        "hours": [
            moment.isoformat() if moment else ""
            for moment in (briefing.window_opens_at, briefing.embargo_until)
        ],
        "reason": briefing.change_reason.strip(),
        "public_page": briefing.public_page,
    }
    return SignedTexts(number, common, own, fingerprint(whole))


def _documents(
    briefing: Briefing, known_at: datetime, number: int
) -> dict[Municipality | Region | None, BriefingDocument]:
    return documents_of_draft(briefing, known_at, number=number)


def _text(document: BriefingDocument, place: Municipality | Region | None) -> SignedText:
    content = freeze(document)
    return SignedText(
        content=content,
        sha256=fingerprint(content),
        figures=tuple(document.figures()),
        region=place if isinstance(place, Region) else None,
        municipality=place if isinstance(place, Municipality) else None,
    )
