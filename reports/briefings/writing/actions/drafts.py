"""Writing a draft. It touches no reader: they have versions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jbn_oversight import access
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.files.actions import scan
from jbn_oversight.files.storage import store
from jbn_oversight.organisations.models import Institution, Municipality, Region
from jbn_oversight.personal_numbers import refuse_personal_numbers
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.act_kinds import (
    STARTED,
)
from reports.briefings.document.rules.kinds import template_of
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of, owners_for
from reports.briefings.gate.policies import check_open, check_revision
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import WRITE, Briefing
from reports.briefings.models.kinds import DocumentType
from reports.briefings.models.parts import Attachment, AudienceMember, Contribution, Section
from reports.briefings.models.scans import AttachmentScan
from reports.briefings.models.signing import SignOff
from reports.briefings.notices import actions as mail
from reports.briefings.public_pages.actions import give_address

MOST_ATTACHMENTS = 10


@dataclass(frozen=True, slots=True)
class DraftFields:
    """All that the form of a draft holds. Instants are aware; the month is its first day."""

    title: str
    subject: str = ""
    language: str = "nl"
    addressees: str = ""
    sender: str = ""
    document_date: date | None = None
    status_line: str = ""
    contact: str = ""
    figures_as_of: date | None = None
    figures_region: Region | None = None
    kpis: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    change_reason: str = ""
    public_page: bool = False
    window_opens_at: datetime | None = None
    embargo_until: datetime | None = None
    sections: tuple[tuple[str, str], ...] | None = None
    """Heading and text, in order, for everybody; None leaves the sections as they are."""
    audience: frozenset[Municipality | Region] = field(default_factory=frozenset)


FIELDS = (
    "title",
    "subject",
    "language",
    "addressees",
    "sender",
    "document_date",
    "status_line",
    "contact",
    "figures_as_of",
    "figures_region",
    "change_reason",
    "public_page",
)
TYPED = (
    "title",
    "subject",
    "addressees",
    "sender",
    "status_line",
    "contact",
    "change_reason",
)
"""Fields in which people type."""
FIXED_BY_APPROVAL = ("window_opens_at", "embargo_until")


@transaction.atomic
def start(
    *,
    institution: Institution,
    owner: Region | Municipality,
    title: str,
    language: str,
    at: datetime,
    by: User,
    document_type: str = DocumentType.OPLEGGER,
) -> Briefing:
    """Begin a briefing of one's own region or municipality, with the sections of its kind.

    Raises PermissionDenied.
    """
    regions, municipalities = owners_for(Actor.of(by, amsterdam_day(at)))
    check(owner in regions or owner in municipalities)
    refuse_personal_numbers(title)
    briefing = Briefing.objects.create(
        institution=institution,
        region=owner if isinstance(owner, Region) else None,
        municipality=owner if isinstance(owner, Municipality) else None,
        title=title,
        language=language,
        document_type=document_type,
        author=by,
        created_at=at,
    )
    with translation.override(language):
        for position, one in enumerate(template_of(document_type)):
            Section.objects.create(
                briefing=briefing, position=position, key=one.key, heading=gettext(one.heading)
            )
    access.grant(WRITE, by, briefing)
    give_address(briefing=briefing, at=at)
    Contribution.objects.create(briefing=briefing, user=by, first_at=at)
    record_on(briefing, STARTED, at=at, by=by)
    return briefing


@transaction.atomic
def edit(
    *, briefing: Briefing, draft: DraftFields, revision: int, at: datetime, by: User
) -> Briefing:
    """Save the draft; a submitted one goes back to its writers.

    The hours and the audience stand fast from the first approval on. Raises PermissionDenied,
    or RefusedError where it is withdrawn, was changed meanwhile or would move what is fixed.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    check_revision(briefing, revision)
    refuse_personal_numbers(
        *(getattr(draft, name) for name in TYPED),
        *(text for section in draft.sections or () for text in section),
    )
    audience = set(_audience(briefing))
    if briefing.approved_at is not None and (
        audience != draft.audience
        or any(getattr(briefing, name) != getattr(draft, name) for name in FIXED_BY_APPROVAL)
    ):
        raise RefusedError(
            _("The hours and the organisations were approved and cannot be changed here.")
        )
    changed = _write_fields(briefing, draft)
    if draft.sections is not None:
        changed |= _write_sections(briefing, draft.sections)
    changed |= _write_audience(briefing, audience, draft.audience, at, by)
    if changed:
        touched(briefing, at, by)
    return briefing


@transaction.atomic
def edit_heading(
    *, briefing: Briefing, draft: DraftFields, seen: str, at: datetime, by: User
) -> Briefing:
    """Save everything of the draft but its sections, which others may be writing meanwhile.

    ``seen`` is ``heading_seen`` of what the person had on the screen. Raises as ``edit`` does.
    """
    briefing = locked(briefing)
    if heading_seen(briefing) != seen:
        check(maker_of(briefing, by, at).writes)
        raise ChangedMeanwhileError(
            _("Somebody changed this briefing after you opened it. Look at it again first.")
        )
    return edit(
        briefing=briefing,
        draft=replace(draft, sections=None),
        revision=briefing.draft_revision,
        at=at,
        by=by,
    )


