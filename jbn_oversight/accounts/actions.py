"""Adding people and ending their roles."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from jbn_oversight.accounts.act_kinds import PERSON_ADDED, ROLE_ENDED, ROLE_GIVEN
from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.organisations.models import Institution, Municipality, Place, Region


@transaction.atomic
def add_membership(
    *,
    email: str,
    name: str,
    role: Role,
    place: Place,
    from_on: date,
    until_on: date | None,
    agreed_by: User | None = None,
    by: User | None,
) -> Membership:
    """Give a person a role in an organisation, making the person where nobody has the address.

    ``by`` is None only for a command on the server, ``agreed_by`` a second person. A new person
    has no password yet and sets one through "forgot my password"; the name of a person who is
    already known stays as it is.
    Raises ValidationError where the same role already runs in those days, or the account is
    closed.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, name=name.strip())
        record_act(kind=PERSON_ADDED, on=user, about=user, by=by, place=place)
    if not user.is_active:
        raise ValidationError(_("This account is closed. Ask the administrator to open it."))
    kind = {Municipality: "municipality", Region: "region", Institution: "institution"}[type(place)]
    same = Membership.objects.filter(user=user, role=role, **{kind: place}).exclude(
        until_on__lte=from_on
    )
    if until_on is not None:
        same = same.filter(from_on__lt=until_on)
    if same.exists():
        raise ValidationError(_("This person already has this role in these days."))
    membership = Membership(
        user=user, role=role, from_on=from_on, until_on=until_on, added_by=by, **{kind: place}
    )
    membership.full_clean()
    membership.save()
    record_act(
        kind=ROLE_GIVEN,
        on=user,
        about=user,
        detail=role.value,
        agreed_by=agreed_by,
        by=by,
        place=place,
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, on: date, by: User) -> Membership:
    """End a role from the given day on; what the person could see stops that day.

    A role that had not yet begun ends on its first day. Ending it again changes nothing.
    """
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    end = max(on, row.from_on)
    if row.until_on is None or end < row.until_on:
        row.until_on = end
        row._change_reason = "ended"  # type: ignore[attr-defined]
        row._history_user = by  # type: ignore[attr-defined]
        row.save()
        person = row.user
        record_act(
            kind=ROLE_ENDED,
            on=person,
            about=person,
            detail=row.role,
            by=by,
            place=row.place,
        )
    return row
