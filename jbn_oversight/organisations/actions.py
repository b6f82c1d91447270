"""Adding, changing and ending organisations and what holds of them over time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import User
from jbn_oversight.acts.act_kinds import KindsOfThing
from jbn_oversight.acts.actions import record_act
from jbn_oversight.organisations import act_kinds
from jbn_oversight.organisations.models import (
    Authority,
    AuthorityName,
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
)
from jbn_oversight.organisations.selectors.organisations import state_of

Organisation = Region | Municipality | Institution | Authority
Span = MunicipalityRegion | InstitutionTask | AuthorityName
O = TypeVar("O", Region, Municipality, Institution, Authority)  # noqa: E741
S = TypeVar("S", MunicipalityRegion, InstitutionTask, AuthorityName)
KINDS: Final[Mapping[type[Organisation], KindsOfThing]] = {
    Region: act_kinds.REGION,
    Municipality: act_kinds.MUNICIPALITY,
    Institution: act_kinds.INSTITUTION,
    Authority: act_kinds.AUTHORITY,
}
SAID: Final[Mapping[type[Span], str]] = {
    MunicipalityRegion: "region",
    InstitutionTask: "task",
    AuthorityName: "name",
}


def owner_of(span: Span) -> Organisation:
    """The organisation that a dated row belongs to."""
    match span:
        case MunicipalityRegion():
            return span.municipality
        case InstitutionTask():
            return span.institution
        case AuthorityName():
            return span.authority


@transaction.atomic
def save_organisation(*, organisation: O, seen: str, by: User | None) -> O:
    """Keep a new or changed organisation.

    ``seen`` is the state that the change was made upon. Raises ValidationError for what does
    not fit, and where somebody else changed the organisation meanwhile.
    """
    if organisation.pk is not None:
        _unchanged(organisation, seen)
    is_new = organisation.pk is None
    organisation.full_clean()
    _save(organisation, by)
    _record(organisation, by, is_new=is_new)
    return organisation


@transaction.atomic
def save_span(*, span: S, seen: str, by: User | None) -> S:
    """Keep a new or changed dated row of an organisation, one at a time for each organisation.

    Raises ValidationError as ``save_organisation`` does.
    """
    owner = owner_of(span)
    type(owner)._default_manager.select_for_update().get(pk=owner.pk)
    if span.pk is not None:
        _unchanged(span, seen)
    span.full_clean()
    _save(span, by)
    _record(owner, by, detail=SAID[type(span)])
    return span


@transaction.atomic
def add_municipality(
    *, municipality: Municipality, region: Region, region_from: date, by: User | None
) -> Municipality:
    """Keep a new municipality and the region that it belongs to from a day on.

    Raises ValidationError for what does not fit; then neither is kept.
    """
    save_organisation(organisation=municipality, seen="", by=by)
    save_span(
        span=MunicipalityRegion(municipality=municipality, region=region, from_on=region_from),
        seen="",
        by=by,
    )
    return municipality


@transaction.atomic
def add_authority(*, authority: Authority, name: AuthorityName, by: User) -> Authority:
    """Keep a new authority and its first name. Raises ValidationError; then neither is kept."""
    save_organisation(organisation=authority, seen="", by=by)
    name.authority = authority
    save_span(span=name, seen="", by=by)
    return authority


@transaction.atomic
def end_municipality(
    *,
    municipality: Municipality,
    on: date | None,
    successor: Municipality | None,
    seen: str,
    by: User,
) -> Municipality:
    """Let a municipality end on a day, as another or not; its place in a region ends that day.

    Without a day it goes on after all; its place in a region is then given again. Raises
    ValidationError for what does not fit, also where it goes to a region only later.
    """
    _unchanged(municipality, seen)
    municipality.valid_until, municipality.successor = on, successor
    municipality.full_clean()
    if on is not None:
        for row in municipality.regions.select_for_update():
            if row.from_on >= on:
                words = _("It goes to a region on or after this day. Change that first.")
                raise ValidationError({"valid_until": words})
            if row.until_on is None or row.until_on > on:
                row.until_on = on
                _save(row, by)
    _save(municipality, by)
    _record(municipality, by, detail="ended" if on is not None else "")
    return municipality


def _record(row: Organisation, by: User | None, *, is_new: bool = False, detail: str = "") -> None:
    """Write down that it was kept, where it is; an authority works everywhere."""
    place = None if isinstance(row, Authority) else row
    record_act(kind=KINDS[type(row)].saved(new=is_new), on=row, detail=detail, by=by, place=place)


def _unchanged(row: Organisation | Span, seen: str) -> None:
    """Lock the row. Raises ValidationError where it is not in the state that somebody saw."""
    type(row)._default_manager.select_for_update().get(pk=row.pk)
    if state_of(row) != seen:
        raise ValidationError(
            _("Somebody changed this meanwhile. Open the page again to see what stands there now.")
        )


def _save(row: Organisation | Span, by: User | None) -> None:
    vars(row)["_history_user"] = by
    row.save()
