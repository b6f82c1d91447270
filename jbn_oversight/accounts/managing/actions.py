"""Giving roles, changing addresses, closing and opening accounts: told, logged, and by two people
where one could become somebody else by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jbn_oversight.accounts import act_kinds as kinds
from jbn_oversight.accounts import actions
from jbn_oversight.accounts.managing import policies as rules
from jbn_oversight.accounts.managing import sentences
from jbn_oversight.accounts.managing.notice_kinds import ROLE_GIVEN
from jbn_oversight.accounts.models import AccountChange, ChangeKind, Membership, Role, User
from jbn_oversight.acts.act_kinds import KindOfAct
from jbn_oversight.acts.actions import record_act
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.notices.actions.noting import note
from jbn_oversight.organisations.models import Institution, Municipality, Place, Region
from jbn_oversight.refusals import RefusedError

KINDS = {Municipality: "municipality", Region: "region", Institution: "institution"}


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """What became of giving a role: it is there, or it waits for a second person."""

    membership: Membership | None
    change: AccountChange | None


@transaction.atomic
def give_role(
    *,
    email: str,
    name: str,
    role: Role,
    place: Place,
    from_on: date,
    until_on: date | None,
    at: datetime,
    by: User,
) -> RoleGiven:
    """Give somebody a role, or let it wait for a second person (see ``rules.takes_two``).

    A person whom nobody knows yet gets an account without a password. The other administrators
    and clerks of the place are told by mail. Raises ValidationError as ``add_membership`` does.
    """
    today = amsterdam_day(at)
    address = email.strip().lower()
    person = User.objects.filter(email=address).first()
    if person is None:
        person = User.objects.create_user(address, name=" ".join(name.split()))
        record_act(kind=kinds.PERSON_ADDED, on=person, about=person, at=at, by=by, place=place)
    waits = rules.takes_two(person=person, role=role, from_on=from_on, by=by, place=place, on=today)
    if not waits:
        row = actions.add_membership(
            email=address,
            name=name,
            role=role,
            place=place,
            from_on=from_on,
            until_on=until_on,
            by=by,
        )
        _tell_of(row, at=at, by=by)
        return RoleGiven(row, None)
    if not person.is_active:
        raise ValidationError(_("This account is closed. Ask the administrator to open it."))
    change = AccountChange(
        kind=ChangeKind.ROLE,
        person=person,
        role=role,
        from_on=from_on,
        until_on=until_on,
        asked_by=by,
        asked_at=at,
        **{KINDS[type(place)]: place},
    )
    same = AccountChange.objects.waiting(at).filter(
        kind=ChangeKind.ROLE, person=person, role=role, **{KINDS[type(place)]: place}
    )
    if same.exists():
        raise ValidationError(_("This role waits for a second person already."))
    _checked(change, place, by)
    change.save()
    _record(kinds.ROLE_ASKED, change, at=at, by=by)
    _tell_who_decides(change, at)
    return RoleGiven(None, change)


def _checked(change: AccountChange, place: Place, by: User) -> None:
    """The role could be given as it is asked. Raises ValidationError."""
    assert change.from_on is not None  # of every role
    Membership(
        user=change.person,
        role=change.role,
        from_on=change.from_on,
        until_on=change.until_on,
        added_by=by,
        **{KINDS[type(place)]: place},
    ).full_clean()


@transaction.atomic
def end_role(*, membership: Membership, at: datetime, by: User) -> Membership:
    """End a role today. Where its holder decided along, the others and the holder are told."""
    row = actions.end_membership(membership=membership, on=amsterdam_day(at), by=by)
    if row.role in rules.DECIDING:
        people = {user.pk: user for user in rules.told_about(row.place, amsterdam_day(at), but=by)}
        people[row.user_id] = row.user
        people.pop(by.pk, None)
        sentences.send(people.values(), sentences.role_ended(row, by), kind="role_ended", at=at)
    return row


@transaction.atomic
def ask_address(*, person: User, address: str, at: datetime, by: User) -> AccountChange:
    """Ask for another address for somebody. Nothing changes yet; the old address is told.

    Raises RefusedError where the address is the same, or somebody else's, or one is asked already.
    """
    # One at a time for each person.
    row = User.objects.select_for_update().get(pk=person.pk)
    new = address.strip().lower()
    if new == row.email:
        raise RefusedError(_("This is the address that the account has already."))
    _is_free(new)
    asked = AccountChange.objects.waiting(at).filter(kind=ChangeKind.ADDRESS, person=row)
    if asked.exists():
        raise RefusedError(_("Another address is asked for already. Decide about that one first."))
    change = AccountChange.objects.create(
        kind=ChangeKind.ADDRESS,
        person=row,
        old_address=row.email,
        new_address=new,
        asked_by=by,
        asked_at=at,
    )
    _record(kinds.ADDRESS_ASKED, change, at=at, by=by)
    told, asks = sentences.address_told(change), sentences.address_asked(change)
    sentences.send_to(row.email, row.language, told, kind="address_told", at=at)
    sentences.send_to(new, row.language, asks, kind="address_confirm", at=at)
    _tell_who_decides(change, at)
    return change


def _is_free(address: str) -> None:
    if User.objects.filter(email=address).exists():
        raise RefusedError(_("Another account has this address."))


@transaction.atomic
def answer_link(*, token: str, at: datetime) -> AccountChange | None:
    """Do what a link in a mail about an address says; None where it is not good any more.

    The link of the new address confirms it, that of the old one refuses the change. Twice is once.
    """
    read = sentences.read_token(token)
    change = None if read is None else _locked(read[0])
    if read is None or change is None or not change.is_waiting(at):
        return None
    if read[1] == "old":
        change.refused_at = at
        change.save(update_fields=["refused_at"])
        _record(kinds.CHANGE_REFUSED, change, at=at, by=None)
        _tell_asker(change, at)
        return change
    if change.confirmed_at is None:
        change.confirmed_at = at
        change.save(update_fields=["confirmed_at"])
        _do_if_ready(change, at)
    return change


@transaction.atomic
def agree(*, change: AccountChange, at: datetime, by: User) -> AccountChange:
    """Agree as the second person, and do it where nothing else is missing.

    Raises PermissionDenied for anyone who is no second person, RefusedError where it was decided.
    """
    row = _to_decide(change, at, by)
    if row.agreed_at is None:
        row.agreed_by, row.agreed_at = by, at
        row.save(update_fields=["agreed_by", "agreed_at"])
        _record(kinds.CHANGE_AGREED, row, at=at, by=by)
        _do_if_ready(row, at)
    return row


@transaction.atomic
def refuse(*, change: AccountChange, at: datetime, by: User) -> AccountChange:
    """Refuse, or take back what one asked for oneself."""
    row = _locked(change.public_id)
    if row is None or not row.is_waiting(at):
        raise RefusedError(_("This was decided already, or it waited too long."))
    if by.pk != row.asked_by_id and not rules.may_decide(by, row, at):
        raise PermissionDenied
    row.refused_by, row.refused_at = by, at
    row.save(update_fields=["refused_by", "refused_at"])
    _record(kinds.CHANGE_REFUSED, row, at=at, by=by)
    if by.pk != row.asked_by_id:
        _tell_asker(row, at)
    return row


def _to_decide(change: AccountChange, at: datetime, by: User) -> AccountChange:
    row = _locked(change.public_id)
    if row is None or not row.is_waiting(at):
        raise RefusedError(_("This was decided already, or it waited too long."))
    if not rules.may_decide(by, row, at):
        raise PermissionDenied
    return row


def _locked(public_id: str) -> AccountChange | None:
    rows = AccountChange.objects.select_for_update(of=("self",)).filter(public_id=public_id)
    return rows.with_all().first()


def _do_if_ready(change: AccountChange, at: datetime) -> None:
    if change.agreed_at is None or rules.needs_confirming(change):
        return
    if change.kind == ChangeKind.ADDRESS:
        _change_address(change, at)
    elif change.kind == ChangeKind.REOPENING:
        _reopen(change, at)
    else:
        _give(change, at)
    change.done_at = at
    change.save(update_fields=["done_at"])


def _change_address(change: AccountChange, at: datetime) -> None:
    person = User.objects.select_for_update().get(pk=change.person_id)
    if person.email != change.old_address:
        raise RefusedError(_("The account has another address by now. Ask once more."))
    _is_free(change.new_address)
    person.email = change.new_address
    person.signed_out_at = at  # anyone who is signed in signs in again
    _save(person, change.agreed_by, "address")
    _record(kinds.ADDRESS_CHANGED, change, at=at, by=change.asked_by, agreed_by=change.agreed_by)
    # The sign-in library keeps addresses of its own, by which the old one would still sign in.
    EmailAddress.objects.filter(user=person).delete()
    for address in (change.old_address, change.new_address):
        said = sentences.address_changed
        sentences.send_to(address, person.language, said, kind="address_changed", at=at)


def _reopen(change: AccountChange, at: datetime) -> None:
    person = User.objects.select_for_update().get(pk=change.person_id)
    person.is_active = True
    _save(person, change.agreed_by, "opened")
    _record(kinds.ACCOUNT_OPENED, change, at=at, by=change.asked_by, agreed_by=change.agreed_by)


def _give(change: AccountChange, at: datetime) -> None:
    place = change.place
    assert place is not None  # account_change_role_is_whole
    assert change.from_on is not None
    try:
        row = actions.add_membership(
            email=change.person.email,
            name=change.person.name,
            role=Role(change.role),
            place=place,
            from_on=change.from_on,
            until_on=change.until_on,
            agreed_by=change.agreed_by,
            by=change.asked_by,
        )
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    _tell_of(row, at=at, by=change.asked_by)


@transaction.atomic
def rename(*, person: User, name: str, at: datetime, by: User) -> None:
    """Give somebody another name. The person and the others of the places are told."""
    row = User.objects.select_for_update().get(pk=person.pk)
    before, row.name = row.name, " ".join(name.split())
    if before == row.name:
        return
    _save(row, by, "name")
    _record_around(kinds.PERSON_RENAMED, row, at=at, by=by)
    after = row.name

    def said() -> str:
        return _("%(by)s changed a name: “%(before)s” is called “%(after)s” now.") % {
            "by": by.name,
            "before": before,
            "after": after,
        }

    _tell_around(row, sentences.account_said(said), at=at, by=by)


@transaction.atomic
def close_account(*, person: User, at: datetime, by: User) -> None:
    """Nobody signs in with the account any more, also not where somebody is signed in now."""
    row = User.objects.select_for_update().get(pk=person.pk)
    if row.pk == by.pk:
        raise RefusedError(_("You cannot close your own account."))
    if not row.is_active:
        return
    row.is_active, row.signed_out_at = False, at
    _save(row, by, "closed")
    _record_around(kinds.ACCOUNT_CLOSED, row, at=at, by=by)
    name = row.name

    def said() -> str:
        return _("%(by)s closed the account of %(name)s.") % {"by": by.name, "name": name}

    _tell_around(row, sentences.account_said(said), at=at, by=by)


@transaction.atomic
def ask_reopening(*, person: User, at: datetime, by: User) -> AccountChange:
    """Ask to open an account again; a second person decides."""
    row = User.objects.select_for_update().get(pk=person.pk)
    asked = AccountChange.objects.waiting(at).filter(kind=ChangeKind.REOPENING, person=row)
    if row.is_active or asked.exists():
        raise RefusedError(_("The account is open, or this waits for a second person already."))
    change = AccountChange.objects.create(
        kind=ChangeKind.REOPENING, person=row, asked_by=by, asked_at=at
    )
    _record(kinds.REOPENING_ASKED, change, at=at, by=by)
    _tell_who_decides(change, at)
    return change


def _save(person: User, by: User | None, reason: str) -> None:
    person._change_reason = reason  # type: ignore[attr-defined]
    person._history_user = by  # type: ignore[attr-defined]
    person.save()


def _record(
    kind: KindOfAct,
    change: AccountChange,
    *,
    at: datetime,
    by: User | None,
    agreed_by: User | None = None,
) -> None:
    """Write down what became of a change, in the place of its role or around its person."""
    if change.place is None:
        _record_around(kind, change.person, detail=change.kind, at=at, by=by, agreed_by=agreed_by)
        return
    record_act(
        kind=kind,
        on=change.person,
        about=change.person,
        detail=change.role,
        at=at,
        by=by,
        agreed_by=agreed_by,
        place=change.place,
    )


def _record_around(
    kind: KindOfAct,
    person: User,
    *,
    at: datetime,
    by: User | None,
    agreed_by: User | None = None,
    detail: str = "",
) -> None:
    """Write down what was done to an account, once in each place where it opens something."""
    places: list[Place | None] = [*rules.current_places(person, amsterdam_day(at))]
    for place in places or [None]:
        record_act(
            kind=kind,
            on=person,
            about=person,
            detail=detail,
            at=at,
            by=by,
            agreed_by=agreed_by,
            place=place,
        )


def _tell_of(row: Membership, *, at: datetime, by: User) -> None:
    people = rules.told_about(row.place, amsterdam_day(at), but=by)
    path = reverse("accounts:decisions")  # which says who got what, to exactly these people
    note(kind=ROLE_GIVEN, people=people, about=row.public_id, path=path, at=at)


def _tell_who_decides(change: AccountChange, at: datetime) -> None:
    on = amsterdam_day(at)
    places = [change.place] if change.place else rules.current_places(change.person, on)
    people: dict[int, User] = {}
    for place in places:
        assert place is not None
        people |= {user.pk: user for user in rules.told_about(place, on, but=change.asked_by)}
    people.pop(change.person_id, None)
    sentences.send(people.values(), sentences.decision_waits(change), kind="decision", at=at)


def _tell_asker(change: AccountChange, at: datetime) -> None:
    sentences.send([change.asked_by], sentences.change_refused(change), kind="refused", at=at)


def _tell_around(person: User, words: sentences.Words, *, at: datetime, by: User) -> None:
    """To the person, and to the other administrators and clerks of each of their places."""
    on = amsterdam_day(at)
    people = {person.pk: person}
    for place in rules.current_places(person, on):
        people |= {user.pk: user for user in rules.told_about(place, on, but=by)}
    people.pop(by.pk, None)
    sentences.send(people.values(), words, kind="account", at=at)