def heading_seen(briefing: Briefing) -> str:
    """A mark of everything in the draft but its sections: another one after any change."""
    names = (*FIELDS, *FIXED_BY_APPROVAL, "kpis", "charts")
    facts = [str(getattr(briefing, name)) for name in names]
    facts += sorted(f"{type(one).__name__}:{one.pk}" for one in _audience(briefing))
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()


@transaction.atomic
def attach(
    *, briefing: Briefing, title: str, data: bytes, content_type: str, at: datetime, by: User
) -> Attachment:
    """Add a file to the draft, cleaned. It lies under its hash, at no address of its own.

    ``content_type`` is what it should be; empty for whatever is accepted. Raises
    PermissionDenied, or RefusedError for a file that ``scanning`` does not let in.
    """
    check(maker_of(briefing, by, at).writes)
    # Before the lock: others need not wait while a long file is looked into.
    found = scan(data, content_type)
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    if briefing.attachments.filter(removed_at=None).count() >= MOST_ATTACHMENTS:
        raise RefusedError(_("A briefing has at most ten attachments. Remove one first."))
    stored = store(found.data, content_type=found.content_type, name="attachment")
    attachment = Attachment.objects.create(
        briefing=briefing, title=title, stored=stored, added_at=at, added_by=by
    )
    AttachmentScan.objects.create(
        attachment=attachment,
        offered_sha256=hashlib.sha256(data).hexdigest(),
        codes=list(found.codes),
        at=at,
    )
    touched(briefing, at, by)
    return attachment


@transaction.atomic
def detach(*, attachment: Attachment, at: datetime, by: User) -> None:
    """Take a file out of the draft; versions that were signed off with it keep it."""
    briefing = locked(attachment.briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    attachment.refresh_from_db()
    if attachment.removed_at is not None:
        return
    attachment.removed_at, attachment.removed_by = at, by
    attachment.save()
    touched(briefing, at, by)


def touched(briefing: Briefing, at: datetime, by: User) -> None:
    """The draft is something new: nobody approved or submitted it, and this person wrote.

    Who signed the draft as it was is told that the signature counts no more.
    """
    mail.voided(briefing, list(SignOff.objects.standing(briefing)), at)
    briefing.draft_revision += 1
    briefing.submitted_at = briefing.submitted_by = None
    briefing.save()
    Contribution.objects.get_or_create(briefing=briefing, user=by, defaults={"first_at": at})


def _write_fields(briefing: Briefing, draft: DraftFields) -> bool:
    new: dict[str, object] = {
        **{name: getattr(draft, name) for name in (*FIELDS, *FIXED_BY_APPROVAL)},
        "kpis": list(draft.kpis),
        "charts": list(draft.charts),
    }
    changed = {name: value for name, value in new.items() if getattr(briefing, name) != value}
    for name, value in changed.items():
        setattr(briefing, name, value)
    return bool(changed)


def _write_sections(briefing: Briefing, wanted: tuple[tuple[str, str], ...]) -> bool:
    """Rewrite the whole text: what stands at each position, and what comes or goes at the end.

    A section that gets another heading is no longer that of the template. Comments on what
    goes stay with the briefing.
    """
    there = list(briefing.sections.order_by("position"))
    if [(one.heading, one.text) for one in there] == list(wanted):
        return False
    for row, (heading, text) in zip(there, wanted, strict=False):
        if (row.heading, row.text) != (heading, text):
            row.key = row.key if row.heading == heading else ""
            row.heading, row.text = heading, text
            row.revision += 1
            row.save()
    for row in there[len(wanted) :]:
        take_out(row)
    first_free = there[-1].position + 1 if there else 0
    for offset, (heading, text) in enumerate(wanted[len(there) :]):
        Section.objects.create(
            briefing=briefing, position=first_free + offset, heading=heading, text=text
        )
    return True


def take_out(section: Section) -> None:
    """Delete a section from the draft; comments on it stay, and say what its heading was."""
    for comment in section.comments.all():
        comment.section = None
        comment.save()
    section.delete()


def _audience(briefing: Briefing) -> list[Municipality | Region]:
    rows = briefing.audience.select_related("municipality", "region")
    return [row.place for row in rows]


def _write_audience(
    briefing: Briefing,
    there: set[Municipality | Region],
    wanted: frozenset[Municipality | Region],
    at: datetime,
    by: User,
) -> bool:
    if there == wanted:
        return False
    for row in briefing.audience.select_related("municipality", "region"):
        if row.place not in wanted:
            row.delete()
    for place in sorted(wanted - there, key=lambda one: (type(one).__name__, one.pk)):
        AudienceMember.objects.create(
            briefing=briefing,
            municipality=place if isinstance(place, Municipality) else None,
            region=place if isinstance(place, Region) else None,
            added_at=at,
            added_by=by,
        )
    return True
