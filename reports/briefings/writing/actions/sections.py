"""Writing one section. Two people in two sections never meet; in one, neither loses a word.

What somebody types is first kept as a working copy of their own, and then saved. Saving on top
of a text that somebody else changed meanwhile is refused: both texts are there, to choose from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Municipality, Region
from jbn_oversight.personal_numbers import refuse_personal_numbers
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.document.rules.kinds import is_required
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.gate.policies import check_open
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.drafting import LeftPage, SectionDraft
from reports.briefings.models.parts import Section
from reports.briefings.writing.actions.drafts import take_out, touched

MOST_SECTIONS = 40
LONGEST = 50_000
LATE: Final = timedelta(days=1)
"""A message from a page that was left longer ago than this does not come any more."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """What somebody typed in a section, and on which revision of it they began."""

    heading: str
    text: str
    base_revision: int
    place: Municipality | Region | None = None
    """For whom alone; None for everybody."""
    page: str = ""
    """The open page on which it was typed; empty for what comes from no page."""
    sequence: int = 0
    """How often that page has sent its text."""
    began_with: str = ""
    """The ``mark`` of the working copy that the page began with; empty without."""


class TypedElsewhereError(RefusedError):
    """The same person types another text of this section on another open page."""


def _writable(briefing: Briefing, at: datetime, by: User) -> Briefing:
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    return briefing


@transaction.atomic
def keep_copy(*, section: Section, typed: TypedText, at: datetime, by: User) -> SectionDraft | None:
    """Keep what somebody typed as their own working copy. Nobody else sees it.

    None where there is nothing to keep: the text is what stands in the section already, or was
    saved in it since its writer began, or comes late from a page that was left. Raises
    PermissionDenied, TypedElsewhereError where another page of this person holds another text,
    or RefusedError where nothing can be written any more.
    """
    check(maker_of(section.briefing, by, at).writes)
    check_open(section.briefing)
    refuse_personal_numbers(typed.heading, typed.text)
    # One at a time, with the saving too: which of two came first decides what is late.
    locked(section.briefing)
    section.refresh_from_db(fields=["heading", "text", "revision"])
    if typed.page and LeftPage.objects.filter(section=section, page=typed.page).exists():
        return None
    rows = SectionDraft.objects.select_for_update().filter(section=section, user=by)
    there = rows.first()
    if there is not None and typed.page:
        if there.page == typed.page and there.sequence >= typed.sequence:
            return there
        is_ours = there.page == typed.page or there.mark == typed.began_with
        if not is_ours and (there.heading, there.text) != (typed.heading, typed.text):
            raise TypedElsewhereError(
                _(
                    "You have another text of this section, on another page, that is not saved. "
                    "This one stays on this page alone until you save it."
                )
            )
    if is_saved(section, typed.heading, typed.text, typed.base_revision):
        rows.delete()
        return None
    copy, _created = SectionDraft.objects.update_or_create(
        section=section,
        user=by,
        defaults={
            "heading": typed.heading[:200],
            "text": typed.text[:LONGEST],
            "base_revision": typed.base_revision,
            "saved_at": at,
            "page": typed.page,
            "sequence": typed.sequence,
        },
    )
    return copy


def is_saved(section: Section, heading: str, text: str, base_revision: int) -> bool:
    """Whether the section holds this text, or held it since the revision on which it began.

    Such a text is no work that could be lost, and no other text beside that of a colleague.
    """
    if (section.heading, section.text) == (heading.strip(), text):
        return True
    rows = section.history.filter(revision__gte=base_revision, heading=heading.strip(), text=text)
    return bool(rows.exists())


def give_up_copy(*, section: Section, by: User, at: datetime, page: str = "") -> None:
    """Throw one's own working copy away; ``page`` is the open page from which that was asked."""
    SectionDraft.objects.filter(section=section, user=by).delete()
    _leave(section, page, at)


def _leave(section: Section, page: str, at: datetime) -> None:
    """What still comes from this page is late."""
    LeftPage.objects.filter(left_at__lt=at - LATE).delete()
    if page:
        LeftPage.objects.get_or_create(section=section, page=page, defaults={"left_at": at})


