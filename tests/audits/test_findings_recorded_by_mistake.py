"""A finding or cause that was recorded by mistake is taken back while nothing depends on it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse

from audits.audits_held.actions.findings import ReviewJudgement, review_findings, save_cause
from audits.audits_held.rules.findings import Judged
from audits.models.audits import Audit
from audits.models.findings import Cause, CauseKind, Finding
from jbn_oversight.accounts.models import User
from tests.audits.audits_cast import make_audit, make_finding, source
from tests.audits.certificate_cast import make_certificate, make_condition
from tests.audits.plans_cast import make_action
from tests.audits.time_line_cast import read, signed_in, words
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(cast: Cast) -> Audit:
    return make_audit(cast.adviser)


@pytest.fixture
def finding(audit: Audit, cast: Cast) -> Finding:
    return make_finding(audit, cast.adviser)


def page_of(finding: Finding, *cause: Cause) -> str:
    assert finding.found_in is not None
    name = "audits:cause_edit" if cause else "audits:finding_edit"
    ids = [finding.found_in.public_id, finding.public_id, *(one.public_id for one in cause)]
    return reverse(name, args=["jbn", *ids])


def remove(user: User, path: str) -> HttpResponse:
    return signed_in(user).post(path, {"remove": "1"})  # type: ignore[return-value]


def make_cause(finding: Finding, cast: Cast) -> Cause:
    return save_cause(
        cause=Cause(finding=finding, kind=CauseKind.STAFF, text="Te weinig mensen."),
        by=cast.adviser,
    )


def test_a_finding_is_taken_back_and_the_history_keeps_it(
    cast: Cast, audit: Audit, finding: Finding
) -> None:
    assert remove(cast.contract_manager, page_of(finding)).status_code == 302
    assert not Finding.objects.exists()
    gone = Finding.history.get(history_type="-")
    assert (gone.history_user, gone.text) == (cast.contract_manager, finding.text)
    page = words(read(cast.alderman, reverse("audits:audit", args=["jbn", audit.public_id])))
    assert "Bevinding 3.1 verwijderd" in page


def test_who_only_sees_takes_nothing_back(cast: Cast, finding: Finding) -> None:
    for user in (cast.alderman, cast.institution):
        assert remove(user, page_of(finding)).status_code == 403
    assert remove(cast.council_member, page_of(finding)).status_code == 404
    assert Finding.objects.exists()


def hang_a_judgement(finding: Finding, cast: Cast) -> None:
    second = make_audit(cast.adviser, 2, "2025-09-16")
    judgements = {finding: ReviewJudgement(Judged.CLOSED)}
    review_findings(re_audit=second, judgements=judgements, source=source(), by=cast.adviser)


def hang_an_action(finding: Finding, cast: Cast) -> None:
    make_action(cast.adviser, findings=(finding,))


def hang_a_cause(finding: Finding, cast: Cast) -> None:
    make_cause(finding, cast)


def hang_a_condition(finding: Finding, cast: Cast) -> None:
    finding.conditions.add(make_condition(make_certificate(cast.adviser), cast.adviser))


@pytest.mark.parametrize(
    ("hang", "told"),
    [
        (hang_a_judgement, "1 oordeel van een heraudit"),
        (hang_an_action, "1 actie"),
        (hang_a_cause, "1 oorzaak"),
        (hang_a_condition, "1 voorwaarde"),
    ],
)
def test_a_finding_on_which_something_hangs_stays_and_the_page_says_what(
    cast: Cast, finding: Finding, hang: object, told: str
) -> None:
    assert callable(hang)
    hang(finding, cast)
    response = remove(cast.adviser, page_of(finding))
    assert response.status_code == 200
    assert f"er hangt nog aan vast: {told}." in response.content.decode()
    assert Finding.objects.exists()


def test_a_cause_is_taken_back_unless_an_action_takes_it_away(cast: Cast, finding: Finding) -> None:
    cause = make_cause(finding, cast)
    action = make_action(cast.adviser, findings=(finding,), causes=(cause,))
    response = remove(cast.institution, page_of(finding, cause))
    assert "Een actie moet deze oorzaak wegnemen." in response.content.decode()
    action.causes.clear()
    assert remove(cast.institution, page_of(finding, cause)).status_code == 302
    assert Cause.history.get(history_type="-").history_user == cast.institution


def test_what_is_not_recorded_yet_cannot_be_taken_back(cast: Cast, audit: Audit) -> None:
    new = reverse("audits:finding_new", args=["jbn", audit.public_id])
    assert remove(cast.adviser, new).status_code == 200
    assert not Finding.history.exists()
