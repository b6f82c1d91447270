"""What people record of the institution stands in the log of acts: added, then changed, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from audits.audits_held.actions.audits import save_audit
from audits.audits_held.actions.findings import (
    remove_cause,
    remove_finding,
    save_cause,
    save_finding,
)
from audits.certificates.actions.certificates import save_certificate
from audits.certificates.actions.parts import remove_part
from audits.comparison.actions.themes import next_position, remove_theme, save_theme
from audits.events.actions.contradictions import save_contradiction
from audits.events.actions.events import decide, save_event, state_of
from audits.frameworks.actions import load_framework, save_category
from audits.frameworks.reference import SCHEME
from audits.inspections.actions.inspections import remove
from audits.models.comparison import ComparisonTheme
from audits.models.findings import Cause, CauseKind, Finding, FindingCategory
from audits.models.plans import Plan, PlanAction
from audits.models.studies import Recommendation, RecommendationAnswer, Study
from audits.models.timeline import Contradiction, Decided, EventKind, TimelineEvent
from audits.plans.actions.plan_actions import report_progress, save_action
from audits.plans.actions.plans import answer, save_plan, save_recommendation, save_study
from certification.models import Certificate
from jbn_oversight.accounts.models import User
from jbn_oversight.acts.models import RecordedAct
from jbn_oversight.clock import utc_now
from jbn_oversight.refusals import RefusedError
from tests.audits.audits_cast import TODAY, body, make_audit, make_finding, source, theme
from tests.audits.certificate_cast import make_certificate, make_condition
from tests.audits.inspection_world import make_world
from tests.audits.plans_cast import make_action, make_plan, make_study
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Kind and detail of every act on what this floor keeps, in order; words for norms aside."""
    acts = RecordedAct.objects.filter(kind__startswith="audits.").order_by("pk")
    return [
        (act.kind.removeprefix("audits."), act.detail)
        for act in acts
        if act.kind != "audits.framework_added"
    ]


def plan_again(row: Plan, by: User, **ties: Any) -> None:
    save_plan(plan=row, ties=ties, today=TODAY, by=by)


def action_again(row: PlanAction, by: User, **ties: Any) -> None:
    save_action(action=row, ties=ties, today=TODAY, by=by)


def study_again(row: Study, by: User, **more: Any) -> None:
    save_study(study=row, commissioners=more.get("commissioners", ()), today=TODAY, by=by)


def finding_again(row: Finding, by: User, **ties: Any) -> None:
    save_finding(finding=row, conditions=ties.get("conditions", ()), by=by)


def a_finding(by: User) -> Finding:
    return make_finding(make_audit(by), by)


KEPT_ONCE: list[tuple[str, Callable[[User], Any], Callable[..., None], dict[str, Any]]] = [
    ("plan", make_plan, plan_again, {"title": "Een ander plan"}),
    ("action", make_action, action_again, {"title": "Iets anders"}),
    ("study", make_study, study_again, {"title": "Een ander onderzoek"}),
    ("finding", a_finding, finding_again, {"text": "Verzonnen: iets anders."}),
]


@pytest.mark.parametrize(
    ("thing", "make", "again", "other"), KEPT_ONCE, ids=[each[0] for each in KEPT_ONCE]
)
def test_saving_the_same_again_writes_no_act(
    cast: Cast,
    thing: str,
    make: Callable[[User], Any],
    again: Callable[..., None],
    other: dict[str, str],
) -> None:
    made = make(cast.adviser)
    assert told()[-1] == (f"{thing}_added", "")
    before = len(told())
    row = type(made).objects.get(pk=made.pk)
    again(row, cast.adviser)
    assert len(told()) == before
    for name, value in other.items():
        setattr(row, name, value)
    again(row, cast.adviser)
    assert told()[before:] == [(f"{thing}_changed", "")]


def test_tying_alone_is_a_change_that_is_told(cast: Cast) -> None:
    finding = a_finding(cast.adviser)
    action, base = make_action(cast.adviser), make_plan(cast.adviser)
    plan = make_plan(cast.adviser, title="Een tweede plan")
    study = make_study(cast.adviser)
    condition = make_condition(make_certificate(cast.adviser), cast.adviser)
    before = len(told())
    action_again(action, cast.adviser, findings=(finding,))
    plan_again(plan, cast.adviser, based_on=(base,))
    study_again(study, cast.adviser, commissioners=(("De regio", source()),))
    study_again(study, cast.adviser)
    finding_again(finding, cast.adviser, conditions=(condition,))
    assert told()[before:] == [
        ("action_changed", ""),
        ("plan_changed", ""),
        ("study_changed", ""),
        ("study_changed", ""),
        ("finding_changed", ""),
    ]


def test_an_audit_and_a_certificate_are_added_then_changed(cast: Cast) -> None:
    save_audit(audit=make_audit(cast.adviser), today=TODAY, by=cast.adviser)
    certificate = make_certificate(cast.adviser)
    save_certificate(
        certificate=Certificate.objects.get(pk=certificate.pk), today=TODAY, by=cast.adviser
    )
    assert told() == [
        ("audit_added", ""),
        ("audit_changed", ""),
        ("certificate_added", ""),
        ("certificate_changed", ""),
    ]
    assert {act.institution for act in RecordedAct.objects.filter(kind__contains="audit_")} == {
        "jbn"
    }


