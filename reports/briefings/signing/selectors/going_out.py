"""All that goes out with a signature or a publication: every text, every file, and to whom.

The pages on which people decide show a ``GoingOut``, and the act that they decide on works it
out once more. Where the two are not the same, the act refuses: nobody signs or publishes what
was never on their screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from jbn_oversight.accounts.models import Membership
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.files.scan.kinds import ENDINGS
from jbn_oversight.organisations.models import Municipality, Region
from jbn_oversight.refusals import ChangedMeanwhileError
from reports.briefings.document.rules.content import fingerprint, picture_hashes
from reports.briefings.document.selectors.corrections import corrections_beside
from reports.briefings.document.selectors.documents import document_of_content, file_name, with_hour
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Attachment, AudienceMember
from reports.briefings.models.readers import READING_ROLES
from reports.briefings.models.versions import BriefingVersion, VersionAttachment, VersionVariant
from reports.briefings.sentences import place_in_words
from reports.briefings.signing.selectors.signed_texts import SignedTexts
from reports.documents.rules import BriefingDocument, DocumentSection, QuotedFigure

Place = Municipality | Region

SALT: Final = "reports.briefings.going_out"
INSTANTS: Final = ("frozen_at", "as_known_at")
"""Parts of frozen content that say when it was looked at, and differ each time."""
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
SECTIONS_OF_A_TEXT: Final = 1_000
"""More sections than a text can have: keeps the ids of texts on one page apart."""


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


def draft_going_out(briefing: Briefing, texts: SignedTexts, at: datetime) -> GoingOut:
    """What a signature under these texts freezes. ``at`` is aware; readers are those of its day."""
    frozen = [(texts.common.content, None), *((one.content, _place(one)) for one in texts.own)]
    rows = list(briefing.attachments.filter(removed_at=None).select_related("stored"))
    preview = reverse("reports:briefing_preview_pdf", args=[briefing.public_id])
    shown = [
        _Frozen(
            content,
            place,
            f"{preview}?for={_code(place)}" if place is not None else preview,
        )
        for content, place in frozen
    ]
    return _going_out(
        briefing,
        at,
        shown,
        files=_files(rows, texts.common.content, "briefing_draft_attachment", [briefing.public_id]),
        stored=[[one.title, one.stored.sha256, one.stored.content_type] for one in rows],
        reason=briefing.change_reason.strip(),
        public_page=briefing.public_page,
    )


def version_going_out(briefing: Briefing, version: BriefingVersion, at: datetime) -> GoingOut:
    """What goes out when this version does, as it was frozen, with what was corrected since."""
    variants = VersionVariant.objects.filter(version=version)
    rows = list(variants.select_related("region", "municipality"))
    used = [one for one in rows if one.set_aside_at is None]
    here = [briefing.public_id, version.public_id]
    shown = [
        _Frozen(
            version.content,
            None,
            reverse("reports:briefing_version_pdf", args=here),
            version,
        ),
        *(
            _Frozen(
                one.content,
                one.place,
                reverse("reports:briefing_text_pdf", args=[*here, one.public_id]),
                one,
            )
            for one in used
        ),
    ]
    files = list(version.attachments.select_related("stored"))
    return _going_out(
        briefing,
        at,
        shown,
        files=_files(files, version.content, "briefing_version_attachment", here),
        stored=[[one.title, one.stored.sha256, one.stored.content_type] for one in files],
        reason=version.reason,
        public_page=version.public_page,
        set_aside=[one.place for one in rows if one.set_aside_at is not None],
        version=version.public_id,
    )


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A frozen text on its way to the page."""

    content: dict[str, Any]
    place: Place | None
    pdf_url: str
    row: BriefingVersion | VersionVariant | None = None


def _going_out(
    briefing: Briefing,
    at: datetime,
    frozen: Sequence[_Frozen],
    *,
    files: tuple[OutFile, ...],
    stored: list[list[str]],
    reason: str,
    public_page: bool,
    set_aside: Sequence[Place] = (),
    version: str = "",
) -> GoingOut:
    frozen = sorted(frozen, key=_order)
    texts = _texts(briefing, frozen, at)
    whose = {one.place: text.name for one, text in zip(frozen, texts, strict=True) if one.place}
    audience, people = _audience(briefing, at, whose)
    early = list(
        briefing.early_readers.remaining(at).select_related("user", "municipality", "region")
    )
    facts: dict[str, Any] = {
        "texts": [
            version,
            reason,
            {_code(one.place): _without_instants(one.content) for one in frozen},
        ],
        "files": stored,
        "audience": people,
        "early": sorted([one.user_id, one.role, _code(one.place)] for one in early),
        "hours": [
            moment.isoformat() if moment else ""
            for moment in (briefing.window_opens_at, briefing.embargo_until)
        ],
        "public_page": public_page,
        "set_aside": sorted(map(_code, set_aside)),
        "corrections": {text.place_code: sorted(text.corrections.values()) for text in texts},
    }
    return GoingOut(
        common=texts[0],
        own=tuple(texts[1:]),
        files=files,
        audience=audience,
        early=tuple(
            OutReader(one.user.name, one.get_role_display(), str(one.place)) for one in early
        ),
        set_aside=tuple(place_in_words(one) for one in set_aside),
        window_opens_at=briefing.window_opens_at,
        embargo_until=briefing.embargo_until,
        public_page=public_page,
        parts={name: fingerprint({name: facts[name]}) for name in PARTS},
    )


