"""What cannot be is refused with a sentence, at the field that it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from audits.models.plans import PlanAction
from audits.models.studies import Recommendation, RecommendationAnswer
from audits.plans.actions.evidence import add_evidence
from audits.plans.actions.plan_actions import (
    NOTE_LENGTH,
    drop,
    finish,
    report_progress,
    resume,
    save_action,
)
from audits.plans.actions.plans import (
    answer,
    save_plan,
    save_recommendation,
    save_study,
)
from jbn_oversight.organisations.models import Institution
from jbn_oversight.refusals import RefusedError
from tests.audits.audits_cast import TODAY, make_audit, make_finding, said, source
from tests.audits.plans_cast import action_to_save, make_action, make_plan, make_study
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 11, tzinfo=UTC)
CSV = b"week;rooster\n1;vol\n"


def refused(call: object, **arguments: object) -> RefusedError:
    """The refusal of an action."""
    with pytest.raises(RefusedError) as error:
        call(**arguments)  # type: ignore[operator]
    assert error.value.sentence.endswith(".")
    return error.value


def recorded(cast: Cast, **changes: object) -> str:
    """The field of the refusal of an action that was valid until one thing was broken."""
    return refused(save_action, **action_to_save(**changes), by=cast.adviser).field


def elsewhere() -> Institution:
    """Another institution."""
    return Institution.objects.get_or_create(code="elders", defaults={"name": "Elders"})[0]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": " "}),
        ("owner_name", {"owner_name": " "}),
        ("due_on", {"due_on": date(2025, 6, 30)}),
        ("started_on", {"started_on": date(2026, 3, 3)}),
        ("kpi", {"kpi": "geluk"}),
        ("kpi", {"works_from": date(2025, 9, 1)}),
        ("works_from", {"kpi": "contact_5wd", "works_from": date(2025, 9, 2)}),
        ("works_from", {"kpi": "contact_5wd", "works_from": date(2025, 6, 1)}),
        ("cost", {"cost": Decimal(-1)}),
    ],
)
def test_an_action_that_does_not_add_up_is_refused(
    cast: Cast, field: str, changes: dict[str, object]
) -> None:
    assert recorded(cast, **changes) == field


def test_a_figure_may_show_an_action_in_the_month_in_which_it_started(cast: Cast) -> None:
    assert make_action(cast.adviser, kpi="contact_5wd", works_from=date(2025, 7, 1))


def test_an_owner_is_somebody_who_can_report(cast: Cast) -> None:
    assert recorded(cast, owner=cast.council_member) == "owner"
    assert recorded(cast, owner=cast.alderman) == "owner"
    assert make_action(cast.adviser, owner=cast.institution).owner == cast.institution


def test_a_finding_or_plan_or_advice_of_another_institution_is_refused(cast: Cast) -> None:
    finding = make_finding(make_audit(cast.adviser), cast.adviser)
    study = make_study(cast.adviser)
    advice = save_recommendation(
        recommendation=Recommendation(study=study, number=1, text="Doe iets."), by=cast.adviser
    )
    plan = make_plan(cast.adviser)
    for field, changes in (
        ("findings", {"findings": (finding,)}),
        ("recommendations", {"recommendations": (advice,)}),
        ("plan", {"plan": plan}),
    ):
        there = action_to_save(**changes, institution=elsewhere())
        assert refused(save_action, **there, by=cast.adviser).field == field
    assert (
        make_action(
            cast.adviser, findings=(finding,), recommendations=(advice,), plan=plan
        ).findings.get()
        == finding
    )


def test_a_cause_comes_with_its_finding(cast: Cast) -> None:
    finding = make_finding(make_audit(cast.adviser), cast.adviser)
    cause = finding.causes.create(kind="staff", text="Te weinig mensen.")
    assert recorded(cast, causes=(cause,)) == "causes"
    assert make_action(cast.adviser, findings=(finding,), causes=(cause,))


def test_a_plan_has_no_two_actions_with_the_same_words(cast: Cast) -> None:
    plan = make_plan(cast.adviser)
    make_action(cast.adviser, plan=plan)
    assert recorded(cast, plan=plan) == "title"


def test_saving_the_same_again_leaves_no_change(cast: Cast) -> None:
    finding = make_finding(make_audit(cast.adviser), cast.adviser)
    row = make_action(cast.adviser, findings=(finding,))
    before = row.history.count()
    again: dict[str, Any] = {"action": row, "ties": {"findings": (finding,)}, "today": TODAY}
    save_action(**again, by=cast.second_adviser)
    assert row.history.count() == before
    row.due_on = date(2026, 7, 1)
    save_action(**again, by=cast.second_adviser)
    latest = row.history.latest()
    assert (latest.due_on, latest.history_user) == (date(2026, 7, 1), cast.second_adviser)


def progress(action: PlanAction, cast: Cast, **changes: object) -> dict[str, object]:
    """A report that may be made, until one thing is broken."""
    return {
        "action": action,
        "progress": 40,
        "started_on": None,
        "note": "",
        "today": TODAY,
        "by": cast.institution,
        **changes,
    }


def done(action: PlanAction, cast: Cast, **changes: object) -> dict[str, object]:
    """The same, of what is done."""
    given = progress(action, cast, **{"done_on": date(2026, 3, 1), **changes})
    del given["progress"]
    return given


def test_progress_is_from_nought_to_ninety_nine_and_done_has_a_day(cast: Cast) -> None:
    action = make_action(cast.adviser)
    for wrong in (-1, 100, 101):
        assert refused(report_progress, **progress(action, cast, progress=wrong)).field == (
            "progress"
        )
    assert report_progress(**progress(action, cast)).progress == 40  # type: ignore[arg-type]
    row = finish(**done(action, cast))  # type: ignore[arg-type]
    assert (row.progress, row.done_on) == (100, date(2026, 3, 1))


def test_progress_without_a_start_asks_for_the_day(cast: Cast) -> None:
    action = make_action(cast.adviser, started_on=None)
    assert refused(report_progress, **progress(action, cast)).field == "started_on"
    late = progress(action, cast, started_on=date(2026, 3, 3))
    assert refused(report_progress, **late).field == "started_on"
    row = report_progress(**progress(action, cast, started_on=date(2026, 3, 2)))  # type: ignore[arg-type]
    assert row.started_on == date(2026, 3, 2)


def test_a_start_after_the_agreed_last_day_asks_for_a_new_day_first(cast: Cast) -> None:
    action = make_action(cast.adviser, started_on=None, due_on=date(2026, 2, 1))
    late = progress(action, cast, started_on=date(2026, 2, 2))
    assert refused(report_progress, **late).field == "started_on"


def test_done_before_started_or_in_days_to_come_is_refused(cast: Cast) -> None:
    action = make_action(cast.adviser)
    for wrong in (date(2025, 6, 30), date(2026, 3, 3)):
        assert refused(finish, **done(action, cast, done_on=wrong)).field == "done_on"
    assert finish(**done(action, cast, done_on=date(2025, 7, 1)))  # type: ignore[arg-type]


def test_what_is_done_is_not_dropped_and_the_other_way_round(cast: Cast) -> None:
    one = make_action(cast.adviser)
    finish(**done(one, cast))  # type: ignore[arg-type]
    assert refused(drop, action=one, reason="Overbodig.", today=TODAY, by=cast.adviser)
    other = make_action(cast.adviser, title="Een andere")
    drop(action=other, reason="Overbodig.", today=TODAY, by=cast.adviser)
    assert refused(finish, **done(other, cast))
    assert refused(report_progress, **progress(other, cast))


def test_dropping_and_taking_up_again_ask_for_a_reason(cast: Cast) -> None:
    action = make_action(cast.adviser)
    assert refused(drop, action=action, reason=" ", today=TODAY, by=cast.adviser).field == (
        "dropped_reason"
    )
    assert refused(resume, action=action, progress=10, note="Toch.", by=cast.adviser)
    drop(action=action, reason="Overbodig.", today=TODAY, by=cast.adviser)
    assert refused(resume, action=action, progress=10, note="", by=cast.adviser).field == "note"
    row = resume(action=action, progress=10, note="Toch nodig.", by=cast.adviser)
    assert (row.dropped_on, row.dropped_reason, row.progress) == (None, "", 10)
    assert row.history.latest().history_change_reason == "Toch nodig."


def test_a_note_fits_in_the_history(cast: Cast) -> None:
    action = make_action(cast.adviser)
    long = progress(action, cast, note="a" * (NOTE_LENGTH + 1))
    assert refused(report_progress, **long).field == "note"


def evidence(action: PlanAction, cast: Cast, **changes: object) -> dict[str, object]:
    """A paper that may be added, until one thing is broken."""
    return {
        "action": action,
        "title": "Rooster",
        "data": CSV,
        "expires_on": date(2026, 3, 2),
        "at": AT,
        "by": cast.institution,
        **changes,
    }


def test_evidence_that_is_no_longer_good_is_refused(cast: Cast) -> None:
    action = make_action(cast.adviser)
    stale = evidence(action, cast, expires_on=date(2026, 3, 1))
    assert refused(add_evidence, **stale).field == "expires_on"
    assert add_evidence(**evidence(action, cast)).number == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data", [b"MZ\x90\x00\x03", b"<html>,</html>", b"naam;bsn\nx;111222333\n", b"a;b\n=1+1;2\n"]
)
def test_evidence_is_looked_into_as_every_file_is(cast: Cast, data: bytes) -> None:
    action = make_action(cast.adviser)
    error = refused(add_evidence, **evidence(action, cast, data=data))
    assert error.field == "file"
    assert "111222333" not in error.sentence


def test_the_same_title_gives_a_next_version_under_a_neutral_name(cast: Cast) -> None:
    action = make_action(cast.adviser)
    first = add_evidence(**evidence(action, cast))  # type: ignore[arg-type]
    second = add_evidence(**evidence(action, cast, title="  Rooster "))  # type: ignore[arg-type]
    assert (first.evidence, second.number) == (second.evidence, 2)
    assert second.stored.name == "rooster-v2.csv"


def test_a_dropped_action_gets_no_evidence(cast: Cast) -> None:
    action = make_action(cast.adviser)
    drop(action=action, reason="Overbodig.", today=TODAY, by=cast.adviser)
    assert refused(add_evidence, **evidence(action, cast))


def test_plans_do_not_build_on_each_other_in_a_circle(cast: Cast) -> None:
    one = make_plan(cast.adviser, "een")
    two = make_plan(cast.adviser, "twee", based_on=(one,))
    three = make_plan(cast.adviser, "drie", based_on=(two,))
    error = refused(save_plan, plan=one, ties={"based_on": (three,)}, today=TODAY, by=cast.adviser)
    assert error.field == "based_on"


def test_a_plan_is_there_once_and_not_presented_tomorrow(cast: Cast) -> None:
    make_plan(cast.adviser, "een")
    with pytest.raises(RefusedError) as error:
        make_plan(cast.adviser, "een")
    assert error.value.field == "title"
    with pytest.raises(RefusedError) as error:
        make_plan(cast.adviser, "twee", presented=said("2026-03-03"))
    assert error.value.field == "presented"
    assert make_plan(cast.adviser, "drie", presented=said("2026-03"))


def test_the_steps_of_a_study_are_in_order_as_far_as_days_are_known(cast: Cast) -> None:
    for field, changes in (
        ("delivered", {"ordered": said("2025-02"), "delivered": said("2025-01")}),
        ("public", {"delivered": said("2025-02 late"), "public": said("2025-02-20")}),
        ("public", {"ordered": said("2025-02"), "public": said("2025-01")}),
        ("public", {"public": said("2026-03-03")}),
        ("cost", {"cost": (Decimal(-1), source())}),
    ):
        with pytest.raises(RefusedError) as error:
            make_study(cast.adviser, **changes)
        assert error.value.field == field
    assert make_study(cast.adviser, ordered=said("2025"), delivered=said("2025-02"))


def test_a_study_is_there_once(cast: Cast) -> None:
    make_study(cast.adviser)
    with pytest.raises(RefusedError) as error:
        make_study(cast.adviser)
    assert error.value.field == "title"


def advice(cast: Cast) -> Recommendation:
    """A recommendation of a study."""
    row = Recommendation(study=make_study(cast.adviser), number=1, text="Doe iets.")
    return save_recommendation(recommendation=row, by=cast.adviser)


def test_adapting_and_rejecting_ask_for_a_reason_and_adopting_does_not(cast: Cast) -> None:
    row = advice(cast)
    for how in (RecommendationAnswer.ADAPTED, RecommendationAnswer.REJECTED):
        given = {"recommendation": row, "how": how, "reason": " ", "at": AT, "by": cast.adviser}
        assert refused(answer, **given).field == "reason"
    decided = answer(
        recommendation=row, how=RecommendationAnswer.ADOPTED, reason="", at=AT, by=cast.adviser
    )
    assert (decided.answered_by, decided.answered_at) == (cast.adviser, AT)
    back = answer(
        recommendation=row, how=RecommendationAnswer.OPEN, reason="", at=AT, by=cast.adviser
    )
    assert (back.answered_by, back.answered_at) == (None, None)


def test_a_recommendation_has_words_and_a_number_of_its_own(cast: Cast) -> None:
    study = advice(cast).study
    for field, number, text in (("number", 1, "Meer."), ("text", 2, " ")):
        row = Recommendation(study=study, number=number, text=text)
        assert refused(save_recommendation, recommendation=row, by=cast.adviser).field == field


def test_who_ordered_a_study_stands_per_source_and_can_be_changed(cast: Cast) -> None:
    one, other = source("een"), source("twee")
    row = make_study(cast.adviser, commissioners=(("A", one), ("B", one), ("B", other)))
    assert row.commissioners.count() == 3
    save_study(study=row, commissioners=[("B", other)], today=TODAY, by=cast.second_adviser)
    assert [(each.name, each.source) for each in row.commissioners.all()] == [("B", other)]