def test_the_part_that_was_recorded_or_taken_back_is_told(cast: Cast) -> None:
    certificate = make_certificate(cast.adviser)
    finding = a_finding(cast.adviser)
    action = make_action(cast.adviser)
    before = len(told())
    condition = make_condition(certificate, cast.adviser)
    remove_part(part=condition, by=cast.adviser)
    cause = Cause(finding=finding, kind=CauseKind.STAFF, text="Te weinig mensen.", source=source())
    save_cause(cause=cause, by=cast.adviser)
    report_progress(
        action=action, progress=10, started_on=None, note="", today=TODAY, by=cast.institution
    )
    assert told()[before:] == [
        ("certificate_changed", "condition"),
        ("certificate_changed", "condition removed"),
        ("finding_changed", "cause"),
        ("action_changed", "progress"),
    ]


def test_a_recommendation_is_added_and_answered_once(cast: Cast) -> None:
    study = make_study(cast.adviser)
    before = len(told())
    row = Recommendation(study=study, number=1, text="Doe iets.")
    save_recommendation(recommendation=row, by=cast.adviser)
    save_recommendation(recommendation=Recommendation.objects.get(pk=row.pk), by=cast.adviser)
    for _time in range(2):
        answer(
            recommendation=row,
            how=RecommendationAnswer.ADOPTED,
            reason="",
            at=utc_now(),
            by=cast.adviser,
        )
    assert told()[before:] == [
        ("recommendation_added", ""),
        ("recommendation_changed", "answered"),
    ]
    assert RecordedAct.objects.latest("pk").institution == institution().code


def test_what_is_recorded_of_an_inspection_is_told_by_its_part(cast: Cast) -> None:
    world = make_world(cast.adviser)
    world.publish()
    world.judge()
    world.judge()
    measure = world.impose()
    visit = world.visit(measure, "2025-09-01")
    remove(row=visit, by=cast.adviser)
    world.lift(measure, "2025-09-20")
    world.change(title="Een ander onderzoek")
    assert told() == [
        ("inspection_added", ""),
        ("inspection_changed", "report"),
        ("inspection_changed", "verdicts"),
        ("inspection_changed", "measure"),
        ("inspection_changed", "visit"),
        ("inspection_changed", "visit removed"),
        ("inspection_changed", "lifted"),
        ("inspection_changed", ""),
    ]


def test_a_finding_taken_back_is_told_and_one_that_stays_is_not(cast: Cast) -> None:
    finding = a_finding(cast.adviser)
    cause = Cause(finding=finding, kind=CauseKind.STAFF, text="Te weinig mensen.", source=source())
    save_cause(cause=cause, by=cast.adviser)
    before = len(told())
    with pytest.raises(RefusedError):
        remove_finding(finding=finding, by=cast.adviser)
    assert len(told()) == before
    remove_cause(cause=cause, by=cast.adviser)
    remove_finding(finding=finding, by=cast.adviser)
    assert told()[before:] == [("finding_changed", "cause removed"), ("finding_removed", "")]


def test_of_events_and_clashes_the_log_keeps_the_day_and_no_word(cast: Cast) -> None:
    day = {"event_on": TODAY, "event_precision": "day", "source": source()}
    event = TimelineEvent(institution=institution(), claim="Geheim", kind=EventKind.POLITICS, **day)
    save_event(event=event, seen="", today=TODAY, by=cast.adviser)
    save_event(event=event, seen=state_of(event), today=TODAY, by=cast.adviser)
    row = Contradiction(
        institution=institution(),
        matter="Geheim",
        one="Het was in maart",
        one_source=source(),
        other="Het was in april",
        other_source=source("krant"),
    )
    clash: dict[str, Any] = {"contradiction": row, "today": TODAY, "by": cast.adviser}
    save_contradiction(events=(event,), seen="", **clash)
    save_contradiction(events=(), seen=state_of(row), **clash)
    for one, at in ((Decided.ONE, utc_now()), (Decided.BOTH, utc_now())):
        decide(
            contradiction=row,
            seen=state_of(row),
            decided_for=one,
            reason="Zo is het.",
            at=at,
            by=cast.adviser,
        )
    assert told() == [
        ("event_added", ""),
        ("event_changed", ""),
        ("contradiction_added", ""),
        ("contradiction_changed", ""),
        ("contradiction_changed", "decided"),
        ("contradiction_changed", "decided"),
    ]
    acts = RecordedAct.objects.filter(thing__in=("audits.timelineevent", "audits.contradiction"))
    assert {act.thing_id for act in acts} == {TODAY.isoformat()}


def test_of_an_own_theme_the_log_keeps_no_word(cast: Cast) -> None:
    norms = ((SCHEME.head.code, theme().code),)
    row = ComparisonTheme(title="Geheim", position=next_position(), kpis=["contact_5wd"])
    save_theme(theme=row, norms=norms, by=cast.adviser)
    save_theme(theme=row, norms=norms, by=cast.adviser)
    remove_theme(theme=row, by=cast.adviser)
    assert told() == [("theme_added", ""), ("theme_changed", ""), ("theme_removed", "")]
    acts = RecordedAct.objects.filter(kind__startswith="audits.theme_")
    assert {act.thing_id for act in acts} == {""}


def test_a_word_for_findings_is_added_then_changed(cast: Cast) -> None:
    word = FindingCategory(authority=body(), label="Verzonnen woord", is_shortcoming=True)
    save_category(category=word, by=cast.adviser)
    save_category(category=FindingCategory.objects.get(pk=word.pk), by=cast.adviser)
    assert told() == [("category_added", ""), ("category_changed", "")]


def test_a_framework_loaded_once_more_writes_no_act(cast: Cast) -> None:
    load_framework(file=SCHEME, by=cast.adviser)
    load_framework(file=SCHEME, by=cast.adviser)
    assert [act.kind for act in RecordedAct.objects.all()] == ["audits.framework_added"]
