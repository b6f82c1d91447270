"""The press release: written by the makers, agreed to by each party, word for word."""

from __future__ import annotations

import hashlib
from datetime import datetime
from ipaddress import ip_address

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Institution, Region
from jbn_oversight.personal_numbers import refuse_personal_numbers
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.act_kinds import (
    PARTY_ASKED,
    PARTY_NAMED,
    PARTY_REMOVED,
    PRESS_AGREED,
)
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.gate.policies import check_not_secret, check_open
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingKind, ReadingLog
from reports.briefings.press.models import AGREEING_ROLES, PressAgreement, PressParty, PressText
from reports.briefings.readers.actions import was_removed


def people_who_can_agree(briefing: Briefing, at: datetime) -> QuerySet[Membership]:
    """Running roles in the institution, or of alderman or adviser in one of the regions."""
    running = Membership.objects.running(amsterdam_day(at)).filter(user__is_active=True)
    regions = running.filter(region__isnull=False, role__in=(Role.ALDERMAN, Role.POLICY_ADVISER))
    there = running.filter(institution=briefing.institution, role=Role.INSTITUTION)
    both: QuerySet[Membership] = regions | there
    return both


@transaction.atomic
def name_party(*, briefing: Briefing, mandate: Membership, at: datetime, by: User) -> PressParty:
    """Say who agrees for a party; who was named for it before no longer does.

    A maker and an early reader know it already. Anybody else sees the text only after a second
    maker agreed (``agree_to_party``). Raises PermissionDenied, or RefusedError for who holds no
    such role or was removed as an early reader.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    if not people_who_can_agree(briefing, at).filter(pk=mandate.pk).exists():
        raise RefusedError(_("This person cannot agree for that party."))
    check_not_secret(briefing)
    if was_removed(briefing, mandate.user):
        raise RefusedError(
            _("This person was removed as an early reader. Name them as a reader first.")
        )
    place: dict[str, Institution | Region | None] = {
        "institution": mandate.institution,
        "region": mandate.region,
    }
    there = briefing.press_parties.filter(removed_at=None, **place).first()
    if there is not None:
        if (there.user_id, there.mandate) == (mandate.user_id, mandate.public_id):
            return there
        _remove(there, at, by)
    party = PressParty.objects.create(
        briefing=briefing,
        user=mandate.user,
        mandate=mandate.public_id,
        needs_second=not _knows_it(briefing, mandate.user, at),
        named_at=at,
        named_by=by,
        **place,
    )
    kind = PARTY_ASKED if party.needs_second else PARTY_NAMED
    record_on(briefing, kind, at=at, by=by, about=mandate.user)
    return party


def _knows_it(briefing: Briefing, user: User, at: datetime) -> bool:
    """Whether this person works on the briefing, or reads its approved version early."""
    if Briefing.objects.worked_on_by(user, at).filter(pk=briefing.pk).exists():
        return True
    readers = briefing.early_readers.remaining(at)
    return briefing.approved_at is not None and bool(
        readers.filter(user=user, accepted_at__isnull=False).exists()
    )


@transaction.atomic
def agree_to_party(*, party: PressParty, at: datetime, by: User) -> PressParty:
    """Let a person whom another maker named see the text. Any other maker; twice is once.

    Raises PermissionDenied for anyone who is no maker, or RefusedError.
    """
    briefing = locked(party.briefing)
    check(maker_of(briefing, by, at).stops)
    check_open(briefing)
    check_not_secret(briefing)
    party = PressParty.objects.select_for_update(of=("self",)).get(pk=party.pk)
    if party.removed_at is not None:
        raise RefusedError(_("This party is asked no longer."))
    if party.named_by_id == by.pk:
        raise RefusedError(_("Somebody else must agree: you named this person yourself."))
    if party.needs_second and party.agreed_at is None:
        party.agreed_at, party.agreed_by = max(at, party.named_at), by
        party.save()
        named_by = party.named_by
        record_on(briefing, PARTY_NAMED, at=at, by=named_by, agreed_by=by, about=party.user)
    return party


@transaction.atomic
def remove_party(*, party: PressParty, at: datetime, by: User) -> None:
    """Ask this party no longer; its person sees the text no more. Twice is once."""
    briefing = locked(party.briefing)
    check(maker_of(briefing, by, at).writes)
    party = PressParty.objects.select_for_update(of=("self",)).get(pk=party.pk)
    if party.removed_at is None:
        _remove(party, at, by)


def _remove(party: PressParty, at: datetime, by: User) -> None:
    party.removed_at, party.removed_by = at, by
    party.save()
    record_on(party.briefing, PARTY_REMOVED, at=at, by=by, about=party.user)


@transaction.atomic
def write_text(*, briefing: Briefing, text: str, at: datetime, by: User) -> PressText:
    """Keep the text. Another text than before voids every agreement; the same one none.

    Raises PermissionDenied or RefusedError.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    text = "\n".join(text.strip().splitlines())
    if not text:
        raise RefusedError(_("Write the text first."))
    refuse_personal_numbers(text)
    last = last_text(briefing)
    if last is not None and last.text == text:
        return last
    return PressText.objects.create(
        briefing=briefing,
        number=last.number + 1 if last else 1,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        written_at=at,
        written_by=by,
    )


