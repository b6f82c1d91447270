"""Recording secrecy (*geheimhouding*). It shuts what is wide open for as long as it runs.

Imposing is recorded by one maker, because it only closes. That it was lifted is recorded by
two (see ``acts``). What was published stays recorded as published all the while, and is open
again from the lifting on; what was not, is not.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import (
    SECRECY_GIVEN,
    SECRECY_IMPOSED,
)
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of
from reports.briefings.gate.policies import check_open
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.secrecy import Organ, Secrecy, SecrecyGround


@transaction.atomic
def impose(
    *,
    briefing: Briefing,
    organ: Organ,
    ground: SecrecyGround,
    imposed_on: date,
    given_to_council_on: date | None,
    at: datetime,
    by: User,
) -> Secrecy:
    """Record that an organ imposed secrecy, with its ground and day. Of any one maker.

    While it runs a recorded publication opens nothing, whether or not its hour has come: early
    readers keep reading, nobody else does. The gates ask it; no record changes.
    Raises PermissionDenied or RefusedError.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).stops)
    check_open(briefing)
    if briefing.is_secret:
        raise RefusedError(_("Secrecy runs on this briefing already."))
    _check_days(imposed_on, given_to_council_on, at)
    secrecy = Secrecy.objects.create(
        briefing=briefing,
        organ=organ,
        ground=ground,
        imposed_on=imposed_on,
        given_to_council_on=given_to_council_on,
        recorded_at=at,
        recorded_by=by,
    )
    record_on(briefing, SECRECY_IMPOSED, at=at, by=by)
    return secrecy


@transaction.atomic
def give_to_council(*, secrecy: Secrecy, on: date, at: datetime, by: User) -> Secrecy:
    """Record that it was given to the council, which alone lifts it from then on. Once."""
    briefing = locked(secrecy.briefing)
    check(maker_of(briefing, by, at).stops)
    check_open(briefing)
    secrecy = Secrecy.objects.get(pk=secrecy.pk)
    if secrecy.lifted_on is not None:
        raise RefusedError(_("It was lifted already."))
    if secrecy.given_to_council_on is None:
        _check_days(secrecy.imposed_on, on, at)
        secrecy.given_to_council_on = on
        secrecy.save()
        record_on(briefing, SECRECY_GIVEN, at=at, by=by)
    return secrecy


def _check_days(imposed_on: date, given_on: date | None, at: datetime) -> None:
    today = amsterdam_day(at)
    if imposed_on > today or (given_on is not None and not imposed_on <= given_on <= today):
        raise RefusedError(_("These days must be in order, and none may lie ahead."))
