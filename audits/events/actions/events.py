"""Record events, and decide between sources. Every refusal is a sentence that says what to do."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from audits.act_kinds import CONTRADICTION, EVENT
from audits.actions import held_with
from audits.models.timeline import Contradiction, Decided, TimelineEvent
from certification.certificates.actions import save_by
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError

_CODE_LENGTH = 60


DECIDED: Final = ("decided_for", "decided_reason", "decided_at", "decided_by")
"""What somebody decides on a contradiction, and does not record."""


def state_of(row: TimelineEvent | Contradiction) -> str:
    """A mark of how the row is now: another one means that somebody changed it."""
    return str(row.history.values_list("history_id", flat=True).first() or "")


@transaction.atomic
def save_event(*, event: TimelineEvent, seen: str, today: date, by: User) -> TimelineEvent:
    """Add what a source says, or change what was recorded of it.

    ``seen`` is ``state_of`` the event as the writer saw it, "" for a new one; ``today`` the
    Amsterdam day. Raises RefusedError.
    """
    if event._state.adding:
        # One at a time, so that the same claim twice is seen.
        Institution.objects.select_for_update().get(pk=event.institution_id)
        events = TimelineEvent.objects.filter(institution=event.institution)
        event.code = code_from(events, event.event_on, event.claim)
    row, _is_changed = held_with(event)
    if not row._state.adding:
        unchanged(row, seen)
    _check(row, today)
    is_new = row._state.adding
    save_by(row, by)
    record_act(
        kind=EVENT.saved(new=is_new),
        on=row,
        key=day_in(row.code),
        institution=row.institution,
        by=by,
    )
    return row


def unchanged(row: TimelineEvent | Contradiction, seen: str) -> None:
    """Raises RefusedError where somebody changed the row since the writer saw it."""
    if state_of(row) != seen:
        raise RefusedError(
            _("Somebody changed this while you wrote. Look at the page again before you change it.")
        )


def _check(row: TimelineEvent, today: date) -> None:
    if not row.is_planned and row.on.first > today:
        raise RefusedError(
            _("This day is yet to come. Tick that it is planned, or change the day."), "event"
        )
    _check_plan(row)
    if row.passage is not None:
        document = row.passage.version.document
        if (document.source_id, document.institution_id) != (row.source_id, row.institution_id):
            raise RefusedError(
                _("This passage stands in another paper. Choose that paper as the source."),
                "passage",
            )
    same = TimelineEvent.objects.filter(
        institution=row.institution,
        claim__iexact=row.claim,
        event_on=row.event_on,
        source=row.source,
    )
    if same.exclude(pk=row.pk).exists():
        raise RefusedError(
            _("This source says this of this day already. Change that event."), "claim"
        )


def _check_plan(row: TimelineEvent) -> None:
    plan = row.carries_out
    if plan is not None:
        if row.is_planned:
            raise RefusedError(
                _("What is planned carries nothing out yet. Leave one of the two out."),
                "carries_out",
            )
        if plan.institution_id != row.institution_id or not plan.is_planned or plan.pk == row.pk:
            raise RefusedError(
                _("Only a planned event of this institution can be carried out."), "carries_out"
            )
    if row.pk and not row.is_planned and row.carried_out_by.exists():
        raise RefusedError(
            _("Another event says that this plan was carried out, so it stays planned."),
            "is_planned",
        )


def code_from(
    rows: QuerySet[TimelineEvent] | QuerySet[Contradiction], day: date, words: str
) -> str:
    """A lasting code from day and words; it ends in a number where one of these rows has it."""
    stem = f"{day:%Y-%m-%d}-{slugify(words)}"[: _CODE_LENGTH - 4].strip("-")
    taken = set(rows.filter(code__startswith=stem).values_list("code", flat=True))
    number = 1
    code = stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


def day_in(code: str) -> str:
    """The day with which a lasting code begins; what follows are words of a paper."""
    found = re.match(r"\d{4}-\d{2}-\d{2}", code)
    return found[0] if found else ""


@transaction.atomic
def decide(
    *,
    contradiction: Contradiction,
    seen: str,
    decided_for: Decided,
    reason: str,
    at: datetime,
    by: User,
) -> Contradiction:
    """Say which source is followed, and why; an earlier decision stays in the history.

    ``seen`` is ``state_of`` the contradiction as the writer saw it, ``at`` an aware instant.
    Raises RefusedError.
    """
    row = Contradiction.objects.select_for_update().get(pk=contradiction.pk)
    unchanged(row, seen)
    reason = reason.strip()
    if not reason:
        raise RefusedError(_("Say why you follow this source."), "reason")
    if (row.decided_for, row.decided_reason) == (decided_for, reason):
        raise RefusedError(_("This was decided already, for this reason."))
    row.decided_for, row.decided_reason = decided_for, reason
    row.decided_at, row.decided_by = at, by
    save_by(row, by)
    record_act(
        kind=CONTRADICTION.changed,
        on=row,
        key=day_in(row.code),
        detail="decided",
        at=at,
        institution=row.institution,
        by=by,
    )
    return row
