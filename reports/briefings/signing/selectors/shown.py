"""What a page on which people decide shows of a document, and whether it is still the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core import signing
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from jbn_oversight.refusals import ChangedMeanwhileError
from reports.documents.rules import BriefingDocument, DocumentSection
from reports.figures.rules.figures import QuotedFigure

SALT: Final = "reports.briefings.going_out"


PARTS: Final = {
    "texts": gettext_noop("the text or its figures"),
    "corrections": gettext_noop("a figure that was corrected"),
    "files": gettext_noop("the attachments"),
    "audience": gettext_noop("who may read it afterwards"),
    "early": gettext_noop("the early readers"),
    "hours": gettext_noop("the hours"),
    "public_page": gettext_noop("the public page"),
    "set_aside": gettext_noop("the places without a text of their own"),
}
"""What is shown, by the words with which a refusal names it."""


MOST_NAMED: Final = 6
"""With more places the sentence counts them alone: each is named in the list below it."""


@dataclass(frozen=True, slots=True)
class OutFile:
    """One file that goes out."""

    name: str
    kind: str
    """What it is, as people call it: PDF, PNG."""
    length: int
    """In bytes."""
    url: str
    """Where makers open it, through the gate of makers."""
    in_text: bool
    """Whether it is a picture that stands in the text."""


@dataclass(frozen=True, slots=True)
class OutSection:
    """A section of one place's text."""

    number: int
    """No two of a page are the same."""
    section: DocumentSection
    is_own: bool
    """Whether it stands in this way in no other text than that of this place."""


@dataclass(frozen=True, slots=True)
class OutText:
    """One text that goes out: the common one, or that of one place."""

    number: int
    name: str
    """Whose text it is; empty for the common one."""
    place_code: str
    document: BriefingDocument
    corrections: Mapping[QuotedFigure, str]
    pdf_url: str
    sections: tuple[OutSection, ...] = ()
    """Of a place's own text."""
    same_annex: bool = True
    """Whether table, charts and definitions after the text are those of the common one."""

    @property
    def own(self) -> list[str]:
        """The headings under which this text differs from the common one."""
        own = [one.section.heading for one in self.sections if one.is_own]
        return [heading or _("without a heading") for heading in own]


@dataclass(frozen=True, slots=True)
class OutPlace:
    """An organisation of the audience, and how many of its people will read it."""

    name: str
    readers: int
    text: str
    """Whose text they get; empty for the common one."""


@dataclass(frozen=True, slots=True)
class OutReader:
    """An early reader by name, in the role and place in which that person was named."""

    name: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class GoingOut:
    """What goes out, to whom and when."""

    common: OutText
    own: tuple[OutText, ...]
    files: tuple[OutFile, ...]
    audience: tuple[OutPlace, ...]
    early: tuple[OutReader, ...]
    set_aside: tuple[str, ...]
    """Places whose own text cannot be printed: their people get the common one."""
    window_opens_at: datetime | None
    embargo_until: datetime | None
    public_page: bool
    parts: Mapping[str, str]
    """A hash of each part by its name in ``PARTS``: another one as soon as it is not the same."""

    @property
    def in_words(self) -> str:
        """How many files and texts, and whose."""
        count = len(self.files)
        files = (
            ngettext("%(n)s attachment", "%(n)s attachments", count) % {"n": count}
            if count
            else _("no attachments")
        )
        if not self.own:
            return _("%(files)s, one text for everybody") % {"files": files}
        if len(self.own) > MOST_NAMED:
            words = _("%(files)s, the common text and %(n)s texts of places")
            return words % {"files": files, "n": len(self.own)}
        return ngettext(
            "%(files)s, the common text and %(n)s text of their own: %(places)s",
            "%(files)s, the common text and %(n)s texts of their own: %(places)s",
            len(self.own),
        ) % {
            "files": files,
            "n": len(self.own),
            "places": get_text_list([one.name for one in self.own], _("and")),
        }

    @property
    def links(self) -> list[tuple[str, str]]:
        """Names and addresses of the files, for the heading of a text."""
        return [(one.name, one.url) for one in self.files]

    def token(self, known_at: datetime) -> str:
        """For the form of the page: what was shown, with figures as known at ``known_at``."""
        return signing.dumps([known_at.isoformat(), dict(self.parts)], salt=SALT)


@dataclass(frozen=True, slots=True)
class SeenToken:
    """What stood on a page, as the form of that page gives it back."""

    known_at: datetime
    parts: Mapping[str, str]


def shown_by(token: str) -> SeenToken | None:
    """What a page showed; None for what no page of ours gave."""
    try:
        known_at, parts = signing.loads(token, salt=SALT)
        return SeenToken(datetime.fromisoformat(known_at), dict(parts))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def check_shown(now: GoingOut, shown: SeenToken) -> None:
    """Raise ChangedMeanwhileError, with the names of what changed, unless all is as shown."""
    changed = [name for name in PARTS if now.parts[name] != shown.parts.get(name)]
    if changed:
        raise ChangedMeanwhileError(
            _("This changed after you opened the page: %(parts)s. Look at it again first.")
            % {"parts": get_text_list([_(PARTS[name]) for name in changed], _("and"))}
        )
