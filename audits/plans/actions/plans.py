"""Record plans, studies and recommendations, and what was decided about these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from django.db import models, transaction
from django.utils.translation import gettext as _

from audits.models.inspections import InspectedInstitution
from audits.models.plans import Plan, PlanKind, PlanTheme
from audits.models.studies import Recommendation, RecommendationAnswer, Study, StudyCommissioner
from audits.rules.audit_days import certainly_before
from certification.certificates.actions import Said, said_columns, save_by
from certification.models.documents import Document
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class PlanFields:
    """All that is said of a plan."""

    kind: PlanKind
    title: str
    made_by: str
    presented: Said = None
    study: Study | None = None
    based_on: tuple[Plan, ...] = ()
    themes: tuple[PlanTheme, ...] = ()
    document: Document | None = None
    remark: str = ""


@transaction.atomic
def save_plan(
    *,
    institution: Institution,
    plan: Plan | None,
    fields: PlanFields,
    today: date,
    by: User,
) -> Plan:
    """Record a plan or change it; saving the same again changes nothing. Raises RefusedError."""
    # Anyone who ties plans waits for who ties them now, so that no circle comes about unseen.
    Institution.objects.select_for_update().get(pk=institution.pk)
    row = Plan(institution=institution) if plan is None else Plan.objects.get(pk=plan.pk)
    _check_plan(institution, row, fields, today)
    values: dict[str, object] = {
        "kind": fields.kind,
        "title": fields.title,
        "made_by": fields.made_by,
        "study": fields.study,
        "document": fields.document,
        "remark": fields.remark,
        **said_columns("presented", fields.presented),
    }
    _save_if_changed(row, values, by)
    vars(row)["_history_user"] = by
    for name, chosen in (("based_on", fields.based_on), ("themes", fields.themes)):
        if set(getattr(row, name).all()) != set(chosen):
            getattr(row, name).set(chosen)
    return row


def _check_plan(institution: Institution, row: Plan, fields: PlanFields, today: date) -> None:
    if Plan.objects.filter(institution=institution, title=fields.title).exclude(pk=row.pk).exists():
        raise RefusedError(_("A plan with this title is here already."), "title")
    if fields.presented and fields.presented[0].first > today:
        raise RefusedError(_("This day is yet to come. Record it once it has come."), "presented")
    if any(one.institution_id != institution.pk for one in fields.based_on):
        raise RefusedError(_("A plan builds on plans of its own institution only."), "based_on")
    if fields.study is not None and fields.study.institution_id != institution.pk:
        raise RefusedError(_("This study is about another institution."), "study")
    if row.pk is not None and row.pk in _bases_of(institution, fields.based_on):
        raise RefusedError(
            _("That plan builds on this one, so this one cannot build on it. Take it away there."),
            "based_on",
        )


def _bases_of(institution: Institution, plans: Sequence[Plan]) -> set[int]:
    """These plans and all that they build on."""
    ties: dict[int, set[int]] = {}
    through = Plan.based_on.through
    rows = through._default_manager.filter(from_plan__institution=institution)
    for upper, lower in rows.values_list("from_plan_id", "to_plan_id"):
        ties.setdefault(upper, set()).add(lower)
    found: set[int] = set()
    waiting = [plan.pk for plan in plans]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += ties.get(one, ())
    return found


@dataclass(frozen=True, slots=True)
class StudyFields:
    """All that is said of a study; ``cost`` in euros, with who names it.

    ``commissioners`` are pairs of a name and the source that says so: sources may differ.
    """

    researcher: str
    title: str
    ordered: Said = None
    delivered: Said = None
    public: Said = None
    cost: tuple[Decimal, Source] | None = None
    commissioners: tuple[tuple[str, Source], ...] = ()
    document: Document | None = None


@transaction.atomic
def save_study(
    *,
    institution: Institution,
    study: Study | None,
    fields: StudyFields,
    today: date,
    by: User,
) -> Study:
    """Record a study or change it; saving the same again changes nothing. Raises RefusedError."""
    row = Study(institution=institution) if study is None else Study.objects.get(pk=study.pk)
    _check_study(institution, row, fields, today)
    values: dict[str, object] = {
        "researcher": fields.researcher,
        "title": fields.title,
        "cost": fields.cost[0] if fields.cost else None,
        "cost_source": fields.cost[1] if fields.cost else None,
        "document": fields.document,
        **said_columns("ordered", fields.ordered),
        **said_columns("delivered", fields.delivered),
        **said_columns("public", fields.public),
    }
    _save_if_changed(row, values, by)
    wanted = {(name, source.pk): source for name, source in fields.commissioners}
    for old in row.commissioners.all():
        if wanted.pop((old.name, old.source_id), None) is None:
            vars(old)["_history_user"] = by
            old.delete()
    for (name, _pk), source in wanted.items():
        save_by(StudyCommissioner(study=row, name=name, source=source), by)
    return row


def _check_study(institution: Institution, row: Study, fields: StudyFields, today: date) -> None:
    same = Study.objects.filter(
        institution=institution, researcher=fields.researcher, title=fields.title
    )
    if same.exclude(pk=row.pk).exists():
        raise RefusedError(_("This study is here already."), "title")
    steps = (
        ("ordered", fields.ordered),
        ("delivered", fields.delivered),
        ("public", fields.public),
    )
    known = [(name, said[0]) for name, said in steps if said is not None]
    for (_before, earlier), (name, later) in pairwise(known):
        if certainly_before(later, earlier):
            raise RefusedError(
                _("This day lies before the step that comes first. Change one of the days."), name
            )
    for name, day in known:
        if day.first > today:
            raise RefusedError(_("This day is yet to come. Record it once it has come."), name)
    if fields.cost is not None and fields.cost[0] < 0:
        raise RefusedError(_("A cost is nought or more."), "cost")


@transaction.atomic
def save_recommendation(
    *,
    institution: Institution,
    origin: Study | InspectedInstitution,
    recommendation: Recommendation | None,
    number: int,
    text: str,
    by: User,
) -> Recommendation:
    """Record a recommendation of a study or of an inspection of the institution, or its words.

    Raises RefusedError.
    """
    if origin.institution_id != institution.pk:
        raise RefusedError(_("This study or inspection is about another institution."))
    study = origin if isinstance(origin, Study) else None
    inspected = origin if isinstance(origin, InspectedInstitution) else None
    if not text.strip():
        raise RefusedError(_("Say what is recommended."), "text")
    row = recommendation or Recommendation(study=study, inspected=inspected)
    same = Recommendation.objects.filter(study=study, inspected=inspected, number=number)
    if same.exclude(pk=row.pk).exists():
        raise RefusedError(
            _("Another recommendation has this number. Give each its own."), "number"
        )
    _save_if_changed(row, {"number": number, "text": text.strip()}, by)
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
    return row


def _save_if_changed(row: models.Model, values: Mapping[str, object], by: User) -> None:
    if row.pk is not None and all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    save_by(row, by)
