"""Early readers: named, removed, and accepting the terms."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.embargo import Answer
from reports.briefings.actions.locking import locked
from reports.briefings.actions.reading import log_acceptance
from reports.briefings.errors import RefusedError
from reports.briefings.permissions import check, maker_of, mandates_that_may_read_early
from reports.briefings.policies import check_open
from reports.models import Briefing, EarlyReader


@transaction.atomic
def invite(*, briefing: Briefing, mandate: Membership, at: datetime, by: User) -> EarlyReader:
    """Name a person, in the role that they hold, as an early reader. Twice does nothing.

    Raises PermissionDenied, or RefusedError for who holds no reading role there now or is a
    maker.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    there = briefing.early_readers.filter(user=mandate.user, removed_at=None).first()
    if there is not None:
        return there
    able = mandates_that_may_read_early(briefing, amsterdam_day(at))
    if not able.filter(pk=mandate.pk).exists():
        raise RefusedError(_("This person cannot be named as an early reader of this briefing."))
    return EarlyReader.objects.create(
        briefing=briefing,
        user=mandate.user,
        role=mandate.role,
        municipality=mandate.municipality,
        region=mandate.region,
        invited_at=at,
        invited_by=by,
    )


@transaction.atomic
def remove(*, reader: EarlyReader, at: datetime, by: User) -> None:
    """End a reader's access, at once and also in an open tab. Any maker may; twice is once."""
    briefing = locked(reader.briefing)
    check(maker_of(briefing, by, at).stops)
    reader = EarlyReader.objects.select_for_update(of=("self",)).get(pk=reader.pk)
    if reader.removed_at is None:
        reader.removed_at, reader.removed_by = max(at, reader.invited_at), by
        reader.save()


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
