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

from django.db.models import Q
from django.urls import reverse

from jbn_oversight.accounts.models import Membership
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.files.scan.kinds import ENDINGS
from jbn_oversight.organisations.models import Municipality, Region
from reports.briefings.document.rules.content import fingerprint, picture_hashes
from reports.briefings.document.selectors.corrections import corrections_beside
from reports.briefings.document.selectors.documents import document_of_content, file_name, with_hour
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import Attachment, AudienceMember
from reports.briefings.models.readers import READING_ROLES
from reports.briefings.models.versions import BriefingVersion, VersionAttachment, VersionVariant
from reports.briefings.sentences import place_in_words
from reports.briefings.signing.selectors.shown import (
    PARTS,
    GoingOut,
    OutFile,
    OutPlace,
    OutReader,
    OutSection,
    OutText,
)
from reports.briefings.signing.selectors.signed_texts import SignedTexts
from reports.documents.rules import BriefingDocument
from reports.figures.rules.figures import QuotedFigure

Place = Municipality | Region

INSTANTS: Final = ("frozen_at", "as_known_at")
"""Parts of frozen content that say when it was looked at, and differ each time."""
SECTIONS_OF_A_TEXT: Final = 1_000
"""More sections than a text can have: keeps the ids of texts on one page apart."""


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
