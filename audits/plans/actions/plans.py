"""Record plans, studies and recommendations, and what was decided about these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from audits.act_kinds import PLAN, RECOMMENDATION, STUDY
from audits.actions import Ties, held_with, tie
from audits.models.plans import Plan
from audits.models.studies import (
    STEPS_IN_ORDER,
    Recommendation,
    RecommendationAnswer,
    Study,
    StudyCommissioner,
)
from audits.rules.audit_days import certainly_before
from certification.certificates.actions import save_by
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.actions import record_act
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError, meanings_of, told_in_words

DECIDED: Final = ("answer", "reason", "answered_at", "answered_by")
"""What is decided about a recommendation, and not recommended."""


@transaction.atomic
def save_plan(*, plan: Plan, ties: Ties, today: date, by: User) -> Plan:
    """Record a plan or change it; saving the same again changes nothing. Raises RefusedError.

    ``ties`` are its themes and the plans that it builds on.
    """
    # Anyone who ties plans waits for who ties them now, so that no circle comes about unseen.
    Institution.objects.select_for_update().get(pk=plan.institution_id)
    row, is_changed = held_with(plan)
    is_new = row._state.adding
    _check_plan(row, ties, today)
    with told_in_words(meanings_of(Plan)):
        if is_changed:
            save_by(row, by)
        is_tied = tie(row, ties, by)
    if is_changed or is_tied:
        record_act(kind=PLAN.saved(new=is_new), on=row, institution=row.institution, by=by)
    return row


def _check_plan(row: Plan, ties: Ties, today: date) -> None:
    if row.presented and row.presented.first > today:
        raise RefusedError(_("This day is yet to come. Record it once it has come."), "presented")
    chosen = {plan.pk for plan in ties.get("based_on", ())}
    own = Plan.objects.filter(institution=row.institution).values_list("pk", flat=True)
    if not chosen <= set(own):
        raise RefusedError(_("A plan builds on plans of its own institution only."), "based_on")
    if row.study is not None and row.study.institution_id != row.institution_id:
        raise RefusedError(_("This study is about another institution."), "study")
    if row.pk is not None and row.pk in _bases_of(row.institution, chosen):
        raise RefusedError(
            _("That plan builds on this one, so this one cannot build on it. Take it away there."),
            "based_on",
        )


def _bases_of(institution: Institution, plans: Iterable[int]) -> set[int]:
    """These plans and all that they build on."""
    ties: dict[int, set[int]] = {}
    through = Plan.based_on.through
    rows = through._default_manager.filter(from_plan__institution=institution)
    for upper, lower in rows.values_list("from_plan_id", "to_plan_id"):
        ties.setdefault(upper, set()).add(lower)
    found: set[int] = set()
    waiting = list(plans)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += ties.get(one, ())
    return found


@transaction.atomic
def save_study(
    *, study: Study, commissioners: Iterable[tuple[str, Source]], today: date, by: User
) -> Study:
    """Record a study or change it; saving the same again changes nothing. Raises RefusedError.

    ``commissioners`` are pairs of a name and the source that says so: sources may differ.
    """
    row, is_changed = held_with(study)
    is_new = row._state.adding
    _check_study(row, today)
    with told_in_words(meanings_of(Study)):
        if is_changed:
            save_by(row, by)
    wanted = {(name, source.pk): source for name, source in commissioners}
    for old in row.commissioners.all():
        if wanted.pop((old.name, old.source_id), None) is None:
            vars(old)["_history_user"] = by
            old.delete()
            is_changed = True
    for (name, _pk), source in wanted.items():
        save_by(StudyCommissioner(study=row, name=name, source=source), by)
    if is_changed or wanted:
        record_act(kind=STUDY.saved(new=is_new), on=row, institution=row.institution, by=by)
    return row


def _check_study(row: Study, today: date) -> None:
    steps = (("ordered", row.ordered), ("delivered", row.delivered), ("public", row.public))
    known = [(name, day) for name, day in steps if day is not None]
    for (_before, earlier), (name, later) in pairwise(known):
        if certainly_before(later, earlier):
            raise RefusedError(STEPS_IN_ORDER, name)
    for name, day in known:
        if day.first > today:
            raise RefusedError(_("This day is yet to come. Record it once it has come."), name)


@transaction.atomic
def save_recommendation(*, recommendation: Recommendation, by: User) -> Recommendation:
    """Record a recommendation of a study or an inspection, or its words. Raises RefusedError."""
    row, is_changed = held_with(recommendation, but=DECIDED)
    is_new = row._state.adding
    row.text = row.text.strip()
    if not row.text:
        raise RefusedError(_("Say what is recommended."), "text")
    if is_changed:
        with told_in_words(meanings_of(Recommendation)):
            save_by(row, by)
        kind = RECOMMENDATION.saved(new=is_new)
        record_act(kind=kind, on=row, institution=_institution_of(row), by=by)
    return row


@transaction.atomic
def answer(
    *,
    recommendation: Recommendation,
    how: RecommendationAnswer,
    reason: str,
    at: datetime,
    by: User,
) -> Recommendation:
    """Record what was decided about a recommendation, at an aware instant; open takes it back.

    Raises RefusedError for one that is adapted or rejected without a reason.
    """
    row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    words = reason.strip()
    if how in (RecommendationAnswer.ADAPTED, RecommendationAnswer.REJECTED) and not words:
        raise RefusedError(_("Say why it is not adopted as it stands."), "reason")
    if (row.answer, row.reason) == (how, words):
        return row
    decided = how != RecommendationAnswer.OPEN
    row.answer, row.reason = how, words
    row.answered_at, row.answered_by = (at, by) if decided else (None, None)
    save_by(row, by)
    record_act(
        kind=RECOMMENDATION.changed,
        on=row,
        detail="answered",
        at=at,
        institution=_institution_of(row),
        by=by,
    )
    return row


def _institution_of(row: Recommendation) -> Institution | None:
    origin = row.study or row.inspected
    return origin.institution if origin else None
