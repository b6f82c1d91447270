"""Early readers: named, removed, and accepting the terms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.embargo import Answer
from jbn_oversight.jobs.actions.claiming import nudge
from jbn_oversight.organisations.models import MunicipalityRegion
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import (
    READER_ADDED,
    READER_REMOVED,
    READERS_ASKED,
    READERS_REFUSED,
)
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of, mandates_that_may_read_early
from reports.briefings.gate.policies import check_not_secret, check_open
from reports.briefings.log.actions import log_acceptance, record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import EarlyReader, ProposedReader, ReaderProposal
from reports.briefings.notices import actions as mail
from reports.briefings.printing.actions import copies
from reports.briefings.readers.rules import is_shared

SAME_HAND: Final = timedelta(days=1)
"""Readers whom one person adds within this time count together: no splitting into small lots."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What naming some people would do."""

    new: tuple[Membership, ...]
    there: tuple[Membership, ...]
    """Named already; nothing happens to them."""
    refused: tuple[tuple[Membership, str], ...]
    outside: tuple[Membership, ...]
    """Of the new ones, who is of no addressed organisation."""
    reasons: tuple[str, ...]
    """Why a second person must agree; empty where nobody need."""

    @property
    def needs_second(self) -> bool:
        """Whether a second person must agree."""
        return bool(self.reasons)


def preview(
    *, briefing: Briefing, mandates: Collection[Membership], at: datetime, by: User
) -> Preview:
    """Who would be new, who is there already, and who cannot be named. Writes nothing."""
    still = briefing.early_readers.remaining(at)
    named = set(still.values_list("user", flat=True))
    able = mandates_that_may_read_early(briefing, amsterdam_day(at))
    allowed = set(able.filter(pk__in=[one.pk for one in mandates]).values_list("pk", flat=True))
    new: dict[int, Membership] = {}
    there: dict[int, Membership] = {}
    refused: list[tuple[Membership, str]] = []
    for mandate in mandates:
        if mandate.user_id in named:
            there.setdefault(mandate.user_id, mandate)
        elif why := _refusal(mandate, allowed):
            refused.append((mandate, why))
        else:
            new.setdefault(mandate.user_id, mandate)
    municipalities, regions = addressed(briefing, at)
    outside = tuple(
        one
        for one in new.values()
        if one.municipality_id not in municipalities and one.region_id not in regions
    )
    reasons = _reasons(briefing, new.keys(), len(outside), at, by)
    return Preview(tuple(new.values()), tuple(there.values()), tuple(refused), outside, reasons)


@transaction.atomic
def add_readers(
    *, briefing: Briefing, mandates: Collection[Membership], at: datetime, by: User
) -> ReaderProposal | list[EarlyReader]:
    """Name people, or ask a second maker: for many, for outsiders, for who was removed before.

    Who is named already or cannot be named is left out, as the preview said. Raises
    PermissionDenied, or RefusedError where nobody is left.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    check_not_secret(briefing)
    seen = preview(briefing=briefing, mandates=mandates, at=at, by=by)
    if not seen.new:
        raise RefusedError(_("There is nobody new to name."))
    if not seen.needs_second:
        return [invite(briefing=briefing, mandate=one, at=at, by=by) for one in seen.new]
    proposal = ReaderProposal.objects.create(briefing=briefing, proposed_at=at, proposed_by=by)
    ProposedReader.objects.bulk_create(
        ProposedReader(proposal=proposal, mandate=one) for one in seen.new
    )
    record_on(briefing, READERS_ASKED, at=at, by=by, detail=str(len(seen.new)))
    return proposal


@transaction.atomic
def decide(*, proposal: ReaderProposal, agreed: bool, at: datetime, by: User) -> ReaderProposal:
    """A second maker agrees, and the people are named; or does not, and nobody is.

    Any maker but who proposed. Who lost the role meanwhile is left out. Twice is once. Raises
    PermissionDenied or RefusedError.
    """
    briefing = locked(proposal.briefing)
    check(maker_of(briefing, by, at).stops)
    check_open(briefing)
    if agreed:
        check_not_secret(briefing)
    proposal = ReaderProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if proposal.decided_at is not None:
        return proposal
    if proposal.proposed_by_id == by.pk:
        raise RefusedError(_("Somebody else must agree: you proposed this yourself."))
    proposal.decided_at, proposal.decided_by = max(at, proposal.proposed_at), by
    proposal.agreed = agreed
    proposal.save(update_fields=["decided_at", "decided_by", "agreed"])
    if agreed:
        mandates = [row.mandate for row in proposal.people.select_related("mandate__user")]
        seen = preview(briefing=briefing, mandates=mandates, at=at, by=by)
        for mandate in seen.new:
            name_reader(briefing, mandate, at, proposal.proposed_by, agreed_by=by)
    else:
        record_on(briefing, READERS_REFUSED, at=at, by=by)
    return proposal


@transaction.atomic
def invite(*, briefing: Briefing, mandate: Membership, at: datetime, by: User) -> EarlyReader:
    """Name a person, in the role that they hold, as an early reader. Twice does nothing.

    People are named through ``add_readers``, which counts them; this is one of its steps.
    Raises PermissionDenied, or RefusedError for who holds no reading role there now, is a
    maker, or shares an address with others.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    check_not_secret(briefing)
    still = briefing.early_readers.remaining(at)
    there: EarlyReader | None = still.filter(user=mandate.user).first()
    if there is not None:
        return there
    able = mandates_that_may_read_early(briefing, amsterdam_day(at))
    why = _refusal(mandate, set(able.filter(pk=mandate.pk).values_list("pk", flat=True)))
    if why:
        raise RefusedError(why)
    return name_reader(briefing, mandate, at, by)


