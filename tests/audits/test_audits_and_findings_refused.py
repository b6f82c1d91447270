from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audits.audits_held.actions.audits import save_audit
from audits.audits_held.actions.findings import (
    ReviewJudgement,
    check_finding,
    review_findings,
    save_cause,
    save_finding,
)
from audits.audits_held.rules.findings import Judged
from audits.models.audits import Audit
from audits.models.findings import Cause, CauseKind, Finding, FindingReview
from certification.models.frameworks import NormFramework
from jbn_oversight.refusals import RefusedError
from tests.audits.audits_cast import (
    TODAY,
    a_finding,
    an_audit,
    body,
    category,
    make_audit,
    make_finding,
    said,
    source,
    theme,
)
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


def refused(call: object, **arguments: object) -> RefusedError:
    """The refusal of an action."""
    with pytest.raises(RefusedError) as error:
        call(**arguments)  # type: ignore[operator]
    return error.value


def recorded(cast: Cast, **changes: object) -> RefusedError:
    """The refusal of an audit that was valid until one thing was broken."""
    row = an_audit(**changes)  # type: ignore[arg-type]
    return refused(save_audit, audit=row, today=TODAY, by=cast.adviser)


def moved(audit: Audit, cast: Cast, **changes: object) -> RefusedError:
    """The refusal of an audit in which something was changed."""
    for name, value in changes.items():
        setattr(audit, name, value)
    return refused(save_audit, audit=audit, today=TODAY, by=cast.adviser)


def judged(re_audit: Audit, finding: Finding, how: Judged | None, cast: Cast) -> int:
    """One judgement at a re-audit."""
    return review_findings(
        re_audit=re_audit,
        judgements={finding: ReviewJudgement(how)},
        source=source(),
        by=cast.adviser,
    )


def test_a_re_audit_before_its_audit_is_refused(cast: Cast) -> None:
    first = make_audit(cast.adviser)
    assert recorded(cast, number=2, held="2025-06-12", follow_up_of=first).field == "follow_up_of"
    assert make_audit(cast.adviser, 2, "2025-06-14", follow_up_of=first)


def test_a_planned_re_audit_before_its_audit_is_refused_too(cast: Cast) -> None:
    first = make_audit(cast.adviser)
    error = recorded(cast, number=2, held="", planned=said("2025-05"), follow_up_of=first)
    assert error.field == "follow_up_of"


def test_a_month_that_may_hold_the_day_is_not_before_it(cast: Cast) -> None:
    first = make_audit(cast.adviser)
    assert make_audit(cast.adviser, 2, "2025-06", follow_up_of=first)


def test_an_outcome_before_the_audit_was_held_is_refused(cast: Cast) -> None:
    assert recorded(cast, outcome_known=said("2025-05")).field == "outcome_known"
    assert make_audit(cast.adviser, outcome_known=said("2025-06"))


def test_an_outcome_without_a_day_is_refused(cast: Cast) -> None:
    assert recorded(cast, outcome="Voldoet.").field == "outcome_known"


def test_a_day_to_come_is_no_day_on_which_it_was_held(cast: Cast) -> None:
    assert recorded(cast, held="2026-03-03").field == "held"
    assert recorded(cast, outcome_known=said("2026-04")).field == "outcome_known"
    assert make_audit(cast.adviser, held="2026-03-02")


def test_a_planned_period_that_ends_before_it_begins_is_refused(cast: Cast) -> None:
    period = {"planned": said("2025-05-12"), "planned_until_on": date(2025, 5, 11)}
    assert recorded(cast, **period).field == "planned_until"
    rough = {"planned": said("2025-05"), "planned_until_on": date(2025, 5, 30)}
    assert recorded(cast, **rough).field == "planned_until"


def test_a_number_is_given_once(cast: Cast) -> None:
    make_audit(cast.adviser)
    assert recorded(cast).field == "sequence_no"


def test_the_framework_is_of_the_body_that_audits(cast: Cast) -> None:
    theme()
    other = NormFramework.objects.get(authority__code="igj")
    assert recorded(cast, framework=other).field == "framework"


