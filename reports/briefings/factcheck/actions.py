"""Fact checks: asked for, opened, answered, dealt with, and ended at once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from django.db import transaction
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import User
from jbn_oversight.personal_numbers import refuse_personal_numbers
from jbn_oversight.refusals import ChangedMeanwhileError, RefusedError
from reports.briefings.act_kinds import (
    FACT_CHECK_ENDED,
    FACT_CHECK_SENT,
)
from reports.briefings.document.selectors.passages import passages_of
from reports.briefings.factcheck.models import (
    LONGEST,
    FactCheck,
    FactCheckAnswer,
    FactCheckPassage,
    Settlement,
    fingerprint_of,
)
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.gate.policies import check_open
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readings import ReadingKind, ReadingLog

MOST_OPEN = 10
"""Links of one briefing that work at the same time."""


@dataclass(frozen=True, slots=True)
class Outsider:
    """Who is asked: a person, by name."""

    name: str
    organisation: str
    email: str


@dataclass(frozen=True, slots=True)
class PassageAnswer:
    """What an outsider says of one passage."""

    correct: bool
    text: str = ""


@transaction.atomic
def send(
    *,
    briefing: Briefing,
    outsider: Outsider,
    keys: Sequence[str],
    lasts: timedelta,
    show_title: bool,
    request: str,
    at: datetime,
    by: User,
) -> tuple[FactCheck, str]:
    """Freeze the chosen passages and make one link. Returns it with its secret, kept nowhere.

    ``keys`` are those of ``passages_of``. Raises PermissionDenied, or RefusedError for nothing
    chosen, more than 72 hours, a duty of secrecy, or text that changed meanwhile.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    if briefing.secrecies.filter(lifted_on=None).exists():
        raise RefusedError(_("Secrecy was imposed on this briefing: no outsider may see it."))
    if not timedelta(0) < lasts <= LONGEST:
        raise RefusedError(_("A link works for 72 hours at most."))
    if FactCheck.objects.open_at(at).filter(briefing=briefing).count() >= MOST_OPEN:
        raise RefusedError(_("Ten links of this briefing work already. End one first."))
    there = {passage.key: passage for passage in passages_of(briefing, at)}
    if not keys:
        raise RefusedError(_("Choose at least one passage."))
    if not set(keys) <= there.keys():
        raise ChangedMeanwhileError(
            _("Somebody changed this briefing after you opened it. Look at it again first.")
        )
    chosen = [passage for key, passage in there.items() if key in set(keys)]
    refuse_personal_numbers(request, *(passage.text for passage in chosen))
    secret = secrets.token_urlsafe(24)
    sent = FactCheck.objects.create(
        briefing=briefing,
        name=outsider.name,
        organisation=outsider.organisation,
        email=outsider.email,
        link_sha256=fingerprint_of(secret),
        title=briefing.title if show_title else "",
        request=request.strip(),
        draft_revision=briefing.draft_revision,
        sent_at=at,
        sent_by=by,
        expires_at=at + lasts,
    )
    FactCheckPassage.objects.bulk_create(
        FactCheckPassage(
            check_of=sent, position=position, heading=passage.heading, text=passage.text
        )
        for position, passage in enumerate(chosen, start=1)
    )
    record_on(briefing, FACT_CHECK_SENT, at=at, by=by, detail=str(len(chosen)))
    return sent, secret


@transaction.atomic
def revoke(*, fact_check: FactCheck, at: datetime, by: User) -> None:
    """End a link, at once and also in an open tab. Any maker may; twice is once."""
    briefing = locked(fact_check.briefing)
    check(maker_of(briefing, by, at).stops)
    fact_check = FactCheck.objects.select_for_update(of=("self",)).get(pk=fact_check.pk)
    if fact_check.revoked_at is None:
        fact_check.revoked_at, fact_check.revoked_by = max(at, fact_check.sent_at), by
        fact_check.save(update_fields=["revoked_at", "revoked_by"])
        record_on(briefing, FACT_CHECK_ENDED, at=at, by=by)


def note_opening(
    *, fact_check: FactCheck, served: bytes, at: datetime, address: str | None
) -> ReadingLog:
    """Note, before a byte goes out, that the passages were opened; ``served`` are the bytes."""
    briefing = fact_check.briefing
    return ReadingLog.objects.create(
        briefing_public_id=briefing.public_id,
        owner=briefing.owner_code,
        kind=ReadingKind.FACT_CHECK,
        reader_public_id=fact_check.public_id,
        reader_name=fact_check.name,
        reader_email=fact_check.email,
        organisation=fact_check.organisation,
        at=at,
        address=_known_address(address),
        sha256=hashlib.sha256(served).hexdigest(),
    )


@transaction.atomic
def answer(
    *,
    secret: str,
    said: Mapping[str, PassageAnswer],
    at: datetime,
    address: str | None,
) -> list[FactCheckAnswer]:
    """Keep what the holder of a link says, by the passages' identifiers.

    What was said before and is said again is not kept twice. Raises RefusedError where the
    link no longer works, something is wrong without being told what, or a person is numbered.
    """
    found = FactCheck.objects.with_token(secret, at)
    if found is None:
        raise RefusedError(_("This link no longer works."))
    locked(found.briefing)
    found = FactCheck.objects.with_token(secret, at)
    if found is None:
        raise RefusedError(_("This link no longer works."))
    kept = []
    for passage in found.passages.all():
        new = said.get(passage.public_id)
        last = passage.last_answer()
        if new is None or (last and (last.correct, last.text) == (new.correct, new.text.strip())):
            continue
        if not new.correct and not new.text.strip():
            raise RefusedError(_("Say what is not right."))
        refuse_personal_numbers(new.text)
        kept.append(
            FactCheckAnswer.objects.create(
                passage=passage,
                correct=new.correct,
                text=new.text.strip(),
                answered_at=at,
                address=_known_address(address),
            )
        )
    return kept


@transaction.atomic
def settle(
    *, answer: FactCheckAnswer, settlement: Settlement, reason: str, at: datetime, by: User
) -> None:
    """Say what was done with an answer: adopted in the text, or not and why not. Once."""
    briefing = locked(answer.passage.check_of.briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    answer = FactCheckAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if answer.settled_at is not None:
        raise RefusedError(_("This answer was dealt with already."))
    if settlement is Settlement.REJECTED and not reason.strip():
        raise RefusedError(_("Say why it is not adopted."))
    answer.settlement, answer.settlement_reason = settlement.value, reason.strip()
    answer.settled_at, answer.settled_by = max(at, answer.answered_at), by
    answer.save(update_fields=["settlement", "settlement_reason", "settled_at", "settled_by"])


def open_answers(briefing: Briefing) -> list[FactCheckAnswer]:
    """Last answers that say something and were not dealt with yet."""
    passages = FactCheckPassage.objects.filter(check_of__briefing=briefing)
    last = [passage.last_answer() for passage in passages]
    return [one for one in last if one and one.settled_at is None and one.text]


def _known_address(address: str | None) -> str | None:
    """The address if it is one: a proxy's odd words must not stop a reader or the log."""
    try:
        return str(ip_address(address or ""))
    except ValueError:
        return None