def _order(one: _Frozen) -> tuple[int, str]:
    """The common text first, then those of regions, then those of municipalities, by name."""
    if one.place is None:
        return 0, ""
    if isinstance(one.place, Region):
        return 1, one.place.name
    return 2, one.place.sort_name


def _texts(briefing: Briefing, frozen: Sequence[_Frozen], at: datetime) -> list[OutText]:
    """The frozen texts, in their order, as the page shows them. The first is the common one."""
    found: list[OutText] = []
    common: BriefingDocument | None = None
    for number, one in enumerate(frozen):
        document = document_of_content(one.content)
        corrections: Mapping[QuotedFigure, str] = {}
        if one.row is not None:
            # What was signed may be corrected since: readers see that beside the figure.
            corrections = corrections_beside(one.row, document, briefing.institution, at)
            document = with_hour(document, briefing.embargo_until)
        common = common or document
        found.append(
            OutText(
                number=number,
                name=place_in_words(one.place) if one.place is not None else "",
                place_code=_code(one.place),
                document=document,
                corrections=corrections,
                pdf_url=one.pdf_url,
                sections=_sections(number, document, common) if number else (),
                same_annex=_annex(document) == _annex(common),
            )
        )
    return found


def _sections(
    number: int, document: BriefingDocument, common: BriefingDocument
) -> tuple[OutSection, ...]:
    return tuple(
        OutSection(number * SECTIONS_OF_A_TEXT + place, section, section not in common.sections)
        for place, section in enumerate(document.sections, start=1)
    )


def _annex(document: BriefingDocument) -> tuple[object, ...]:
    return document.kpi_table, document.charts, document.definitions, document.as_of


def _files(
    rows: Sequence[Attachment] | Sequence[VersionAttachment],
    content: Mapping[str, Any],
    view: str,
    here: list[str],
) -> tuple[OutFile, ...]:
    shown = picture_hashes(content)
    files: list[Attachment | VersionAttachment] = list(rows)
    return tuple(
        OutFile(
            name=file_name(one.title, position, one.stored.content_type),
            kind=ENDINGS.get(one.stored.content_type, ".pdf").lstrip(".").upper(),
            length=one.stored.length,
            url=reverse(f"reports:{view}", args=[*here, one.public_id]),
            in_text=one.stored.sha256 in shown,
        )
        for position, one in enumerate(files, start=1)
    )


def _audience(
    briefing: Briefing, at: datetime, whose: Mapping[Place, str]
) -> tuple[tuple[OutPlace, ...], dict[str, list[int]]]:
    """The organisations with the number of their readers, and who those are, by key."""
    rows: list[AudienceMember] = list(briefing.audience.select_related("municipality", "region"))
    mandates = Membership.objects.running(amsterdam_day(at)).filter(
        Q(municipality__in=[row.municipality_id for row in rows if row.municipality_id])
        | Q(region__in=[row.region_id for row in rows if row.region_id]),
        user__is_active=True,
        role__in=READING_ROLES,
    )
    people: dict[tuple[int | None, int | None], set[int]] = {}
    for one in mandates:
        people.setdefault((one.municipality_id, one.region_id), set()).add(one.user_id)
    found, keys = [], {}
    for row in rows:
        those = people.get((row.municipality_id, row.region_id), set())
        found.append(OutPlace(place_in_words(row.place), len(those), whose.get(row.place, "")))
        keys[_code(row.place)] = sorted(those)
    return tuple(found), keys


def _without_instants(content: Mapping[str, Any]) -> str:
    """The hash of frozen content, whenever it was looked at."""
    return fingerprint({key: part for key, part in content.items() if key not in INSTANTS})


def _place(text: Any) -> Place:
    place: Place = text.municipality or text.region
    return place


def _code(place: Place | None) -> str:
    """A place as forms name it; empty for everybody. A region's is no municipality's."""
    if place is None:
        return ""
    return place.slug if isinstance(place, Region) else place.cbs_code