@transaction.atomic
def agree(*, briefing: Briefing, sha256: str, at: datetime, by: User) -> list[PressAgreement]:
    """Agree to exactly the text that was on the screen, for each party one was named for.

    Twice is once. Raises PermissionDenied for who was not named, ChangedMeanwhileError where
    the text is another by now.
    """
    briefing = locked(briefing)
    check_open(briefing)
    parties = list(PressParty.objects.held_by(by, at).filter(briefing=briefing))
    if not parties:
        raise PermissionDenied
    last = last_text(briefing)
    if last is None or last.sha256 != sha256:
        raise ChangedMeanwhileError(_("The text was changed. Read it again before you agree."))
    agreed = [
        PressAgreement.objects.get_or_create(
            text=last, party=party, defaults={"sha256": sha256, "agreed_at": at, "agreed_by": by}
        )
        for party in parties
    ]
    if any(is_new for _row, is_new in agreed):
        record_on(briefing, PRESS_AGREED, at=at, by=by)
    return [row for row, _is_new in agreed]


def last_text(briefing: Briefing) -> PressText | None:
    """The text that counts, or None while there is none."""
    return briefing.press_texts.order_by("-number").first()


def missing_parties(briefing: Briefing) -> list[PressParty]:
    """Parties that did not agree to the last text; none while there is no text."""
    last = last_text(briefing)
    if last is None:
        return []
    parties = briefing.press_parties.filter(removed_at=None).exclude(agreements__text=last)
    return list(parties.select_related("institution", "region", "user"))


def note_reading(
    *, party: PressParty, served: bytes, at: datetime, address: str | None, by: User
) -> ReadingLog:
    """Note that a party's person opened the text; ``served`` are the bytes of the page."""
    try:
        known = str(ip_address(address or ""))
    except ValueError:
        known = None
    return ReadingLog.objects.create(
        briefing_public_id=party.briefing.public_id,
        owner=party.briefing.owner_code,
        kind=ReadingKind.PRESS,
        reader_public_id=by.public_id,
        reader_name=by.name,
        reader_email=by.email,
        role=_role_at(party, by, at),
        organisation=str(party.place),
        at=at,
        address=known,
        sha256=hashlib.sha256(served).hexdigest(),
    )


def _role_at(party: PressParty, by: User, at: datetime) -> str:
    rows = Membership.objects.running(amsterdam_day(at)).filter(
        user=by, institution=party.institution, region=party.region, role__in=AGREEING_ROLES
    )
    first = rows.first()
    return str(first.role) if first else ""
