"""Record where sources clash, and take back what was recorded by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from audits.events.actions.events import code_from, unchanged
from audits.models.timeline import Contradiction, TimelineEvent
from certification.certificates.actions import save_by
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class ContradictionFields:
    """Two sides that cannot both be so, or seem not to be."""

    matter: str
    one: str
    one_source: Source
    other: str
    other_source: Source
    handling: str
    """What the portal shows as long as nobody decides."""
    events: tuple[TimelineEvent, ...] = ()
    """Claims on the time line that take part in it."""


@transaction.atomic
def save_contradiction(
    *,
    institution: Institution,
    contradiction: Contradiction | None,
    seen: str,
    fields: ContradictionFields,
    today: date,
    by: User,
) -> Contradiction:
    """Add a contradiction, or change one on which nobody decided yet.

    ``seen`` is ``state_of`` the row as the writer saw it, "" for a new one; ``today`` the
    Amsterdam day. Raises RefusedError.
    """
    if contradiction is None:
        # One at a time, so that the same matter twice is seen.
        Institution.objects.select_for_update().get(pk=institution.pk)
        code = code_from(
            Contradiction.objects.filter(institution=institution), today, fields.matter
        )
        row = Contradiction(institution=institution, code=code)
    else:
        row = _undecided(contradiction)
        unchanged(row, seen)
    _check(institution, row, fields)
    row.matter, row.handling = fields.matter, fields.handling
    row.one, row.one_source = fields.one, fields.one_source
    row.other, row.other_source = fields.other, fields.other_source
    save_by(row, by)
    if set(row.events.all()) != set(fields.events):
        row.events.set(fields.events)
    return row


@transaction.atomic
def remove_contradiction(*, contradiction: Contradiction, by: User) -> None:
    """Take back a contradiction that is none; it stays in the history, and so do the claims.

    Raises RefusedError once somebody decided.
    """
    row = _undecided(contradiction)
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


def _check(institution: Institution, row: Contradiction, fields: ContradictionFields) -> None:
    if fields.one.casefold() == fields.other.casefold():
        raise RefusedError(
            _("Both sides say the same, so nothing clashes. Write what each source says."), "other"
        )
    if any(event.institution_id != institution.pk for event in fields.events):
        raise RefusedError(_("An event is about another institution. Choose others."), "events")
    same = Contradiction.objects.filter(institution=institution, matter__iexact=fields.matter)
    if same.exclude(pk=row.pk).exists():
        raise RefusedError(
            _("On this matter a contradiction is here already. Change that one, or name it else."),
            "matter",
        )
