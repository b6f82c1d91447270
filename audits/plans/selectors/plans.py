"""What pages ask about plans, studies and recommendations, as known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from audits.models.plans import Plan, PlanAction, PlanTheme
from audits.models.studies import Recommendation, RecommendationAnswer, Study
from audits.plans.rules import ActionState
from audits.plans.selectors.plan_actions import ActionView, action_view, actions_of
from audits.rules.known import known_on
from audits.rules.moments import Moment, moment
from certification.models.sources import Source
from jbn_oversight.organisations.models import Institution

ANSWER_KINDS = {
    RecommendationAnswer.OPEN: "attention",
    RecommendationAnswer.ADOPTED: "good",
    RecommendationAnswer.ADAPTED: "info",
    RecommendationAnswer.REJECTED: "bad",
}


@dataclass(frozen=True, slots=True)
class ThemeProgress:
    """The actions of one theme of a plan, dropped ones left aside."""

    label: str
    actions: tuple[ActionView, ...]

    @property
    def counted(self) -> list[ActionView]:
        """Those that were not dropped."""
        return [one for one in self.actions if one.state is not ActionState.DROPPED]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(one.state is ActionState.DONE for one in self.counted)

    @property
    def late(self) -> int:
        """How many are overdue."""
        return sum(one.overdue for one in self.counted)

    @property
    def mean(self) -> int | None:
        """The mean progress in whole per cent, each action as heavy; None without actions."""
        shown = self.counted
        return round(sum(one.row.progress for one in shown) / len(shown)) if shown else None


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as it stood on a day."""

    row: Plan
    presented: Moment | None
    based_on: tuple[Plan, ...]
    bases: tuple[Plan, ...]
    """Plans that build on this one."""
    themes: tuple[ThemeProgress, ...]

    @property
    def whole(self) -> ThemeProgress:
        """All its actions together."""
        return ThemeProgress("", tuple(one for theme in self.themes for one in theme.actions))


def plans_of(institution: Institution, day: date) -> list[PlanView]:
    """The plans presented by the day, and those of which no day is known; the earliest first."""
    rows = (
        Plan.objects.filter(institution=institution)
        .select_related("presented_source", "study", "document__source")
        .prefetch_related("themes", "based_on", "bases")
    )
    actions: dict[int, list[PlanAction]] = {}
    for action in actions_of(institution):
        if action.plan_id is not None:
            actions.setdefault(action.plan_id, []).append(action)
    shown = [row for row in rows if row.presented is None or row.presented.first <= day]
    known = {row.pk for row in shown}
    return [
        PlanView(
            row=row,
            presented=known_on(moment(row.presented, row.presented_source), day),
            based_on=tuple(one for one in row.based_on.all() if one.pk in known),
            bases=tuple(one for one in row.bases.all() if one.pk in known),
            themes=_themes(row, [action_view(each, day) for each in actions.get(row.pk, [])]),
        )
        for row in sorted(shown, key=_order)
    ]


def _order(row: Plan) -> tuple[date, date, int]:
    day = row.presented
    return (day.first, day.last, row.pk) if day else (date.min, date.min, row.pk)


def _themes(row: Plan, actions: Sequence[ActionView]) -> tuple[ThemeProgress, ...]:
    themes: list[PlanTheme] = list(row.themes.all())
    extra = [one.row.theme for one in actions if one.row.theme and one.row.theme not in themes]
    parts = [
        ThemeProgress(theme.label, tuple(one for one in actions if one.row.theme_id == theme.pk))
        for theme in sorted({*themes, *extra}, key=lambda theme: theme.position)
    ]
    loose = tuple(one for one in actions if one.row.theme_id is None)
    if loose:
        parts.append(ThemeProgress(_("Without a theme"), loose))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """A recommendation and what was decided about it."""

    row: Recommendation
    origin: str
    answer_kind: str
    actions: tuple[ActionView, ...]


def recommendations_of(institution: Institution, day: date) -> list[RecommendationView]:
    """The recommendations that were public by the day: of studies, then of inspections."""
    acting = PlanAction.objects.select_related("theme", "plan", "owner", "institution")
    rows = (
        Recommendation.objects.of(institution)
        .select_related("study", "study__public_source", "inspected__inspection", "answered_by")
        .prefetch_related(Prefetch("actions", acting.prefetch_related("evidence__versions")))
    )
    views = [recommendation_view(row, day) for row in rows if is_out(row, day)]
    return sorted(views, key=lambda view: (view.row.study is None, view.origin, view.row.number))


def recommendation_view(row: Recommendation, day: date) -> RecommendationView:
    """A recommendation with its actions as they stood on the (Amsterdam) day."""
    return RecommendationView(
        row=row,
        origin=origin_of(row),
        answer_kind=ANSWER_KINDS[RecommendationAnswer(row.answer)],
        actions=tuple(action_view(each, day) for each in row.actions.all()),
    )


def origin_of(row: Recommendation) -> str:
    """The study or the inspection it stands in."""
    if row.study is not None:
        return str(row.study)
    assert row.inspected is not None
    return row.inspected.inspection.title


def is_out(row: Recommendation, day: date) -> bool:
    """Whether it was public by the day; one of which no day is known counts as public."""
    if row.study is not None:
        out = row.study.public
    else:
        assert row.inspected is not None  # a constraint: one of the two
        out = row.inspected.published
    return out is None or out.first <= day


@dataclass(frozen=True, slots=True)
class Commission:
    """Who ordered a study, according to one source."""

    source: Source
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StudyView:
    """A study as it stood on a day."""

    row: Study
    ordered: Moment | None
    delivered: Moment | None
    public: Moment | None
    commissions: tuple[Commission, ...]
    recommendations: tuple[RecommendationView, ...]
    plans: tuple[Plan, ...]

    @property
    def sources_disagree(self) -> bool:
        """Whether sources name different parties that ordered it."""
        return len({frozenset(one.names) for one in self.commissions}) > 1


def studies_of(institution: Institution, day: date) -> list[StudyView]:
    """The studies that were ordered by the day, the earliest first."""
    rows = (
        Study.objects.filter(institution=institution)
        .select_related(
            "ordered_source", "delivered_source", "public_source", "cost_source", "document__source"
        )
        .prefetch_related("commissioners__source", "plans")
    )
    advice: dict[int, list[RecommendationView]] = {}
    for view in recommendations_of(institution, day):
        if view.row.study_id is not None:
            advice.setdefault(view.row.study_id, []).append(view)
    views = []
    for row in rows:
        moments = {
            stem: moment(getattr(row, stem), getattr(row, f"{stem}_source"))
            for stem in ("ordered", "delivered", "public")
        }
        first = next((one for one in moments.values() if one), None)
        if first is not None and first.on.first > day:
            continue
        views.append(
            StudyView(
                row=row,
                **{stem: known_on(one, day) for stem, one in moments.items()},
                commissions=_commissions(row),
                recommendations=tuple(advice.get(row.pk, ())),
                plans=tuple(row.plans.all()),
            )
        )
    return views


def _commissions(row: Study) -> tuple[Commission, ...]:
    by_source: dict[int, tuple[Source, list[str]]] = {}
    for one in row.commissioners.all():
        by_source.setdefault(one.source_id, (one.source, []))[1].append(one.name)
    return tuple(Commission(source, tuple(sorted(names))) for source, names in by_source.values())
