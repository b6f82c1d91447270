"""What the database itself refuses about audits and findings, by the name of the constraint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audits.models.audits import Audit
from audits.models.findings import Finding, FindingReview
from certification.models.frameworks import NormFramework, Requirement
from tests.audits.audits_cast import make_audit, make_finding, said, source, theme
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


def refuses(name: str, save: Callable[[], object]) -> None:
    """The database refuses, and says by which rule."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        save()


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return make_audit(
        cast.adviser, planned=said("2025-05-12"), outcome_known=said("2025-07-01"), outcome="Goed."
    )


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("audit_outcome_after_it_was_held", {"outcome_on": date(2025, 6, 12)}),
        ("audit_outcome_has_a_day", {"outcome_on": None, "outcome_precision": ""}),
        ("audit_planned_period", {"planned_until_on": date(2025, 5, 11)}),
        (
            "audit_planned_period",
            {
                "planned_on": date(2025, 5, 1),
                "planned_precision": "month",
                "planned_until_on": date(2025, 5, 30),
            },
        ),
        ("audit_days_have_a_source", {"held_source": None}),
        ("audit_held", {"held_precision": "month"}),
    ],
)
def test_an_audit_that_was_valid_until_one_thing_broke(
    audit: Audit, name: str, changes: dict[str, object]
) -> None:
    for field, value in changes.items():
        setattr(audit, field, value)
    refuses(name, audit.save)


def test_an_audit_follows_another_and_has_its_own_number(audit: Audit, cast: Cast) -> None:
    audit.follow_up_of = audit
    refuses("audit_follows_another", audit.save)
    second = make_audit(cast.adviser, 2, "2025-09-16")
    second.sequence_no = 1
    refuses("audit_number_once", second.save)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("finding_says_something", {"text": ""}),
        ("finding_of_an_audit_has_a_category", {"category": None}),
        ("finding_has_an_origin", {"found_in": None}),
        (
            "finding_days_have_a_source",
            {"due_on": date(2025, 9, 30), "due_precision": "day"},
        ),
        ("finding_due", {"due_precision": "day"}),
        ("finding_deviation_has_a_reason", {"deviation_rationale": "Omdat."}),
    ],
)
def test_a_finding_that_was_valid_until_one_thing_broke(
    audit: Audit, cast: Cast, name: str, changes: dict[str, object]
) -> None:
    finding = make_finding(audit, cast.adviser)
    for field, value in changes.items():
        setattr(finding, field, value)
    refuses(name, finding.save)


def test_an_audit_judges_a_finding_once(audit: Audit, cast: Cast) -> None:
    finding: Finding = make_finding(audit, cast.adviser)
    second = make_audit(cast.adviser, 2, "2025-09-16")
    given = {"finding": finding, "re_audit": second, "source": source()}
    FindingReview(outcome="closed", **given).save()
    refuses("finding_review_once", FindingReview(outcome="still_open", **given).save)


def test_a_requirement_has_its_own_code_and_a_framework_ends_after_it_begins() -> None:
    Requirement(theme=theme(), code="1", text="x", position=1).save()
    refuses(
        "requirement_code_once", Requirement(theme=theme(), code="1", text="y", position=2).save
    )
    framework = NormFramework.objects.get(authority__code="kmi")
    framework.valid_until = framework.valid_from
    refuses("framework_dates", framework.save)
