"""Quote a place in a paper, and tie facts to it and back."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from audits.act_kinds import PAPER
from audits.models.findings import Finding
from audits.models.timeline import TimelineEvent
from certification.certificates.actions import save_by
from certification.models import DocumentVersion, Passage
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.personal_numbers import refuse_personal_numbers
from jbn_oversight.refusals import RefusedError

Fact: TypeAlias = TimelineEvent | Finding
MOST_LETTERS = 1000


@transaction.atomic
def add_passage(
    *, version: DocumentVersion, place: str, quote: str, at: datetime, by: User
) -> Passage:
    """Quote words from a version; the same place and words once more are the same passage.

    Raises RefusedError for a number of a person, and for more than ``MOST_LETTERS``.
    """
    place, quote = " ".join(place.split()), " ".join(quote.split())
    refuse_personal_numbers(place, quote)
    if not place or not quote:
        raise RefusedError(_("Say where it stands and what it says."))
    if len(quote) > MOST_LETTERS:
        raise RefusedError(_("Quote at most %(n)s characters.") % {"n": MOST_LETTERS})
    found = Passage.objects.filter(version=version, place=place, quote=quote).first()
    if found:
        return found
    passage = Passage(version=version, place=place, quote=quote, added_at=at, added_by=by)
    save_by(passage, by)
    _record("quoted", version, by, at)
    return passage


@transaction.atomic
def tie(*, passage: Passage, fact: Fact, at: datetime, by: User) -> None:
    """Let a fact point to the passage. Raises RefusedError while the paper is under embargo."""
    if not passage.version.is_out(at):
        raise RefusedError(
            _("A fact can point here once the paper is open to all who see the register.")
        )
    fact.passage = passage
    save_by(fact, by)
    _record("tied", passage.version, by, at)


@transaction.atomic
def untie(*, passage: Passage, fact: Fact, by: User) -> None:
    """Let the fact point nowhere, if it pointed to this passage."""
    if fact.passage_id == passage.pk:
        fact.passage = None
        save_by(fact, by)
        _record("untied", passage.version, by)


def _record(detail: str, version: DocumentVersion, by: User, at: datetime | None = None) -> None:
    institution = version.document.institution
    record_act(kind=PAPER.changed, on=version, detail=detail, at=at, institution=institution, by=by)
