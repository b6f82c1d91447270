"""Naming the makers of a briefing: by name, three different people, all with a mandate."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jbn_oversight import access
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import amsterdam_day
from reports.briefings.actions.locking import locked
from reports.briefings.errors import RefusedError
from reports.briefings.permissions import (
    APPROVE_RIGHT,
    DRAFT_RIGHT,
    PUBLISH_RIGHT,
    check,
    maker_of,
    people_with,
)
from reports.briefings.policies import check_open
from reports.models import Briefing, BriefingPermission
from reports.models.briefings import APPROVE, PUBLISH, WRITE


@transaction.atomic
def name_makers(
    *,
    briefing: Briefing,
    approver: User | None,
    publisher: User | None,
    co_writers: Collection[User],
    at: datetime,
    by: User,
) -> Briefing:
    """Say who is asked to approve, who to publish, and who writes along.

    Who is no longer named loses the right at once. Raises PermissionDenied, or RefusedError
    where somebody lacks the mandate, would play two parts, or wrote what they would judge.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    wanted = {WRITE: {briefing.author, *co_writers}, APPROVE: set(), PUBLISH: set()}
    if approver is not None:
        wanted[APPROVE].add(approver)
    if publisher is not None:
        wanted[PUBLISH].add(publisher)
    _check_different(briefing, approver, publisher, co_writers)
    _check_mandates(briefing, wanted, at)
    is_under_way = briefing.submitted_at is not None or briefing.approved_at is not None
    if is_under_way and (approver is None or publisher is None):
        raise RefusedError(
            _("Name who is asked to approve and who is asked to publish, two other people.")
        )
    if (briefing.approver_id, briefing.publisher_id) != (
        approver.pk if approver else None,
        publisher.pk if publisher else None,
    ):
        briefing.approver, briefing.publisher = approver, publisher
        briefing.save()
    _grant(briefing, wanted)
    return briefing


def _check_different(
    briefing: Briefing,
    approver: User | None,
    publisher: User | None,
    co_writers: Collection[User],
) -> None:
    judges = [person for person in (approver, publisher) if person is not None]
    if len({person.pk for person in judges}) != len(judges):
        raise RefusedError(_("Who approves cannot publish too: name two different people."))
    wrote = set(briefing.contributions.values_list("user", flat=True))
    wrote |= {briefing.author_id, *(person.pk for person in co_writers)}
    for person in judges:
        if person.pk in wrote:
            raise RefusedError(
                _("%(name)s writes or wrote this briefing, and cannot approve or publish it.")
                % {"name": person.name}
            )
    version = briefing.latest_version()
    if version is not None and publisher is not None and publisher.pk == version.approved_by_id:
        raise RefusedError(_("Who approved a version cannot publish it."))
    if approver is not None and approver.pk == briefing.published_by_id:
        raise RefusedError(_("Who published an earlier version cannot approve the next."))


def _check_mandates(briefing: Briefing, wanted: dict[str, set[User]], at: datetime) -> None:
    """New names need a mandate; who is named already may stay, and can do nothing without."""
    rights = {WRITE: DRAFT_RIGHT, APPROVE: APPROVE_RIGHT, PUBLISH: PUBLISH_RIGHT}
    for codename, people in wanted.items():
        able = people_with(rights[codename], briefing.owner, amsterdam_day(at))
        named = set(_holders(briefing, codename))
        for person in people - named:
            if not able.filter(pk=person.pk).exists():
                raise RefusedError(
                    _("%(name)s has no role that allows this here.") % {"name": person.name}
                )


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
