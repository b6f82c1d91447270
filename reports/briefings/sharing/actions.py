"""Sharing within the embargo: the rule that was agreed, and each act of passing on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jbn_oversight.accounts.models import Membership, User
from jbn_oversight.clock import amsterdam_day
from jbn_oversight.organisations.models import Municipality
from jbn_oversight.personal_numbers import refuse_personal_numbers
from jbn_oversight.refusals import RefusedError
from reports.briefings.act_kinds import (
    READERS_ASKED,
    RULE_ENDED,
    RULE_RECORDED,
)
from reports.briefings.gate.locking import locked
from reports.briefings.gate.permissions import check, maker_of, mandates_that_may_read_early
from reports.briefings.gate.policies import check_not_secret, check_open
from reports.briefings.log.actions import record_on
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.readers import ProposedReader, ReaderProposal
from reports.briefings.readers.actions import name_reader, preview, was_removed
from reports.briefings.sharing.models import PassingOn, SharingRule, SharingRuleCouncil


@transaction.atomic
def record_rule(
    *,
    briefing: Briefing,
    holder: User,
    councils: Collection[Municipality],
    agreed_by: str,
    agreed_on: date,
    note: str,
    at: datetime,
    by: User,
) -> SharingRule:
    """Keep what was agreed: who may pass on, to which councils. It adds no reader by itself.

    Raises PermissionDenied, or RefusedError for who could not read it or an empty rule.
    """
    briefing = locked(briefing)
    check(maker_of(briefing, by, at).writes)
    check_open(briefing)
    if not holds_a_role(briefing, holder, at):
        raise RefusedError(_("This person has no role in which to pass it on."))
    if not councils:
        raise RefusedError(_("Choose at least one council."))
    if agreed_on > amsterdam_day(at):
        raise RefusedError(_("This day is still to come."))
    refuse_personal_numbers(agreed_by, note)
    rule = SharingRule.objects.create(
        briefing=briefing,
        holder=holder,
        agreed_by=agreed_by.strip(),
        agreed_on=agreed_on,
        note=note.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    SharingRuleCouncil.objects.bulk_create(
        SharingRuleCouncil(rule=rule, municipality=one)
        for one in sorted(set(councils), key=lambda place: place.pk)
    )
    record_on(briefing, RULE_RECORDED, at=at, by=by, about=holder)
    return rule


@transaction.atomic
def end_rule(*, rule: SharingRule, at: datetime, by: User) -> None:
    """From now on nothing more is passed on under it; readers stay. Any maker; twice is once."""
    briefing = locked(rule.briefing)
    check(maker_of(briefing, by, at).stops)
    rule = SharingRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if rule.ended_at is None:
        rule.ended_at, rule.ended_by = max(at, rule.recorded_at), by
        rule.save(update_fields=["ended_at", "ended_by"])
        record_on(briefing, RULE_ENDED, at=at, by=by, about=rule.holder)


def holds_a_role(briefing: Briefing, holder: User, at: datetime) -> bool:
    """Whether this person has a running role in which they could read it themselves."""
    able = mandates_that_may_read_early(briefing, amsterdam_day(at))
    return able.filter(user=holder).exists()


def rules_held(user: User, at: datetime) -> list[SharingRule]:
    """The rules under which this person may pass on now.

    Whom the makers removed as an early reader passes that briefing on no more.
    """
    rules = SharingRule.objects.held_by(user, at).select_related(
        "briefing", "briefing__region", "briefing__municipality"
    )
    return [
        rule
        for rule in rules
        if holds_a_role(rule.briefing, user, at) and not was_removed(rule.briefing, user)
    ]


def people_to_pass_on_to(rule: SharingRule, at: datetime) -> QuerySet[Membership]:
    """People of the councils of the rule who could be named; never the holder's own mandates."""
    able = mandates_that_may_read_early(rule.briefing, amsterdam_day(at))
    councils = rule.councils.values("municipality")
    return able.filter(municipality__in=councils).exclude(user=rule.holder_id)


@transaction.atomic
def pass_on(
    *, rule: SharingRule, mandates: Collection[Membership], at: datetime, by: User
) -> ReaderProposal | list[PassingOn]:
    """Name people of these councils as early readers, under the rule, and note who did.

    Many at once, people to whom it is not addressed, who were removed before or whom the makers
    could not know when they kept the rule wait for a maker to agree. Raises PermissionDenied
    for whose rule it is not, or RefusedError.
    """
    briefing = locked(rule.briefing)
    check_open(briefing)
    if not any(one.pk == rule.pk for one in rules_held(by, at)):
        raise PermissionDenied
    check_not_secret(briefing)
    allowed = people_to_pass_on_to(rule, at)
    chosen = list(allowed.filter(pk__in=[one.pk for one in mandates]))
    if len(chosen) != len({one.pk for one in mandates}):
        raise RefusedError(_("The rule does not let you pass it on to everybody you chose."))
    seen = preview(briefing=briefing, mandates=chosen, at=at, by=by)
    if not seen.new:
        raise RefusedError(_("There is nobody new to name."))
    if not seen.needs_second and not any(_came_later(rule, one, by) for one in seen.new):
        acts = []
        for mandate in seen.new:
            name_reader(briefing, mandate, at, by)
            acts.append(_note(rule, mandate, None, at, by))
        return acts
    proposal = ReaderProposal.objects.create(briefing=briefing, proposed_at=at, proposed_by=by)
    for mandate in seen.new:
        ProposedReader.objects.create(proposal=proposal, mandate=mandate)
        _note(rule, mandate, proposal, at, by)
    record_on(briefing, READERS_ASKED, at=at, by=by, detail=str(len(seen.new)))
    return proposal


def _came_later(rule: SharingRule, mandate: Membership, by: User) -> bool:
    """Whether the holder gave this role, or somebody did after the rule was kept.

    The rule is about the people of a council as the makers knew them: a clerk gives roles there
    and could make a reader of anybody. The history tells when, since the first day of a role is
    typed; roles that nobody but a command on the server gave are no holder's doing.
    """
    same = mandate.history.filter(
        user=mandate.user_id, role=mandate.role, municipality=mandate.municipality_id
    )
    made = same.order_by("history_date", "history_id").first()
    givers = {mandate.added_by_id, made.history_user_id if made else None} - {None}
    if by.pk in givers:
        return True
    return bool(givers) and (made is None or made.history_date > rule.recorded_at)


def _note(
    rule: SharingRule,
    mandate: Membership,
    proposal: ReaderProposal | None,
    at: datetime,
    by: User,
) -> PassingOn:
    return PassingOn.objects.create(rule=rule, mandate=mandate, proposal=proposal, at=at, by=by)