@transaction.atomic
def save_section(*, section: Section, typed: TypedText, at: datetime, by: User) -> Section:
    """Save a section; a submitted draft goes back to its writers.

    Raises PermissionDenied, RefusedError, or ChangedMeanwhileError where somebody saved the
    section after this person began: nothing is merged or overwritten then.
    """
    briefing = _writable(section.briefing, at, by)
    section = _there(briefing, section)
    new = (typed.heading.strip(), typed.text, typed.place)
    if (section.heading, section.text, section.place) != new:
        refuse_personal_numbers(typed.heading, typed.text)
        if section.revision != typed.base_revision:
            raise ChangedMeanwhileError(
                _("Somebody else saved this section after you began. Both texts are kept.")
            )
        if typed.place is not None and is_required(briefing.document_type, section.key):
            raise RefusedError(_("This section is required, so it is for everybody."))
        section.heading, section.text, place = new
        section.region = place if isinstance(place, Region) else None
        section.municipality = place if isinstance(place, Municipality) else None
        section.revision += 1
        section.save()
        touched(briefing, at, by)
    _end_copy(section, typed, by)
    _leave(section, typed.page, at)
    return section


def _end_copy(section: Section, typed: TypedText, by: User) -> None:
    """The working copy became what was saved. One of another page, with other words, stays."""
    for copy in SectionDraft.objects.filter(section=section, user=by):
        is_ours = not typed.page or copy.page == typed.page or copy.mark == typed.began_with
        if is_ours or is_saved(section, copy.heading, copy.text, copy.base_revision):
            copy.delete()


@transaction.atomic
def add_section(
    *, briefing: Briefing, heading: str, after: Section | None, at: datetime, by: User
) -> Section:
    """A new, empty section after another one, or at the end."""
    briefing = _writable(briefing, at, by)
    rows = list(briefing.sections.order_by("position"))
    if len(rows) >= MOST_SECTIONS:
        raise RefusedError(_("A briefing has at most forty sections."))
    last = rows[-1].position + 1 if rows else 0
    section = Section.objects.create(briefing=briefing, position=last, heading=heading)
    if after is not None and after in rows:
        order = [*rows, section]
        order.insert(order.index(after) + 1, order.pop())
        _in_order(order)
    touched(briefing, at, by)
    section.refresh_from_db()
    return section


@transaction.atomic
def remove_section(*, section: Section, revision: int, at: datetime, by: User) -> None:
    """Take a section out of the draft, unless its kind of document needs it.

    ``revision`` is that of the section which the person saw.
    """
    briefing = _writable(section.briefing, at, by)
    section = _there(briefing, section)
    if is_required(briefing.document_type, section.key):
        raise RefusedError(_("This kind of document needs this section. It cannot be removed."))
    if section.revision != revision:
        raise ChangedMeanwhileError(
            _("Somebody else saved this section after you began. Look at it again first.")
        )
    take_out(section)
    touched(briefing, at, by)


@transaction.atomic
def move_section(
    *, section: Section, direction: Literal["up", "down"], at: datetime, by: User
) -> None:
    """Move a section one place; at the end of the row nothing happens."""
    briefing = _writable(section.briefing, at, by)
    section = _there(briefing, section)
    order = list(briefing.sections.order_by("position"))
    place = order.index(section)
    target = place - 1 if direction == "up" else place + 1
    if not 0 <= target < len(order):
        return
    order.insert(target, order.pop(place))
    _in_order(order)
    touched(briefing, at, by)


def _there(briefing: Briefing, section: Section) -> Section:
    found = briefing.sections.select_related("region", "municipality").filter(pk=section.pk)
    row = found.first()
    if row is None:
        raise ChangedMeanwhileError(
            _("Somebody took this section out of the draft. Your text is still on your screen.")
        )
    return row


def _in_order(order: list[Section]) -> None:
    """Number the sections as they stand; no two ever have the same number."""
    free = max(row.position for row in order) + 1
    places = sorted(row.position for row in order)
    moved = [
        (row, place) for row, place in zip(order, places, strict=True) if row.position != place
    ]
    for offset, (row, _place) in enumerate(moved):
        row.position = free + offset
        row.save()
    for row, place in moved:
        row.position = place
        row.save()
