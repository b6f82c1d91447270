"""Pictures in a text: image files among the attachments of the draft, by their number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from jbn_oversight.files.models import StoredFile
from jbn_oversight.files.scan.kinds import ENDINGS, PNG
from jbn_oversight.files.storage import read
from reports.briefings.document.rules.references import PictureQuote
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Attachment
from reports.documents.rules import PICTURE_TYPES, Picture


@dataclass(frozen=True)
class Pictures:
    """The pictures of a draft by number; one that was taken out keeps its number."""

    rows: Mapping[int, Attachment]

    @classmethod
    def of(cls, briefing: Briefing) -> Pictures:
        """Those of a draft, in the order in which they were added."""
        rows = briefing.attachments.filter(stored__content_type__in=PICTURE_TYPES)
        ordered = rows.select_related("stored").order_by("pk")
        return cls(dict(enumerate(ordered, start=1)))

    def has(self, number: int) -> bool:
        """Whether the picture is there."""
        row = self.rows.get(number)
        return row is not None and row.removed_at is None

    def present(self) -> list[tuple[int, Attachment]]:
        """Numbers and pictures that are there."""
        return [(number, row) for number, row in self.rows.items() if self.has(number)]

    def picture(self, quote: PictureQuote) -> Picture | None:
        """The picture that is meant, with its words; None where it is not there."""
        if not self.has(quote.number):
            return None
        stored = self.rows[quote.number].stored
        mime: Literal["image/png", "image/jpeg"] = (
            "image/png" if stored.content_type == PNG else "image/jpeg"
        )
        return Picture(
            name=f"picture-{quote.number}{ENDINGS[mime]}",
            data=read(stored),
            mime=mime,
            alt=quote.alt,
            caption=quote.caption,
        )


def bytes_of(sha256: str) -> bytes:
    """The bytes of a frozen picture by their hash. Raises KeyError where there are none."""
    stored = StoredFile.objects.filter(sha256=sha256).first()
    if stored is None:
        raise KeyError(sha256)
    return read(stored)
