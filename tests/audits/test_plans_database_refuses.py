"""The database refuses what cannot be, no matter who writes; each rule by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from audits.models.plans import Evidence, EvidenceVersion, Plan, PlanAction, PlanTheme
from audits.models.studies import Recommendation, Study
from jbn_oversight.files.storage import store
from jbn_oversight.organisations.models import Institution
from tests.audits.audits_cast import make_audit, make_finding
from tests.factories.people import Cast, institution

pytestmark = pytest.mark.django_db


def action(**changes: object) -> PlanAction:
    """An action that may be kept, until one thing is broken."""
    fields: dict[str, object] = {
        "institution": institution(),
        "title": "Verzonnen actie",
        "owner_name": "Teamleider",
        "due_on": date(2025, 9, 1),
        **changes,
    }
    return PlanAction(**fields)


def elsewhere() -> Institution:
    """Another institution."""
    return Institution.objects.get_or_create(code="elders", defaults={"name": "Elders"})[0]


def refused(name: str, save: Callable[[], object]) -> None:
    """The rule by that name refuses the row."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        save()


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (
            "action_started_before_done",
            {"started_on": date(2025, 3, 2), "done_on": date(2025, 3, 1), "progress": 100},
        ),
        ("action_started_before_due", {"started_on": date(2025, 9, 2)}),
        ("action_done_is_whole", {"done_on": date(2025, 3, 1), "progress": 99}),
        ("action_whole_is_done", {"progress": 100}),
        (
            "action_done_or_dropped",
            {
                "done_on": date(2025, 3, 1),
                "progress": 100,
                "dropped_on": date(2025, 3, 1),
                "dropped_reason": "Overbodig.",
            },
        ),
        ("action_dropped_has_a_reason", {"dropped_on": date(2025, 3, 1)}),
        ("action_dropped_has_a_reason", {"dropped_reason": "Overbodig."}),
        ("action_cost", {"cost": -1}),
        ("action_works_from_a_month", {"kpi": "contact_5wd", "works_from": date(2025, 3, 2)}),
        ("action_works_from_a_month", {"works_from": date(2025, 3, 1)}),
    ],
)
def test_an_action_that_does_not_add_up_is_refused(rule: str, changes: dict[str, object]) -> None:
    action().save()
    refused(rule, action(title="Een andere", **changes).save)


def test_an_action_of_a_plan_stands_there_once() -> None:
    plan = Plan.objects.create(institution=institution(), kind="action_plan", title="Plan")
    action(plan=plan).save()
    refused("action_of_a_plan_once", action(plan=plan).save)


def test_an_action_is_about_findings_and_advice_of_its_own_institution(cast: Cast) -> None:
    finding = make_finding(make_audit(cast.adviser), cast.adviser)
    cause = finding.causes.create(kind="staff", text="Te weinig mensen.")
    study = Study.objects.create(institution=institution(), researcher="Bureau", title="Onderzoek")
    advice = Recommendation.objects.create(study=study, number=1, text="Doe iets.")
    mine = action()
    mine.save()
    mine.findings.add(finding)
    mine.causes.add(cause)
    mine.recommendations.add(advice)
    theirs = action(institution=elsewhere())
    theirs.save()
    for add in (
        lambda: theirs.findings.add(finding),
        lambda: theirs.causes.add(cause),
        lambda: theirs.recommendations.add(advice),
    ):
        refused("action_of_one_institution", add)


def test_an_action_is_in_a_plan_of_its_own_institution_and_does_not_move() -> None:
    plan = Plan.objects.create(institution=elsewhere(), kind="action_plan", title="Plan")
    refused("action_of_one_institution", action(plan=plan).save)
    row = action()
    row.save()
    row.institution = elsewhere()
    refused("action_of_one_institution", row.save)


def test_plans_do_not_build_on_each_other_in_a_circle() -> None:
    one, two, three = (
        Plan.objects.create(institution=institution(), kind="action_plan", title=title)
        for title in ("een", "twee", "drie")
    )
    two.based_on.add(one)
    three.based_on.add(two)
    refused("plan_based_on_no_cycle", lambda: one.based_on.add(three))
    refused("plan_based_on_no_cycle", lambda: one.based_on.add(one))
    three.based_on.add(one)


def test_plans_build_on_plans_of_the_same_institution() -> None:
    one = Plan.objects.create(institution=institution(), kind="action_plan", title="een")
    other = Plan.objects.create(institution=elsewhere(), kind="action_plan", title="een")
    refused("plan_based_on_one_institution", lambda: one.based_on.add(other))


def test_evidence_is_good_on_the_amsterdam_day_it_is_added(cast: Cast) -> None:
    row = action()
    row.save()
    evidence = Evidence.objects.create(action=row, title="Rooster")
    stored = store(b"%PDF-1.7", content_type="application/pdf", name="rooster.pdf")
    # Half an hour past midnight in Amsterdam, still the day before in UTC.
    added = {
        "evidence": evidence,
        "stored": stored,
        "added_at": datetime(2025, 7, 1, 22, 30, tzinfo=UTC),
        "added_by": cast.institution,
    }
    EvidenceVersion.objects.create(**added, number=1, expires_on=date(2025, 7, 2))
    refused(
        "evidence_good_when_added",
        lambda: EvidenceVersion.objects.create(**added, number=2, expires_on=date(2025, 7, 1)),
    )
    refused(
        "evidence_number_once",
        lambda: EvidenceVersion.objects.create(**added, number=1, expires_on=None),
    )


def test_the_seven_themes_of_the_recovery_plan_are_there() -> None:
    assert [theme.position for theme in PlanTheme.objects.all()] == list(range(1, 8))