def test_audits_do_not_follow_each_other_in_a_circle(cast: Cast) -> None:
    first = make_audit(cast.adviser)
    second = make_audit(cast.adviser, 2, follow_up_of=first)
    assert moved(first, cast, follow_up_of=second).field == "follow_up_of"


def test_an_orphan_finding_is_refused(cast: Cast) -> None:
    error = refused(check_finding, finding=a_finding(None), conditions=())
    assert "hoort bij een audit" in error.sentence
    with pytest.raises(IntegrityError, match="finding_has_an_origin"), transaction.atomic():
        Finding(text="x", source=source(), category=category()).save()


def test_a_finding_of_an_audit_that_was_not_held_is_refused(cast: Cast) -> None:
    audit = make_audit(cast.adviser, held="", planned=said("2025-09"))
    assert refused(check_finding, finding=a_finding(audit), conditions=())


def test_a_requirement_of_another_framework_is_refused(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    other = NormFramework.objects.get(authority__code="igj").themes.all()[0]
    finding = a_finding(audit, theme=other)
    assert refused(check_finding, finding=finding, conditions=()).field == "norm"


def test_a_category_of_another_authority_is_refused(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    word = category()
    word.pk, word.authority, word.code = None, body("igj"), "ander"
    word.save()
    finding = a_finding(audit, category=word)
    assert refused(check_finding, finding=finding, conditions=()).field == "category"


def test_a_deviation_without_a_reason_is_refused(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    error = refused(check_finding, finding=a_finding(audit, deviation_accepted=True), conditions=())
    assert error.field == "deviation_rationale"
    finding = make_finding(audit, cast.adviser)
    finding.deviation_accepted = True
    with (
        pytest.raises(IntegrityError, match="finding_deviation_has_a_reason"),
        transaction.atomic(),
    ):
        finding.save()


def test_a_reason_for_what_was_not_accepted_is_refused(cast: Cast) -> None:
    finding = a_finding(make_audit(cast.adviser), deviation_rationale="Omdat.")
    error = refused(check_finding, finding=finding, conditions=())
    assert error.field == "deviation_accepted"


def test_two_findings_of_one_audit_do_not_share_a_number(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    make_finding(audit, cast.adviser)
    error = refused(save_finding, finding=a_finding(audit), conditions=(), by=cast.adviser)
    assert error.field == "reference"
    with pytest.raises(IntegrityError, match="finding_of_an_audit_once"), transaction.atomic():
        Finding(
            found_in=audit, reference="3.1", text="x", source=source(), category=category()
        ).save()


def test_saving_the_same_finding_again_leaves_no_change(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    finding = make_finding(audit, cast.adviser, due=said("2025-09"))
    before = finding.history.count()
    save_finding(finding=finding, conditions=(), by=cast.adviser)
    assert finding.history.count() == before


def test_opening_again_what_was_never_closed_is_refused(cast: Cast) -> None:
    first = make_audit(cast.adviser)
    second = make_audit(cast.adviser, 2, "2025-09-16")
    finding = make_finding(first, cast.adviser)
    with pytest.raises(RefusedError) as error:
        judged(second, finding, Judged.REOPENED, cast)
    assert error.value.field == finding.public_id
    assert not FindingReview.objects.exists()


def test_a_closed_finding_is_opened_again_and_closed_again(cast: Cast) -> None:
    audits = [make_audit(cast.adviser, n, f"2025-0{n + 4}-01") for n in (1, 2, 3, 4)]
    finding = make_finding(audits[0], cast.adviser)
    for audit, how in zip(audits[1:], (Judged.CLOSED, Judged.REOPENED, Judged.CLOSED), strict=True):
        assert judged(audit, finding, how, cast) == 1
    with pytest.raises(RefusedError):
        judged(audits[1], finding, Judged.STILL_OPEN, cast)
    with pytest.raises(RefusedError):
        judged(audits[1], finding, None, cast)
    assert judged(audits[3], finding, None, cast) == 1
    assert [row.outcome for row in finding.reviews.order_by("re_audit__held_on")] == [
        "closed",
        "reopened",
    ]


def test_an_audit_does_not_judge_its_own_findings(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    finding = make_finding(audit, cast.adviser)
    with pytest.raises(RefusedError):
        judged(audit, finding, Judged.CLOSED, cast)


def test_an_earlier_audit_does_not_judge_a_later_ones_findings(cast: Cast) -> None:
    first = make_audit(cast.adviser)
    second = make_audit(cast.adviser, 2, "2025-09-16")
    finding = make_finding(second, cast.adviser)
    with pytest.raises(RefusedError):
        judged(first, finding, Judged.CLOSED, cast)


def test_an_audit_that_was_not_held_judges_nothing(cast: Cast) -> None:
    finding = make_finding(make_audit(cast.adviser), cast.adviser)
    second = make_audit(cast.adviser, 2, held="", planned=said("2025-09"))
    with pytest.raises(RefusedError):
        judged(second, finding, Judged.CLOSED, cast)


def test_one_wrong_judgement_leaves_all_others_unrecorded(cast: Cast) -> None:
    first = make_audit(cast.adviser)
    second = make_audit(cast.adviser, 2, "2025-09-16")
    one = make_finding(first, cast.adviser)
    other = make_finding(first, cast.adviser, "3.2")
    with pytest.raises(RefusedError):
        review_findings(
            re_audit=second,
            judgements={
                one: ReviewJudgement(Judged.CLOSED),
                other: ReviewJudgement(Judged.REOPENED),
            },
            source=source(),
            by=cast.adviser,
        )
    assert not FindingReview.objects.exists()


def test_an_audit_is_not_moved_past_the_re_audit_that_judged_it(cast: Cast) -> None:
    first = make_audit(cast.adviser)
    second = make_audit(cast.adviser, 2, "2025-09-16")
    finding = make_finding(first, cast.adviser)
    judged(second, finding, Judged.CLOSED, cast)
    for audit, held in ((first, date(2025, 9, 17)), (second, date(2025, 6, 12))):
        assert moved(audit, cast, held_on=held).field == "held"


def test_re_audits_are_not_moved_so_that_opening_comes_before_closing(cast: Cast) -> None:
    audits = [make_audit(cast.adviser, n, f"2025-0{n + 4}-01") for n in (1, 2, 3)]
    finding = make_finding(audits[0], cast.adviser)
    judged(audits[1], finding, Judged.CLOSED, cast)
    judged(audits[2], finding, Judged.REOPENED, cast)
    assert moved(audits[1], cast, held_on=date(2025, 7, 15)).field == "held"


def test_the_framework_stays_while_findings_refer_to_it(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    make_finding(audit, cast.adviser)
    assert moved(audit, cast, framework=None).field == "framework"


def test_a_cause_stands_once_under_a_finding_and_names_who_said_it(cast: Cast) -> None:
    finding = make_finding(make_audit(cast.adviser), cast.adviser)
    given = {"finding": finding, "kind": CauseKind.STAFF, "text": "Te weinig mensen."}
    cause = save_cause(cause=Cause(**given, source=source()), by=cast.institution)
    assert cause.history.get().history_user == cast.institution
    assert refused(save_cause, cause=Cause(**given), by=cast.adviser).field == "text"
    with pytest.raises(IntegrityError, match="cause_once"), transaction.atomic():
        Cause(**given).save()


def test_every_change_names_who_made_it(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    finding = make_finding(audit, cast.second_adviser)
    second = make_audit(cast.adviser, 2, "2025-09-16")
    judged(second, finding, Judged.CLOSED, cast)
    judged(second, finding, None, cast)
    assert audit.history.get().history_user == cast.adviser
    assert finding.history.get().history_user == cast.second_adviser
    gone = FindingReview.history.filter(history_type="-").get()
    assert gone.history_user == cast.adviser
