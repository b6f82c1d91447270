"""Writing down what somebody does, as a step of the action that does it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import models, transaction

from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.models import RecordedAct
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.organisations.models import Institution, Municipality, Place, Region

KEYS: Final = ("public_id", "code", "slug", "cbs_code")
"""What an address calls a row by, the first that it has."""


class OutsideTransactionError(RuntimeError):
    """An act is recorded in the transaction of what was done, or it could be a lie."""


def record_act(
    *,
    kind: KindOfAct,
    on: models.Model,
    key: str | None = None,
    by: User | None,
    at: datetime | None = None,
    agreed_by: User | None = None,
    about: User | None = None,
    place: Place | None = None,
    institution: Institution | None = None,
    region: Region | None = None,
    municipality: Municipality | None = None,
    detail: str = "",
) -> RecordedAct:
    """Write the act down; it stays if and only if the transaction that it is called in does.

    ``key`` is given where the code of ``on`` is made of somebody's words. ``by`` is None for a
    command on the server, ``agreed_by`` is the second of two who decided, ``about`` the person to
    whom it was done. ``at`` is an aware instant, by default now. ``place`` is one of any kind, in
    the place of the three after it. Of the places the narrowest says who sees the act; without any
    all do who have the right anywhere. ``detail`` holds codes, days and numbers alone. Raises
    OutsideTransactionError.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(kind.code)
    at = at or utc_now()
    institution = place if isinstance(place, Institution) else institution
    region = place if isinstance(place, Region) else region
    municipality = place if isinstance(place, Municipality) else municipality
    places: list[Place] = [one for one in (institution, region, municipality) if one is not None]
    key = key_of(on) if key is None else key
    code = institution.code if institution else ""
    return RecordedAct.objects.create(
        at=at,
        kind=kind.code,
        by_public_id=by.public_id if by else "",
        by_name=by.name if by else "",
        by_role=_role_of(by, at, places),
        agreed_public_id=agreed_by.public_id if agreed_by else "",
        agreed_name=agreed_by.name if agreed_by else "",
        agreed_role=_role_of(agreed_by, at, places),
        thing=on._meta.label_lower,
        thing_id=key,
        path=kind.path.format(institution=code, key=key) if kind.path else "",
        about_public_id=about.public_id if about else "",
        about_name=about.name if about else "",
        institution=code,
        region=region.slug if region else "",
        municipality=municipality.cbs_code if municipality else "",
        detail=detail,
    )


def key_of(row: models.Model) -> str:
    """How an address names the row; empty where none does."""
    return next((str(getattr(row, name)) for name in KEYS if hasattr(row, name)), "")


def _role_of(user: User | None, at: datetime, places: list[Place]) -> str:
    """The roles by which somebody is there, and no role of elsewhere."""
    if user is None:
        return ""
    return " ".join(sorted(Actor.of(user, amsterdam_day(at)).roles_over(places)))
