"""Record where sources clash, and take back what was recorded by mistake."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from audits.act_kinds import CONTRADICTION
from audits.actions import held_with, tie
from audits.events.actions.events import DECIDED, code_from, day_in, unchanged
from audits.models.timeline import Contradiction, TimelineEvent
from certification.certificates.actions import save_by
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError


@transaction.atomic
def save_contradiction(
    *,
    contradiction: Contradiction,
    events: Collection[TimelineEvent],
    seen: str,
    today: date,
    by: User,
) -> Contradiction:
    """Add a contradiction, or change one on which nobody decided yet.

    ``events`` are the claims on the time line that take part in it. ``seen`` is ``state_of`` the
    row as the writer saw it, "" for a new one; ``today`` the Amsterdam day. Raises RefusedError.
    """
    if contradiction._state.adding:
        # One at a time, so that the same matter twice is seen.
        Institution.objects.select_for_update().get(pk=contradiction.institution_id)
        rows = Contradiction.objects.filter(institution=contradiction.institution)
        contradiction.code = code_from(rows, today, contradiction.matter)
    else:
        unchanged(_undecided(contradiction), seen)
    row, _is_changed = held_with(contradiction, but=DECIDED)
    _check(row, events)
    is_new = row._state.adding
    save_by(row, by)
    tie(row, {"events": events}, by)
    record_act(
        kind=CONTRADICTION.saved(new=is_new),
        on=row,
        key=day_in(row.code),
        institution=row.institution,
        by=by,
    )
    return row


@transaction.atomic
def remove_contradiction(*, contradiction: Contradiction, by: User) -> None:
    """Take back a contradiction that is none; it stays in the history, and so do the claims.

    Raises RefusedError once somebody decided.
    """
    row = _undecided(contradiction)
    record_act(
        kind=CONTRADICTION.removed,
        on=row,
        key=day_in(row.code),
        institution=row.institution,
        by=by,
    )
    vars(row)["_history_user"] = by
    row.delete()


def _undecided(contradiction: Contradiction) -> Contradiction:
    row: Contradiction = Contradiction.objects.select_for_update(of=("self",)).get(
        pk=contradiction.pk
    )
    if row.decided_for:
        raise RefusedError(
            _("Somebody decided on this, so it stays as it was decided on. Decide otherwise.")
        )
    return row


def _check(row: Contradiction, events: Collection[TimelineEvent]) -> None:
    if row.one.casefold() == row.other.casefold():
        raise RefusedError(
            _("Both sides say the same, so nothing clashes. Write what each source says."), "other"
        )
    if any(event.institution_id != row.institution_id for event in events):
        raise RefusedError(_("An event is about another institution. Choose others."), "events")
    same = Contradiction.objects.filter(institution=row.institution, matter__iexact=row.matter)
    if same.exclude(pk=row.pk).exists():
        raise RefusedError(
            _("On this matter a contradiction is here already. Change that one, or name it else."),
            "matter",
        )