def name_reader(
    briefing: Briefing,
    mandate: Membership,
    at: datetime,
    by: User,
    *,
    agreed_by: User | None = None,
) -> EarlyReader:
    """The step that all roads to an early reader end in; the caller checked who may and whom.

    Who was named by a mandate that ended stands on the list still; that row ends here.
    """
    for lapsed in briefing.early_readers.filter(user=mandate.user, removed_at=None):
        lapsed.removed_at, lapsed.removed_by = max(at, lapsed.invited_at), by
        lapsed.save()
    reader = EarlyReader.objects.create(
        briefing=briefing,
        user=mandate.user,
        role=mandate.role,
        municipality=mandate.municipality,
        region=mandate.region,
        mandate=mandate.public_id,
        invited_at=at,
        invited_by=by,
    )
    record_on(briefing, READER_ADDED, at=at, by=by, agreed_by=agreed_by, about=mandate.user)
    mail.invited(reader, at)
    if briefing.approved_at is not None:
        nudge(copies.TASK)
    return reader


def _refusal(mandate: Membership, allowed: Collection[int]) -> str:
    if is_shared(mandate.user.email):
        return _("This address belongs to a group. Only a person can be named.")
    if mandate.pk not in allowed:
        return _("This person cannot be named as an early reader of this briefing.")
    return ""


def addressed(briefing: Briefing, at: datetime) -> tuple[set[int], set[int]]:
    """Municipalities and regions of the audience, with the municipalities of its regions."""
    places = briefing.audience.all()
    regions = set(places.exclude(region=None).values_list("region", flat=True))
    within = MunicipalityRegion.objects.running(amsterdam_day(at)).filter(region__in=regions)
    return (
        set(places.exclude(municipality=None).values_list("municipality", flat=True))
        | set(within.values_list("municipality", flat=True)),
        regions,
    )


def was_removed(briefing: Briefing, user: User) -> bool:
    """Whether a maker removed this person as an early reader, and nobody named them again."""
    rows = briefing.early_readers.filter(user=user)
    return rows.exists() and not rows.filter(removed_at=None).exists()


def _reasons(
    briefing: Briefing, people: Collection[int], outside: int, at: datetime, by: User
) -> tuple[str, ...]:
    new = len(people)
    agreed = ProposedReader.objects.filter(proposal__briefing=briefing, proposal__agreed=True)
    lately = (
        briefing.early_readers.filter(invited_by=by, invited_at__gt=at - SAME_HAND)
        .exclude(user__in=agreed.values("mandate__user"))
        .count()
    )
    found = []
    if new and new + lately > settings.BRIEFING_READERS_ALONE:
        found.append(
            _("With these you add %(n)s people in a day; more than %(most)s needs a second person.")
            % {"n": new + lately, "most": settings.BRIEFING_READERS_ALONE}
        )
    if outside:
        found.append(_("Somebody is of an organisation to which it is not addressed."))
    # A maker took them out: one person alone does not undo that, not even another maker.
    if briefing.early_readers.filter(user__in=people, removed_at__isnull=False).exists():
        found.append(_("Somebody was an early reader of this briefing before and was removed."))
    return tuple(found)


@transaction.atomic
def remove(*, reader: EarlyReader, at: datetime, by: User) -> None:
    """End a reader's access, at once and also in an open tab. Any maker may; twice is once."""
    briefing = locked(reader.briefing)
    check(maker_of(briefing, by, at).stops)
    reader = EarlyReader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    if reader.removed_at is None:
        reader.removed_at, reader.removed_by = max(at, reader.invited_at), by
        reader.save()
        record_on(briefing, READER_REMOVED, at=at, by=by, about=reader.user)


@transaction.atomic
def accept_terms(*, briefing: Briefing, at: datetime, address: str | None, by: User) -> bool:
    """Note that an invited reader accepts the terms of this briefing.

    True when the reader may read now. False when there is nothing to accept: not invited any
    more, not approved, or the window is not open; nothing is written then.
    """
    locked(briefing)
    answer = Briefing.objects.known_to(by, at).filter(pk=briefing.pk).first()
    if answer is None or answer.answer != Answer.BEFORE.value:
        return answer is not None
    rows = EarlyReader.objects.remaining(at).select_for_update(of=("self",))
    reader = rows.filter(briefing=briefing, user=by, accepted_at=None).first()
    window = answer.window_opens_at
    if reader is None or answer.approved_at is None or window is None or window > at:
        return False
    reader.accepted_at = max(at, reader.invited_at)
    reader.save()
    log_acceptance(briefing=answer, at=at, address=address, by=by)
    return True
