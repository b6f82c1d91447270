"""Naming the makers of a briefing: by name, different people, all with a mandate."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight import access
from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import (
    MAKERS_NAMED,
)
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import (
    DRAFT_RIGHT,
    PUBLISH_RIGHT,
    check,
    maker_of,
    mandates_that_may_sign,
    people_with,
    signs_for_the_owner,
)
from reports.briefings.gate.policies import check_open
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import APPROVE, PUBLISH, WRITE, Briefing, BriefingPermission
from reports.briefings.models.signing import Signatory, SignOff, VoidReason
from reports.briefings.notices import actions as mail


@transaction.atomic
def name_makers(
    *,
    briefing: Briefing,
    signatories: Collection[Membership],
    publisher: User | None,
    co_writers: Collection[User],
    at: datetime,
    by: User,
) -> Briefing:
    """Say who is asked to sign and for whom, who to publish, and who writes along.

    Each of ``signatories`` is a mandate as alderman: its person signs on behalf of its region
    or municipality. Who is no longer named loses the right at once, and signatures are asked
    again when other people sign. Raises PermissionDenied, or RefusedError where somebody lacks
    the mandate, would play two parts, or wrote what they would judge.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    is_under_way = briefing.submitted_at is not None or briefing.approved_at is not None
    if is_under_way and (not signatories or publisher is None):
        raise RefusedError(
            _("Name who is asked to approve and who is asked to publish, two other people.")
        )
    _check_different(briefing, signatories, publisher, co_writers)
    _check_mandates(briefing, publisher, co_writers, at)
    _check_signatories(briefing, signatories, at)
    if briefing.publisher_id != (publisher.pk if publisher else None):
        briefing.publisher = publisher
        briefing.save()
    _ask(briefing, signatories, at, by)
    _grant(
        briefing,
        {
            WRITE: {briefing.author, *co_writers},
            APPROVE: {one.user for one in signatories},
            PUBLISH: {publisher} if publisher else set(),
        },
    )
    record_on(briefing, MAKERS_NAMED, at=at, by=by)
    return briefing


def _check_different(
    briefing: Briefing,
    signatories: Collection[Membership],
    publisher: User | None,
    co_writers: Collection[User],
) -> None:
    judges = [one.user for one in signatories] + ([publisher] if publisher else [])
    if len({person.pk for person in judges}) != len(judges):
        raise RefusedError(_("Who approves cannot publish too: name two different people."))
    places = {(one.region_id, one.municipality_id) for one in signatories}
    if len(places) != len(signatories):
        raise RefusedError(_("One person signs for each region or municipality."))
    wrote = set(briefing.contributions.values_list("user", flat=True))
    wrote |= {briefing.author_id, *(person.pk for person in co_writers)}
    for person in judges:
        if person.pk in wrote:
            raise RefusedError(
                _("%(name)s writes or wrote this briefing, and cannot approve or publish it.")
                % {"name": person.name}
            )
    version = briefing.latest_version()
    if version is not None and publisher is not None:
        signed = {version.approved_by_id, *version.sign_offs.values_list("signed_by", flat=True)}
        if publisher.pk in signed:
            raise RefusedError(_("Who approved a version cannot publish it."))
    if briefing.published_by_id in {one.user_id for one in signatories}:
        raise RefusedError(_("Who published an earlier version cannot approve the next."))


def _check_mandates(
    briefing: Briefing, publisher: User | None, co_writers: Collection[User], at: datetime
) -> None:
    """New names need a mandate; who is named already may stay, and can do nothing without."""
    wanted = {WRITE: {briefing.author, *co_writers}, PUBLISH: {publisher} if publisher else set()}
    rights = {WRITE: DRAFT_RIGHT, PUBLISH: PUBLISH_RIGHT}
    for codename, people in wanted.items():
        able = people_with(rights[codename], briefing.owner, amsterdam_day(at))
        named = set(_holders(briefing, codename))
        for person in people - named:
            if not able.filter(pk=person.pk).exists():
                raise RefusedError(_no_role(person))


def _check_signatories(
    briefing: Briefing, signatories: Collection[Membership], at: datetime
) -> None:
    """New ones need a running mandate; one of all signs for the briefing's own side."""
    on = amsterdam_day(at)
    able = set(mandates_that_may_sign(briefing, on).values_list("pk", flat=True))
    named = {(row.user_id, row.place) for row in briefing.signatories.all()}
    for mandate in signatories:
        if mandate.pk not in able and (mandate.user_id, mandate.place) not in named:
            raise RefusedError(_no_role(mandate.user))
    own = set(signs_for_the_owner(briefing, on).values_list("pk", flat=True))
    if signatories and not any(one.pk in own for one in signatories):
        raise RefusedError(
            _("Somebody must sign for %(owner)s: name an alderman of it too.")
            % {"owner": briefing.owner}
        )


def _no_role(person: User) -> str:
    return str(_("%(name)s has no role that allows this here.") % {"name": person.name})


def _ask(briefing: Briefing, signatories: Collection[Membership], at: datetime, by: User) -> None:
    wanted = {(one.user_id, one.region_id, one.municipality_id): one for one in signatories}
    changed = False
    for row in briefing.signatories.all():
        if wanted.pop((row.user_id, row.region_id, row.municipality_id), None) is None:
            row.delete()
            changed = True
    for mandate in wanted.values():
        Signatory.objects.create(
            briefing=briefing,
            user=mandate.user,
            region=mandate.region,
            municipality=mandate.municipality,
            author_id=briefing.author_id,
            asked_at=at,
            asked_by=by,
        )
        changed = True
    if changed:
        void_signatures(briefing, VoidReason.OTHERS_SIGN, at)


def void_signatures(briefing: Briefing, reason: VoidReason, at: datetime) -> list[SignOff]:
    """Let the signatures under the present draft count no more; they stay, with the reason."""
    rows = list(SignOff.objects.standing(briefing))
    for row in rows:
        row.voided_at, row.void_reason = at, reason
        row.save(update_fields=["voided_at", "void_reason"])
    mail.voided(briefing, rows, at)
    return rows


def _holders(briefing: Briefing, codename: str) -> list[User]:
    rows = BriefingPermission.objects.filter(content_object=briefing, permission__codename=codename)
    return list(User.objects.filter(pk__in=rows.values("user")))


def _grant(briefing: Briefing, wanted: dict[str, set[User]]) -> None:
    for codename, people in wanted.items():
        there = set(_holders(briefing, codename))
        for person in there - people:
            access.revoke(codename, person, briefing)
        for person in people - there:
            access.grant(codename, person, briefing)
